/** The digest of the words of a post is of what its author wrote, however the file has it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { digestOf } from "../../lib/base/digest.ts";
import { readSource } from "../../lib/content/frontmatter/frontmatter.ts";
import { digestWords } from "../../lib/content/written.ts";

const piece = fc.constantFrom(
  ...["\ufeff", "\r\n", "\r", "\n", "\n\n", " ", "\t", "\u00a0", "\u3000", "\u2028", "\0"],
  ...[
    "---\n",
    "---\ntitle: x\n---\n",
    "+++\n",
    "title: é\n",
    '{"title": "中"}',
    "中文。",
    "word",
    "é",
    "😀",
    "# x",
    "\\",
  ],
);

test("the words have the same digest by the bytes of the file and by its text", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const bytes = new TextEncoder().encode(pieces.join(""));
      const { source } = readSource("a.md", bytes);
      if (!source) return;
      const byFile = digestWords(source.body, { bytes, above: source.above });
      expect(byFile).toEqual(digestWords(source.body));
      const [before, after] = byFile.around;
      const words = source.body.slice(before.length, source.body.length - after.length);
      expect(byFile.wordsDigest).toBe(words === "" ? "" : digestOf(words));
      expect(byFile.bodySize).toBe(new TextEncoder().encode(source.body).length);
    }),
    { numRuns: 500 },
  );
});

test("a digest is the start of SHA-256, in 22 characters", () => {
  expect(digestOf("abc")).toBe("ungWv48Bz-pBQUDeXa4iIw");
  expect(digestOf(new TextEncoder().encode("中文"))).toBe(digestOf("中文"));
});
