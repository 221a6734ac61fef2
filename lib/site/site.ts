/** `site.yaml` → Site: every problem at once, each with its line and the nearest right word. */
import { closest, distance } from "fastest-levenshtein";
import * as v from "valibot";
import { type Document, isCollection, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import type { Author, Problem, Site } from "../model.ts";
import { SITE_KEY, siteProblem } from "./problems.ts";
import { AUTHOR_KEYS, SITE_KEYS, siteSchema } from "./schema.ts";

export type SiteResult =
  | { readonly ok: true; readonly site: Site }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Takes the bytes of `site.yaml`, or nothing where there is none. Never throws. */
export function parseSite(bytes: Uint8Array | undefined): SiteResult {
  const fail = (...problems: Problem[]): SiteResult => ({ ok: false, problems });
  if (!bytes) return fail(siteProblem("site-missing", `the content has no ${SITE_KEY}`));

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
      ...document.errors.map(({ message, pos }) => {
        const line = lines.linePos(pos[0]).line;
        return siteProblem("site-yaml", `the YAML cannot be read: ${message}`, { line });
      }),
    );
  }
  if (!isMap(document.contents)) {
    return fail(siteProblem("site-yaml", "the file must hold keys and values, such as `title: My site`", { line: 1 }));
  }

  let given: unknown;
  try {
    given = document.toJS();
  } catch (error) {
    return fail(siteProblem("site-yaml", `the YAML cannot be read: ${(error as Error).message}`)); // an alias bomb
  }
  const result = v.safeParse(siteSchema, withoutNulls(given));
  if (result.success) return { ok: true, site: complete(result.output) };
  const lineOf = lineFinder(document, lines);
  const problems = result.issues.map((issue) => issueProblem(issue, lineOf));
  return fail(...problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)));
}

/** `since` is fixed by the first pass: readers know the ids that were made with it. */
export function sinceProblems({ since }: Site, fixed: { readonly since: number }): readonly Problem[] {
  if (since === fixed.since) return [];
  const mend = `write since: ${fixed.since}, or leave it: ids stay as they are`;
  return [siteProblem("site-since", `since was ${fixed.since} when the site was first published`, { mend })];
}

function complete(given: v.InferOutput<typeof siteSchema>): Site {
  return {
    ...given,
    feeds: given.feeds ?? given.url,
    description: given.description ?? given.title,
    authors: Object.fromEntries(Object.entries(given.authors).map(([key, author]) => [key, defined(author)])),
  };
}

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

function issueProblem(issue: v.BaseIssue<unknown>, lineOf: (path: readonly string[]) => number | undefined): Problem {
  const path = (issue.path ?? []).map(({ key }) => String(key));
  const name = path
    .reduce((whole, part) => (/^\d+$/.test(part) ? `${whole}[${part}]` : `${whole}.${part}`), "")
    .slice(1);
  const line = lineOf(path);
  const at = line === undefined ? {} : { line };
  if (issue.type === "strict_object" && issue.expected === "never") {
    const key = path.at(-1) ?? "";
    const known = path.length === 1 ? SITE_KEYS : AUTHOR_KEYS;
    const nearest = closest(key, known);
    const close = distance(key.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, key.length / 3);
    const mend = close ? `write ${nearest} instead` : `remove it; the keys are ${known.join(", ")}`;
    return siteProblem("site-key", `${name} is no key of ${SITE_KEY}`, { ...at, mend });
  }
  if (issue.received === "undefined" && issue.input === undefined) {
    return siteProblem("site-value", `${name} is missing`, { ...at, mend: `add ${name} to ${SITE_KEY}` });
  }
  const message =
    issue.kind === "schema" && issue.type === "strict_object" ? "must hold keys and values" : issue.message;
  return siteProblem("site-value", `${name} ${message}`, at);
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
