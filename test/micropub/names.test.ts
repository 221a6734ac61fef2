/** Names of files that somebody typed. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeOf } from "../../lib/content/facts/place.ts";
import { keysFor, slugOfText, wordsOf } from "../../lib/micropub/post/names.ts";
import { isKey } from "../../lib/stores/store.ts";
import { anyText } from "../support/nasty.ts";

const FOLDER = "posts/";
const said = { words: "", day: "2026-06-01", time: "120000", folder: FOLDER, isDated: false };
const first = (more: Partial<Parameters<typeof keysFor>[0]>): string =>
  String(keysFor({ ...said, ...more }).next().value);

const tricks = fc.constantFrom(
  ..."../ ..\\ / \\ . .. \0 %2e%2e%2f ~ $HOME -- _posts .git index README con nul com1 \u202e \ufeff : * ? < > | ' \"".split(
    " ",
  ),
  "a".repeat(1000),
  "滴".repeat(300),
  "\u0301\u0301",
);

describe("the name of a post's file", () => {
  test("leads nowhere else, and is one that every store and file system holds", () => {
    const typed = fc.array(fc.oneof(tricks, anyText, fc.string()), { maxLength: 6 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(typed, typed, typed, fc.boolean(), (slug, title, words, isDated) => {
        const key = first({ slug, title, words: wordsOf(words), isDated });
        const name = key.slice(FOLDER.length);
        expect(key.startsWith(FOLDER) && isKey(key)).toBe(true);
        expect(name).toMatch(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*\.md$/u);
        expect(Buffer.byteLength(name)).toBeLessThan(250);
        expect(name).not.toMatch(/^(?:index|readme|con|nul|com1|posts)\.md$/);
        const { aside, language } = placeOf(key, { posts: ["posts/**"], languages: [] });
        expect([aside, language]).toEqual([undefined, undefined]);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    [{ slug: "../../etc/passwd" }, "posts/etc-passwd.md"],
    [{ slug: "Hello, World!" }, "posts/hello-world.md"],
    [{ title: "田边的直播：第 1 场" }, "posts/田边的直播-第-1-场.md"],
    [{ title: "L'été à Genève" }, "posts/lété-à-genève.md"],
    [
      { words: wordsOf("A [link](https://example.org) and <b>more</b> words than six here") },
      "posts/a-link-and-more-words-than.md",
    ],
    [{ words: "👩‍🌾" }, "posts/120000.md"],
    [{ slug: "index" }, "posts/post-index.md"],
    [{ slug: "posts" }, "posts/post-posts.md"],
    [{ slug: "Rain", isDated: true }, "posts/2026-06-01-rain.md"],
  ])("of %j is %s", (more, key) => {
    expect(first(more)).toBe(key);
  });

  test("is another one where the first is taken", () => {
    const keys = keysFor({ ...said, slug: "rain" });
    expect([keys.next().value, keys.next().value, keys.next().value]).toEqual([
      "posts/rain.md",
      "posts/rain-2.md",
      "posts/rain-3.md",
    ]);
  });

  test("has letters of every script, in lower case", () => {
    expect(slugOfText("ÉTÉ Москва हिन्दी عربى 日本語")).toBe("été-москва-हिन्दी-عربى-日本語");
  });
});
