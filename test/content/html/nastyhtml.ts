/** HTML as it is found, and worse: real elements and attributes, nested, cut off and misspelt. */
import fc from "fast-check";

const some = <T>(...values: readonly T[]) => fc.constantFrom(...values);

const element = some(
  ...[
    "p",
    "p",
    "div",
    "span",
    "span",
    "section",
    "blockquote",
    "ul",
    "ol",
    "li",
    "li",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
  ],
  ...["b", "em", "strong", "a", "a", "code", "pre", "pre", "q", "ins", "time", "ruby", "rt", "figure", "figcaption"],
  ...["table", "thead", "tbody", "tr", "td", "td", "th", "details", "summary", "picture", "video", "audio", "center"],
  ...["font", "form", "label", "fieldset", "noscript", "iframe", "object", "script", "style", "svg", "math", "mfrac"],
  ...[
    "mi",
    "annotation",
    "button",
    "textarea",
    "select",
    "option",
    "title",
    "template",
    "lite-youtube",
    "mjx-container",
  ],
  ...[
    "custom-tag",
    "o:p",
    "DIV",
    "P",
    "xmp",
    "plaintext",
    "address",
    "main",
    "nav",
    "footer",
    "legend",
    "menu",
    "dir",
    "amp-img",
    "amp-iframe",
    "amp-video",
    "listing",
    "amp-img",
    "amp-iframe",
    "amp-video",
    "listing",
  ],
);
const voidElement = some(
  ...[
    "br",
    "hr",
    "img",
    "img",
    "img",
    "input",
    "source",
    "track",
    "col",
    "wbr",
    "embed",
    "param",
    "meta",
    "link",
    "base",
  ],
  "area",
);

const url = some(
  ...[
    "a.png",
    "/a b.png",
    "//c.example/d",
    "#f",
    "#",
    "?q=1&amp;r=2",
    "",
    " ",
    "图.png",
    "a%20b",
    "a%b",
    "a\\b",
    "a\tb\nc",
  ],
  ...[
    "https://e.example/x",
    "http://e.example",
    "HTTPS://E.example/%41",
    "https:",
    "https://",
    "mailto:a@b.c",
    "tel:+1 2",
  ],
  ...[
    "javascript:alert(1)",
    "java&#10;script:x",
    "vbscript:x",
    "data:text/html,x",
    "data:image/png;base64,AAAA",
    "file:///x",
  ],
  ...["https://www.youtube.com/embed/dQw4w9WgXcQ", "//player.bilibili.com/player.html?aid=1", "loading.gif", "x.mp4"],
  ...[
    "https://gist.github.com/u/abc.js",
    "https://example.org/2024/post/#x",
    "a.png 1x, b.png 2x",
    "data:x 1x, a,b.png 2x",
  ],
);
const className = some(
  ...[
    "language-js",
    "hljs js",
    "highlight",
    "highlight js",
    "gutter",
    "lntd",
    "lnt",
    "ln",
    "lineno",
    "line-numbers-rows",
  ],
  ...[
    "katex",
    "katex-html",
    "katex-display",
    "katex-mathml",
    "MathJax",
    "MathJax_Preview",
    "anchor",
    "headerlink",
    "lazy",
  ],
  ...["sr-only", "copy-btn", "footnotes", "x", "", "code"],
);
const word = some(
  "x",
  "1",
  " ",
  "\n",
  "#",
  "¶",
  "[TOC]",
  "&amp;",
  "&lt;b&gt;",
  "&quot;",
  "&nbsp;",
  "&#x6A;",
  "&",
  "图",
  "a_1",
);

const attribute = fc.oneof(
  fc.tuple(
    some("href", "src", "srcset", "data-src", "data-original", "data-srcset", "poster", "cite", "data", "SRC"),
    url,
  ),
  fc.tuple(some("class"), className),
  fc.tuple(some("id"), some("more", "x")),
  fc.tuple(some("width", "height", "start", "data-line-number"), some("1", "0", "2", "100%")),
  fc.tuple(
    some("title", "alt", "lang", "dir", "align", "display", "type", "encoding", "style"),
    some(
      ...[
        "x",
        'a "b"',
        "text-align:center",
        "true",
        "block",
        "math/tex; mode=display",
        "checkbox",
        "application/x-tex",
      ],
      ...["image/png", ""],
    ),
  ),
  fc.tuple(some("onclick", "onerror", "formaction", "srcdoc", "ping", "controls", "autoplay", "open", "checked"), word),
);
const attributes = fc.array(fc.tuple(attribute, some('"', '"', '"', "'", "", "none")), { maxLength: 3 }).map((pairs) =>
  pairs
    .map(([[name, value], quote]) => {
      if (quote === "none") return ` ${name}`;
      return ` ${name}=${quote}${quote === "" ? value : value.replaceAll(quote, quote === '"' ? "&quot;" : "&#39;")}${quote}`;
    })
    .join(""),
);

/** Nested elements, closed and not, with text between them. */
const tree = fc.letrec<{ nodes: string; node: string }>((tie) => ({
  nodes: fc.array(tie("node"), { maxLength: 4 }).map((nodes) => nodes.join("")),
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    word,
    fc.tuple(voidElement, attributes, some("", "/", " /")).map(([name, written, end]) => `<${name}${written}${end}>`),
    some(
      "<!-- more -->",
      "<!--more-->",
      "<!-- x -->",
      "<!---->",
      "<!-->",
      "<![CDATA[x]]>",
      "<?x?>",
      "</p>",
      "</div>",
      "</",
    ),
    fc
      .tuple(element, attributes, tie("nodes"), some(true, true, true, true, false))
      .map(([name, written, held, isClosed]) => `<${name}${written}>${held}${isClosed ? `</${name}>` : ""}`),
  ),
})).nodes;

export const nastyHtml: fc.Arbitrary<string> = fc
  .array(tree, { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(""));
