/** From the file to the reader: whatever bytes an author wrote, the documents hold it, less what XML cannot carry. */
import fc from "fast-check";
import { parseAtomFeed, parseRssFeed } from "feedsmith";
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { anyText, fileOf } from "../nasty.ts";
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
      const site = await world({ "posts/a.md": fileOf({ title, tag, author, code: codeLine, noise }) });
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
