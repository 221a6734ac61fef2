/** The guard against runs that make more than their posts account for, and what one post may not do to the others. */
import { describe, expect, test } from "vitest";
import { refuseAmounts } from "../../../lib/publish/guard/amounts.ts";
import { siteOf } from "../../content/helpers.ts";
import { codes, post, SITE, wholeSite, world } from "../../support/world.ts";
import { expectAllowed, numbers, published, refusedBy, rewrite } from "./site.ts";

const tagsOf = (count: number, name = "t"): string => `[${numbers(count).map((i) => `${name}${i}`)}]`;

describe("a run that would make", () => {
  test("far more new channels than its posts account for is refused", async () => {
    const site = await world({}, `${SITE}guard: { channels: { number: 10, perPost: 2 } }\n`);
    await rewrite(site, numbers(3), { tags: tagsOf(10) });
    expect(await refusedBy(site)).toMatchObject({
      code: "many-channels",
      message: "11 new channels would be made for 3 posts, where 10 are the most (site, tags/t0, tags/t1 and 8 more)",
      fix: expect.stringMatching(/--force, or allow more: `guard: \{ channels: … \}`$/),
    });
    await rewrite(site, [3, 4, 5], {});
    await expectAllowed(site.publish());
  });

  test("them again, after they were published with force, is not", async () => {
    const site = await world({}, `${SITE}guard: { channels: { number: 10, perPost: 2 } }\n`);
    await rewrite(site, numbers(1), { tags: tagsOf(20) });
    expect((await site.publish({ dryRun: true })).refused?.code).toBe("many-channels");
    const { forced } = await site.publish({ force: true });
    expect(forced?.code).toBe("many-channels");
    await rewrite(site, numbers(1), { tags: tagsOf(21) });
    await expectAllowed(site.publish());
  });

  test("far more new documents is refused, and not where they are changed", async () => {
    const text = `${SITE}guard: { documents: { number: 20, perPost: 1 } }\n`;
    const site = await world({}, text);
    await rewrite(site, numbers(2), { tags: tagsOf(5) });
    expect(await refusedBy(site)).toMatchObject({
      code: "many-documents",
      message: expect.stringMatching(/^21 new documents would be put for 2 posts, where 20 are the most \(/),
    });
    await expectAllowed(site.publish({ force: true }));
    await rewrite(site, numbers(2), { tags: tagsOf(5), title: "Another" });
    expect((await site.publish()).put.length).toBe(18);
  });

  test("far more bytes is refused", async () => {
    const site = await published(2, `${SITE}guard: { written: { number: 100000, perPost: 10000 } }\n`);
    await rewrite(site, numbers(12), { tags: tagsOf(5) }, (i) => `Words of ${i}.\n`.repeat(200));
    expect(await refusedBy(site)).toMatchObject({
      code: "many-bytes",
      message: expect.stringMatching(/^\d{3},\d{3} bytes would be written for 12 posts, where 120,000 are the most \(/),
    });
    await site.write("site.yaml", `${SITE}guard: { written: false }\n`);
    await expectAllowed(site.publish());
  });

  test("what the first publication of a large blog makes is not refused", () => {
    const amount = (number: number, perPost: number) => ({ number, perPost });
    const guard = { channels: amount(5_000, 20), documents: amount(20_000, 100), written: amount(1e9, 2e6) };
    const windows = numbers(5_500).map((i) => ({ channel: { key: `tags/${i}` } }) as never);
    const put = windows.flatMap((window) =>
      (["rss", "atom", "json", "page"] as const).map((as) => ({
        document: { path: `${as}`, source: { as, window } } as never,
        reason: "new" as const,
      })),
    );
    const records = numbers(20_000).map((i) => ({ key: `${i}`, state: "public", facts: {} }) as never);
    const sizes = numbers(16_500).map((i) => ({ path: `p${i}`, source: { as: "rss" } as never, bytes: 2_000_000 }));
    const input = { catalog: undefined, plan: { windows, put }, sizes, site: siteOf({ guard }) };
    expect(refuseAmounts({ ...input, records })).toEqual([]);
    expect(refuseAmounts({ ...input, records: records.slice(0, 100) }).map(({ code }) => code)).toEqual([
      "many-channels",
      "many-documents",
    ]);
  });
});

describe("one post makes no run be refused", () => {
  const GOOD = { "posts/good.md": post({ title: "Good", tags: "[x]" }, "Good words.\n") };

  test.each([
    ["with very many tags", `tags: ${tagsOf(4_000)}`, "Words.\n", "too-many-tags"],
    ["with many tags and a long text", `tags: ${tagsOf(200)}`, "Words.\n".repeat(90_000), "too-many-tags"],
    ["with a text that fills a document", "x: y", "Words.\n".repeat(60_000), "too-long"],
    ["with a text that is short in Markdown alone", "x: y", `${"<".repeat(999)}\n`.repeat(70), "too-long"],
    ["with a description that fills half a document", `description: ${"u".repeat(200_000)}`, "Words.\n", "too-long"],
    ["with a tag that fills half a document", `tags: [${"u".repeat(200_000)}]`, "Words.\n", "too-long"],
    [
      "with very many files",
      `audio: ${tagsOf(4_000, "https://a.example/").replaceAll(",", ".mp3,")}`,
      "Words.\n",
      "too-long",
    ],
  ])("%s", async (_, front, body, code) => {
    const bad = `---\ntitle: Bad\ndate: 2026-01-01\n${front}\n---\n${body}`;
    const site = await world({ ...GOOD, "posts/bad.md": bad }, `${SITE}guard: { bytes: 400000 }\n`);
    const report = await site.publish();
    expect(report.refused).toBeUndefined();
    expect(codes(report)).toContain(code);
    expect(await site.paths()).toEqual(wholeSite("x"));
    expect(report.records).toMatchObject({ public: 1, broken: 1 });
    await site.write("posts/bad.md", post({ title: "Fixed" }));
    expect((await site.publish()).records).toMatchObject({ public: 2, broken: 0 });
    await site.write("posts/bad.md", bad);
    expect((await site.publish()).put).toEqual([]);
    expect(await site.read("feed.json")).toContain("Fixed");
  });

  test("and is published once the owner allows it more", async () => {
    const site = await world({ ...GOOD, "posts/many.md": post({ tags: tagsOf(600) }) });
    expect(codes(await site.publish())).toEqual(["too-many-tags"]);
    await site.write("site.yaml", `${SITE}guard: { tags: 600 }\n`);
    expect(codes(await site.publish())).toEqual([]);
    expect((await site.paths()).filter((path) => path.startsWith("tags/t")).length).toBe(1800);
  });
});

test("a post with many tags and a text that is short in Markdown alone has too many", async () => {
  const bad = `---\ntitle: Bad\ndate: 2026-01-01\ntags: ${tagsOf(450)}\n---\n${`${"<".repeat(99)}\n`.repeat(1000)}`;
  const report = await (await world({ "posts/bad.md": bad })).publish();
  expect(codes(report)).toEqual(["too-many-tags"]);
});
