/** Whatever is wrong with one post: the others are as they would be without it, and it stays what it was. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { PublishOptions } from "../../lib/publish/options.ts";
import { type Store, StoreUnreadable } from "../../lib/stores/store.ts";
import { post, WHOLE_SITE, type World, world } from "../support/world.ts";

const UNREADABLE = "this file cannot be read";
const fronted = (front: string) => `---\ntitle: Bad\ndate: 2026-01-02T09:00:00Z\n${front}\n---\nBad words.\n`;

/** Each way to be bad, and the problem that says so. */
const BAD: readonly (readonly [text: string, code: string])[] = [
  ["---\ntitle: [\n---\n", "front-matter-yaml"],
  ["---\ntitle: &a [*a]\ndate: 2026-01-02\n---\n", "front-matter-yaml"],
  ["+++\ntitle = \n+++\n", "front-matter-toml"],
  ['{ "title": }\n', "front-matter-json"],
  [`---json\n{ "title": "Bad", "deep": ${"[".repeat(50_000)} }\n---\n`, "front-matter-json"],
  ["---\ntitle: Bad\n", "front-matter-open"],
  ["---js\nmodule.exports = {}\n---\n", "front-matter-language"],
  ["---\ntitle: Bad\ndate: soon\n---\n", "date-unreadable"],
  ["---\ntitle: Bad\n---\n", "date-missing"],
  [fronted("expires: never ever"), "date-unreadable"],
  [fronted(`nul: "\u0000"`), "front-matter-yaml"],
  [`---\ndate: 2026-01-02\n---\n${"> ".repeat(20_000)}deep\n`, "unrenderable"],
  [fronted("id: tag:example.com,2020:posts/good"), "id-taken"],
  [fronted("slug: good"), "url-taken"],
  [UNREADABLE, "unreadable"],
];

/** Depth takes a second to give up on. */
const CHEAP = BAD.filter(([, code]) => code !== "unrenderable");

const GOOD = post({ title: "Good", tags: "[x]", date: "2026-01-02T00:00:00Z" }, "Good words.\n");
const BETTER = post({ title: "Better", tags: "[x]", date: "2026-01-02T00:00:00Z" }, "Better words.\n");
/** What the bad ones were before. */
const wasGood = (i: number) => post({ title: `Once ${i}`, tags: `[x, t${i}]`, date: "2026-01-05" }, `Word${i}.\n`);
const keyOf = (i: number) => `posts/bad${i}.md`;

function publishing(site: World) {
  const content: Store = {
    ...site.content,
    async get(key, known) {
      const object = await site.content.get(key);
      const isLocked = typeof object === "object" && new TextDecoder().decode(object.body) === UNREADABLE;
      if (isLocked) throw new StoreUnreadable("content", "get", key, "permission denied");
      return site.content.get(key, known);
    },
  };
  /** A run that throws is a run that was stopped. */
  return async (options: Partial<PublishOptions> = {}) => {
    const report = await site.publish({ content, ...options }).catch((error: Error) => error.message);
    expect(report).toBeTypeOf("object");
    if (typeof report === "string") throw new Error(report);
    expect(report.refused).toBeUndefined();
    return report;
  };
}

const told = (problems: readonly { readonly file: string; readonly code: string }[]) =>
  problems.filter(({ file }) => file.startsWith("posts/bad")).map(({ file, code }) => `${file} ${code}`);

async function neverGood(bad: readonly (typeof BAD)[number][]): Promise<void> {
  const alone = await world({ "posts/good.md": GOOD }, WHOLE_SITE);
  await alone.publish();
  const files = Object.fromEntries(bad.map(([text], i) => [keyOf(i), text]));
  const site = await world({ ...files, "posts/good.md": GOOD }, WHOLE_SITE);
  const { problems } = await publishing(site)();
  expect(told(problems)).toEqual(expect.arrayContaining(bad.map(([, code], i) => `${keyOf(i)} ${code}`)));
  expect(await site.dump(site.public)).toEqual(await alone.dump(alone.public));
}

async function onceGood(bad: readonly (typeof BAD)[number][], rings: boolean): Promise<void> {
  const site = await world(
    { ...Object.fromEntries(bad.map((_, i) => [keyOf(i), wasGood(i)])), "posts/good.md": GOOD },
    WHOLE_SITE,
  );
  const publish = publishing(site);
  await publish();
  const before = await site.dump(site.public);
  for (const [i, [text]] of bad.entries()) await site.write(keyOf(i), text);
  const expected = bad.flatMap(([, code], i) => (ISNT_BAD_AGAIN.has(code) ? [] : [`${keyOf(i)} ${code}`]));
  const { problems } = await publish(rings ? { hints: bad.map((_, i) => keyOf(i)) } : {});
  expect(told(problems)).toEqual(expect.arrayContaining(expected));
  const changed = bad.every(([, code]) => !ISNT_BAD_AGAIN.has(code));
  if (changed) expect(await site.dump(site.public)).toEqual(before);

  // The others go on, and the problem is told until it is fixed.
  await site.write("posts/good.md", BETTER);
  const next = await publish();
  expect(told(next.problems)).toEqual(expect.arrayContaining(expected));
  for (const path of ["rss.xml", "atom.xml", "feed.json", "tags/x/rss.xml", "index.html"]) {
    const document = await site.read(path);
    expect(document).toContain("Better");
    for (const [i, [, code]] of bad.entries()) {
      if (!ISNT_BAD_AGAIN.has(code)) expect(document).toContain(`Once ${i}`);
    }
  }
  for (const [i] of bad.entries()) await site.write(keyOf(i), wasGood(i));
  await publish();
  const feed = await site.read("feed.json");
  for (const [i] of bad.entries()) expect(feed).toContain(`Once ${i}`);
}

/** A post that readers know has an id and a date already: it may give another id, or none, and is good. */
const ISNT_BAD_AGAIN = new Set(["id-taken"]);

test("A bad post never stops a good one, and never removes its own last good entry.", async () => {
  for (const each of BAD) {
    await neverGood([each]);
    await onceGood([each], false);
  }
  await fc.assert(
    fc.asyncProperty(fc.subarray(CHEAP, { minLength: 1, maxLength: 8 }), fc.boolean(), async (bad, rings) => {
      await neverGood(bad);
      await onceGood(bad, rings);
    }),
    { numRuns: 12 },
  );
});
