/** Whatever an author types as the path of a file, in every dialect. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeOf } from "../../../lib/content/facts/place.ts";
import { filesOf } from "../../../lib/content/files/files.ts";
import type { Naming } from "../../../lib/content/files/types.ts";
import type { Field } from "../../../lib/content/frontmatter/types.ts";
import { parsePost } from "../../../lib/content/post.ts";
import type { DialectName } from "../../../lib/model.ts";
import { bytesOf, othersOf, siteOf } from "../helpers.ts";

const DIALECTS: readonly DialectName[] = ["hexo", "jekyll", "hugo", "zola", "astro", "eleventy", "plain"];
const NAMINGS: readonly Naming[] = ["front matter", "picture", "html", "link"];
const KEYS = ["source/_posts/a/index.fr.md", "source/_posts/hello.md", "content/fr/a/index.md", "hello.md"];
const words = [
  "hello",
  "..",
  ".",
  "/",
  "\\",
  "a.png",
  "@",
  "~",
  "src",
  "blog",
  "%20",
  "%",
  "[1]",
  "?",
  "#",
  ":",
  "é",
  "\ud800",
];
const path = fc
  .array(fc.oneof(fc.constantFrom(...words, "/"), fc.string({ maxLength: 3 })))
  .map((parts) => parts.join(""));

const field = (value: string): Field => ({ value, source: value, line: 1 });

const rules = (dialect: DialectName, key: string, isThere: boolean, folder: string | undefined) =>
  filesOf(dialect, {
    key,
    url: "https://example.org/blog/2024/hello/",
    place: placeOf(key, { posts: ["source/_posts/**", "content/**"], languages: ["en", "fr"] }),
    fields: new Map(folder === undefined ? [] : [["media_subpath", field(folder)]]),
    site: { url: "https://example.org/blog/", language: "en" },
    urlOf: () => "https://example.org/blog/a/",
    sizeOf: () => (isThere ? 1 : undefined),
    textOf: () => undefined,
  });

describe("what is meant", () => {
  test("is an address, and said again means nothing else", () => {
    fc.assert(
      fc.property(
        path,
        fc.constantFrom(...DIALECTS),
        fc.constantFrom(...NAMINGS),
        fc.constantFrom(...KEYS),
        fc.boolean(),
        fc.option(path, { nil: undefined }),
        (written, dialect, naming, key, isThere, folder) => {
          const { meant } = rules(dialect, key, isThere, folder);
          const address = meant(written, naming);
          if (address === undefined) return;
          expect(new URL(address).href).toBe(address);
          expect(meant(address, naming)).toBeUndefined();
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test("is on the site, unless the post names a folder elsewhere, and has the root once", () => {
    fc.assert(
      fc.property(path, fc.constantFrom(...DIALECTS), fc.constantFrom(...NAMINGS), (written, dialect, naming) => {
        const address = rules(dialect, "source/_posts/hello.md", false, undefined).meant(written, naming);
        if (address !== undefined) expect(address).toMatch(/^https:\/\/example\.org\/blog\//);
        const again =
          address === undefined
            ? undefined
            : rules("hexo", "a.md", false, undefined).meant(new URL(address).pathname, "picture");
        expect(again).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });
});

test("a post with any path is read, and read again the same", () => {
  fc.assert(
    fc.property(path, fc.constantFrom(...DIALECTS), (written, dialect) => {
      const text = `---\ntitle: A\ndate: 2024-10-15\ncover: ${JSON.stringify(written)}\n---\n![](${written}) ![](<${written}>)\n`;
      const read = () =>
        parsePost("source/_posts/hello.md", bytesOf(text), siteOf({ dialect, posts: ["source/_posts/**"] }), {
          others: othersOf({ "source/_posts/hello/a.png": 1 }),
        });
      expect(read()).toEqual(read());
      expect(read().deps.every((key) => key.isWellFormed())).toBe(true);
    }),
    { numRuns: 300 },
  );
});
