import fc from "fast-check";
import { expect, test } from "vitest";
import { renderMarkdown } from "../../../lib/content/markdown/markdown.ts";

test.each(["1~2 3~4", "周一~周五 9:00~17:30", "10%~20% 30%~40%", "约 ~3 天，5~6 天", "river~weir~gate"])(
  "a tilde between words is a range: %s",
  (markdown) => expect(renderMarkdown(markdown)).toBe(`<p>${markdown}</p>\n`),
);

test.each([
  ["1~2 ~~old~~ 3~4", "1~2 <del>old</del> 3~4"],
  ["1~2 ~old~ 3~4", "1~2 <del>old</del> 3~4"],
  ["用~~删除~~的 1~2", "用<del>删除</del>的 1~2"],
])("what is struck beside it still is: %s", (markdown, html) =>
  expect(renderMarkdown(markdown)).toBe(`<p>${html}</p>\n`),
);

test("whatever is beside ranges, they stay", () => {
  const piece = fc.constantFrom("1~2", "周~五", "~", "~~", " ", "a", "*", "，", "`");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
      const text = renderMarkdown(`${pieces.join(" ")} 1~2`).replace(/<[^>]*>/g, "");
      expect(text.split("1~2").length).toBe(pieces.filter((each) => each === "1~2").length + 2);
    }),
  );
});
