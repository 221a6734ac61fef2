/** How far feeds carry a post: its more mark, a separator of its own, an excerpt in its front matter. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderEntry } from "../../lib/content/entry.ts";
import { parse, postWith, siteOf } from "./helpers.ts";

const entryOf = (frontMatter: string, body: string, key = "posts/a.md") =>
  renderEntry(postWith(frontMatter, { key, body }));

const BODY = "One.\n\nTwo **b**.\n\n---cut---\n\nThree.\n";
const LEAD = "<p>One.</p>\n<p>Two <strong>b</strong>.</p>";

describe("a more mark", () => {
  test.each([
    ["<!-- more -->", "posts/a.md"],
    ["<!--more-->", "posts/a.md"],
    ["{/* truncate */}", "posts/a.mdx"],
  ])("%s ends the part that summaries carry with its formatting", (mark, key) =>
    expect(entryOf("", BODY.replace("---cut---", mark), key)).toMatchObject({ summary: "One. Two b.", lead: LEAD }),
  );

  test("ends no more than there is: notes and the text behind it stay out", () => {
    const { lead, summary, html } = entryOf("", "Weir[^1].\n\n<!-- more -->\n\nSecret.\n\n[^1]: Hidden.\n");
    expect(html).toContain("Hidden.");
    expect(lead).toMatch(/^<p>Weir<sup><a href="https:\/\/example\.org\/[^"]*#fn1">1<\/a><\/sup>\.<\/p>$/);
    expect(summary).toBe("Weir.");
  });

  test("behind a picture alone leaves a post without a summary, not with that of what follows", () => {
    const { lead, summary } = entryOf("", "![a](/a.png)\n\n<!-- more -->\n\nSecret.\n");
    expect(lead).toBe('<p><img src="https://example.org/a.png" alt="a"></p>');
    expect(summary).toBeUndefined();
  });

  test.each<readonly [string, string, number | undefined]>([
    ["", "河流.\n\n<!-- more -->\n\nText.\n", 9],
    ["", "<!-- a --> Weir.\n\n<!--more-->\n\nText.\n", 18],
    ["", 'Weir.\n\n<a id="more"></a>\n\nText.\n', 7],
    ["excerpt_separator: ---cut---", BODY, 18],
    ["excerpt: Short.", BODY.replace("---cut---", "<!-- more -->"), undefined],
    ["", "<!-- more -->\n\nText.\n", undefined],
    ["", `${"word ".repeat(20_000)}\n\n<!-- more -->\n\nText.\n`, undefined],
    ["", "<!--".repeat(100_000), undefined],
    ["", "Text.\n", undefined],
  ])("has the size of what is before it, for limits: %s %#", (frontMatter, body, size) =>
    expect(postWith(frontMatter, { body }).leadSize).toBe(size),
  );

  test("at the very start is none", () => expect(entryOf("", "<!-- more -->\n\nText.\n")).not.toHaveProperty("lead"));

  test("behind a very long part counts for the words alone", () => {
    const entry = entryOf("", `${"word ".repeat(20_000)}\n\n<!-- more -->\n\nText.\n`);
    expect(entry).not.toHaveProperty("lead");
    expect(entry.summary).toMatch(/^word word/);
  });

  test("does not count where the front matter has the excerpt", () => {
    const entry = entryOf("excerpt: A **b**", BODY.replace("---cut---", "<!-- more -->"));
    expect(entry.summary).toBe("A b");
    expect(entry).not.toHaveProperty("lead");
  });

  test("of a link post is followed by its target", () =>
    expect(entryOf("external_url: https://example.net/x", BODY.replace("---cut---", "<!-- more -->")).lead).toBe(
      `${LEAD}\n<p><a href="https://example.net/x">example.net</a></p>`,
    ));
});

