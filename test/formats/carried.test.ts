/** What documents carry of a post as HTML: all of it, the part that its author marked, and the site's footer. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { footerOf } from "../../lib/formats/footer.ts";
import { carriedHtml } from "../../lib/formats/item.ts";
import { partsOfSite } from "../../lib/formats/siteparts.ts";
import type { ItemSite } from "../../lib/formats/types.ts";
import type { Site } from "../../lib/site/types.ts";
import { siteOf } from "../content/helpers.ts";
import { atomOf, itemOf, jsonOf, rssOf } from "./documents.ts";

const LEAD = "<p>Low <strong>water</strong></p>";
const entry = { html: `${LEAD}\n<p>Rest.</p>`, lead: LEAD, summary: "Low water" };

describe("a summary", () => {
  test("is the part before the mark, with its formatting, in every format", () => {
    const items = [{ entry, content: "summary" as const }];
    const [item] = jsonOf({ items }).items;
    expect(item).toMatchObject({ content_html: LEAD, summary: "Low water" });
    expect(item).not.toHaveProperty("content_text");
    expect(rssOf({ items })).toContain(`<content:encoded><![CDATA[${LEAD}]]></content:encoded>`);
    expect(rssOf({ items })).toContain("<description><![CDATA[Low water]]></description>");
    expect(atomOf({ items })).toContain(`<content type="html"><![CDATA[${LEAD}]]></content>`);
    expect(atomOf({ items })).toContain("<summary>Low water</summary>");
  });

  test("without a mark is plain text", () => {
    const { lead: _, ...unmarked } = entry;
    const items = [{ entry: unmarked, content: "summary" as const }];
    expect(jsonOf({ items }).items[0]).toMatchObject({ content_text: "Low water" });
    expect(rssOf({ items })).not.toContain("content:encoded>");
    expect(atomOf({ items })).not.toContain("<content");
  });

  test("is not what a whole text carries", () =>
    expect(jsonOf({ items: [{ entry }] }).items[0]).toMatchObject({ content_html: entry.html }));
});

const siteWith = (footer: string, site: Partial<Site> = {}): ItemSite =>
  partsOfSite(siteOf({ title: "Weirs & <fields>", footer, ...site })).rss.ofItems;

const carried = (footer: string, parts: Parameters<typeof itemOf>[0] = {}) =>
  carriedHtml(itemOf(parts), siteWith(footer));

describe("a footer", () => {
  test("ends whole texts and summaries, marked or not", () => {
    expect(carried("*End*")).toBe("<p>Words.</p>\n<p><em>End</em></p>");
    expect(carried("*End*", { entry, content: "summary" })).toBe(`${LEAD}\n<p><em>End</em></p>`);
    expect(carried("End", { entry: { summary: "a < b" }, content: "summary" })).toBe("<p>a &lt; b</p>\n<p>End</p>");
    expect(carried("End", { entry: { html: "" } })).toBe("<p>End</p>");
    expect(carried("End", { entry: { external: "https://example.net/a" }, content: "summary" })).toBe(
      '<p>Words.</p>\n<p><a href="https://example.net/a">example.net</a></p>\n<p>End</p>',
    );
  });

  test("is in no summary and no Markdown that documents carry besides", () => {
    const document = { site: { footer: "The end" }, items: [{ entry: { markdown: "Words." } }] };
    expect(jsonOf(document).items[0]).toMatchObject({ summary: "Words." });
    expect(rssOf(document)).toContain("<source:markdown>Words.</source:markdown>");
  });

  test.each([
    ["[{title}]({url})", '<p><a href="https://example.com/a/?b=1&amp;c">Sluice &amp; &lt;gate&gt; "1" 100%</a></p>'],
    ['<a href="{url}" title="{title}">a</a>', /title="Sluice &amp; &lt;gate&gt; &quot;1&quot; 100%"/],
    ["On {site}", "<p>On Weirs &amp; &lt;fields&gt;</p>"],
    ["[a]({url}#comments)", '<p><a href="https://example.com/a/?b=1&amp;c#comments">a</a></p>'],
    ["{url}", /<p><a href="https:\/\/example.com\/a\/\?b=1&amp;c">https:\/\/example.com\/a\/\?b=1&amp;c<\/a><\/p>/],
    [
      "[Reply](mailto:lin@example.com?subject={title}&body={url})",
      /subject=Sluice%20%26%20%3Cgate%3E%20%221%22%20100%25&amp;body=https%3A%2F%2Fexample.com%2Fa%2F%3Fb%3D1%26c"/,
    ],
    ["[Old](https://archive.example/{url})", /href="https:\/\/archive.example\/https:\/\/example.com\/a\//],
    ["[About](/about) {x y}", '<p><a href="https://example.org/about">About</a> {x y}</p>'],
    ["<script>a</script><b onclick=x>b</b>", "<b>b</b>"],
  ])("%s", (footer, expected) => {
    const item = itemOf({
      facts: { url: "https://example.com/a/?b=1&c" },
      entry: { title: 'Sluice & <gate> "1" 100%' },
    });
    const html = footerOf(item, siteWith(footer));
    if (typeof expected === "string") expect(html?.replaceAll("&quot;", '"')).toBe(expected);
    else expect(html).toMatch(expected);
  });

  test("has names of emoji as the site has them", () => {
    const footer = "Thanks :tada:";
    expect(footerOf(itemOf(), siteWith(footer))).toBe("<p>Thanks 🎉</p>");
    expect(footerOf(itemOf(), siteWith(footer, { emoji: false }))).toBe("<p>Thanks :tada:</p>");
  });

  test("names the address of a post without a title", () =>
    expect(footerOf(itemOf({ entry: { title: "" } }), siteWith("[{title}]({url})"))).toContain(
      ">https://example.com/a/</a>",
    ));

  test("that cannot be read as Markdown is text", () =>
    expect(footerOf(itemOf(), siteWith(`${"> ".repeat(900)}{title}`))).toMatch(/^<p>.*A post<\/p>$/));

  test("lets no title write HTML", () => {
    const footer = '[{title}]({url}) <a href="{url}?{title}" title="{title}">{title}</a>';
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (title) => {
        const html = footerOf(itemOf({ entry: { title } }), siteWith(footer)) ?? "";
        expect(html.match(/<[^<>]*>/g)).toHaveLength(6);
        expect(html.match(/"/g)).toHaveLength(6);
      }),
    );
  });
});
