/** A site, and posts parsed from text, for the tests of posts. */
import type { OtherObjects } from "../../lib/content/outside.ts";
import { type PostResult, parsePost } from "../../lib/content/post.ts";
import type { Post, Problem } from "../../lib/model.ts";
import { DEFAULT_FILES } from "../../lib/site/names.ts";
import type { Site } from "../../lib/site/types.ts";

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

export function siteOf(overrides: Partial<Site> = {}): Site {
  return {
    title: "Example",
    url: "https://example.org/",
    feeds: "https://example.org/",
    media: overrides.url ?? "https://example.org/",
    enclosurePrefix: undefined,
    description: "Example",
    language: "en",
    timezone: "UTC",
    since: 2020,
    authors: {},
    permalink: "/:year/:month/:day/:slug/",
    limit: { entries: 20 },
    formats: ["rss", "atom", "json"],
    files: DEFAULT_FILES,
    hubs: [],
    posts: ["posts/**"],
    languages: ["en"],
    fileDates: false,
    include: { paths: [], tags: [], categories: [] },
    exclude: { paths: [], tags: [], categories: [] },
    defaults: [],
    taxonomies: [],
    content: "full",
    kinds: {},
    channels: [],
    tombstones: 30,
    pages: false,
    aliases: [],
    retired: [],
    renamed: [],
    sourceMarkdown: false,
    emoji: true,
    templates: {},
    variables: {},
    guard: {},
    host: "edge",
    replace: [],
    cacheControl: "public, max-age=300",
    ...overrides,
  };
}

/** The other objects of a content store, by key: their sizes, or their texts. */
export function othersOf(objects: { readonly [key: string]: number | string }): OtherObjects {
  const textOf = (key: string) => (typeof objects[key] === "string" ? objects[key] : undefined);
  return { textOf, sizeOf: (key) => (typeof objects[key] === "number" ? objects[key] : textOf(key)?.length) };
}

export const parse = (key: string, text: string, site: Site = siteOf()): PostResult =>
  parsePost(key, bytesOf(text), site);

export interface Source {
  readonly key?: string;
  readonly site?: Site;
  readonly body?: string;
}

/** A file with a title and a date on lines 2 and 3; `frontMatter` begins on line 4 and overrides them. */
export const parseWith = (frontMatter: string, { key = "posts/hello.md", site, body = "Text.\n" }: Source = {}) =>
  parse(key, `---\ntitle: Hello\ndate: 2024-10-15 08:20:00\n${frontMatter}\n---\n${body}`, site);

/** The post of such a file, which must have one. */
export const postWith = (frontMatter: string, source?: Source): Post => postOf(parseWith(frontMatter, source));

export function postOf({ post, problems }: PostResult): Post {
  if (!post) throw new Error(`no post: ${problems.map(({ message }) => message).join("; ")}`);
  return post;
}

/** Code and line of each problem. */
export const brief = (problems: readonly Problem[]) =>
  problems.map(({ code, line }) => (line ? `${code}:${line}` : code));
