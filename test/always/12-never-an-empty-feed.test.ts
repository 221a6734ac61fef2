/** Whatever leaves a site without posts, its feeds stay until a run is forced. */
import fc from "fast-check";
import { parseAtomFeed, parseRssFeed } from "feedsmith";
import { expect, test } from "vitest";
import { author, change } from "../support/author.ts";
import { post, SITE, type World, world } from "../support/world.ts";

type Posts = { readonly [key: string]: string };

const writeAll = async (site: World, posts: Posts) => {
  for (const [key, text] of Object.entries(posts)) await site.write(key, text);
};
const postsWith = (posts: Posts, front: { readonly [key: string]: string }): Posts =>
  Object.fromEntries(Object.keys(posts).map((key) => [key, post({ title: key, ...front })]));

/** Accidents after which no post is public. */
const ACCIDENTS: { readonly [name: string]: (site: World, posts: Posts) => Promise<unknown> } = {
  "all are removed": (site, posts) => Promise.all(Object.keys(posts).map((key) => site.remove(key))),
  "all become drafts": (site, posts) => writeAll(site, postsWith(posts, { draft: "true" })),
  "all are locked": (site, posts) => writeAll(site, postsWith(posts, { password: "x" })),
  "all are in the future": (site, posts) => writeAll(site, postsWith(posts, { date: "2030-01-01" })),
  "all have expired": (site, posts) => writeAll(site, postsWith(posts, { expires: "2026-01-03" })),
  "the globs name another folder": (site) => site.write("site.yaml", `${SITE}posts: ["articles/**"]\n`),
  "the owner's rules exclude all": (site) => site.write("site.yaml", `${SITE}exclude: { paths: ["**"] }\n`),
  "all move where no glob looks": async (site, posts) => {
    for (const [key, text] of Object.entries(posts)) {
      await site.remove(key);
      await site.write(key.replace("posts/", "elsewhere/"), text);
    }
  },
  "another folder is published": async (site, posts) => {
    for (const key of Object.keys(posts)) await site.remove(key);
    await site.write("README.md", "# Not a blog\n");
  },
};

async function itemsIn(site: World): Promise<readonly number[]> {
  const [rss = "", atom = "", json = ""] = await Promise.all(["rss.xml", "atom.xml", "feed.json"].map(site.read));
  return [
    parseRssFeed(rss).items?.length ?? 0,
    parseAtomFeed(atom).entries?.length ?? 0,
    JSON.parse(json).items.length,
  ];
}

async function meetAccident(name: string, count: number, how: "full" | "hints" | "one by one"): Promise<void> {
  const keys = Array.from({ length: count }, (_, i) => `posts/${i}.md`);
  const posts = Object.fromEntries(keys.map((key) => [key, post({ title: key })]));
  const site = await world(posts);
  await site.publish();
  const before = await site.dump(site.public);
  await ACCIDENTS[name]?.(site, posts);
  if (how === "one by one") for (const key of keys) await site.publish({ hints: [key] });
  const hints = how === "hints" ? [...keys, "site.yaml"] : undefined;
  for (const again of [1, 2]) {
    const { refused } = await site.publish({ hints });
    expect({ name, again, refused: refused !== undefined }).toEqual({ name, again, refused: true });
    for (const items of await itemsIn(site)) expect(items).toBeGreaterThan(0);
    if (how !== "one by one") expect(await site.dump(site.public)).toEqual(before);
  }
  const forced = await site.publish({ force: true });
  expect(forced.refused).toBeUndefined();
  expect(await itemsIn(site)).toEqual([0, 0, 0]);
  expect((await site.publish()).put).toEqual([]);
}

test("The site's feed is never replaced by an empty one without being told to.", async () => {
  for (const name of Object.keys(ACCIDENTS)) {
    for (const how of ["full", "hints", "one by one"] as const)
      for (const count of [1, 3]) await meetAccident(name, count, how);
  }
  // In any order of edits and at any time; a last post that expires as its author said may leave the feed empty.
  const EXPIRY = Date.UTC(2026, 5, 3);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(change, fc.boolean()), { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      async (changes, expires) => {
        const front = expires ? { expires: new Date(EXPIRY).toISOString() } : {};
        const site = await world({ "posts/only.md": post(front, "uid900 words0\n") });
        const writer = author(site);
        await site.publish();
        for (const [i, [each, isHinted]] of changes.entries()) {
          const hints = await writer.change(each);
          const now = new Date(Date.UTC(2026, 5, 1 + i, 12));
          await site.publish({ now, hints: isHinted ? hints : undefined });
          writer.seen(hints);
          if (expires && now.getTime() > EXPIRY) continue;
          for (const items of await itemsIn(site)) expect(items).toBeGreaterThan(0);
        }
      },
    ),
    { numRuns: 120 },
  );
});
