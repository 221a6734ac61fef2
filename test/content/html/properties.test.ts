/** What holds of feed-safe HTML whatever it was made from. */
import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { makeFeedSafe, throughTree } from "../../../lib/content/html/html.ts";
import { ELEMENTS, GLOBAL, VOID } from "../../../lib/content/html/profile.ts";
import { copySafe } from "../../../lib/content/html/quick.ts";
import { LINK_SCHEMES, LOAD_SCHEMES } from "../../../lib/content/html/urls.ts";
import { renderMarkdown } from "../../../lib/content/markdown/markdown.ts";
import { cpuMs } from "../../support/growth.ts";
import { nastyHtml } from "./nastyhtml.ts";
import { plainHtml } from "./plainhtml.ts";

const BASE = "https://example.org/2024/post/";
const runs = { numRuns: 3_000 };

interface Seen {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly parents: readonly string[];
}

/** Every element of it, read as XML. */
function elementsOf(html: string): readonly Seen[] {
  const seen: Seen[] = [];
  const parents: string[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    seen.push({ name, attributes: attributes as Seen["attributes"], parents: [...parents] });
    parents.push(name);
  });
  parser.on("closetag", () => parents.pop());
  const closed = html.replace(/<(\w+)([^<>]*)>/g, (tag, name: string, rest: string) =>
    VOID.has(name) ? `<${name}${rest}/>` : tag,
  );
  parser.write(`<root>${closed}</root>`).close();
  return seen.slice(1);
}

const isAbsolute = (url: string, schemes: ReadonlySet<string>): boolean =>
  URL.canParse(url) && new URL(url).href === url && schemes.has(new URL(url).protocol);

describe("whatever the HTML", () => {
  test("it is well-formed, and holds only what the profile lists", () => {
    fc.assert(
      fc.property(nastyHtml, (html) => {
        for (const { name, attributes, parents } of elementsOf(makeFeedSafe(html, BASE).html)) {
          const allowed = ELEMENTS.get(name);
          expect(allowed, name).toBeDefined();
          for (const attribute of Object.keys(attributes)) {
            expect(allowed?.has(attribute) || GLOBAL.has(attribute), `${name} ${attribute}`).toBe(true);
          }
          if (name === "a") expect(parents).not.toContain("a");
          if (name === "br") expect(parents).not.toContain("pre");
          if (name === "video" || name === "audio") expect(attributes).toHaveProperty("controls");
        }
      }),
      runs,
    );
  });

  test("every URL is absolute, encoded, and of a scheme that is listed", () => {
    fc.assert(
      fc.property(nastyHtml, (html) => {
        for (const { name, attributes } of elementsOf(makeFeedSafe(html, BASE).html)) {
          const { href, cite, src, poster, srcset } = attributes;
          for (const url of [href, cite]) if (url !== undefined) expect(isAbsolute(url, LINK_SCHEMES), url).toBe(true);
          if (poster !== undefined) expect(isAbsolute(poster, LOAD_SCHEMES), poster).toBe(true);
          if (src !== undefined && !(name === "img" && /^data:image\/png;base64,[A-Za-z\d+/=]+$/.test(src))) {
            expect(isAbsolute(src, LOAD_SCHEMES), src).toBe(true);
          }
          for (const candidate of srcset?.split(", ") ?? []) {
            expect(isAbsolute(candidate.replace(/ \S+$/, ""), LOAD_SCHEMES), candidate).toBe(true);
          }
        }
      }),
      runs,
    );
  });

  test("a second time changes nothing", () => {
    fc.assert(
      fc.property(nastyHtml, (html) => {
        const once = makeFeedSafe(html, BASE).html;
        expect(makeFeedSafe(once, BASE).html).toBe(once);
        expect(throughTree(once, BASE).html).toBe(once);
      }),
      runs,
    );
  });

  test("what needs no tree is what the tree gives", () => {
    let without = 0;
    fc.assert(
      fc.property(fc.oneof(nastyHtml, { arbitrary: plainHtml, weight: 3 }), (html) => {
        const quick = copySafe(html, BASE);
        if (quick === undefined) return;
        without += 1;
        expect(quick).toEqual(throughTree(html, BASE));
      }),
      { numRuns: 6_000 },
    );
    expect(without).toBeGreaterThan(1_000);
  });

  test.each([
    ["a `<` in a title", '<p><a href="https://a.example/b" title="a<b">x</a></p>'],
    ["a paragraph of an encoded space", '<ul><li><p title="">x</p><p>&#x20;</p></li></ul>'],
    ["a link of an encoded space", '<p>x <a href="https://a.example/b">&#x20;</a></p>'],
    ["a frame for those who do not see the page", '<iframe class="sr-only" src="https://a.example/b"></iframe>'],
    ["text behind a frame that holds none", '<embed src="https://a.example/b">words</embed>'],
  ])("%s is what the tree gives", (_, html) => {
    expect(makeFeedSafe(html, BASE)).toEqual(throughTree(html, BASE));
  });

  test.each([
    ["a `<` before a tag", "<div>1 <<b>2</b></div>", "<div>1 &lt;<b>2</b></div>"],
    ["a `<` before a line break", "<p>if a <<br>then b</p>", "<p>if a &lt;<br>then b</p>"],
    [
      "a paragraph in one that has begun",
      '<p><span title="x">first words<p>inner</p></span></p>',
      '<p><span title="x">first words<p>inner</p></span></p>',
    ],
    [
      "a paragraph in a link in another",
      '<p>One <a href="https://a.org/x"><p>inner</p></a> two</p>',
      '<p>One <a href="https://a.org/x"><p>inner</p></a> two</p>',
    ],
  ])("%s needs one", (_, html, expected) => {
    expect(copySafe(html, BASE)).toBeUndefined();
    expect(makeFeedSafe(html, BASE).html).toBe(expected);
  });
});

