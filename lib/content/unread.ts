/** A file that is no post, since it has errors → what of it counts all the same: whether it is held back, and which post it is. */
import { present } from "../base/optional.ts";
import { heldBackBecause } from "../base/problems.ts";
import type { HeldBack, Instant, Problem, Traits } from "../model.ts";
import type { Site } from "../site/types.ts";
import type { FolderDefaults } from "./defaults/defaults.ts";
import { parseDate } from "./facts/dates.ts";
import { detectDialect, KEYS } from "./facts/dialects.ts";
import { readLanguage } from "./facts/language.ts";
import { holdingAsMeant, misspeltKeys } from "./facts/misspelt.ts";
import { readMoments } from "./facts/moments.ts";
import type { Place } from "./facts/place.ts";
import { printed } from "./facts/printed.ts";
import { isExcludedBy, readTaxonomy } from "./facts/taxonomy.ts";
import { holderAmong } from "./facts/visibility.ts";
import type { Field, NamedField } from "./frontmatter/types.ts";
import { given, textOf, withTaxonomies } from "./frontmatter/values.ts";
import { excludingOnly } from "./standing.ts";
import { digestWords } from "./written.ts";

/** What counts of a file that is no post. */
export interface Unread {
  /** Why it is held back. */
  readonly heldBack?: HeldBack;
  /** When it is published and expires, as far as it can be read. */
  readonly published?: Instant;
  readonly expires?: Instant;
  readonly seen?: Traits;
  readonly problems: readonly Problem[];
}

export interface UnreadSource {
  readonly key: string;
  /** Errors among them. */
  readonly problems: readonly Problem[];
  /** The fields that can be read. */
  readonly legible: readonly NamedField[];
  /** What comes after them. */
  readonly rest: string;
  readonly place: Place;
  readonly site: Site;
  /** The fields with what is said of the post elsewhere. */
  readonly complete: FolderDefaults["complete"];
}

/** The last good entry of a post stays while its file has errors, but not against what its author says in the file. */
export function readUnread({
  key,
  problems,
  legible,
  rest,
  place,
  site,
  complete,
}: UnreadSource): Unread & { readonly seen: Traits } {
  const isDate = (field: Field) => parseDate(textOf(field) ?? "", site.timezone) !== undefined;
  const own = withTaxonomies(new Map(legible));
  const fields = complete(own);
  const added = [...fields].filter(([name, field]) => own.get(name) !== field);
  const meant = holdingAsMeant(misspeltKeys(own, site.taxonomies));
  const holder = holderAmong([...legible, ...meant, ...added], place, isDate);
  const dialect = site.dialect ?? detectDialect(key, { form: "yaml", fields, body: rest });
  const title = textOf(given(fields, ...KEYS.title));
  const { published, expires } = readMoments(fields, place, site, {}, () => undefined);
  const seen: Traits = {
    ...present({ title: title && printed(title, dialect), published }),
    language: readLanguage(fields, place, site, () => undefined),
    ...present({ wordsDigest: digestWords(rest).wordsDigest || undefined }),
  };
  if (holder) {
    const { name, line, file } = holder;
    const why = `\`${name}\` on line ${line}${file === undefined ? "" : ` of ${file}`}`; // its value may be a password
    return { heldBack: holder.reason, seen, problems: heldBackBecause(why, problems) };
  }
  if (isExcludedBy(readTaxonomy(fields, place, dialect, site), key, excludingOnly(site)))
    return { heldBack: "excluded", seen, problems };
  return { problems, seen, ...present({ published, expires }) };
}
