/** Pages with the preview's bar: what is added, and what stays. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { html } from "../../lib/base/html.ts";
import { renderPage } from "../../lib/formats/page.ts";
import { extended, tagIn, withBar } from "../../lib/preview/inject.ts";
import { samplePage } from "../formats/samples.ts";

const BAR = html`<p>Preview</p>`;

const page = renderPage(samplePage());

/** The inline styles and scripts of a page, by what its policy must say of each. */
const inlineHashes = (source: string): readonly string[] =>
  [...source.matchAll(/<(?:style|script)>([\s\S]*?)<\/(?:style|script)>/g)].map(
    ([, text = ""]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
  );

test("a page stays as it is but for its policy and what is before the end of its body", () => {
  const shown = withBar(page, BAR);
  const policy = /content="default-src[^"]*"/;
  const [before = "", after] = shown.split(/<aside id="dripfeed"[\s\S]*<\/aside>\n/);
  expect(before.replace(policy, "") + after).toBe(page.replace(policy, ""));
});

test("its policy allows every style and script that is in it, and no other", () => {
  const shown = withBar(page, BAR);
  const [, policy = ""] = /Content-Security-Policy" content="([^"]*)"/.exec(shown) ?? [];
  const hashes = inlineHashes(shown);
  expect(hashes).toHaveLength(4);
  expect([...policy.matchAll(/'sha256-[^']*'/g)].map(([hash]) => hash).sort()).toEqual([...hashes].sort());
  expect(policy).toContain("connect-src 'self'");
  expect(policy).not.toMatch(/unsafe|(?:script|style)-src[^;]*'self'/);
});

test.each([
  ["default-src 'none'", "default-src 'none'; style-src S; script-src L; connect-src 'self'"],
  ["script-src 'none'; img-src *", "script-src L; img-src *; style-src S; connect-src 'self'"],
  ["connect-src https://a.example", "connect-src https://a.example 'self'; style-src S; script-src L"],
  [
    "img-src https://a.example/?a=1&b",
    "img-src https://a.example/?a=1&b; style-src S; script-src L; connect-src 'self'",
  ],
])("the policy %s is extended", (policy, expected) => {
  const [, style = "", script = ""] = /style-src (\S+); script-src (\S+);/.exec(extended("img-src *")) ?? [];
  expect(extended(policy).replace(style, "S").replace(script, "L")).toBe(expected);
});

test("the address of an icon stays in the policy", () => {
  const favicon = "https://example.com/icon.png?a=1&b=2";
  const shown = withBar(renderPage(samplePage({ site: { favicon } })), BAR);
  expect(shown).toMatch(/img-src https:\/\/example\.com\/[^;]*; /);
  expect(shown.match(/img-src [^;]*/g)).toEqual(renderPage(samplePage({ site: { favicon } })).match(/img-src [^;]*/g));
});

test("the tag is another when the page or the bar is, and the same when neither is", () => {
  const tag = tagIn(withBar(page, BAR));
  expect(tag).toMatch(/^[\w-]{22}$/);
  expect(tagIn(withBar(page, BAR))).toBe(tag);
  expect(tagIn(withBar(page.replace("</h1>", "!</h1>"), BAR))).not.toBe(tag);
  expect(tagIn(withBar(page, html`<p>1 problem</p>`))).not.toBe(tag);
});

test("a fragment without a body stays as it is, and has no tag", () => {
  const fragment = '<link rel="alternate" href="https://example.com/rss.xml">\n';
  expect(withBar(fragment, BAR)).toBe(fragment);
  expect(tagIn(fragment)).toBe("");
});

test("text of a page that looks like a tag is none", () => {
  const forged = page.replace("</h1>", '<aside id="dripfeed" data-tag="made-up"></aside></h1>');
  expect(tagIn(withBar(forged, BAR))).not.toBe("made-up");
});
