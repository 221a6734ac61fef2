/** Random sites: every channel carries exactly its posts, and its archives the whole history. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { slugOf } from "../../lib/channels/slug.ts";
import { ids, NOW, post, WHOLE_SITE, type World, world } from "../support/world.ts";

const FEEDS = "https://feeds.example.com/";
const HOUR = 3_600_000;

interface Written {
  readonly hoursAgo: number;
  readonly tags: readonly string[];
  readonly categories: readonly string[];
  readonly author: string;
  readonly lang: string;
  readonly draft: boolean;
}

const written: fc.Arbitrary<Written> = fc.record({
  hoursAgo: fc.integer({ min: -1500, max: 9000 }),
  tags: fc.uniqueArray(fc.constantFrom("RSS", "rss", "扶贫", "短视频", "C++", "हिन्दी"), { maxLength: 3 }),
  categories: fc.constantFrom<readonly string[]>([], ["技术"], ["技术", "前端"], ["Field", "Water"]),
  author: fc.constantFrom("Ada", "林小满"),
  lang: fc.constantFrom("en", "zh-CN"),
  draft: fc.nat(9).map((n) => n === 0),
});

const settings = fc.record({
  limit: fc.constantFrom(1, 2, 3, 5),
  archives: fc.constantFrom("year", "month", "week", "day", "false"),
});

interface Site {
  readonly posts: readonly Written[];
  readonly site: World;
}

async function published(
  posts: readonly Written[],
  { limit, archives }: { limit: number; archives: string },
): Promise<Site> {
  const files = posts.map(({ hoursAgo, tags, categories, author, lang, draft }, i) => {
    const date = new Date(NOW.getTime() - hoursAgo * HOUR).toISOString();
    const front = { title: `"${i}"`, date, tags: JSON.stringify(tags), categories: JSON.stringify(categories) };
    return [`posts/${i}.md`, post({ ...front, author, lang, draft: String(draft) })] as const;
  });
  const named = `channels: [{ path: rural-video, tags: [扶贫, 短视频], match: all }]\n`;
  const site = await world(Object.fromEntries(files), `${WHOLE_SITE}limit: ${limit}\narchives: ${archives}\n${named}`);
  await site.publish();
  return { posts, site };
}

const idOf = (i: number): string => `tag:example.com,2020:posts/${i}`;
const isPublic = ({ hoursAgo, draft }: Written): boolean => hoursAgo >= 0 && !draft;
/** Ids of the public posts that `fits` selects, newest first. */
function expected(posts: readonly Written[], fits: (post: Written) => boolean): readonly string[] {
  return posts
    .map((each, i) => ({ each, id: idOf(i) }))
    .filter(({ each }) => isPublic(each) && fits(each))
    .sort((a, b) => dateOf(b.each) - dateOf(a.each) || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}
const dateOf = ({ hoursAgo }: Written) => Math.floor((NOW.getTime() - hoursAgo * HOUR) / 1000);

/** URL of one of our documents → its path. */
function pathOf(url: string): string {
  expect(url.startsWith(FEEDS)).toBe(true);
  return decodeURIComponent(url.slice(FEEDS.length)).replace(/(^|\/)$/, "$1index.html");
}

const CHANNELS: { readonly [folder: string]: (post: Written) => boolean } = {
  "": () => true,
  "tags/rss/": ({ tags }) => tags.some((tag) => tag.toLowerCase() === "rss"),
  "tags/扶贫/": ({ tags }) => tags.includes("扶贫"),
  "tags/हिन्दी/": ({ tags }) => tags.includes("हिन्दी"),
  [`tags/${slugOf("C++")}/`]: ({ tags }) => tags.includes("C++"),
  "categories/技术/": ({ categories }) => categories[0] === "技术",
  "categories/技术/前端/": ({ categories }) => categories[1] === "前端",
  "categories/field/water/": ({ categories }) => categories[1] === "Water",
  "authors/林小满/": ({ author }) => author === "林小满",
  "languages/zh-CN/": ({ lang }) => lang === "zh-CN",
  "rural-video/": ({ tags }) => tags.includes("扶贫") && tags.includes("短视频"),
};

const runs = { numRuns: 60 };
const sites = fc.tuple(fc.array(written, { maxLength: 14 }), settings);

describe("for all sites", () => {
  test("a channel carries exactly its posts, newest first, up to its limit", async () => {
    await fc.assert(
      fc.asyncProperty(sites, async ([posts, given]) => {
        const { site } = await published(posts, given);
        const paths = new Set(await site.paths());
        for (const [folder, fits] of Object.entries(CHANNELS)) {
          const all = expected(posts, fits);
          const isAlways = folder === "" || folder === "rural-video/";
          expect([folder, paths.has(`${folder}feed.json`)]).toEqual([folder, isAlways || all.length > 0]);
          if (!paths.has(`${folder}feed.json`)) continue;
          const carried = ids(await site.read(`${folder}feed.json`));
          expect(carried).toEqual(all.slice(0, given.limit));
        }
      }),
      runs,
    );
  });

  test("the chain of archives has every public post, in every format", async () => {
    await fc.assert(
      fc.asyncProperty(sites, async ([posts, given]) => {
        fc.pre(given.archives !== "false");
        const { site } = await published(posts, given);
        const every = expected(posts, () => true).toSorted();
        for (const follow of [jsonChain, atomChain, rssChain]) {
          expect([...new Set(await follow(site))].sort()).toEqual(every);
        }
      }),
      runs,
    );
  });

  test("every URL in the lists of channels is published, and every channel is in each list", async () => {
    await fc.assert(
      fc.asyncProperty(sites, async ([posts, given]) => {
        const { site } = await published(posts, given);
        const paths = new Set(await site.paths());
        const opml = await site.read("feeds.opml");
        const named = [...opml.matchAll(/(?:xmlUrl|htmlUrl)="([^"]*)"/g)].map(([, url = ""]) => url);
        const ours = named.filter((url) => url.startsWith(FEEDS)).map(pathOf);
        expect(ours.filter((path) => !paths.has(path))).toEqual([]);
        const folders = [...paths].filter((path) => path.endsWith("rss.xml") && !path.startsWith("archive/"));
        for (const path of folders) {
          const folder = path.slice(0, -"rss.xml".length);
          expect(ours.some((each) => each === `${folder}rss.xml` || each === `${folder}atom.xml`)).toBe(true);
        }
        const listed = JSON.stringify(JSON.parse(await site.read("feeds.json"))).match(/https:\/\/feeds\.[^"]*/g) ?? [];
        expect(listed.map(pathOf).filter((path) => !paths.has(path))).toEqual([]);
        expect(folders.filter((path) => !listed.map(pathOf).includes(path))).toEqual([]);
      }),
      runs,
    );
  });

  test("a second run writes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(sites, async ([posts, given]) => {
        const { site } = await published(posts, given);
        const report = await site.publish();
        expect([report.put, report.removed, report.operations.state.put]).toEqual([[], [], 0]);
      }),
      { numRuns: 20 },
    );
  });
});

async function jsonChain(site: World): Promise<readonly string[]> {
  const found: string[] = [];
  for (let path: string | undefined = "feed.json"; path !== undefined; ) {
    const text = await site.read(path);
    found.push(...ids(text));
    const { next_url: next } = JSON.parse(text) as { readonly next_url?: string };
    path = next === undefined ? undefined : pathOf(next);
  }
  return found;
}

const atomChain = (site: World) => xmlChain(site, "atom.xml", /<entry[^>]*>[\s\S]*?<id>([^<]*)<\/id>/g, "link");
const rssChain = (site: World) => xmlChain(site, "rss.xml", /<guid[^>]*>([^<]*)<\/guid>/g, "atom:link");

async function xmlChain(site: World, first: string, id: RegExp, link: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (let path: string | undefined = first; path !== undefined; ) {
    const text = await site.read(path);
    found.push(...[...text.matchAll(id)].map(([, found = ""]) => found));
    const links = [...text.matchAll(new RegExp(`<${link} [^>]*>`, "g"))].map(([element]) => element);
    const url = links.find((element) => element.includes('rel="prev-archive"'))?.match(/href="([^"]*)"/)?.[1];
    path = url === undefined ? undefined : pathOf(url);
  }
  return found;
}
