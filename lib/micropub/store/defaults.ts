/** Defaults of a folder, by `site.yaml` or files of the generator: what a new post there need not say itself. */
import { readLanguage } from "../../content/facts/language.ts";
import { placeOf } from "../../content/facts/place.ts";
import type { DialectName } from "../../model.ts";
import { readDefaults } from "../../publish/unpublished.ts";
import { canonicalLanguage } from "../../site/language.ts";
import { WRITERS } from "../post/dialects.ts";
import type { FieldValues } from "../post/types.ts";
import type { PostsContext } from "./context.ts";

interface PostPlace {
  readonly key: string;
  readonly dialect: DialectName;
}

/** The language that the post has to name; `undefined` where it has that language without naming it. */
export async function languageToWrite(
  context: PostsContext,
  place: PostPlace,
  language: string | undefined,
): Promise<string | undefined> {
  const { site } = context;
  if (language === undefined || canonicalLanguage(language) !== site.language) return language;
  const given = readLanguage(await readDefaults(context, place), placeOf(place.key, site), site, () => undefined);
  return given === site.language ? undefined : language;
}

/** Fields that the generator needs in each new post, unless the folder's defaults have them. */
export async function fieldsOfNew(context: PostsContext, place: PostPlace): Promise<FieldValues> {
  const { layout } = WRITERS[place.dialect];
  if (layout === undefined || (await readDefaults(context, place)).has("layout")) return new Map();
  return new Map([["layout", layout]]);
}
