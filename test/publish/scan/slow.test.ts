/** A post that takes too long to read or to render: nothing of it is committed, and nothing else waits for it. */
import { describe, expect, test } from "vitest";
import type { PostResult } from "../../../lib/content/post.ts";
import { openTimeLimit, TimedOut, type TimeLimit } from "../../../lib/workers/timelimit.ts";
import { failingAt } from "../../support/rendering.ts";
import { post, SITE, type World, world } from "../../support/world.ts";

const NOTHING_WRITTEN = { public: { put: 0, delete: 0 }, state: { put: 0, delete: 0 } };
const A = post({ title: "A", tags: "[x]", date: "2026-01-02T00:00:00Z" }, "Words of A.\n");
const GOOD = post({ title: "Good", tags: "[x]", date: "2026-01-03T00:00:00Z" }, "Good words.\n");
const BAD = post({ title: "Bad", date: "2026-01-04T00:00:00Z" }, "Bad words.\n");
const SLOW = post({ title: "Slow", tags: "[x]", date: "2026-01-02T00:00:00Z" }, "Words of A, and more.\n");

const isSlow = (result: unknown) => (result as PostResult | undefined)?.post?.title === "Slow";

/** Stops posts with the title Slow while they are read. */
function slowToRead(): { readonly timeLimit: TimeLimit; readonly tries: () => number } {
  const limit = openTimeLimit();
  let tries = 0;
  const run = async <T>(work: () => T): Promise<T> => {
    const result = await limit.run(work);
    if (!isSlow(result)) return result;
    tries += 1;
    throw new TimedOut(5000);
  };
  return { timeLimit: { ...limit, run }, tries: () => tries };
}

/** Stops them while they are rendered. */
const slowToRender = () => ({ timeLimit: failingAt("Slow", new TimedOut(5000)) });

const slowOptions = { read: () => ({ timeLimit: slowToRead().timeLimit }), rendered: slowToRender };
const problemsOf = ({ problems }: { readonly problems: readonly { readonly file: string; readonly code: string }[] }) =>
  problems.map(({ file, code }) => `${file} ${code}`);
const feed = (site: World) => site.read("tags/x/rss.xml");

describe.each(["read", "rendered"] as const)("a post that cannot be %s in time", (how) => {
  const slow = (): { readonly timeLimit: TimeLimit } => slowOptions[how]();

  test("is told, and every other post is published", async () => {
    const site = await world({ "posts/slow.md": SLOW, "posts/good.md": GOOD }, SITE);
    const report = await site.publish(slow());
    expect(problemsOf(report)).toEqual(["posts/slow.md timed-out"]);
    expect(report.refused).toBeUndefined();
    expect(await feed(site)).toContain("Good words");
    expect((await site.publish(slow())).operations).toMatchObject(NOTHING_WRITTEN);
    await site.publish();
    expect(await feed(site)).toContain("and more");
  });

  test("keeps its last good entry, and nothing at all is written", async () => {
    const site = await world({ "posts/a.md": A, "posts/good.md": GOOD }, SITE);
    await site.publish();
    const before = await site.dump(site.state);
    await site.write("posts/a.md", SLOW);
    for (const hints of [["posts/a.md"], undefined, undefined]) {
      const report = await site.publish({ ...slow(), hints });
      expect(problemsOf(report)).toEqual(["posts/a.md timed-out"]);
      expect(report.operations).toMatchObject(NOTHING_WRITTEN);
    }
    expect(await site.dump(site.state)).toEqual(before);
    await site.publish();
    expect(await feed(site)).toContain("and more");
  });

  test("keeps it and its id where it was renamed in the same edit", async () => {
    const site = await world({ "posts/a.md": A, "posts/good.md": GOOD }, SITE);
    await site.publish();
    const [, id] = /<guid[^>]*>([^<]*posts\/a)<\/guid>/.exec((await feed(site)) ?? "") ?? [];
    expect(id).toBeDefined();
    await site.remove("posts/a.md");
    await site.write("posts/b.md", SLOW.replace(", and more", ""));
    await site.publish(slow());
    expect(await feed(site)).toContain("<title>A</title>");
    await site.publish();
    expect(await feed(site)).toContain("<title>Slow</title>");
    expect(await feed(site)).toContain(`>${id}</guid>`);
  });

  test("stops nothing where its last good entry is lost, too", async () => {
    const site = await world({ "posts/a.md": A, "posts/good.md": GOOD }, SITE);
    await site.publish();
    for await (const { key } of site.state.list("entries/")) await site.state.delete(key);
    await site.write("posts/a.md", SLOW);
    await site.write("posts/good.md", GOOD.replace("Good words", "Better words"));
    const report = await site.publish(slow());
    expect(problemsOf(report)).toEqual(["posts/a.md timed-out"]);
    expect(await feed(site)).toContain("Better words");
    expect((await site.publish(slow())).operations).toMatchObject(NOTHING_WRITTEN);
  });

  test("is tried again by each full run, also where all posts were read anew", async () => {
    const site = await world({ "posts/a.md": SLOW, "posts/good.md": GOOD }, SITE);
    await site.publish();
    await site.write("site.yaml", `${SITE}timezone: Asia/Shanghai\n`);
    await site.write("posts/good.md", GOOD.replace("Good words", "Better words"));
    const report = await site.publish(slow());
    expect(await feed(site)).toContain("Better words");
    expect(await feed(site)).toContain("and more");
    if (how === "read") expect(problemsOf(report)).toEqual(["posts/a.md timed-out"]);
    expect(problemsOf(await site.publish(slow()))).toEqual(problemsOf(report));
    await site.publish();
    expect(problemsOf(await site.publish())).toEqual([]);
  });
});

test("a run tries a post that is stopped once, however often it looks again", async () => {
  const site = await world({ "posts/slow.md": SLOW, "posts/good.md": GOOD, "posts/bad.md": BAD }, SITE);
  const { timeLimit, tries } = slowToRead();
  const failing = failingAt("Bad", new Error("it cannot be rendered"), timeLimit);
  await site.publish({ timeLimit: failing });
  expect(tries()).toBe(1);
});

describe("a post that cannot be read in time", () => {
  test.each([
    ["a draft", "draft: true"],
    ["hidden", "hidden: true"],
    ["dated later", "date: 2036-01-02"],
    ["expired", "expires: 2026-01-05"],
    ["in two minds", "draft: true\ndraft: false"],
  ])("leaves the feeds when its front matter says that it is %s", async (_, line) => {
    const site = await world({ "posts/a.md": A, "posts/good.md": GOOD }, SITE);
    await site.publish();
    const slow = line.startsWith("date") ? SLOW.replace(/date: .*/, line) : SLOW.replace("---\n", `---\n${line}\n`);
    await site.write("posts/a.md", slow);
    const { timeLimit } = slowToRead();
    expect(problemsOf(await site.publish({ timeLimit }))).toContain("posts/a.md timed-out");
    expect(await feed(site)).not.toContain("Words of A");
    expect((await site.publish({ timeLimit })).operations).toMatchObject(NOTHING_WRITTEN);
  });
});
