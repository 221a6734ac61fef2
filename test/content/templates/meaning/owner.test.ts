import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderEntry } from "../../../../lib/content/entry.ts";
import { ownerTemplates } from "../../../../lib/content/templates/meaning/owner.ts";
import type { DialectName } from "../../../../lib/model.ts";
import { postWith, siteOf } from "../../helpers.ts";
import { expand, messagesOf, shown } from "../posts.ts";

const owned = (dialect: DialectName, templates: { readonly [name: string]: string }, text: string, isMdx = false) =>
  shown(dialect, text, { templates: ownerTemplates(templates), isMdx });

describe("the owner's words come before what is known", () => {
  test.each([
    ["hexo", "poll", "drop", "a {% poll 1 %}x{% endpoll %} b", "a  b"],
    ["hexo", "my-poll", "drop", "a {% MyPoll 1 %} b", "a  b"],
    ["hexo", "youtube", "drop", "a {% youtube abcdefghijk %} b", "a  b"],
    ["jekyll", "aside", "content", "{% aside x %}\n*b*\n{% endaside %}", "*b*"],
    ["jekyll", "if", "drop", "a {% if b %}c{% endif %} d", "a  d"],
    ["hugo", "talk/slides", "<i>{id}</i>", '{{< talk/slides id="x" >}}', "<i>x</i>"],
    ["hugo", "callout", "> {content}", "{{% callout %}}\na\n\nb\n{{% /callout %}}", "> a\n> \n> b"],
    ["hugo", "note", "> **N** {content}", "{{% note %}}\na\n\nb\n{{% /note %}}", "> **N** a\n> \n> b"],
    ["hugo", "step", "- {0}: {content}", "{{% step A %}}\nb\n\nc\n{{% /step %}}", "- A: b\n  \n  c"],
    ["hugo", "example", "<xmp>{0} <b></xmp>", '{{< example "<i>" >}}', "<pre>&lt;i&gt; &lt;b&gt;</pre>"],
    ["hugo", "highlight", "drop", "a\n\n{{< highlight go >}}\nb\n{{< /highlight >}}\n\nc", "a\n\n\n\nc"],
    [
      "plain",
      "spoiler",
      "<details>{content}</details>",
      "::: spoiler\na\n\nb\n:::",
      "<details>\n\na\n\nb\n\n</details>",
    ],
    ["plain", "warning", "<p>{title}: {content}</p>", "::: warning A title\nb\n:::", "<p>A title: b</p>"],
    ["plain", "lite-x", "<i>{id}</i>", 'a <lite-x id="b"></lite-x> `<lite-x/>`', "a <i>b</i> `<lite-x/>`"],
    ["plain", "Chart", "<i>{value}</i>", 'a <Chart :value="1"/>', "a <i>1</i>"],
    ["jekyll", "signup.html", "drop", "a {% include signup.html %} b", "a  b"],
    ["jekyll", "signup", "<i>{to}</i>", 'a {% include forms/signup.html to="b" %}', "a <i>b</i>"],
    ["jekyll", "include", "drop", "a {% include x.html %}", "a "],
  ] as const)("%s: %s: %s", (dialect, name, template, text, written) => {
    expect(owned(dialect, { [name]: template }, text)).toBe(written);
  });

  test("of components and elements of MDX", () => {
    expect(owned("astro", { Foo: "<i>{dataId}</i>", "Foo.Bar": "drop" }, '<Foo dataId="b" /> <Foo.Bar />', true)).toBe(
      "<i>b</i> ",
    );
    expect(owned("astro", { "my-el": "content" }, "a <my-el>b</my-el>", true)).toBe("a b");
  });
});

