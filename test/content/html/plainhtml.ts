/** HTML as marked and careful authors write it, with small faults here and there: most of it needs no tree. */
import fc from "fast-check";
import { ELEMENTS, VOID } from "../../../lib/content/html/profile.ts";

const some = <T>(...values: readonly T[]) => fc.constantFrom(...values);

const NAMES = [...ELEMENTS.keys()].filter((name) => !VOID.has(name));
const COMMON = [
  "p",
  "p",
  "p",
  "a",
  "a",
  "em",
  "strong",
  "code",
  "ul",
  "ol",
  "li",
  "li",
  "blockquote",
  "h2",
  "h2",
  "pre",
];
const OTHER = [
  "center",
  "font",
  "form",
  "iframe",
  "custom-tag",
  "button",
  "svg",
  "noscript",
  "menu",
  "object",
  "embed",
  "lite-youtube",
];

const element = fc.oneof({ arbitrary: some(...COMMON), weight: 6 }, some(...NAMES), {
  arbitrary: some(...OTHER),
  weight: 1,
});

const text = fc.oneof(
  { arbitrary: some("words", " ", "\n", "中文", "a &amp; b", "&lt;b&gt;", "&quot;x&quot;", "it&#39;s"), weight: 6 },
  some(
    "&copy;",
    "&nbsp;",
    "&#x20;",
    "&notit;",
    "&",
    "&x",
    "&#0;",
    "[TOC]",
    "[toc",
    "$&#123;toc}",
    "{:toc}",
    "&amp;lt;",
  ),
  some("<", "<<", "< ", "<3", ">", "a<b", "1 <", "</", "<!", "<?x", "\u0001", "\ufffe", "\u3000", "]]>", "\t", "\f"),
);

const url = some(
  ...["https://a.example/b", "https://a.example/b?c=1&amp;d=2#e", "http://a.example/../b", "https://xn--a.example/"],
  ...[
    "./x",
    "../x",
    "x",
    "x/y.png",
    "/x",
    "//a.example/x",
    "/./x",
    "x/../y",
    "a:b",
    "x?y=1",
    "x#y",
    "#y",
    "#",
    "",
    "?",
  ],
  ...[
    "/a b",
    "/图.png",
    "%41",
    "%",
    "x%2e",
    "%2e%2e/x",
    ".",
    "..",
    "...",
    ".x",
    "x..y",
    "~x",
    "x//y",
    "/x//",
    "-x",
    "_x",
  ],
  ...["mailto:a@b.example", "javascript:x", "data:image/png;base64,AAAA", "loading.gif", "a&lt;b", "a&quot;b", "a<b"],
  ...["https://example.org/2024/post/#x", "https://youtu.be/dQw4w9WgXcQ", "pathname:///x", "\\x", "x\ty", "x y", "x|y"],
  ...[
    "http:x",
    "https:/x",
    "HTTPS://A.example/x",
    "x:y/z",
    "x;y,z!",
    "x@y",
    "(x)",
    "x=y",
    "$x",
    "x&amp;y",
    "/x?y#z",
    "x?#",
  ],
);

const attribute = fc.oneof(
  { arbitrary: fc.tuple(some("href", "href", "src"), url), weight: 5 },
  fc.tuple(
    some("title", "alt", "id", "lang", "align", "width", "height", "start", "style", "type"),
    some("", "x", "0"),
  ),
  fc.tuple(some("title", "alt"), some("a &amp; b", "a<b", "a > b", "&quot;", "&copy;", "&#39;", "'", "中\n文", "more")),
  fc.tuple(some("class"), some("language-js", "x", "sr-only", "katex", "gutter", "anchor", "language-", "lazy")),
  fc.tuple(some("id", "data-src", "data-lang", "controls", "checked", "HREF", "loading"), some("more", "x", "left")),
);

const written = fc
  .tuple(attribute, some(...'"""""\'', "", "="), some(...["", "", "", " "]))
  .map(([[name, value], quote, blank]) => (quote === "=" ? ` ${name}` : ` ${name}${blank}=${quote}${value}${quote}`));

const attributes = fc.oneof(
  { arbitrary: fc.constant(""), weight: 3 },
  { arbitrary: url.map((value) => ` href="${value}"`), weight: 2 },
  {
    arbitrary: fc
      .tuple(url, some("x", "a &amp; b", "a<b", "a > b", ""))
      .map(([to, title]) => ` href="${to}" title="${title}"`),
    weight: 1,
  },
  {
    arbitrary: fc.tuple(url, some("", "x", "a &amp; b", "a<b")).map(([src, alt]) => ` src="${src}" alt="${alt}"`),
    weight: 1,
  },
  { arbitrary: fc.array(written, { minLength: 1, maxLength: 3 }).map((all) => all.join("")), weight: 3 },
);

/** A tag may be missing, in capitals, or without its end. */
const fault = fc.oneof(
  { arbitrary: fc.constant(""), weight: 30 },
  some("open", "close", "case", "cut", "slash", "blank"),
);

const nodes = fc.letrec<{ many: string; one: string }>((tie) => ({
  many: fc.array(tie("one"), { maxLength: 4 }).map((all) => all.join("")),
  one: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    text,
    fc.tuple(element, attributes, tie("many"), fault).map(([name, given, inner, wrong]) => {
      const tag = wrong === "case" ? name.toUpperCase() : name;
      const open = `<${tag}${given}${wrong === "slash" ? "/" : ""}${wrong === "cut" ? "" : ">"}`;
      const close = `</${tag}${wrong === "blank" ? " " : ""}>`;
      return `${wrong === "open" ? "" : open}${inner}${wrong === "close" ? "" : close}`;
    }),
    fc
      .tuple(
        some("br", "hr", "img", "img", "wbr", "input", "source", "track", "col"),
        attributes,
        some("", "", "/", " /"),
      )
      .map(([name, given, end]) => `<${name}${given}${end}>`),
    some("<!-- more -->", "<!--more-->", "<!-- x -->", "<!---->", "<!-- > -->", "<!-- -- -->", "<!x>", "<?php ?>"),
    some('<input checked="" disabled="" type="checkbox"> ', "<p>[TOC]</p>", "<p>\n</p>", '<a id="more"></a>'),
  ),
})).many;

export const plainHtml = nodes;
