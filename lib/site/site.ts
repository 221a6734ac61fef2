/** `site.yaml` → Site: every problem at once, each with its line and the nearest right word. */
import { closest, distance } from "fastest-levenshtein";
import * as v from "valibot";
import { type Document, isCollection, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { SITE_KEY, siteProblem, yamlFix } from "../base/problems.ts";
import type {
  ChannelRule,
  DialectName,
  Guard,
  Kind,
  Limit,
  NamedChannel,
  Podcast,
  Problem,
  Rules,
  Site,
} from "../model.ts";
import { aliasesOf } from "./aliases.ts";
import { DEFAULT_PERMALINKS } from "./permalink.ts";
import { GONE, siteSchema, unknownKeys } from "./schema.ts";

export type SiteResult =
  | { readonly ok: true; readonly site: Site }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** One unclosed bracket can be a thousand errors. */
const MAX_YAML_PROBLEMS = 10;

interface Parsed {
  readonly from: readonly [bytes: Uint8Array, store: string, year: number];
  readonly result: SiteResult;
}

/** What was parsed last: as long as the file stays as it is, a site is the very same object. */
let latest: Parsed | undefined;

/**
 * Takes the bytes of `site.yaml`, or nothing where `store` (a name, for the message) has none, and the present year.
 * Never throws.
 */
export function parseSite(bytes: Uint8Array | undefined, store: string, year: number): SiteResult {
  if (!bytes) return parse(bytes, store, year);
  if (latest && isSame(latest.from, [bytes, store, year])) return latest.result;
  const result = parse(bytes, store, year);
  latest = { from: [bytes.slice(), store, year], result };
  return result;
}

const isSame = ([bytes, ...rest]: Parsed["from"], [others, ...more]: Parsed["from"]): boolean =>
  rest.every((each, i) => each === more[i]) && Buffer.compare(bytes, others) === 0;

function parse(bytes: Uint8Array | undefined, store: string, year: number): SiteResult {
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
        const fix = yamlFix(code);
        const at = { line: lines.linePos(pos[0]).line, ...(fix !== undefined && { fix }) };
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

/** Where each generator's authors keep their posts. */
const DEFAULT_POSTS: { readonly [dialect in DialectName]: readonly string[] } = {
  plain: ["posts/**", "_posts/**"],
  hexo: ["source/_posts/**", "_posts/**"],
  jekyll: ["_posts/**", "**/_posts/**"],
  hugo: ["content/**"],
  astro: ["src/content/blog/**", "src/content/posts/**"],
  eleventy: ["posts/**", "src/posts/**", "content/**"],
};

function complete(given: Given): Site {
  const { url, title, feeds = url, description = title, language, timezone, since, dialect } = given;
  const { hubs, cacheControl, fileDates, include, exclude, content, formats, tombstones, sourceMarkdown } = given;
  const { permalink = DEFAULT_PERMALINKS[dialect ?? "plain"] } = given;
  const { posts = DEFAULT_POSTS[dialect ?? "plain"] } = given;
  // At the root of a site its own home page is where ours would lie.
  const { pages = feeds !== url } = given;
  const { ttl, updates, image, icon, favicon, rights } = given;
  const authors = Object.fromEntries(Object.entries(given.authors).map(([key, author]) => [key, present(author)]));
  const usual: ChannelRule = { limit: limitOf(given.limit), content, formats };
  return {
    ...{ title, url, feeds, description, language, timezone, since, authors, permalink },
    ...{ hubs, posts, cacheControl, fileDates, tombstones, pages, sourceMarkdown, ...usual },
    languages: [...new Set([language, ...given.languages])],
    include: rulesOf(include),
    exclude: rulesOf(exclude),
    kinds: kindsOf(given.kinds, usual),
    channels: given.channels.map((channel) => namedChannelOf(channel, usual)),
    retired: Object.entries(given.retired).map(([from, to]) => ({ from, to: to === GONE ? undefined : to })),
    aliases: aliasesOf(given.aliases as Parameters<typeof aliasesOf>[0]),
    ...(given.archives !== false && { archives: given.archives }),
    ...present({ dialect, ttl, updates, image, icon, favicon, rights }),
    guard: guardOf(given.guard),
    ...(given.podcast && { podcast: podcastOf(given.podcast) }),
  };
}

type Given = v.InferOutput<ReturnType<typeof siteSchema>>;

const KINDS = ["tags", "categories", "authors", "languages", "sections"] as const satisfies readonly Kind[];

function kindsOf(given: Given["kinds"], usual: ChannelRule): Site["kinds"] {
  return Object.fromEntries(
    KINDS.flatMap((kind) => {
      const rule = given[kind] ?? true;
      return rule === false ? [] : [[kind, ruleOf(rule === true ? {} : rule, usual)]];
    }),
  );
}

type GivenRule = Partial<Pick<Given["channels"][number], "limit" | "content" | "formats" | "title" | "description">>;

function ruleOf({ limit, content, formats, title, description }: GivenRule, usual: ChannelRule): ChannelRule {
  const given = { limit: limit === undefined ? undefined : limitOf(limit), content, formats, title, description };
  return { ...usual, ...present(given) };
}

function namedChannelOf(given: Given["channels"][number], usual: ChannelRule): NamedChannel {
  const { path, match, language, tags, categories, authors, languages, sections } = given;
  return {
    ...ruleOf(given, usual),
    ...{ path, match, of: present({ tags, categories, authors, languages, sections }) },
    ...present({ language }),
  };
}

const limitOf = (given: Given["limit"]): Limit =>
  typeof given === "number"
    ? { entries: given }
    : present({ entries: given.entries, days: given.days, bytes: given.bytes });

function podcastOf(given: NonNullable<Given["podcast"]>): Podcast {
  const { channel, guid, medium, categories, explicit, type, image, author, owner, locked, newFeedUrl, complete } =
    given;
  return {
    ...{ channel, medium, categories, explicit, type },
    funding: given.funding.map(({ url, text = url }) => ({ url, text })),
    persons: given.persons.map(({ name, role, group, image, url }) => ({
      name,
      ...present({ role, group, image, url }),
    })),
    ...present({ guid: guid?.toLowerCase(), image, author, locked, newFeedUrl, complete }),
    ...(owner && { owner: { email: owner.email, ...present({ name: owner.name }) } }),
  };
}

/** What is `false` is not guarded against. */
function guardOf({ gone, ids, updated, published, bytes }: Given["guard"]): Guard {
  return present({
    ...{ gone: gone || undefined, ids: ids || undefined },
    ...{ updated: updated || undefined, published: published || undefined, bytes: bytes || undefined },
  });
}

const rulesOf = ({ paths = [], tags = [], categories = [] }: Partial<Rules>): Rules => ({ paths, tags, categories });

/** Without the keys that have no value. */
function present<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as never;
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
  const fix = isClose ? `write ${nearest} instead` : `remove it; the keys are ${known.join(", ")}`;
  return siteProblem("site-key", `${nameOf(path)} is no key of ${SITE_KEY}`, {
    ...(line !== undefined && { line }),
    fix,
  });
}

function issueProblem(issue: v.BaseIssue<unknown>, lineOf: (path: readonly string[]) => number | undefined): Problem {
  const path = (issue.path ?? []).map(({ key }) => String(key));
  const line = lineOf(path);
  const at = line === undefined ? {} : { line };
  if (issue.input === undefined) {
    return siteProblem("site-value", `${nameOf(path)} is missing`, {
      ...at,
      fix: `add ${nameOf(path)} to ${SITE_KEY}`,
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
