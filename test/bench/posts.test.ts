/** Synthetic posts: reproducible, with the sizes and parts of real posts. */
import { describe, expect, test } from "vitest";
import { parsePost } from "../../lib/content/post.ts";
import { parseSite } from "../../lib/site/site.ts";
import { SYNTHETIC_SITE, syntheticPost, syntheticPosts } from "./posts.ts";
import { randomOf } from "./random.ts";

const MANY = 1000;
const posts = [...syntheticPosts(MANY)];
const bytesOf = (text: string) => new TextEncoder().encode(text);
const sizes = posts.map(({ text }) => bytesOf(text).length).sort((a, b) => a - b);
const quantile = (share: number): number => sizes[Math.floor(share * MANY)] ?? Number.NaN;

describe("synthetic posts", () => {
  test("are the same for the same seed, byte for byte, and differ between seeds", () => {
    expect([...syntheticPosts(50, 7)]).toEqual([...syntheticPosts(50, 7)]);
    const texts = new Set([1, 2, 3].flatMap((seed) => [...syntheticPosts(50, seed)].map(({ text }) => text)));
    expect(texts.size).toBe(150);
  });

  test("depend on their number alone, not on which others are made", () => {
    for (const index of [999, 0, 500]) expect(syntheticPost(index)).toEqual(posts[index]);
  });

  test("are made one at a time, when the generator is advanced", () => {
    const all = syntheticPosts(Number.MAX_SAFE_INTEGER);
    expect([all.next().value, all.next().value]).toEqual(posts.slice(0, 2));
  });

  test("have a median of 10 KB, and the spread of sizes of real posts", () => {
    expect(quantile(0.5)).toBeGreaterThan(8_000);
    expect(quantile(0.5)).toBeLessThan(12_000);
    expect(quantile(0.1)).toBeLessThan(6_000);
    expect(quantile(0.9)).toBeGreaterThan(18_000);
  });

  test("have unique keys", () => {
    expect(new Set(posts.map(({ key }) => key)).size).toBe(MANY);
  });

  test("are read without a problem, and have the taxonomy of a real site", () => {
    const site = parseSite(bytesOf(SYNTHETIC_SITE), "content", 2026);
    if (!site.ok) throw new Error("the site cannot be read");
    const results = posts.map(({ key, text }) => parsePost(key, bytesOf(text), site.site));
    expect(results.flatMap(({ problems }) => problems)).toEqual([]);
    const read = results.flatMap(({ post }) => post ?? []);
    const share = (holds: (post: (typeof read)[number]) => boolean) => read.filter(holds).length / MANY;
    expect(share(({ language }) => language === "zh-CN")).toBeGreaterThan(0.15);
    expect(share(({ tags }) => tags.length > 0)).toBeGreaterThan(0.7);
    expect(share(({ categories }) => categories.some((path) => path.length > 1))).toBeGreaterThan(0.1);
    expect(share(({ authors }) => authors.length > 0)).toBeGreaterThan(0.3);
    expect(share(({ hidden }) => hidden === "draft")).toBeLessThan(0.05);
    const uses = Map.groupBy(
      read.flatMap(({ tags }) => tags),
      (tag) => tag,
    );
    expect(uses.size).toBeGreaterThan(50);
    const counts = [...uses.values()].map(({ length }) => length).sort((a, b) => b - a);
    expect(counts[0]).toBeGreaterThan(4 * (counts.at(-1) ?? 0));
  });

  test("are half Chinese and half English", () => {
    const chinese = posts.filter(({ text }) => (text.match(/\p{Script=Han}/gu)?.length ?? 0) > text.length / 5).length;
    expect(chinese / MANY).toBeGreaterThan(0.4);
    expect(chinese / MANY).toBeLessThan(0.6);
  });

  test.each([
    ["headings", /^##+ \S/m, 0.9],
    ["links", /\]\(https?:/, 0.9],
    ["pictures", /^!\[/m, 0.5],
    ["lists", /^- \S/m, 0.5],
    ["numbered lists", /^2\. \S/m, 0.2],
    ["quotes", /^> /m, 0.5],
    ["code blocks", /^```/m, 0.3],
    ["tables", /^\| :?-/m, 0.1],
    ["footnotes", /\[\^1\](?!:)[\s\S]*^\[\^1\]: /m, 0.1],
    ["HTML", /^<\w+/m, 0.2],
    ["emphasis", /\*\*\S/, 0.9],
    ["code in a line", /[^`]`[^`\n]+`/, 0.8],
  ])("have %s in them", (_, mark, share) => {
    expect(posts.filter(({ text }) => mark.test(text)).length / MANY).toBeGreaterThan(share);
  });
});

test("random numbers are spread evenly, within a stream and between neighbouring streams and seeds", () => {
  const within = randomOf(1, 0);
  const streams = [
    Array.from({ length: 10_000 }, () => within.next()),
    Array.from({ length: 10_000 }, (_, stream) => randomOf(1, stream).next()),
    Array.from({ length: 10_000 }, (_, seed) => randomOf(seed, 0).next()),
  ];
  for (const numbers of streams) {
    const tenths = Map.groupBy(numbers, (number) => Math.floor(number * 10));
    expect(tenths.size).toBe(10);
    for (const tenth of tenths.values()) expect(Math.abs(tenth.length - 1000)).toBeLessThan(150);
  }
});
