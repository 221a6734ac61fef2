/** The file of a post → its properties, as `q=source` tells them and updates change them. */
import { invalid } from "../../base/http/error.ts";
import { readExternal } from "../../content/facts/address.ts";
import { parseDate } from "../../content/facts/dates.ts";
import { detectDialect, KEYS } from "../../content/facts/dialects.ts";
import { placeOf } from "../../content/facts/place.ts";
import { printed } from "../../content/facts/printed.ts";
import { readTaxonomy } from "../../content/facts/taxonomy.ts";
import { heldBackBy } from "../../content/facts/visibility.ts";
import { fieldsOfZola } from "../../content/facts/zola.ts";
import { readSource, type SourceFile } from "../../content/frontmatter/frontmatter.ts";
import { type Field, memberFields } from "../../content/frontmatter/types.ts";
import { type Fields, flagOf, given, textOf, withTaxonomies } from "../../content/frontmatter/values.ts";
import { isHtmlFile } from "../../content/inputs.ts";
import type { DialectName, HeldBack, Instant } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import type { Mf2Json, Properties } from "../request/types.ts";
import { beginningOf } from "./beginning/beginning.ts";
import { isSameAddress } from "./beginning/signs.ts";
import type { TextBeginning } from "./beginning/types.ts";
import { dateText } from "./dates.ts";
import { addressesIn } from "./leading.ts";
import { filesIn, mf2Of, othersIn, textsOf } from "./mf2.ts";
import { contentOfBody } from "./text.ts";
import { RESPONSES } from "./types.ts";

export interface PostFile {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly dialect: DialectName;
  readonly source: SourceFile;
  /** With what the dialect has in tables of its own. */
  readonly fields: Fields;
  readonly held: HeldBack | undefined;
  /** Since when it is withdrawn. */
  readonly withdrawn: Field | undefined;
  readonly isMdx: boolean;
  /** Its text is HTML, in which Markdown is not read. */
  readonly isHtml: boolean;
  /** What its text shows at its beginning; absent where the text is HTML. */
  readonly beginning: TextBeginning | undefined;
  /** Its pictures are in the front matter. */
  readonly hasPhotoField: boolean;
}

/** Throws an `HttpError` for a file that cannot be read. */
export function readPostFile(key: string, bytes: Uint8Array, site: Site): PostFile {
  const { source, problems } = readSource(key, bytes);
  if (!source) throw invalid(`${key} cannot be read: ${problems[0]?.message ?? "its front matter is damaged"}`);
  const dialect = site.dialect ?? detectDialect(key, source);
  const written = withTaxonomies(source.fields);
  const fields = dialect === "zola" ? fieldsOfZola(written) : written;
  const isDate = (field: Field) => parseDate(textOf(field) ?? "", site.timezone) !== undefined;
  const held = heldBackBy(fields, placeOf(key, site), isDate, () => undefined);
  const withdrawn = given(fields, "withdrawn");
  const [isMdx, isHtml] = [/\.mdx$/i.test(key), isHtmlFile(key)];
  const hasPhotoField = isHtml || filesIn(fields, NAMES.photo).length > 0;
  const named = { hasPictures: !hasPhotoField, addresses: addressesIn(leadingIn(fields, site)) };
  const beginning = isHtml ? undefined : beginningOf(source.body, named);
  return { key, bytes, dialect, source, fields, held, withdrawn, isMdx, isHtml, beginning, hasPhotoField };
}

/** Fields that have files. */
const NAMES = { photo: ["photos", "photo"], video: ["video", "videos"], audio: ["audio", "audios"] } as const;

