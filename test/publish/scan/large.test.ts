/** Posts that are too large: they are read in part, alone, and never instead of others. */
import { describe, expect, test } from "vitest";
import { MAX_POST_BYTES } from "../../../lib/content/inputs.ts";
import type { Store } from "../../../lib/stores/store.ts";
import { codes, post, world } from "../../support/world.ts";

const GOOD = { "posts/good.md": post({ title: "Good" }) };
const large = (front: string) =>
  `---\ntitle: Large\ndate: 2026-01-02T03:04:05Z\n${front}---\n${"word ".repeat(MAX_POST_BYTES / 5)}`;

describe.each([{ hints: undefined }, { hints: ["posts/a.md"] }])("a post that becomes too large (%j)", ({ hints }) => {
  test("keeps its last good entry", async () => {
    const site = await world({ ...GOOD, "posts/a.md": post({ title: "Small" }) });
    await site.publish();
    await site.write("posts/a.md", large(""));
    const report = await site.publish({ hints });
    expect(codes(report)).toEqual(["too-slow"]);
    const feed = await site.read("feed.json");
    expect(["Good", "Small"].map((title) => feed.includes(title))).toEqual([true, true]);
  });

  test("leaves the feeds if it says so", async () => {
    const site = await world({ ...GOOD, "posts/a.md": post({ title: "Small" }) });
    await site.publish();
    await site.write("posts/a.md", large("draft: true\n"));
    await site.publish({ hints, force: true });
    const feed = await site.read("feed.json");
    expect(["Good", "Small"].map((title) => feed.includes(title))).toEqual([true, false]);
  });
});

test("of no post more is read than counts, and of large ones one at a time", async () => {
  const keys = Array.from({ length: 6 }, (_, i) => `posts/${i}.md`);
  const site = await world({ ...GOOD, ...Object.fromEntries(keys.map((key) => [key, large("")])) });
  let [reading, most, bytes] = [0, 0, 0];
  const content: Store = {
    ...site.content,
    async get(key, known, maxBytes) {
      const isLarge = (maxBytes ?? Number.POSITIVE_INFINITY) > 2_000_000 && keys.includes(key);
      if (isLarge) most = Math.max(most, ++reading);
      const object = await site.content.get(key, known, maxBytes);
      if (isLarge) reading -= 1;
      if (typeof object === "object") bytes = Math.max(bytes, object.body.length);
      return object;
    },
  };
  const report = await site.publish({ content });
  expect(report.records).toMatchObject({ public: 1, broken: keys.length });
  expect([most, bytes]).toEqual([1, MAX_POST_BYTES + 1]);
});

test("a site.yaml that is too large is a problem, and nothing is published", async () => {
  const site = await world(GOOD);
  await site.publish();
  const paths = await site.paths();
  await site.write("site.yaml", `rights: ${"word ".repeat(300_000)}\n`);
  const report = await site.publish();
  expect(report.refused?.code).toBe("site-unusable");
  expect(report.problems).toMatchObject([{ code: "too-slow", file: "site.yaml" }]);
  expect(await site.paths()).toEqual(paths);
});
