/** What a post need not say, since it is said of all posts of its folder: by `site.yaml`, or by files of its generator. */
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

/** The language as the post has to say it: not at all where it has the site's by itself. */
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

/** What the generator wants in each new post, unless it is said elsewhere. */
export async function fieldsOfNew(context: PostsContext, place: PostPlace): Promise<FieldValues> {
  const { layout } = WRITERS[place.dialect];
  if (layout === undefined || (await readDefaults(context, place)).has("layout")) return new Map();
  return new Map([["layout", layout]]);
}
