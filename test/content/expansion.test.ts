/** A text that would become far longer, by addresses that it names again and again, is refused before it does. */
import { describe, expect, test } from "vitest";
import { refuseExpansion } from "../../lib/content/expansion.ts";
import { expectLinear } from "../support/growth.ts";

const URL = "https://example.org/a/";
const long = "u".repeat(20_000);
const refused = (markdown: string, url = URL) => {
  try {
    refuseExpansion(markdown, url);
    return false;
  } catch {
    return true;
  }
};

describe("a text is refused", () => {
  test.each([
    ["for links to one long definition", `[a]: /${long}\n\n${"[a] ".repeat(1000)}`],
    ["for links with a text of their own", `[a]: /${long}\n\n${"[text][A] ".repeat(1000)}`],
    ["for pictures", `[a b]: <${long}>\n\n${"![][a\nb]\n".repeat(1000)}`],
    ["for a title on a line of its own", `> [a]: /u\n>  "${long}"\n\n${"[a] ".repeat(1000)}`],
    ["for a label with brackets in it", `[a\\]]: /${long}\n\n${"[a\\]] ".repeat(1000)}`],
    [
      "for several definitions",
      `${"u".repeat(200).replace(/./g, (_, i) => `[${i}]: /${"u".repeat(500)}\n`)}\n${"[7] ".repeat(10_000)}`,
    ],
  ])("%s", (_, markdown) => {
    expect(refused(markdown)).toBe(true);
  });

  test("for links below an address that is long itself", () => {
    const markdown = "[a](b) ".repeat(10_000);
    expect(refused(markdown)).toBe(false);
    expect(refused(markdown, `${URL}${"u".repeat(1500)}/`)).toBe(true);
  });
});

describe("a text is not refused", () => {
  test.each([
    [
      "for many definitions, each of which is used",
      Array.from({ length: 5000 }, (_, i) => `[${i}]: https://example.org/${i}\n[${i}]`).join("\n"),
    ],
    ["for a picture that it holds itself", `![][a]\n\n[a]: data:image/png;base64,${"A".repeat(3_000_000)}`],
    ["for a long definition beside others that are used", `[b]: /b\n[a]: /${long}\n\n${"[b] ".repeat(1000)}[a]`],
    ["for a note", `[^a]: ${long}\n\n${"[^a] ".repeat(1000)}`],
    ["for a long definition that another comes before", `[a]: /b\n[a]: /${long}\n\n${"[a] ".repeat(1000)}`],
  ])("%s", (_, markdown) => {
    expect(refused(markdown)).toBe(false);
  });
});

describe("twice the text takes about twice the work", () => {
  test.each([
    ["open brackets", "["],
    ["escaped brackets", "[\\["],
    ["definitions without an end", "[a]:"],
    ["definitions of one label", "[a]: b\n[a]\n"],
    ["blank lines that are none", "[a]:\n \t"],
  ])("%s", (_, unit) => {
    expectLinear((size) => {
      const markdown = `${unit.repeat(size / unit.length)}]: [a]`;
      return () => refused(markdown);
    });
  });

  test("definitions of many labels", () => {
    expectLinear((size) => {
      const markdown = Array.from({ length: size / 10 }, (_, i) => `[${i}]: /a\n[${i}]`).join("\n");
      return () => refused(markdown);
    });
  });
});