describe("words are never lost", () => {
  /** A different word in each place, by number. */
  const KEEPING = [
    ...[
      "p",
      "div",
      "span",
      "b",
      "ul",
      "li",
      "td",
      "table",
      "tr",
      "blockquote",
      "h2",
      "figure",
      "details",
      "summary",
      "a",
    ],
    ...[
      "pre",
      "code",
      "center",
      "font",
      "form",
      "label",
      "custom-tag",
      "fieldset",
      "marquee",
      "xmp-like",
      "ruby",
      "dl",
    ],
    ...["section", "nav", "video", "audio", "picture", "canvas", "dialog", "address", "q", "time", "th", "dd", "menu"],
  ];
  const LOSING = [
    "script",
    "style",
    "svg",
    "button",
    "textarea",
    "select",
    "template",
    "iframe",
    "noscript",
    "object",
    "title",
  ];
  const CLASSES = [
    "",
    "x",
    "lazy",
    "highlight",
    "gutter",
    "ln",
    "lntd",
    "lineno",
    "anchor",
    "language-js",
    "katex-html",
    "code",
  ];

  interface Piece {
    readonly html: string;
    readonly words: readonly string[];
  }

  let count = 0;
  const word = fc.constant(null).map((): Piece => {
    count += 1;
    return { html: ` w${count}x `, words: [`w${count}x`] };
  });
  const pieces = fc.letrec<{ many: Piece; one: Piece }>((tie) => ({
    many: fc.array(tie("one"), { maxLength: 4 }).map((all) => ({
      html: all.map(({ html }) => html).join(""),
      words: all.flatMap(({ words }) => words),
    })),
    one: fc.oneof(
      { depthSize: "small" },
      word,
      fc
        .tuple(fc.constantFrom(...KEEPING), fc.constantFrom(...CLASSES), fc.constantFrom("", ' href="#x"'), tie("many"))
        .map(([name, names, href, { html, words }]) => {
          // The text of a heading's link to itself, such as "Permalink", is not the author's.
          const isPermalink = name === "a" && names === "anchor";
          return { html: `<${name} class="${names}"${isPermalink ? "" : href}>${html}</${name}>`, words };
        }),
      fc
        .tuple(fc.constantFrom(...LOSING), word)
        .map(([name, { html }]) => ({ html: `<${name}>${html}</${name}>`, words: [] })),
      fc
        .constantFrom("<img src=a>", "<br>", "<!-- more -->", "<!-- x -->", "<hr>", '<input type="checkbox">', "&amp;")
        .map((html) => ({ html, words: [] })),
    ),
  })).many;

  test("outside of removed elements, whatever is around them, and none is repeated", () => {
    fc.assert(
      fc.property(pieces, ({ html, words }) => {
        const output = makeFeedSafe(html, BASE).html;
        expect(output.match(/w\d+x/g) ?? []).toEqual(words);
      }),
      runs,
    );
  });
});

describe("what marked writes", () => {
  const MARKDOWN = `# A *title*

Text with [a link](https://a.example/b?c=1&d=2 "t"), [another](../x), ![a picture](图 1.png), \`code\` & "quotes" — 中文。

- [x] done
- [ ] to do

1. one
2. two

> quoted[^1]

| a | b |
|---|--:|
| 1 | 2 |

\`\`\`ts
const a = "b" && c < d;
\`\`\`

<!-- more -->

<img src="a.png" width="3" loading="lazy"> <span style="color:red">red</span> &copy; $x_1$

<iframe src="https://player.vimeo.com/video/1"></iframe>

[^1]: Note.
`;

  test("needs no tree", () => {
    const html = renderMarkdown(MARKDOWN);
    expect(copySafe(html, BASE)).toEqual(throughTree(html, BASE));
    expect(copySafe(html, BASE)).toMatchObject({ beforeMore: expect.stringContaining("<p>quoted") });
  });
});

test("no HTML takes long", () => {
  const started = cpuMs();
  for (const piece of [
    ...[
      "<p>",
      "<b>",
      "<a href=x>",
      "<ul><li>",
      "<ul></ul>",
      "<table><tr><td>",
      "<script>",
      "<iframe src=x>",
      "<math>",
      "&",
    ],
    ...[
      "<!--",
      "<noscript><img src=a></noscript><img data-src=a>",
      '<span class="katex">',
      "<h2><a href='#'>#</a>",
      "<pre>",
    ],
    ...["<p><a href=https://youtu.be/abcdefg>x</a>", "<!-- more --><ul></ul>", "[TOC]", '<img srcset="a 1x,">', "<"],
  ]) {
    makeFeedSafe(piece.repeat(5_000), BASE);
  }
  makeFeedSafe(`<img data-src="a" src="loading${"1".repeat(100_000)}!">`, BASE);
  makeFeedSafe(`<img srcset="${"a, ".repeat(20_000)}">`, BASE);
  makeFeedSafe(`<img srcset="${" ".repeat(100_000)}a${",".repeat(100_000)}">`, BASE);
  expect(cpuMs() - started).toBeLessThan(30_000);
});
