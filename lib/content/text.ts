/** The text of a file → Markdown: what everybody is shown of it, with its templates expanded, and the links in it to other posts. */
import { once } from "../base/memoised.ts";
import { present } from "../base/optional.ts";
import { firstAlike, problem } from "../base/problems.ts";
import { beyond } from "../base/text.ts";
import type { Content, DialectName, Problem, Reference } from "../model.ts";
import type { Site } from "../site/types.ts";
import { entryLimit, TOO_LONG_FIX } from "./entrylimit.ts";
import { galleryIn } from "./facts/gallery.ts";
import { withMoreMark } from "./facts/texts.ts";
import type { SourceFile } from "./frontmatter/frontmatter.ts";
import { isMapValue, type Value } from "./frontmatter/types.ts";
import type { Fields } from "./frontmatter/values.ts";
import { includeReader } from "./includes.ts";
import { isHtmlFile } from "./inputs.ts";
import { lineFinder } from "./lines.ts";
import { MOST_REFERENCES, openReferences } from "./links/references.ts";
import { collectLinks } from "./links/written.ts";
import type { NotedFacts } from "./outside.ts";
import { codeFinder } from "./templates/code.ts";
import { expandTemplates } from "./templates/expand.ts";
import { ownerTemplates } from "./templates/meaning/owner.ts";
import type { TemplateContext, TemplateWarning } from "./templates/types.ts";
import { hasRemarks, withoutWithheld } from "./withheld/withheld.ts";

export interface TextInput {
  readonly key: string;
  readonly source: SourceFile;
  readonly dialect: DialectName;
  readonly site: Site;
  readonly outside: NotedFacts;
}

export interface PostText {
  readonly markdown: string;
  /** How many lines of it are those of the file, if their number is another. */
  readonly kept: number | undefined;
  /** Bytes. */
  readonly size: number;
  readonly warnings: readonly TemplateWarning[];
  readonly references: readonly Reference[];
  /** Then there is no Markdown. */
  readonly tooLong?: Problem;
}

/** What everybody is shown of the text, with its templates expanded, unless it is too long, which is reported. `bodySize` is in bytes. */
export function readText(
  { key, source: { fields, body, bodyLine }, dialect, site, outside }: TextInput,
  content: Content | undefined,
  bodySize: number,
): PostText {
  const limit = entryLimit(site, content);
  const isBeyond = body.length > limit;
  const isMdx = /\.mdx$/i.test(key);
  const references = openReferences(key);
  const shown = withoutWithheld(isBeyond ? "" : body, {
    isMdx,
    siteUrl: site.url,
    hasRemarks: hasRemarks(dialect, key, site),
  });
  const text = withMoreMark(shown.text, fields, (whole) => codeFinder(whole, isMdx));
  const lineIn = lineFinder(text);
  const context: TemplateContext = {
    dialect,
    isMdx,
    isHtml: isHtmlFile(key),
    siteUrl: site.url,
    values: valuesOf(fields, site),
    gallery: (name) => galleryIn(fields, name),
    templates: ownerTemplates(site.templates),
    variables: site.variables,
    ...present({ include: outside.isLookedUp ? includeReader({ key, dialect, site, outside }) : undefined }),
    refer: (reference, at) =>
      references.add({ ...reference, marked: true, line: bodyLine + shown.lineOf(lineIn(at)) - 1 }),
  };
  const { markdown, warnings: unexpanded } = expandTemplates(text, context);
  const warnings = [...shown.warnings, ...unexpanded.map((each) => ({ ...each, line: shown.lineOf(each.line) }))].sort(
    (one, other) => one.line - other.line,
  );
  const kept = markdown === body ? undefined : linesKept(body, markdown);
  const written = searched(body);
  const lineOf = (line: number, text: string) => {
    const own = kept === undefined || line <= kept ? line : written(text);
    return own && bodyLine + own - 1;
  };
  collectLinks({ markdown, isMdx, dialect, lineOf }, references);
  const tooMany = references.tooManyAt();
  if (tooMany !== undefined)
    warnings.push({ code: "template-link", line: tooMany - bodyLine + 1, message: TOO_MANY_LINKS });
  const size = isBeyond || markdown === body ? bodySize : Buffer.byteLength(markdown);
  const tooLong =
    size > limit && problem("too-long", key, `the text has ${beyond(size, "bytes", limit)}`, bodyLine, TOO_LONG_FIX);
  return { markdown, kept, size, warnings, references: references.list(), ...(tooLong && { tooLong }) };
}

const TOO_MANY_LINKS = `of links to other posts only the first ${MOST_REFERENCES} are followed`;

/** Texts that are not found, after which no more are looked for: each search reads the rest of the body. */
const MOST_MISSES = 20;

/** The line of a text in the body; of texts in the order in which they are there. */
function searched(body: string): (text: string) => number | undefined {
  const lineIn = lineFinder(body);
  let from = 0;
  let misses = 0;
  return (text) => {
    const at = misses < MOST_MISSES ? body.indexOf(text, from) : -1;
    if (at === -1) {
      misses += 1;
      return undefined;
    }
    from = at;
    return lineIn(at);
  };
}

/** How many lines are the same at the start of two texts; `undefined` where both have equally many lines. */
function linesKept(body: string, markdown: string): number | undefined {
  const [before, after] = [body.split("\n"), markdown.split("\n")];
  if (before.length === after.length) return undefined;
  const changed = after.findIndex((line, i) => line !== before[i]);
  return changed === -1 ? after.length : changed;
}

export const templateProblems = (
  warnings: readonly TemplateWarning[],
  key: string,
  bodyLine: number,
): readonly Problem[] =>
  firstAlike(
    warnings.map(({ code, line, message, fix }) => problem(code, key, message, bodyLine + line - 1, fix)),
    "templates",
  );

/** Longer than any that a template names. What is nested deep has paths that are longer than the front matter. */
const LONGEST_PATH = 200;

/** They are made when a template asks for the first: in most texts none does. */
function valuesOf(fields: Fields, site: Site): TemplateContext["values"] {
  const scalars = once(() => scalarsOf(fields, site));
  return { get: (key) => scalars().get(key), has: (key) => scalars().has(key) };
}

/** By key in lower case; nested ones by path, such as `metadata.youtubeid`. */
function scalarsOf(fields: Fields, { title, description }: Site): ReadonlyMap<string, string> {
  const scalars = new Map([
    ["site.title", title],
    ["site.description", description],
  ]);
  const add = (path: string, value: Value): void => {
    if (path.length > LONGEST_PATH) return;
    if (typeof value === "string") scalars.set(path, value);
    else if (isMapValue(value)) {
      for (const [name, member] of value.members) add(`${path}.${name.toLowerCase()}`, member);
    }
  };
  for (const [key, { value }] of fields) add(key, value);
  return scalars;
}