describe("a separator of its own", () => {
  test("may be lines alone", () => {
    const entry = entryOf('excerpt_separator: "\\n\\n\\n"', "\n\n\nOne.\n\nTwo.\n\n\nThree.\n\n\nFour.\n");
    expect(entry.lead).toBe("<p>One.</p>\n<p>Two.</p>");
    expect(entry.html).toContain("<p>Three.</p>");
  });

  test.each(["---cut---", "<!--cut-->", "<!-- Ende -->", "✂"])("%s is shown nowhere", (separator) => {
    const entry = entryOf(`excerpt_separator: '${separator}'`, BODY.replace("---cut---", separator));
    expect(entry).toMatchObject({ summary: "One. Two b.", lead: LEAD });
    expect(entry.html).not.toContain("cut");
    expect(entry.html).not.toContain("✂");
  });

  test("may stand within a line, or have lines around it", () => {
    expect(entryOf("excerpt_separator: ---cut---", "One. ---cut--- Two.\n")).toMatchObject({
      summary: "One.",
      html: "<p>One.  Two.</p>",
    });
    expect(entryOf('excerpt_separator: "\\n---cut---\\n"', BODY).lead).toBe(LEAD);
  });

  test("is code in code", () => {
    const entry = entryOf("excerpt_separator: ---cut---", `\`---cut---\` ends it.\n\n${BODY}`);
    expect(entry.summary).toBe("---cut--- ends it. One. Two b.");
    expect(entry.html).toContain("<code>---cut---</code>");
  });

  test("that is empty means that there is no excerpt", () => {
    const entry = entryOf('excerpt_separator: ""', BODY.replace("---cut---", "<!-- more -->"));
    expect(entry).not.toHaveProperty("summary");
    expect(entry.lead).toBe("<p>One.</p>"); // documents of summaries carry something of each post
    const described = entryOf('excerpt_separator: ""\ndescription: Said.', BODY);
    expect(described.summary).toBe("Said.");
    expect(described).not.toHaveProperty("lead");
  });

  test("that is nowhere, or blank, leaves the first paragraph", () => {
    expect(entryOf("excerpt_separator: ---no---", BODY).summary).toBe("One.");
    expect(entryOf('excerpt_separator: "\\n\\n"', BODY).summary).toBe("One.");
  });

  test("may be that of a folder", () => {
    const site = siteOf({
      defaults: [{ paths: ["posts"], values: { excerpt_separator: "---cut---" }, lines: { excerpt_separator: 1 } }],
    });
    const { post } = parse("posts/2024-01-01-a.md", `---\ntitle: A\ndate: 2024-01-01\n---\n${BODY}`, site);
    expect(post && renderEntry(post).lead).toBe(LEAD);
  });

  test("keeps the lines of the text, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "-", "\n", "`", "<", " ") }), (separator) => {
        const body = `a\n${separator}\nb ${separator} c\n`;
        const { markdown } = postWith(`excerpt_separator: ${JSON.stringify(separator)}`, { body });
        expect(markdown.split("\n").length).toBe(body.split("\n").length);
      }),
    );
  });
});

describe("photos and films above a text", () => {
  const HERON = '<p><img src="https://example.org/a.png" alt="Heron"></p>';

  test.each([
    ["photo: { url: /a.png, alt: Heron }", "Some **words**.\n", `${HERON}\n<p>Some words.</p>`],
    ["photo: { url: /a.png, alt: Heron }\nexcerpt_separator: ''", "One.\n\nTwo.\n", `${HERON}\n<p>One.</p>`],
    ["photo: { url: /a.png, alt: Heron }\ndescription: A & B.", "Text.\n", `${HERON}\n<p>A &amp; B.</p>`],
    ["photo: { url: /a.png, alt: Heron }", "", HERON],
  ])("are in documents of summaries, too: %s %#", (frontMatter, body, lead) =>
    expect(entryOf(frontMatter, body).lead).toBe(lead),
  );

  test("lend their words to a post without any, but not to one that wants no excerpt", () => {
    expect(entryOf("photo: { url: /a.png, alt: Heron }", "").summary).toBe("Heron");
    expect(entryOf("photo: { url: /a.png, alt: Heron }\nexcerpt_separator: ''", "Text.\n")).not.toHaveProperty(
      "summary",
    );
  });
});
