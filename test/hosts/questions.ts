/** Sites under every kind of name, what may be asked of their host, and what the edge answers, in a few words. */
import { encodePath } from "../../lib/edge/address.ts";
import type { Decision } from "../../lib/edge/decide.ts";
import { post } from "../support/world.ts";

export interface HostedSite {
  /** Without `host`. */
  readonly site: string;
  readonly posts: { readonly [key: string]: string };
  /** What a site generator writes beside the feeds. */
  readonly pages: { readonly [path: string]: string };
  /** Of the feeds below the site. */
  readonly below: string;
}

const HEAD = "title: Field notes\nurl: https://example.com/\nsince: 2020\n";

const FORMER = `aliases:
  - wordpress
  - hugo
  - "?a=1&b=2": feed.json
  - "topics/*/rss": tags/*/rss.xml
  - "by_tag/*.xml": tags/*/atom.xml
  - old/page/: tags/weirs/index.html
retired:
  older/feed.xml: rss.xml
  "label/*/feed.xml": tags/*/rss.xml
  "moved/*.xml": "https://example.org/x/*?a=b"
  podcast.xml: gone
renamed:
  - tags: [old name, Weirs]
  - categories: [Drinks/Tea, Tea]
  - categories: [Nature, Rivers]
podcast: { channel: categories/tea, author: A, categories: [Technology], image: "https://example.com/i.jpg" }
channels:
  - { path: rural/video, tags: [短视频] }
`;

const NAMES = (page: string) => `files: { rss: index.xml, atom: feed.xml, json: index.json, page: ${page} }
kinds:
  tags: { path: "tag/{slug}/" }
  categories: { path: "category/{slug}/feed/" }
  sections: { path: "{slug}/" }
`;

const posts = {
  "posts/essays/a.md": post({ title: "A weir", tags: "[weirs, 短视频]", categories: "[Tea]" }),
  "posts/essays/b.md": post({ title: "B weir", categories: "[[Rivers, Wye]]", tags: "[Old Stones]" }),
};

const home = "<!doctype html>the home page";
const FEEDS = "feeds: https://example.com/feeds/\n";

/** What a generator writes, some of it where channels have folders. */
const pages = {
  "index.html": home,
  "about/index.html": "<!doctype html>about",
  "essays/a/index.html": "<!doctype html>a post",
  "essays/index.html": "<!doctype html>essays",
  "tags/old-name/river.jpg": "a picture",
  "tag/old-name/river.jpg": "a picture",
};

export const SITES: { readonly [name: string]: HostedSite } = {
  "names of ours": { site: HEAD + FEEDS + FORMER, posts, pages: { "index.html": home }, below: "feeds/" },
  "names of the owner's": {
    site: HEAD + FEEDS + FORMER + NAMES("feeds.html"),
    posts,
    pages: { "index.html": home },
    below: "feeds/",
  },
  "names of the owner's, pages at folders": {
    site: HEAD + FEEDS + FORMER + NAMES("index.html"),
    posts,
    pages: { "index.html": home },
    below: "feeds/",
  },
  "names in Chinese": {
    site: `${HEAD}${FEEDS}${FORMER}files: { rss: 订阅.xml, page: 频道.html }
kinds: { tags: { path: "标签/{slug}/" }, categories: { path: "{slug}/分类/" } }
`,
    posts,
    pages: { "index.html": home },
    below: "feeds/",
  },
  "names of ours, at the root": { site: HEAD + FORMER, posts, pages, below: "" },
  "names of the owner's, at the root": { site: HEAD + FORMER + NAMES("feeds.html"), posts, pages, below: "" },
};

