/** Link posts: whatever their text, it can be followed to what they are about. */
import fc from "fast-check";
import { Parser } from "htmlparser2";
import { describe, expect, test } from "vitest";
import { renderEntry } from "../../lib/content/entry.ts";
import { makeFeedSafe } from "../../lib/content/html/html.ts";
import { hostOf } from "../../lib/content/target.ts";
import { anyText } from "../support/nasty.ts";
import { parse, postOf, postWith } from "./helpers.ts";

const TARGET = "https://elsewhere.example/weirs?a=1&b=2";
const LINE = '<p><a href="https://elsewhere.example/weirs?a=1&amp;b=2">elsewhere.example</a></p>';

const entryOf = (body: string, target = TARGET, more = "") =>
  renderEntry(postWith(`link: "${target}"${more}`, { body }));
const htmlOf = (body: string, target?: string) => entryOf(body, target).html;

function linksIn(html: string): readonly string[] {
  const found: string[] = [];
  const parser = new Parser({ onopentag: (name, { href = "" }) => name === "a" && found.push(href) });
  parser.end(html);
  return found;
}

describe("the text of a link post", () => {
  test("ends with a link to what the post is about", () => {
    expect(htmlOf("Worth reading.\n")).toBe(`<p>Worth reading.</p>\n${LINE}`);
  });

  test("is that link if there is no other", () => {
    expect(htmlOf("")).toBe(LINE);
  });

  test.each([
    "Read [this](https://elsewhere.example/weirs?a=1&b=2).",
    "<https://elsewhere.example/weirs?a=1&b=2>",
    '<p><a title="a &gt; b" href="HTTPS://Elsewhere.example:443/weirs?a=1&amp;b=2">this</a></p>',
    "Over [http](http://www.elsewhere.example/weirs/?a=1&b=2).",
    "[![A weir](weir.jpg)](https://elsewhere.example/weirs?a=1&b=2)",
    "[encoded](https://elsewhere.example/%77eirs?a=1&b=2)",
    "[A weir](https://elsewhere.example/weirs?a=1&b=2)\n![](weir.jpg)",
  ])("has the link once when it is there already: %s", (body) => {
    expect(htmlOf(body)).not.toContain(LINE);
    expect(linksIn(htmlOf(body))).toHaveLength(1);
  });

  test.each([
    ["https://elsewhere.example/a(1)?x=1&copy;2", "https://elsewhere.example/a%281%29?x=1&copy%3B2"],
    ["https://elsewhere.example/%ff(1)", "https://elsewhere.example/%ff%281%29"],
  ])("has the link once, however its signs are encoded: %s", (target, written) => {
    expect(linksIn(htmlOf(`[Weirs](${written})`, target))).toHaveLength(1);
  });

  test.each([
    "[Another page](https://elsewhere.example/weirs?a=1&b=3)",
    "[A place on it](https://elsewhere.example/weirs?a=1&b=2#top)",
    '`<a href="https://elsewhere.example/weirs?a=1&b=2">code</a>`',
    "[](https://elsewhere.example/weirs?a=1&b=2)",
    "![Only a picture](https://elsewhere.example/weirs?a=1&b=2)",
  ])("has the link besides what does not lead there: %s", (body) => {
    expect(htmlOf(body)).toContain(LINE);
  });

  test("names neither the post nor its summary", () => {
    const post = postWith(`link: ${TARGET}`, { key: "posts/2024-01-02-note.md", body: "" });
    expect(renderEntry({ ...post, title: "" })).toMatchObject({ title: "", html: LINE });
    expect(renderEntry(post)).not.toHaveProperty("summary");
    expect(entryOf("Worth reading.\n").summary).toBe("Worth reading.");
  });

  test.each([
    ["[Weirs](https://elsewhere.example/weirs?a=1&b=2)\n![](weir.jpg)\n\nWorth reading.", "Worth reading."],
    ["[Weirs](https://elsewhere.example/weirs?a=1&b=2)\n\nWorth reading.\n\n<!-- more -->\n\nx", "Worth reading."],
    ["[Weirs](https://elsewhere.example/weirs?a=1&b=2) and [gates](/gates)", "Weirs and gates"],
    ["[Weirs](https://elsewhere.example/weirs?a=1&b=2)", undefined],
  ])("has a summary without a first line that is the link: %j", (body, summary) => {
    expect(entryOf(body).summary).toBe(summary);
    expect(linksIn(entryOf(body).html).filter((href) => href === TARGET)).toHaveLength(1);
  });

  test("is the summary of a text that says nothing else, with its description", () => {
    const body = "[Weirs](https://elsewhere.example/weirs?a=1&b=2)";
    const { lead } = entryOf(body, TARGET, "\ndescription: At noon");
    expect(lead).toBe(`${LINE.replace("elsewhere.example</a>", "Weirs</a>")}\n<p>At noon</p>`);
    expect(entryOf(`${body}\n\nWorth reading.`).lead).toBeUndefined();
  });

  test("leads to the target whatever the author writes, and stays safe", () => {
    const target = fc.webUrl({ withQueryParameters: true, withFragments: true, validSchemes: ["http", "https"] });
    fc.assert(
      fc.property(anyText, target, (body, url) => {
        const external = new URL(url).href;
        const { html } = renderEntry({ ...postWith("", { body: "x" }), markdown: body, external });
        expect(linksIn(html)).toContain(external);
        expect(makeFeedSafe(html, "https://example.org/").html).toBe(html);
      }),
    );
  });
});

