/** What nginx and Caddy answer, held against the edge's own decisions, with names of ours and of the owner's. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodePath } from "../../lib/edge/address.ts";
import { type Decision, decide } from "../../lib/edge/decide.ts";
import { edgeOf } from "../../lib/edge/edge.ts";
import { request } from "../edge/edges.ts";
import { siteFrom } from "../hosts/sites.ts";
import { post } from "../support/world.ts";
import { type StaticServer, type StaticSite, startHost } from "./statichosts.ts";

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

const SITES: { readonly [name: string]: StaticSite } = {
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
  "names of ours, at the root": { site: HEAD + FORMER, posts, pages, below: "" },
  "names of the owner's, at the root": { site: HEAD + FORMER + NAMES("feeds.html"), posts, pages, below: "" },
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-hosts-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const PERSON = { "sec-fetch-dest": "document" };

describe.each(
  (["nginx", "caddy"] as const).flatMap((host) => Object.entries(SITES).map(([name, site]) => ({ host, name, site }))),
)("$host, $name", ({ host, name, site: given }) => {
  let server: StaticServer;
  beforeAll(async () => {
    server = await startHost(host, join(folder, `${host}-${name.replace(/\W/g, "")}`), given);
  });
  afterAll(() => server.close());

  test("answers as the edge does", async () => {
    const edge = edgeOf(siteFrom(given.site));
    const all = Object.entries(await server.world.dump(server.world.public));
    const stored = Object.fromEntries(all.filter(([path]) => given.pages[given.below + path] === undefined));
    const differences: string[] = [];
    for (const address of addresses(Object.keys(stored), edge.base)) {
      for (const headers of [{}, PERSON]) {
        const about = { address, stored, site: given };
        const wanted = expected(decide(request(address, headers), edge), about);
        const got = await answered(await server.get(address, headers), about);
        if (got !== wanted && !isOwnWay(got, wanted))
          differences.push(`${address}${headers === PERSON ? " (person)" : ""}: ${got}, not ${wanted}`);
      }
    }
    expect(differences).toEqual([]);
  });
});

function addresses(paths: readonly string[], base: string): readonly string[] {
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

interface Answer {
  readonly address: string;
  readonly stored: { readonly [path: string]: string };
  readonly site: StaticSite;
}

/** A server adds the slash of a folder itself, by 301 or 308, and lists no folder, by 403 or 404; for the edge there is nothing. */
const isOwnWay = (got: string, wanted: string): boolean =>
  wanted === "404" && (got === "to the folder" || got === "403");

/** In a few words, such as `200 text/html index.html`; what the edge does not publish is the generator's, or nowhere. */
function expected(decision: Decision, { address, stored, site }: Answer): string {
  const [path = ""] = address.split("?");
  const file = decodeURI(path.slice(1)).replace(/(^|\/)$/, "$1index.html");
  const isPage = decision.kind === "serve" && /(?:^|\/)feeds\.html$/.test(decision.key);
  const isTheirs = isPage && site.pages[file] !== undefined;
  if (decision.kind === "serve" && stored[decision.key] !== undefined && !isTheirs) {
    return `200 ${decision.headers["content-type"]} ${nameIn(stored, stored[decision.key] ?? "")}`;
  }
  if (decision.kind === "redirect") return redirect(decision.status, decision.headers["location"] ?? "", path);
  if (decision.kind === "refuse" && decision.status === 410) return "410";
  return site.pages[file] === undefined ? "404" : `200 ${site.pages[file]}`;
}

/** Documents with the same bytes are one. */
const nameIn = (stored: Answer["stored"], text: string): string | undefined =>
  Object.keys(stored).find((path) => stored[path] === text);

async function answered(response: Response, { address, stored }: Answer): Promise<string> {
  const text = await response.text();
  const { status, headers } = response;
  const name = nameIn(stored, text);
  if (status === 200) return name ? `200 ${headers.get("content-type")} ${name}` : `200 ${text}`;
  const location = headers.get("location")?.replace(/^(?:https:\/\/example\.com|http:\/\/127\.0\.0\.1:\d+)(?=\/)/, "");
  return location === undefined ? String(status) : redirect(status, location, address);
}

const redirect = (status: number, location: string, from: string): string =>
  decodeURI(location) === `${decodeURI(from)}/` ? "to the folder" : `${status} ${location}`;