export function addresses(paths: readonly string[], base: string): readonly string[] {
  const documents = paths.filter((path) => !path.startsWith("dripfeed.")).map((path) => base + encodePath(path));
  const folders = [...new Set(documents.map((path) => path.replace(/[^/]*$/, "")))];
  const names = ["rss.xml", "atom.xml", "feed.json", "index.xml", "feed.xml", "index.json", "feeds.html", "index.html"];
  const below = [
    ...[
      "tags/old-name/",
      "tag/old-name/",
      "categories/drinks/tea/",
      "category/drinks/tea/feed/",
      "category/nature/feed/",
    ],
    ...["categories/nature/wye/", "category/nature/wye/feed/", "categories/nature/"],
  ].flatMap((each) => [each, each.slice(0, -1), `${each}river.jpg`, ...names.map((name) => each + name)]);
  const former = [
    ...[
      "feed",
      "feed/",
      "feed/atom/",
      "index.xml",
      "tags/weirs/index.xml",
      "tag/weirs/feed/",
      "category/tea/feed/",
      "categories/tea/index.xml",
    ],
    ...[
      "category/rivers/wye/feed/",
      "?feed=rss2",
      "?feed=rss2&cat=3",
      "?b=2&a=1",
      "index.php?feed=atom",
      "topics/weirs/rss",
    ],
    ...[
      "by_tag/weirs.xml",
      "by_tag/nothing.xml",
      "old/page",
      "old/page/",
      "older/feed.xml",
      "label/weirs/feed.xml",
      `label/${encodeURIComponent("短视频")}/feed.xml`,
      "topics/old-name/rss",
      `topics/${encodeURIComponent("短视频")}/rss`,
      `categories/drinks/tea/${encodeURIComponent("短视频")}/rss.xml`,
      "label/old-name/feed.xml",
      "by_tag/old-name.xml",
      "moved/weirs.xml",
    ],
    ...[
      "podcast.xml",
      "nothing.xml",
      "tags/nothing/rss.xml",
      "about/",
      "essays/a/",
      "feed/?utm_source=x",
      "wp-rss2.php",
    ],
  ];
  return [
    ...documents,
    ...documents.map((path) => `${path}?raw`),
    ...folders,
    ...folders.filter((each) => each !== "/").map((each) => each.slice(0, -1)),
    ...[...new Set([base, "/"])].flatMap((at) => [...below, ...former].map((each) => at + each)),
  ];
}

export interface Asked {
  readonly address: string;
  readonly stored: { readonly [path: string]: string };
  readonly site: HostedSite;
}

/** A server adds the slash of a folder itself, by 301 or 308, and lists no folder, by 403 or 404; for the edge there is nothing. */
export const isOwnWay = (got: string, wanted: string): boolean =>
  wanted === "404" && (got === "to the folder" || got === "403");

/** In a few words, such as `200 text/html index.html`; what the edge does not publish is the generator's, or nowhere. */
export function expected(decision: Decision, { address, stored, site }: Asked): string {
  const [path = ""] = address.split("?");
  const file = decodeURI(path.slice(1)).replace(/(^|\/)$/, "$1index.html");
  const isPage = decision.kind === "serve" && /(?:^|\/)feeds\.html$/.test(decision.key);
  const isTheirs = isPage && site.pages[file] !== undefined;
  if (decision.kind === "serve" && stored[decision.key] !== undefined && !isTheirs) {
    return `200 ${decision.headers["content-type"]} ${nameIn(stored, stored[decision.key] ?? "")}`;
  }
  if (decision.kind === "redirect") return redirectTo(decision.status, decision.headers["location"] ?? "", path);
  if (decision.kind === "refuse" && decision.status === 410) return "410";
  return site.pages[file] === undefined ? "404" : `200 ${site.pages[file]}`;
}

/** Documents with the same bytes are one. */
export const nameIn = (stored: Asked["stored"], text: string): string | undefined =>
  Object.keys(stored).find((path) => stored[path] === text);

export const redirectTo = (status: number, location: string, from: string): string =>
  decodeURI(location) === `${decodeURI(from)}/` ? "to the folder" : `${status} ${location}`;
