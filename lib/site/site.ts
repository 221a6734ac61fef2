/** `site.yaml` → Site: every problem at once, each with its line and the nearest right word. */
import { closest, distance } from "fastest-levenshtein";
import * as v from "valibot";
import { type Document, isCollection, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import type { Author, DialectName, Problem, Rules, Site } from "../model.ts";
import { type ProblemCode, problem, SITE_KEY, yamlMend } from "../problems.ts";
import { DEFAULT_PERMALINKS } from "./permalink.ts";
import { fitsPath } from "./rules.ts";
import { siteSchema, unknownKeys } from "./schema.ts";

export type SiteResult =
  | { readonly ok: true; readonly site: Site }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** One unclosed bracket can be a thousand errors. */
const MAX_YAML_PROBLEMS = 10;

/**
 * Takes the bytes of `site.yaml`, or nothing where `store` (a name, for the message) has none, and the present year.
 * Never throws.
 */
export function parseSite(bytes: Uint8Array | undefined, store: string, year: number): SiteResult {
  const fail = (...problems: Problem[]): SiteResult => ({ ok: false, problems });
  if (!bytes) return fail(siteProblem("site-missing", `${store} has no ${SITE_KEY}`));

  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return fail(siteProblem("site-encoding", "the file is not valid UTF-8"));
  }

  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return fail(
      ...document.errors.slice(0, MAX_YAML_PROBLEMS).map(({ code, message, pos }) => {
        const mend = yamlMend(code);
        const at = { line: lines.linePos(pos[0]).line, ...(mend !== undefined && { mend }) };
        return siteProblem("site-yaml", `the YAML cannot be read: ${message}`, at);
      }),
    );
  }
  if (!isMap(document.contents)) {
    return fail(siteProblem("site-yaml", "the file must hold keys and values, such as `title: My site`", { line: 1 }));
  }

  let given: unknown;
  try {
    given = document.toJS();
    JSON.stringify(given);
  } catch (error) {
    // an alias bomb, or a map within itself
    return fail(siteProblem("site-yaml", `the YAML cannot be read: ${(error as Error).message.split("\n")[0]}`));
  }
  const lineOf = lineFinder(document, lines);
  const result = v.safeParse(siteSchema(year), withoutNulls(given));
  const problems = [
    ...unknownKeys(given).map(({ path, known }) => unknownKeyProblem(path, known, lineOf(path))),
    ...(result.success ? [] : result.issues.map((issue) => issueProblem(issue, lineOf))),
  ];
  if (result.success && problems.length === 0) return { ok: true, site: complete(result.output) };
  return fail(...problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)));
}

/** What is worth saying of a site that can be used. `fixed` is the year that ids were made with. */
export function siteWarnings(
  { since, posts, exclude }: Site,
  fixed: { readonly since: number },
  records: readonly { readonly key: string }[],
): readonly Problem[] {
  const unused = exclude.paths.filter((path) => !records.some(({ key }) => fitsPath([path], key)));
  const mend = `write since: ${fixed.since}, or leave it: ids stay as they are`;
  return [
    ...(since === fixed.since ? [] : [siteProblem("site-since", `ids were made with since: ${fixed.since}`, { mend })]),
    ...(records.length > 0 ? [] : [siteProblem("site-no-posts", `no file is a post by ${posts.join(", ")}`)]),
    ...unused.map((path) => siteProblem("site-rule", `exclude.paths: no post lies at ${path}`)),
  ];
}

/** Where each generator's authors keep their posts. */
const DEFAULT_POSTS: { readonly [dialect in DialectName]: readonly string[] } = {
  plain: ["posts/**", "_posts/**"],
  hexo: ["source/_posts/**", "_posts/**"],
  jekyll: ["_posts/**", "**/_posts/**"],
  hugo: ["content/**"],
  astro: ["src/content/blog/**", "src/content/posts/**"],
  eleventy: ["posts/**", "src/posts/**", "content/**"],
};

/** With the line where it is known, and what there is better to say than the usual mend. */
function siteProblem(code: ProblemCode, message: string, at: { line?: number; mend?: string } = {}): Problem {
  return problem(code, SITE_KEY, message, at.line, at.mend);
}

function complete(given: v.InferOutput<ReturnType<typeof siteSchema>>): Site {
  const { url, title, feeds = url, description = title, language, timezone, since, dialect } = given;
  const { limit, hubs, cacheControl, fileDates, include, exclude, content, tags } = given;
  const { permalink = DEFAULT_PERMALINKS[dialect ?? "plain"] } = given;
  const { posts = DEFAULT_POSTS[dialect ?? "plain"] } = given;
  const authors = Object.fromEntries(Object.entries(given.authors).map(([key, author]) => [key, defined(author)]));
  return {
    ...{ title, url, feeds, description, language, timezone, since, authors, permalink },
    ...{ limit, hubs, posts, cacheControl, fileDates, content },
    languages: [...new Set([language, ...given.languages])],
    include: rulesOf(include),
    exclude: rulesOf(exclude),
    tags: { ...(tags.content !== undefined && { content: tags.content }) },
    ...(dialect !== undefined && { dialect }),
  };
}

const rulesOf = ({ paths = [], tags = [], categories = [] }: Partial<Rules>): Rules => ({ paths, tags, categories });

function defined({ name, email, url }: { name: string; email?: string | undefined; url?: string | undefined }): Author {
  return { name, ...(email !== undefined && { email }), ...(url !== undefined && { url }) };
}

/** A key without a value (`description:`) is a key not given. */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [key, withoutNulls(member)]),
  );
}

/** `authors.ada.name`, `posts[0]` */
const nameOf = (path: readonly string[]): string =>
  path.reduce((whole, part) => (/^\d+$/.test(part) ? `${whole}[${part}]` : `${whole}.${part}`), "").slice(1);

function unknownKeyProblem(path: readonly string[], known: readonly string[], line: number | undefined): Problem {
  const key = path.at(-1) ?? "";
  const nearest = closest(key, [...known]);
  const isClose = distance(key.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, key.length / 3);
  const mend = isClose ? `write ${nearest} instead` : `remove it; the keys are ${known.join(", ")}`;
  return siteProblem("site-key", `${nameOf(path)} is no key of ${SITE_KEY}`, {
    ...(line !== undefined && { line }),
    mend,
  });
}

function issueProblem(issue: v.BaseIssue<unknown>, lineOf: (path: readonly string[]) => number | undefined): Problem {
  const path = (issue.path ?? []).map(({ key }) => String(key));
  const line = lineOf(path);
  const at = line === undefined ? {} : { line };
  if (issue.input === undefined) {
    return siteProblem("site-value", `${nameOf(path)} is missing`, {
      ...at,
      mend: `add ${nameOf(path)} to ${SITE_KEY}`,
    });
  }
  return siteProblem("site-value", `${nameOf(path)} ${issue.message}`, at);
}

/** The line of the deepest part of a path that the file has. */
function lineFinder(document: Document.Parsed, lines: LineCounter) {
  return (path: readonly string[]): number | undefined => {
    let node: unknown = document.contents;
    let offset: number | undefined;
    for (const part of path) {
      if (!isCollection(node)) break;
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === part);
        if (!pair) break;
        if (isNode(pair.key)) offset = pair.key.range?.[0];
        node = pair.value;
      } else {
        node = node.items[Number(part)];
        if (isNode(node)) offset = node.range?.[0];
      }
    }
    return offset === undefined ? undefined : lines.linePos(offset).line;
  };
}
