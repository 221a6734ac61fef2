import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DIALECTS, expand, messagesOf, shown, thumbnail } from "../posts.ts";

const IMG = '<img src="/a.jpg" alt="A" />';

describe("shortcodes of WordPress", () => {
  test.each([
    [
      `[caption id="x_5" align="left" width="300"]${IMG} The **weir**[/caption]`,
      `<figure>${IMG}\n<figcaption>\n\nThe **weir**\n\n</figcaption>\n</figure>`,
    ],
    [
      `[caption id=x]<a href="/a">${IMG}</a> A[/caption]`,
      `<figure><a href="/a">${IMG}</a><figcaption>A</figcaption></figure>`,
    ],
    [`[caption width="3" caption="A weir"]${IMG}[/caption]`, `<figure>${IMG}<figcaption>A weir</figcaption></figure>`],
    [`[caption id="x"]${IMG}[/caption]`, `<figure>${IMG}</figure>`],
    [
      "[caption id='x']![A](/a.jpg) The field[/caption]",
      "<figure>\n\n![A](/a.jpg)\n\n<figcaption>The field</figcaption></figure>",
    ],
    ['a [audio src="/a.mp3"] b', 'a <audio src="/a.mp3" controls></audio> b'],
    ['[audio mp3="/a.mp3"][/audio]', '<audio src="/a.mp3" controls></audio>'],
    ['[video width="640" height="360" mp4="/a.mp4"]\n[/video]', '<video src="/a.mp4" controls></video>'],
    ["[embed]https://youtu.be/dQw4w9WgXcQ[/embed]", thumbnail("dQw4w9WgXcQ")],
    ['[embed width="3"]https://example.org/a[/embed]', '<a href="https://example.org/a">example.org</a>'],
    ["[youtube https://www.youtube.com/watch?v=dQw4w9WgXcQ]", thumbnail("dQw4w9WgXcQ")],
    ["[youtube=http://www.youtube.com/watch?v=dQw4w9WgXcQ&w=640]", thumbnail("dQw4w9WgXcQ")],
    ["[youtube]http://www.youtube.com/watch?v=dQw4w9WgXcQ[/youtube]", thumbnail("dQw4w9WgXcQ")],
    ["[youtube] dQw4w9WgXcQ [/youtube]", thumbnail("dQw4w9WgXcQ")],
    ["[youtube dQw4w9WgXcQ]", thumbnail("dQw4w9WgXcQ")],
    ["[youtube=dQw4w9WgXcQ]", thumbnail("dQw4w9WgXcQ")],
    ["[embed]dQw4w9WgXcQ[/embed]", thumbnail("dQw4w9WgXcQ")],
    [
      "[youtube] of [youtube the-streams] [youtube dQw4w9WgXcQ](/a)",
      "[youtube] of [youtube the-streams] [youtube dQw4w9WgXcQ](/a)",
    ],
    ['[sourcecode language="php"]\necho "<b>";\n[/sourcecode]', '```php\necho "<b>";\n```'],
    ["[code]\n[caption]\n{{ a }} ```\n[/code]", "````\n[caption]\n{{ a }} ```\n````"],
    ["a [code]b&lt;c&gt;[/code] d", "a <code>b&lt;c&gt;</code> d"],
    [`The [caption].\n\n[caption id="x"]${IMG}[/caption]`, `The [caption].\n\n<figure>${IMG}</figure>`],
    ['[[caption id="x"]a[/caption]]', '[caption id="x"]a[/caption]'],
    ['a [[gallery ids="1,2"]] b', 'a [gallery ids="1,2"] b'],
  ])("%j", (markdown, text) => {
    for (const dialect of DIALECTS) expect(shown(dialect, markdown)).toBe(text);
  });

  test("in a text in HTML they are the same", () => {
    const html = `<p>[caption id="x"]${IMG} A[/caption]</p>\n[code lang="js"]\na &lt; b\n[/code]`;
    expect(shown("jekyll", html, { isHtml: true })).toBe(
      `<p><figure>${IMG}<figcaption>A</figcaption></figure></p>\n<pre><code class="language-js">a &lt; b</code></pre>`,
    );
  });

  test.each(['[gallery ids="1,2"]', "[gallery]", '[playlist type="video" ids="1"]', "[gallery columns=3][/gallery]"])(
    "what names files by numbers is left out, and told: %j",
    (markdown) => {
      const { markdown: written, warnings } = expand("jekyll", `a\n\n${markdown}\n\nb`);
      expect(written).toBe("a\n\n\n\nb");
      expect(messagesOf(warnings)).toEqual([
        expect.stringMatching(/^3: \[(?:gallery|playlist).* is not known to feeds$/),
      ]);
    },
  );

  test.each([
    "the tag [code] is text, and [gallery] too",
    "[gallery](/a) and [code][ref] and [video]\n\n[ref]: /b",
    "[gallery]\n\n[gallery]: /a",
    "![gallery](/a)",
    'a \\[gallery ids="1"\\] b',
    '[weir id="1"]a[/weir]',
    '`[gallery ids="1"]`\n\n```\n[audio src="/a.mp3"]\n```',
    "[caption] is never closed",
    "[codes a=b] [galleryx=1]",
    "[code](/a) [/code]",
  ])("what is none is text: %j", (markdown) => {
    for (const dialect of DIALECTS) expect(shown(dialect, markdown)).toBe(markdown);
  });

  const piece = fc.constantFrom(
    ...[
      "[caption ",
      "[code]",
      "[/code]",
      "[[gallery ",
      "ids=",
      '"',
      "'",
      "]",
      "]]",
      "[/caption]",
      "[",
      "/",
      IMG,
      "a",
      "\n",
      " ",
    ],
    ...["[audio src=/a.mp3]", "[youtube=", "[embed]", "[/embed]", "![b](c)", "](d)", "&lt;", "`", "- ", "> ", "\\"],
  );
  test("whatever an author types of them is expanded", () => {
    const text = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, fc.constantFrom(...DIALECTS), fc.boolean(), (markdown, dialect, isHtml) => {
        const { markdown: written, warnings } = expand(dialect, markdown, { isHtml });
        expect(written.includes("\ufdd0")).toBe(false);
        for (const { line } of warnings) expect(line <= markdown.split("\n").length).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
