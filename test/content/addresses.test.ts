/** Addresses that a text writes once and its HTML many times: a short text must not become a long one by them. */
import { describe, expect, test } from "vitest";
import { renderEntry } from "../../lib/content/entry.ts";
import { TooMuchWork } from "../../lib/content/work.ts";
import { parse, postOf } from "./helpers.ts";

const rendered = (markdown: string, slug = "a") => {
  const post = postOf(parse("posts/a.md", `---\ntitle: A\ndate: 2026-01-01\nslug: ${slug}\n---\n${markdown}`));
  try {
    return renderEntry(post).html.length;
  } catch (error) {
    if (error instanceof TooMuchWork) return error.grown;
    throw error;
  }
};
const long = "u".repeat(20_000);
const LONG_SLUG = "s".repeat(1_500);

describe("a text is refused", () => {
  test.each([
    ["for links to one long definition", `[a]: /${long}\n\n${"[a] ".repeat(1000)}`],
    ["for links with a text of their own", `[a]: /${long}\n\n${"[text][A] ".repeat(1000)}`],
    ["for pictures", `[a b]: <${long}>\n\n${"![][a\nb]\n".repeat(1000)}`],
    ["for a title on a line of its own", `> [a]: /u\n>  "${long}"\n\n${"[a] ".repeat(1000)}`],
    ["for several definitions", `[a]: /${long}\n[b]: /${long}\n\n${"[a] [b] ".repeat(600)}`],
  ])("%s", (_, markdown) => expect(rendered(markdown)).toBe("addresses"));

  test.each([
    ["links", "[a](b) "],
    ["HTML", '<a href="b">a</a> '],
    ["sets of pictures", '<img src="a.jpg" srcset="b.jpg 1x, c.jpg 2x">\n\n'],
    ["a definition", "[a] "],
    ["notes", "[^n] "],
  ])("for %s below an address that is long itself", (_, unit) => {
    const markdown = `${unit.repeat(10_000)}\n\n[a]: b\n\n[^n]: c\n`;
    expect(rendered(markdown)).toBeTypeOf("number");
    expect(rendered(markdown, LONG_SLUG)).toBe("addresses");
  });
});

describe("a text is not refused", () => {
  test.each([
    [
      "for many definitions, each of which is used",
      Array.from({ length: 5000 }, (_, i) => `[${i}]: https://example.org/${i}\n\n[${i}]\n`).join("\n"),
    ],
    ["for a picture that it holds itself", `![][a]\n\n[a]: data:image/png;base64,${"A".repeat(1_000_000)}`],
    ["for a long definition beside others that are used", `[b]: /b\n[a]: /${long}\n\n${"[b] ".repeat(1000)}[a]`],
    ["for a long definition that another comes before", `[a]: /b\n[a]: /${long}\n\n${"[a] ".repeat(1000)}`],
  ])("%s", (_, markdown) => expect(rendered(markdown)).toBeTypeOf("number"));
});
