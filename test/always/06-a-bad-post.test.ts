/** A post that cannot be read or rendered, or not in time, changes nothing for other posts, and keeps its last good entry. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { PostResult } from "../../lib/content/post.ts";
import type { PublishOptions } from "../../lib/publish/options.ts";
import { type Store, StoreUnreadable } from "../../lib/stores/store.ts";
import { openTimeLimit, type TimeLimit } from "../../lib/workers/timelimit.ts";
import { post, WHOLE_SITE, type World, world } from "../support/world.ts";

const UNREADABLE = "this file cannot be read";
/** Of this one, reading takes five times as long as a post may. */
const STILL_READING = "---\ntitle: Still reading\ndate: 2026-01-02\n---\nBad words.\n";
const LIMIT_MS = 300;

function timeLimit(): TimeLimit {
  const limit = openTimeLimit({ each: LIMIT_MS });
  const run = <T>(work: () => T) =>
    limit.run(() => {
      const result = work();
      if ((result as PostResult).post?.title !== "Still reading") return result;
      for (const end = performance.now() + 5 * LIMIT_MS; performance.now() < end; );
      return result;
    });
  return { ...limit, run };
}

const fronted = (front: string) => `---\ntitle: Bad\ndate: 2026-01-02T09:00:00Z\n${front}\n---\nBad words.\n`;

type Bad = readonly [text: string, code: string];

/** Each way to be bad, with the code of its problem. */
const BAD: readonly Bad[] = [
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
  [`---\ndate: 2026-01-02\n---\n${"> ".repeat(20_000)}deep\n\n# Bad\n`, "too-slow"],
  [`${fronted("x: y")}${"- ".repeat(101)}deep\n`, "too-slow"],
  [`${fronted("x: y")}${"*a _b ".repeat(60)}deep${" c_ d*".repeat(60)}\n`, "too-slow"],
  [`${fronted("x: y")}\n|${"a|".repeat(900)}\n|${"-|".repeat(900)}\n${"|\n".repeat(900)}`, "too-slow"],
  [`${fronted("x: y")}- a\n${"b\n".repeat(100_000)}`, "too-slow"],
  [fronted(`tags: [${Array.from({ length: 600 }, (_, i) => `u${i}`)}]`), "too-many-tags"],
  [fronted(`categories: [${Array.from({ length: 200 }, (_, i) => `[u${i}, v, w]`)}]`), "too-many-tags"],
  [fronted(`authors: ${Array.from({ length: 600 }, (_, i) => `\n  - name: Author ${i}`).join("")}`), "too-many-tags"],
  [fronted(`tags: [${"u".repeat(600)}]`), "too-long"],
  [fronted(`description: ${"u".repeat(60_000)}`), "too-long"],
  [fronted(`slug: ${"u".repeat(9_000)}`), "too-long"],
  [fronted(`id: ${"u".repeat(3_000)}`), "too-long"],
  [fronted(`comments: https://example.com/${"u".repeat(210_000)}`), "too-long"],
  [`---\ndate: 2026-01-02\ntitle: ${"u".repeat(20_000)}\n---\nBad words.\n`, "too-long"],
  [`---\ndate: 2026-01-02\n---\n# ${"u".repeat(20_000)}\n`, "too-long"],
  [fronted("") + "Bad words.\n".repeat(10_000), "too-long"],
  [fronted("") + `${"<".repeat(1000)}\n`.repeat(30), "too-long"],
  [fronted("id: tag:example.com,2020:posts/good"), "id-taken"],
  [fronted("slug: good"), "url-taken"],
  [UNREADABLE, "unreadable"],
  [STILL_READING, "timed-out"],
];

/** Those that take no time, and can be large beside others. */
const QUICK = BAD.filter(([text, code]) => code !== "timed-out" && text.length < 100_000);

/** One entry may have half of a document, so that what is too long need not be long. */
const siteFor = (bad: readonly Bad[]): string =>
  bad.some(([, code]) => code === "too-long") ? `${WHOLE_SITE}guard: { bytes: 200000 }\n` : WHOLE_SITE;

const GOOD = post({ title: "Good", tags: "[x]", date: "2026-01-02T00:00:00Z" }, "Good words.\n");
const BETTER = post({ title: "Better", tags: "[x]", date: "2026-01-02T00:00:00Z" }, "Better words.\n");
/** The bad posts before they became bad. */
const goodText = (i: number) => post({ title: `Once ${i}`, tags: `[x, t${i}]`, date: "2026-01-05" }, `Word${i}.\n`);
const keyOf = (i: number) => `posts/bad${i}.md`;