test.each([
  ["https://www.example.com/a", "example.com"],
  ["https://xn--fiq228c.example/", "中文.example"],
  ["https://www.com/", "www.com"],
  ["http://localhost:8080/", "localhost:8080"],
  ["http://[::1]/", "[::1]"],
  ["https://xn--a.example/", "xn--a.example"],
])("the host of %s is called %s", (url, name) => {
  expect(hostOf(url)).toBe(name);
});

describe("a post that answers a page", () => {
  const answer = (front: string, body = "") => {
    const post = postOf(parse("posts/a.md", `---\ndate: 2024-01-05\ntitle: ""\n${front}\n---\n${body}`));
    return renderEntry(post).html;
  };

  test.each([
    ["like-of: https://other.example/a", "Liked "],
    ["repost-of: https://other.example/a", "Reposted "],
    ["in-reply-to: https://other.example/a", "In reply to "],
    ["in-reply-to: https://other.example/a\nlang: zh-CN", "回复 "],
    ["like-of: https://other.example/a\nlang: fr", ""],
    ["bookmark-of: https://other.example/a", ""],
  ])("%j says %j before the link", (front, word) => {
    expect(answer(front)).toBe(`<p>${word}<a href="https://other.example/a">other.example</a></p>`);
  });

  test.each([
    ["[this](https://other.example/a)\n\nYes", '<p>Liked <a href="https://other.example/a">this</a></p>\n<p>Yes</p>'],
    [
      "![](/b.jpg)\n[this](https://other.example/a)\n[that](https://other.example/c)",
      '<p><img src="https://example.org/b.jpg" alt="">\nLiked <a href="https://other.example/a">this</a>\n<a href="https://other.example/c">that</a></p>',
    ],
  ])("says so before a link that has a line to itself: %j", (body, html) => {
    expect(answer("like-of: https://other.example/a", body)).toBe(html);
  });

  test("says nothing more where its text has the link", () => {
    const html = '<p>Yes: <a href="https://other.example/a">this</a></p>';
    expect(answer("like-of: https://other.example/a", "Yes: [this](https://other.example/a)")).toBe(html);
  });

  test.each([
    "I read\n[this](https://other.example/a)\nand liked it.",
    "[This](https://other.example/a)\nis what I liked.",
    "What I liked is\n[this](https://other.example/a)",
  ])("says nothing within a sentence that is broken into lines: %j", (body) => {
    expect(answer("like-of: https://other.example/a", body)).not.toContain("Liked ");
  });
});