describe("arguments are put where the template has them", () => {
  test.each([
    ["{0}-{1}-{2}", "{% x a b %}", "a-b-"],
    ["{0}", "{% x a:b %}", "a:b"],
    ["{1}", "{% x /a/, some words, c %}", "some words"],
    ["{title}{0}", '{% x "a b" %}', "a b"],
    ["{content}!", "{% x %}a *b*{% endx %}", "a *b*!"],
    ["{ 0 } {} {a b}", "{% x c %}", "{ 0 } {} {a b}"],
  ])("%s for %s", (template, text, written) => expect(owned("hexo", { x: template }, text)).toBe(written));

  test("a word of the page is its value where tags name values", () => {
    expect(owned("eleventy", { x: "{0}" }, "{% x title %}")).toBe("A title");
  });

  test.each([
    ["{0}", "&#42;a&#42;"],
    ["**{0}**", "**&#42;a&#42;**"],
    ["[b]({0})", "[b](&#42;a&#42;)"],
    ["`{0}`", "`*a*`"],
    ['<a href="{0}">b</a>', '<a href="*a*">b</a>'],
    ["<a href={0}>b</a>", '<a href="*a*">b</a>'],
    ["<a href=/{0}>b</a>", "<a href=/*a*>b</a>"],
    ["<a {0} {1}>b</a>", "<a  >b</a>"],
  ])("escaped for where it stands: %s", (template, written) => {
    expect(owned("hugo", { x: template }, '{{< x "*a*" >}}')).toBe(written);
  });
});

test("no argument is markup, wherever the template has it", () => {
  const templates = {
    t: "[{0}]",
    line: "{0}",
    html: "<b>{0}</b>",
    attribute: '<a href="https://a.example/?{0}" title="{0}">b</a>',
    name: "<a {0} href=https://a.example/>b</a>",
    loose: "<a title=x{0} href=https://a.example/>b</a>",
    single: "<a title='{0}' href='https://a.example/'>b</a>",
    bare: "<a title={0} href=https://a.example/>b</a>",
    link: "[b](https://a.example/{0})",
    code: "`- {0}`",
  };
  const site = siteOf({ templates, dialect: "hugo" });
  const word = fc
    .array(
      fc.constantFrom(..."<>&\"'()[]*_`~$#-=:|\\ ab1.".split(""), "</b>", "](", "<img src=x>", "&lt;", "- ", "1. "),
    )
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(word, fc.constantFrom(...Object.keys(templates)), (argument, name) => {
      // Within these quotes nothing but the quote and the backslash is special.
      const quoted = argument.replace(/["`\\]/g, "'");
      const { html } = renderEntry(postWith("", { site, body: `a\n\n{{< ${name} "${quoted}" >}}\n` }));
      const [, ...tags] = html.match(/<[a-z]\w*/g) ?? [];
      const own = { t: 1, line: 1, html: 2, attribute: 2, name: 2, loose: 2, single: 2, bare: 2, link: 2, code: 2 }[
        name
      ];
      const isShown = tags.length === own || (name === "line" && quoted.trim() === "" && tags.length === 0);
      expect(isShown, html).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test("a construct that is not known shows the line to add to site.yaml", () => {
  const { warnings } = expand("hexo", "{% slideshare 1 %}\n\n{% include a-b.html %}");
  expect(messagesOf(warnings)).toEqual([
    "1: {% slideshare 1 %} is not known to feeds",
    "3: {% include a-b.html %} names a file that feeds do not read",
  ]);
  const [tag, file] = warnings.map(({ fix }) => fix);
  expect(tag).toContain(
    "under `templates:` in site.yaml, add `slideshare: drop`, `slideshare: content` or what it shows: `slideshare: '",
  );
  expect(file).toContain("add `a-b.html: drop` or what it shows");
  expect(expand("plain", "::: x\na\n:::").warnings[0]?.fix).toContain("`x: drop`");
  expect(expand("jekyll", "{%- foo-bar 1 %}").warnings[0]?.fix).toContain("`foo-bar: drop`");
  expect(expand("hugo", "{{< my_own/Talk x >}}").warnings[0]?.fix).toContain('`"my_own/Talk": drop`');
  expect(expand("astro", "<MyChart a='b' />", { isMdx: true }).warnings[0]?.fix).toContain("`MyChart: drop`");
});

test("an argument does not part the cells of a table", () => {
  const text = '| a |\n| --- |\n| {% x "b|c" %} |';
  const site = siteOf({ templates: { x: '<a href="{0}">{0}</a> [d]({0})' }, dialect: "jekyll" });
  const { html } = renderEntry(postWith("", { site, body: text }));
  expect(html.match(/<td>/g)).toHaveLength(1);
  expect(html).toContain("b|c</a>");
});