/** `publish` over a content store that refuses to read the unreadable file; a run that throws fails the test. */
function publisherOf(site: World, bad: readonly Bad[]) {
  const limited = { timeLimit: bad.some(([text]) => text === STILL_READING) ? timeLimit() : undefined };
  const content: Store = {
    ...site.content,
    async get(key, known) {
      const object = await site.content.get(key);
      const isLocked = typeof object === "object" && new TextDecoder().decode(object.body) === UNREADABLE;
      if (isLocked) throw new StoreUnreadable("content", "get", key, "permission denied");
      return site.content.get(key, known);
    },
  };
  return async (options: Partial<PublishOptions> = {}) => {
    const report = await site.publish({ content, ...limited, ...options }).catch((error: Error) => error.message);
    expect(report).toBeTypeOf("object");
    if (typeof report === "string") throw new Error(report);
    expect(report.refused).toBeUndefined();
    return report;
  };
}

const problemsOfBad = (problems: readonly { readonly file: string; readonly code: string }[]) =>
  problems.filter(({ file }) => file.startsWith("posts/bad")).map(({ file, code }) => `${file} ${code}`);

async function neverGood(bad: readonly Bad[]): Promise<void> {
  const alone = await world({ "posts/good.md": GOOD }, siteFor(bad));
  await alone.publish();
  const files = Object.fromEntries(bad.map(([text], i) => [keyOf(i), text]));
  const site = await world({ ...files, "posts/good.md": GOOD }, siteFor(bad));
  const { problems } = await publisherOf(site, bad)();
  expect(problemsOfBad(problems)).toEqual(expect.arrayContaining(bad.map(([, code], i) => `${keyOf(i)} ${code}`)));
  expect(await site.dump(site.public)).toEqual(await alone.dump(alone.public));
}

async function onceGood(bad: readonly Bad[], isHinted: boolean): Promise<void> {
  const site = await world(
    { ...Object.fromEntries(bad.map((_, i) => [keyOf(i), goodText(i)])), "posts/good.md": GOOD },
    siteFor(bad),
  );
  const publish = publisherOf(site, bad);
  await publish();
  const before = await site.dump(site.public);
  for (const [i, [text]] of bad.entries()) await site.write(keyOf(i), text);
  const expected = bad.flatMap(([, code], i) => (NOT_BAD_AGAIN.has(code) ? [] : [`${keyOf(i)} ${code}`]));
  const { problems } = await publish(isHinted ? { hints: bad.map((_, i) => keyOf(i)) } : {});
  expect(problemsOfBad(problems)).toEqual(expect.arrayContaining(expected));
  const changed = bad.every(([, code]) => !NOT_BAD_AGAIN.has(code));
  if (changed) expect(await site.dump(site.public)).toEqual(before);

  // Other posts are published, and the problem is reported until it is fixed.
  await site.write("posts/good.md", BETTER);
  const next = await publish();
  expect(problemsOfBad(next.problems)).toEqual(expect.arrayContaining(expected));
  for (const path of ["rss.xml", "atom.xml", "feed.json", "tags/x/rss.xml", "index.html"]) {
    const document = await site.read(path);
    expect(document).toContain("Better");
    for (const [i, [, code]] of bad.entries()) {
      if (!NOT_BAD_AGAIN.has(code)) expect(document).toContain(`Once ${i}`);
    }
  }
  // On a machine that is quick enough it is published, without being changed.
  if (bad.some(([text]) => text === STILL_READING)) {
    await site.publish();
    expect(await site.read("feed.json")).toContain("Still reading");
  }
  for (const [i] of bad.entries()) await site.write(keyOf(i), goodText(i));
  await publish();
  const feed = await site.read("feed.json");
  for (const [i] of bad.entries()) expect(feed).toContain(`Once ${i}`);
}

/** A published post keeps its id, so another post's id in its front matter is no error any more. */
const NOT_BAD_AGAIN = new Set(["id-taken"]);

const SENTENCE =
  "A bad post never stops a good one, not by what it says nor by the time or memory it takes, and never removes its own last good entry.";

test(SENTENCE, async () => {
  for (const each of BAD) {
    await neverGood([each]);
    await onceGood([each], false);
  }
  await fc.assert(
    fc.asyncProperty(fc.subarray(QUICK, { minLength: 1, maxLength: 8 }), fc.boolean(), async (bad, isHinted) => {
      await neverGood(bad);
      await onceGood(bad, isHinted);
    }),
    { numRuns: 12 },
  );
});
