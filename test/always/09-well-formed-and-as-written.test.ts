/** Documents contain every character that the author wrote, except those that XML does not allow. */
import fc from "fast-check";
import { parseAtomFeed, parseRssFeed } from "feedsmith";
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { withoutBreaks } from "../../lib/base/text.ts";
import { anyText, fileOf } from "../support/nasty.ts";
import { WHOLE_SITE, world } from "../support/world.ts";
import { expectWellFormed } from "./documents.ts";

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
const withoutForbidden = (text: string): string => [...text].filter(isXmlCharacter).join("");
/** White space is one space, and a line break between Chinese characters is none. */
const onOneLine = (text: string): string =>
  withoutBreaks(withoutForbidden(text).replace(/\r\n?/g, "\n"))
    .replace(/[ \t\n]+/g, " ")
    .replace(/^ | $/g, "");

/** The OPML and `feeds.json` contain the channel's title. */
function expectListed(documents: { readonly [path: string]: string }, title: string): void {
  const { channels } = JSON.parse(documents["feeds.json"] ?? "");
  expect(channels.map((channel: { title: string }) => channel.title)).toContain(title);
  const outlines: string[] = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({ attributes }) => {
    if (attributes["title"] !== undefined) outlines.push(attributes["title"]);
  });
  parser.write(documents["feeds.opml"] ?? "").close();
  expect(outlines).toContain(title);
}

test("Every document is well-formed whatever bytes the author wrote, and says what the author wrote.", async () => {
  await fc.assert(
    fc.asyncProperty(anyText, anyText, anyText, anyText, anyText, async (title, tag, author, code, noise) => {
      // Lone surrogates reach front matter as escapes; in the body there are only bytes, and a NUL is U+FFFD (CommonMark).
      const codeLine = code.replace(/[\r\n`\0]/g, "").toWellFormed();
      const posts = { "posts/a.md": fileOf({ title, tag, author, code: codeLine, noise }) };
      const site = await world(posts, WHOLE_SITE);
      const report = await site.publish();
      expect(report.problems).toEqual([]);

      const [rss = "", atom = "", json = ""] = await Promise.all(["rss.xml", "atom.xml", "feed.json"].map(site.read));
      const documents = await site.dump(site.public);
      expectWellFormed(documents);
      const rssItem = parseRssFeed(rss).items?.[0];
      const atomEntry = parseAtomFeed(atom).entries?.[0];
      const jsonItem = JSON.parse(json).items[0];
      const html: string = jsonItem.content_html;
      expect(textOfCode(html)).toBe(`c${withoutForbidden(codeLine)}`.trimEnd());
      expect(rssItem?.content?.encoded?.trim()).toBe(html.trim());
      expect((atomEntry?.content?.value ?? atomEntry?.content)?.toString().trim()).toBe(html.trim());

      const name = onOneLine(`a${author}`);
      const term = onOneLine(`g${tag}`);
      const titleLine = onOneLine(`t${title}`);
      expectListed(documents, `Field notes: ${term}`);
      expectListed(documents, `Field notes: ${name}`);
      expect(jsonItem).toMatchObject({ title: titleLine, tags: [term], authors: [{ name }] });
      // The reading library trims; the document itself does not.
      expect(rssItem?.title).toBe(titleLine.trim());
      expect(rssItem?.categories?.map((category) => category.name)).toEqual([term.trim()]);
      expect(rssItem?.dc?.creators).toEqual([name.trim()]);
      expect(atomEntry?.title?.value ?? atomEntry?.title).toBe(titleLine.trim());
      expect(atomEntry?.categories?.map((category) => category.term)).toEqual([term.trim()]);
      expect(atomEntry?.authors?.map((person) => person.name)).toEqual([name.trim()]);
    }),
    {
      numRuns: 300,
      examples: [
        ["]]>", '&amp;<b>"', "'\u0008\ud800", "]]><script>", "<!-- & ]]>\u000b"],
        ["\ufffe&#8;", "扶贫 C++", "<", "\u0085\u2028", "</p><b>"],
        ["扶贫\r\n滴灌", "水\n肥", "𠀀\n𠀀", "", "三\n农"],
        ["&lt;", "a\u0000b", '"', "$&", "<p title='a&b\u0001'>x"],
      ],
    },
  );
});

function textOfCode(html: string): string {
  const inner = /<pre><code>([\s\S]*?)<\/code>/.exec(html)?.[1] ?? "";
  return inner.trimEnd().replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}
