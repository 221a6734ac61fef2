/** What an author shows nobody, or not everybody, is in no text that feeds are made from. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withoutWithheld } from "../../../lib/content/withheld/withheld.ts";
import { cpuMs } from "../../support/growth.ts";
import { parseWith, postOf, postWith, siteOf } from "../helpers.ts";

const read = (body: string) =>
  withoutWithheld(body, { isMdx: false, siteUrl: "https://example.org/", hasRemarks: true });
const shown = (body: string) => read(body).text;

describe("a remark of Obsidian is left out", () => {
  test.each([
    ["alone in a paragraph", "A\n\n%%secret%%\n\nB\n", "A\n\n\nB\n"],
    ["within a line", "A %%secret%% b\n", "A b\n"],
    ["at the end of a line", "A %%secret%%\nb\n", "A\nb\n"],
    ["between letters", "文字%%secret%%文字\n", "文字文字\n"],
    ["of several lines", "A\n%%\nsecret\n\nsecret\n%%\nB\n", "A\nB\n"],
    ["that begins within a line", "A %%secret\n\nsecret%% b\n", "A b\n"],
    ["in a list", "- a\n- b %%secret%%\n- %%secret%%\n  %%secret%%\n- c\n", "- a\n- b\n- c\n"],
    ["in a quotation", "> a\n> %%secret%%\n> %%\n> secret\n> %%\n> b\n", "> a\n> b\n"],
    ["twice on a line", "%%secret%% %%secret%%\nA\n", "A\n"],
    ["with code in it", "A\n\n%%\n```js\nsecret\n```\n%%\n", "A\n\n"],
    ["at the start and the end", "%%secret%%A %%secret%%", "A"],
    ["before HTML", "%%<b>secret</b>%%A", "A"],
    ["that is empty", "A %%%% b\n", "A b\n"],
  ])("%s", (_, body, text) => expect(shown(body)).toBe(text));
});

describe("two signs are no remark", () => {
  test.each([
    ["in code", "A `%%a%%` b\n"],
    ["in a block of code", "```mermaid\n%% a\n%% b\n```\n"],
    ["in indented code", "A\n\n    %%a%%\n"],
    ["behind a number, as signs of per cent", "10%% and 20%%, or 30%%\n"],
    ["in an address", "[a](https://a.example/b%%20c) and https://a.example/?q=%%2F\n"],
    ["behind a backslash", "A \\%%b and \\%%c\n"],
    ["in the code of a template", "A <%% a %%> and {%% b %%}\n"],
    ["behind a word", "A a%%b%% and c%% d\n"],
    ["between numbers", "5 %% 3 is 2 and 7 %% 4 is 3\n"],
    ["in the tag of a template", "A {{ '%%s' }} and {% b '%%c' %}\n"],
    ["in a longer row", "%%%%%%%%\nA\n%%%%%%%%\n"],
  ])("%s", (_, body) => expect(shown(body)).toBe(body));
});

describe("a mark that opens no remark does not turn the next one around", () => {
  test.each([
    ["with a backslash", "Write \\%%x%% for one. Then %%SECRET%% end.", "Write \\%%x%% for one. Then end."],
    [
      "with a backslash and blanks",
      "Write \\%% x %% for one. Then %%SECRET%% end.",
      "Write \\%% x %% for one. Then end.",
    ],
    ["with a backslash, alone", "Write \\%% for one. Then %%SECRET%% end.", "Write \\%% for one. Then end."],
    ["behind a word", "A a%%b c %%, then %%SECRET%% end.", "A a%%b c %%, then end."],
    ["behind a word, alone", "A a%% b, then %%SECRET%% end.", "A a%% b, then end."],
    ["behind a number", "A 5%% and 5 %% 3, then %%SECRET%% end.", "A 5%% and 5 %% 3, then end."],
    ["in a tag", "A {{ '%%s' }}, then %%SECRET%% end.", "A {{ '%%s' }}, then end."],
  ])("%s", (_, body, text) => expect(shown(body)).toBe(text));
});

describe("remarks are read in notes, and in posts of Astro", () => {
  const body = "Use %%time for one cell and %%timeit for many.\n";
  test.each(["plain", "astro"] as const)("%s", (dialect) =>
    expect(postWith("layout: x", { site: siteOf({ dialect }), body }).markdown).toBe("Use timeit for many.\n"),
  );
  test.each(["hugo", "hexo", "jekyll", "eleventy", "zola"] as const)("not of %s", (dialect) =>
    expect(postWith("layout: x", { site: siteOf({ dialect }), body }).markdown).toBe(body),
  );
  test("and in `content/` of a site that names no generator, which may be one of notes", () => {
    const key = "content/a.md";
    expect(postWith("layout: x", { key, body: "A %%b%% c\n" }).markdown).toBe("A c\n");
    expect(postWith("layout: x", { key, site: siteOf({ dialect: "hugo" }), body: "A %%b%% c\n" }).markdown).toBe(
      "A %%b%% c\n",
    );
  });
  test("nor in HTML", () =>
    expect(postWith("layout: x", { key: "posts/a.html", site: siteOf({ dialect: "plain" }), body }).markdown).toBe(
      body,
    ));
});

test("a remark behind a word is published, which is told", () => {
  expect(read("A\nb%%c%% d\n")).toMatchObject({ text: "A\nb%%c%% d\n", warnings: [{ code: "remark-open", line: 2 }] });
  expect(read("In 2020%%c%%\n").warnings).toHaveLength(1);
  expect(read("A \\%%c%%, 10%% and 20%%, or a%% b\n").warnings).toEqual([]);
});

test("a remark that is never closed is told; on a line of its own it hides all that follows", () => {
  const { text, warnings } = read("A\n\n%%\nsecret\n");
  expect([text, warnings.map(({ code, line }) => [code, line])]).toEqual(["A\n\n", [["remark-open", 3]]]);
  expect(read("A %%b\n")).toMatchObject({ text: "A %%b\n", warnings: [{ line: 1 }] });
});

test("the anchor of a block is left out, and other powers stay", () => {
  expect(shown("A ^abc123\n\n- b ^note-1\n- c ^d4e5f6\n\n^table-1\n\nC ^123456")).toBe("A\n\n- b\n- c\n\n\nC");
  const kept = "x ^2\n\nx^note\n\nA ^n\n\nWritten by ^JD\n\nA ^abc123\nb\n\n`a ^abc123`\n\n    a ^abc123\n\nA[^note]\n";
  expect(shown(kept)).toBe(kept);
});

describe("Ghost", () => {
  test("what follows its mark for members is left out", () => {
    expect(shown("Free.\n\n<!--members-only-->\n\nPaid.\n")).toBe("Free.\n\n");
    expect(shown("Free <!-- Members-Only --> paid\n")).toBe("Free");
    expect(shown("`<!--members-only-->`\n\nFree.\n")).toBe("`<!--members-only-->`\n\nFree.\n");
  });

  test("a block for some members is left out, and one for everybody stays", () => {
    const block = (options: string) =>
      `A\n\n<!--kg-gated-block:begin ${options} -->\nB\n<!--kg-gated-block:end-->\n\nC\n`;
    expect(shown(block('nonMember:false memberSegment:"status:-free"'))).toBe("A\n\n\nC\n");
    expect(shown(block('nonMember:true memberSegment:""'))).toContain("B");
    expect(shown("A\n\n<!--kg-gated-block:begin nonMember:false-->\nB\n")).toBe("A\n\n");
  });

  test("its mark for the site's address becomes that address, in the text and in front matter", () => {
    const site = siteOf({ url: "https://example.org/blog/" });
    const body = "![a](__GHOST_URL__/a.jpg) <a href='%%GHOST_URL%%/b/'>b</a> `__GHOST_URL__`\n";
    const { markdown, image } = postWith("feature_image: __GHOST_URL__/c.jpg", { site, body });
    expect(markdown).toContain("![a](https://example.org/blog/a.jpg)");
    expect(markdown).toContain("'https://example.org/blog/b/'");
    expect(markdown).toContain("`__GHOST_URL__`");
    expect(image).toBe("https://example.org/blog/c.jpg");
  });
});

test("what is left out is in no fact of the post, and the lines of its templates are those of the file", () => {
  const body = "%%\n# Secret\n%%\n\nA %%secret\nsecret%%\n\n{% unknown %}\n\n<!--members-only-->\n\nSecret\n";
  const result = parseWith("layout: x", { body });
  const { markdown } = postOf(result);
  expect(markdown).not.toMatch(/secret/i);
  expect(result.problems.map(({ code, line }) => [code, line])).toEqual([["template-unknown", 13]]);
});

test("what an author has said before is no update when it is shown otherwise", () => {
  const [one, other] = ["https://a.example/", "https://b.example/"].map((url) =>
    postWith("layout: x", { site: siteOf({ url }), body: "[a](__GHOST_URL__/a/)\n" }),
  );
  expect(one?.sourceDigest).toBe(other?.sourceDigest);
  expect(one?.inputHash).not.toBe(other?.inputHash);
});

const piece = fc.constantFrom(
  "%%",
  "a",
  " ",
  "\n",
  "`",
  "> ",
  "- ",
  "^abc1",
  "<!--members-only-->",
  "```\n",
  "1",
  "\\",
);

test("no text makes it fail, and a text without marks stays as it is", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const body = pieces.join("");
      const { text, lineOf } = read(body);
      const lines = text.split("\n").length;
      const all = body.split("\n").length;
      expect(lines).toBeLessThanOrEqual(all);
      let last = 0;
      for (let line = 1; line <= lines; line++) {
        expect(lineOf(line)).toBeGreaterThan(last);
        last = lineOf(line);
      }
      expect(last).toBeLessThanOrEqual(all);
      if (!/%%|\^abc1|<!--/.test(body)) expect(text).toBe(body);
    }),
  );
});

test("what stands between two signs outside of code is never shown", () => {
  const around = fc.constantFrom("A ", "A\n", "- ", "> ", "> - ", "文", "\n\n", "a **b ", "| a | ");
  const inner = fc.constantFrom("", "\n", "\n\n", " x ", "\n> ", "\n  ");
  fc.assert(
    fc.property(around, inner, inner, around, (before, open, close, after) => {
      expect(shown(`${before}%%${open}SECRET${close}%%${after}`)).not.toContain("SECRET");
    }),
  );
});

test.each([
  ["remarks on one line", "%%a%% ".repeat(100_000)],
  ["remarks on many lines", "%%a%%\n".repeat(100_000)],
  ["remarks between words", "a %%b%% ".repeat(100_000)],
  ["signs that are none", "1%% ".repeat(100_000)],
  ["anchors", "a ^abc1\n".repeat(100_000)],
  ["marks of powers", " ^a".repeat(100_000)],
  ["blocks for members", "<!--kg-gated-block:begin-->a<!--kg-gated-block:end-->".repeat(20_000)],
])("%s take time in proportion to the text", (_, body) => {
  const started = cpuMs();
  read(body);
  expect(cpuMs() - started).toBeLessThan(2000);
});
