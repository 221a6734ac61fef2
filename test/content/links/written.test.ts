/** Which texts are looked through for links to the files of other posts. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { LINK_TO_FILE, mayNameFile } from "../../../lib/content/links/written.ts";

const piece = fc.constantFrom(
  ...["](", "]:", "=", "<", ">", '"', "'", " ", "\n", "a", "..", ".", "/", "文", "#x"],
  ...[".md", ".MD", ".mk", ".Markdown", ".mdx", ".m", ".html", "md"],
);

test("a text is looked through exactly where a link to a file may stand in it", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
      const text = pieces.join("");
      expect(mayNameFile(text)).toBe(LINK_TO_FILE.test(text));
    }),
    { numRuns: 500 },
  );
});