/** The properties that lead elsewhere: to recordings, to the pages that the post is about, and to a stream. */
function leadingIn(fields: Fields, site: Site): ReadonlyMap<string, readonly Mf2Json[]> {
  const responses = RESPONSES.map((name) => [name, textsOf(fieldNamed(fields, name)?.value ?? null)] as const);
  const { external, response } = readExternal(fields, site);
  const isNamed = responses.some(([name, pages]) =>
    name === "bookmark-of" ? pages.length > 0 : pages.some((page) => isSameAddress(page, external ?? "")),
  );
  const live = mf2Of(fields.get("live")?.value ?? null);
  return new Map<string, readonly Mf2Json[]>([
    ["video", filesIn(fields, NAMES.video)],
    ["audio", filesIn(fields, NAMES.audio)],
    ...responses,
    ...(external !== undefined && response === undefined && !isNamed ? [["bookmark-of", [external]] as const] : []),
    ["live", live === undefined ? [] : [live]],
  ]);
}

export function propertiesOf(file: PostFile, site: Site): Properties {
  const { key, dialect, source, fields, held, isMdx, isHtml, beginning, hasPhotoField } = file;
  const found = new Map<string, readonly Mf2Json[]>();
  const set = (name: string, ...values: readonly (Mf2Json | undefined)[]) => {
    const known = values.filter((value) => value !== undefined && value !== "");
    if (known.length > 0) found.set(name, known as readonly Mf2Json[]);
  };
  const shown = (field: Field | undefined) => {
    const text = textOf(field);
    return text === undefined ? undefined : printed(text, dialect);
  };
  const { tags, categories } = readTaxonomy(fields, placeOf(key, site), dialect, site);
  set("name", shown(given(fields, ...KEYS.title)));
  const text = beginning?.rest ?? source.body;
  const content = isHtml ? { html: text.trim() } : contentOfBody(text, isMdx);
  set("content", text.trim() === "" ? undefined : content);
  set("summary", shown(firstText(fields, KEYS.description)));
  set("category", ...tags);
  set("mp-channel", ...categories.map((path) => path.join("/")));
  set("published", dateIn(fields, KEYS.date, site.timezone));
  set("updated", dateIn(fields, KEYS.updated, site.timezone));
  set("author", ...textsOf(given(fields, ...KEYS.authors)?.value ?? null).map((name) => printed(name, dialect)));
  set("lang", textOf(given(fields, ...KEYS.language)));
  const photos = beginning?.lines.filter(({ property }) => property === "photo") ?? [];
  const inText = photos.map(({ url, alt }) => (alt === undefined ? url : { value: url, alt }));
  set("photo", ...(hasPhotoField ? filesIn(fields, NAMES.photo) : inText));
  for (const [name, values] of leadingIn(fields, site)) set(name, ...values);
  set("location", mf2Of(fields.get("location")?.value ?? null));
  for (const [name, values] of othersIn(fields.get("mf2")?.value ?? null)) set(name, ...values);
  const beside = new Map(memberFields(fields.get("extra")));
  const visibility = ["private", "unlisted"].find((name) => flagOf(fields.get(name) ?? beside.get(name)) === true);
  const isDraft = held === "draft" && visibility !== "private";
  set("post-status", isDraft ? "draft" : "published");
  if (visibility !== undefined) set("visibility", visibility);
  return found;
}

function dateIn(fields: Fields, keys: readonly string[], timezone: string): string | undefined {
  const instant = instantIn(fields, keys, timezone);
  return instant && dateText(instant, timezone, "rfc");
}

function instantIn(fields: Fields, keys: readonly string[], timezone: string): Instant | undefined {
  for (const key of keys) {
    const instant = parseDate(textOf(fields.get(key)) ?? "", timezone);
    if (instant !== undefined) return instant;
  }
  return undefined;
}

/** A flag under such a key is an option of the theme. */
function firstText(fields: Fields, keys: readonly string[]): Field | undefined {
  return keys
    .map((key) => fields.get(key))
    .find((field) => typeof field?.value === "string" && typeof flagOf(field) !== "boolean");
}

/** `in_reply_to`, `inreplyto` and `in-reply-to` are one. */
export function fieldNamed(fields: Fields, name: string): Field | undefined {
  return fields.get(name) ?? fields.get(name.replaceAll("-", "_")) ?? fields.get(name.replaceAll("-", ""));
}
