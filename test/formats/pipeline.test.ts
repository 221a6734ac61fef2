/** From the file to the reader: whatever bytes an author wrote, the documents hold it, less what XML cannot carry. */
import fc from "fast-check";
import { parseAtomFeed, parseRssFeed } from "feedsmith";
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { world } from "../world.ts";

const isXmlCharacter = (char: string): boolean => {
  const code = char.codePointAt(0) ?? 0;
  return (
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    code >= 0x10000
  );
};
const carried = (text: string): string => [...text].filter(isXmlCharacter).join("");
const onOneLine = (text: string): string =>
  carried(text)
    .replace(/[ \t\r\n]+/g, " ")
    .replace(/^ | $/g, "");

const worst = fc.constantFrom(
  ...[
    "]]>",
    "]]>]]>",
    "&",
    "&amp;",
    "&#8;",
    "<",
    ">",
    '"',
    "'",
    "<b>",
    "</p>",
    "<!--",
    "-->",
    "<script>alert(1)</script>",
  ],
  ...[
    "\u0000",
    "\u0008",
    "\u000b",
    "\u001f",
    "\u007f",
    "\u0085",
    "\u2028",
    "\ufffe",
    "\uffff",
    "\ud800",
    "\udfff",
    "\ud83d",
  ],
  ...["👩‍🌾", "扶贫", "　　", "مرحبا \u202e", "हिन्दी", "\ufeff", "%title%", "$&", "\\", "`", "{{", "{%"],
);
const anyText = fc
  .array(fc.oneof(worst, fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 8 })
  .map((pieces) => pieces.join(""));

function assertWellFormed(xml: string): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
}

test("any string in title, tag, author and body gives documents that strict parsers accept and that say what was written", async () => {
  await fc.assert(
    fc.asyncProperty(anyText, anyText, anyText, anyText, anyText, async (title, tag, author, code, noise) => {
      // Lone surrogates reach front matter as escapes; in the body there are only bytes, and a NUL is U+FFFD (CommonMark).
      const codeLine = code.replace(/[\r\n`\0]/g, "").toWellFormed();
      const file = `---
title: ${JSON.stringify(`t${title}`)}
date: 2026-01-02T03:04:05Z
tags: [${JSON.stringify(`g${tag}`)}]
author: { name: ${JSON.stringify(`a${author}`)} }
---
\`\`\`
c${codeLine}
\`\`\`

${noise}
`;
      const site = await world({ "posts/a.md": file });
      const report = await site.publish();
      expect(report.problems).toEqual([]);

      const [rss = "", atom = "", json = ""] = await Promise.all(["rss.xml", "atom.xml", "feed.json"].map(site.read));
      assertWellFormed(rss);
      assertWellFormed(atom);
      const rssItem = parseRssFeed(rss).items?.[0];
      const atomEntry = parseAtomFeed(atom).entries?.[0];
      const jsonItem = JSON.parse(json).items[0];
      const html: string = jsonItem.content_html;
      expect(textOfCode(html)).toBe(`c${carried(codeLine)}`.trimEnd());
      expect(rssItem?.content?.encoded?.trim()).toBe(html.trim());
      expect((atomEntry?.content?.value ?? atomEntry?.content)?.toString().trim()).toBe(html.trim());

      const name = onOneLine(`a${author}`);
      const term = onOneLine(`g${tag}`);
      const words = onOneLine(`t${title}`);
      expect(jsonItem).toMatchObject({ title: words, tags: [term], authors: [{ name }] });
      // The reading library trims; the document itself does not.
      expect(rssItem?.title).toBe(words.trim());
      expect(rssItem?.categories?.map((category) => category.name)).toEqual([term.trim()]);
      expect(rssItem?.dc?.creators).toEqual([name.trim()]);
      expect(atomEntry?.title?.value ?? atomEntry?.title).toBe(words.trim());
      expect(atomEntry?.categories?.map((category) => category.term)).toEqual([term.trim()]);
      expect(atomEntry?.authors?.map((person) => person.name)).toEqual([name.trim()]);
    }),
    { numRuns: 1000 },
  );
});

function textOfCode(html: string): string {
  const inner = /<pre><code>([\s\S]*?)<\/code>/.exec(html)?.[1] ?? "";
  return inner.trimEnd().replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}
