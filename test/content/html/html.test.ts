import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeAttribute, escapeText } from "../../../lib/base/text.ts";
import { makeFeedSafe } from "../../../lib/content/html/html.ts";

const BASE = "https://example.org/2024/post/";
const safe = (html: string) => makeFeedSafe(html, BASE).html;

describe("URLs become absolute, as the post's page reads them", () => {
  test.each([
    ["a.png", `${BASE}a.png`],
    ["../a.png", "https://example.org/2024/a.png"],
    ["/a.png", "https://example.org/a.png"],
    ["//cdn.example/a.png", "https://cdn.example/a.png"],
    ["?q=1&amp;r=2", `${BASE}?q=1&amp;r=2`],
    ["#note", `${BASE}#note`],
    ["", BASE],
    [" a.png ", `${BASE}a.png`],
    ["你好.png", `${BASE}%E4%BD%A0%E5%A5%BD.png`],
    ["http://other.example/a", "http://other.example/a"],
  ])("%j", (written, url) => {
    expect(safe(`<a href="${written}">x</a>`)).toBe(`<a href="${url}">x</a>`);
    expect(safe(`<img src="${written}">`)).toBe(`<img src="${url}">`);
    expect(safe(`<video poster="${written}"></video>`)).toBe(`<video poster="${url}" controls=""></video>`);
    expect(safe(`<q cite="${written}">x</q>`)).toBe(`<q cite="${url}">x</q>`);
  });

  test.each([
    ["a b.png", `${BASE}a%20b.png`],
    ["a%20b.png", `${BASE}a%20b.png`],
    ["a%2520b.png", `${BASE}a%2520b.png`],
    ["100%.png", `${BASE}100%25.png`],
    ["%E4%BD%A0 好", `${BASE}%E4%BD%A0%20%E5%A5%BD`],
    ["a\\b.png", `${BASE}a/b.png`],
    ["images%5Ca.png", `${BASE}images/a.png`],
    ["?q=%5C", `${BASE}?q=%5C`],
    ["a\tb\n.png", `${BASE}ab.png`],
    ["HTTPS://EXAMPLE.com", "https://example.com/"],
    ["https://例え.example/", "https://xn--r8jz45g.example/"],
    ["https://a.example/b/../c/./d", "https://a.example/c/d"],
    ["https://a.example/?b=c d&amp;e='f'", "https://a.example/?b=c%20d&amp;e=%27f%27"],
    ["https:other", `${BASE}other`],
    ["mailto:a b@c.example?subject=你 好", "mailto:a%20b@c.example?subject=%E4%BD%A0%20%E5%A5%BD"],
    ["//[", undefined],
  ])("%j is encoded once, whatever was in it", (written, url) => {
    expect(safe(`<a href="${written}">x</a>`)).toBe(url === undefined ? "x" : `<a href="${url}">x</a>`);
  });

  test("each candidate of a srcset", () => {
    expect(safe('<img srcset="a.png 1x, /b.png 2x, javascript:x 3x">')).toBe(
      `<img srcset="${BASE}a.png 1x, https://example.org/b.png 2x">`,
    );
    expect(safe('<picture><source srcset="a.webp 480w, b.webp 800w" sizes="50vw"></picture>')).toBe(
      `<picture><source srcset="${BASE}a.webp 480w, ${BASE}b.webp 800w" sizes="50vw"></picture>`,
    );
    expect(safe('<img srcset="a,b.png\n1x,\n\tdata:image/png;base64,AA== 2x,c.png 3x">')).toBe(
      `<img srcset="${BASE}a,b.png 1x, ${BASE}c.png 3x">`,
    );
    expect(safe('<img srcset="a.png" alt="x">')).toBe(`<img srcset="${BASE}a.png" alt="x">`);
    expect(safe('<img srcset=" , ,, ">x')).toBe("x");
  });

  test.each([
    ...["mailto:a@example.org", "tel:+331", "sms:+331", "xmpp:a@example.org", "magnet:?xt=1", "ftp://a.example/b"],
    ...["geo:1,2", "gemini://a.example/", "irc://a.example/b", "matrix:u/a:example.org"],
  ])("%s may be linked, not loaded", (url) => {
    expect(safe(`<a href="${url}">x</a>`)).toBe(`<a href="${url}">x</a>`);
    expect(safe(`x<img src="${url}">`)).toBe("x");
  });
});

describe("what would be executed is removed", () => {
  test.each([
    "<script>alert(1)</script>",
    "<SCRIPT src=//evil.example/x.js></SCRIPT>",
    "<style>p{}</style>",
    "<iframe src='javascript:alert(1)'>x</iframe>",
    "<iframe srcdoc='<script>alert(1)</script>' src=x></iframe>",
    "<iframe src='https://counter.example/' width=0 height=0></iframe>",
    "<object data='data:text/html,x'>y</object>",
    "<embed src=javascript:x>",
    "<applet code=x>y</applet>",
    "<svg onload=alert(1)><circle/><script>x</script></svg>",
    "<template><p>x</p></template>",
    "<noscript><p>x</p><iframe src='https://counter.example/'></iframe></noscript>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href='//evil.example/'>",
    "<link rel=stylesheet href=x>",
    "<form action=x><input name=a><textarea>x</textarea><button>b</button></form>",
    "<select><option>a</option></select>",
    "<!-- comment --><!doctype html><?php x ?><![CDATA[x]]>",
    "<img src=x:y onerror=alert(1)>",
  ])("%s", (html) => expect(safe(`<p>a</p>${html}`)).toBe("<p>a</p>"));

  test.each([
    "onclick",
    "ONLOAD",
    "onerror",
    "style",
    "id",
    "srcdoc",
    "formaction",
    "ping",
    "xmlns",
    "data-x",
    "background",
  ])("the attribute %s", (name) => expect(safe(`<p ${name}="alert(1)">a</p>`)).toBe("<p>a</p>"));

  test.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "  javascript:alert(1)",
    "\u0001javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java\r\nscript:alert(1)",
    "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;&#x61;vascript:alert(1)",
    "&#0000106avascript:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "data:text/html;base64,eA==",
    "data:image/svg+xml;base64,eA==",
    "DATA:text/html,x",
    "file:///etc/passwd",
    "blob:https://example.org/x",
    "http://",
  ])("a URL %j", (url) => {
    expect(safe(`<a href="${url}">x</a>`)).toBe("x");
    expect(safe(`<blockquote cite="${url}">x</blockquote>`)).toBe("<blockquote>x</blockquote>");
    expect(safe(`<img src="${url}" alt=x>`)).toBe("");
    expect(safe(`<img srcset="${url} 2x">`)).not.toMatch(/script:|data:|file:|blob:/i);
    expect(safe(`<video src="${url}" poster="${url}"></video>`)).toBe('<video controls=""></video>');
  });

  test("an element within what is dropped is dropped too, and what follows stays", () => {
    expect(safe("<svg><br><p>x</p><img src=a><input></svg><p>after</p>")).toBe("<p>after</p>");
    expect(safe("<button><script>x</script>y</button>z")).toBe("z");
  });

  test("an unknown element is removed and its text stays", () => {
    expect(safe("<p><font color=red><blink>a</blink></font> <custom-tag>b</custom-tag></p>")).toBe("<p>a b</p>");
  });
});

describe("what a feed may carry stays", () => {
  const PNG = "data:image/png;base64,iVBORw0KGgo=";

  test("a PNG within a URL, on img only", () => {
    expect(safe(`<img src="${PNG}" alt="x">`)).toBe(`<img src="${PNG}" alt="x">`);
    expect(safe(`<a href="${PNG}">x</a>`)).toBe("x");
    expect(safe(`<video src="${PNG}" poster="${PNG}"></video>`)).toBe('<video controls=""></video>');
    expect(safe(`<img src="${PNG}%22 onload=x">`)).toBe("");
  });

  test("language and direction", () => {
    const html = '<p lang="ar" dir="rtl">مرحبا <span lang="zh-CN" title="a">你好</span></p>';
    expect(safe(html)).toBe(html);
  });

  test("tables, ruby, figures and details", () => {
    const html =
      '<table><thead><tr><th scope="col" align="right">a</th></tr></thead><tbody><tr><td colspan="2">b</td></tr></tbody></table>' +
      '<ruby>漢<rp>(</rp><rt>kan</rt></ruby><details open=""><summary>s</summary>d</details>' +
      '<figure><img src="https://example.org/a.png" alt="a" width="1"><figcaption>c</figcaption></figure>';
    expect(safe(html)).toBe(html);
  });

  test("a picture within a URL that was broken into lines", () => {
    expect(safe('<img src="data:image/png;base64,AA\nAA ==">')).toBe('<img src="data:image/png;base64,AAAA==">');
  });

  test("audio and video, which never start by themselves", () => {
    expect(safe('<video src="a.mp4" autoplay loop muted playsinline poster="p.png">x</video>')).toBe(
      `<video src="${BASE}a.mp4" poster="${BASE}p.png" controls="">x</video>`,
    );
    expect(safe('<audio controls="controls"><source src="/a.mp3" type="audio/mpeg"><track src="t.vtt"></audio>')).toBe(
      '<audio controls=""><source src="https://example.org/a.mp3" type="audio/mpeg">' +
        `<track src="${BASE}t.vtt"></audio>`,
    );
  });

  test("obsolete elements as those that took their place, and the text of all others", () => {
    expect(safe("<center>a</center><font color=red>b</font><big>c</big><marquee>d</marquee>")).toBe(
      "<div>a</div>b<big>c</big><div>d</div>",
    );
    expect(safe("<acronym title=x>a</acronym><dir><li>b</dir><xmp><b></xmp><blink>c</blink>")).toBe(
      '<abbr title="x">a</abbr><ul><li>b</li></ul><pre>&lt;b&gt;</pre>c',
    );
    expect(safe("<p>a<center>b</center>c")).toBe("<p>a</p><div>b</div>c");
    expect(safe("<form><fieldset><legend>a</legend><label>b <input> </label></fieldset></form>")).toBe(
      "<div><div>a</div>b  </div>",
    );
    expect(safe('<amp-img src="a.png" alt="x" width="2" height="2"></amp-img>b')).toBe(
      `<img src="${BASE}a.png" alt="x" width="2" height="2">b`,
    );
  });

  test("how a cell is aligned, by attribute or by style", () => {
    const row =
      '<td style="color:red; text-align: Center">a</td><th style="text-align:right">b</th><td align="left">c</td>';
    expect(safe(`<table><tr>${row}</tr></table>`)).toBe(
      '<table><tr><td align="center">a</td><th align="right">b</th><td align="left">c</td></tr></table>',
    );
    expect(safe('<td align="left" style="text-align:right">a</td><p style="text-align:center">b</p>')).toBe(
      '<td align="left">a</td><p>b</p>',
    );
  });

  test("no alternative text is made up, and a tracking pixel is removed", () => {
    expect(safe('<img src="a.png"><img src="b.png" width="1" height="1"><img src="c.png" width="1">')).toBe(
      `<img src="${BASE}a.png"><img src="${BASE}c.png" width="1">`,
    );
  });

  test("no link within a link, and no span without attributes", () => {
    expect(safe('<a href="a">b<span class="x">c<a href="d">e</a></span></a>')).toBe(`<a href="${BASE}a">bce</a>`);
    expect(safe('<a href="a"><b><a href="d">e</a></b></a>')).toBe(`<a href="${BASE}a"><b>e</b></a>`);
    expect(safe('<a name="a">b</a>')).toBe("b");
  });

  test("elements nested beyond reason leave their text", () => {
    const output = safe(`${"<b>".repeat(5000)}x${"</b>".repeat(5000)}`);
    expect(output).toMatch(/^(?:<b>){200}x(?:<\/b>){200}$/);
  });

  test("the language of code, and no other class", () => {
    expect(safe('<pre class="x"><code class="hljs language-c++ y">a</code></pre>')).toBe(
      '<pre><code class="language-c++">a</code></pre>',
    );
    expect(safe('<code class="hljs">a</code><p class="language-js">b</p>')).toBe("<code>a</code><p>b</p>");
  });

  test("entities, as the character or as one of the named escapes", () => {
    expect(safe("&copy; &lt;b&gt; &amp;amp; &nbsp;x &#20320;")).toBe("© &lt;b&gt; &amp;amp; \u00a0x 你");
  });

  test("quotes within attributes", () => {
    expect(safe(`<abbr title='a "b" <c> & d'>x</abbr>`)).toBe(
      '<abbr title="a &quot;b&quot; &lt;c&gt; &amp; d">x</abbr>',
    );
  });

  test("what is left open is closed", () => {
    expect(safe("<p>a <b>b <em>c")).toBe("<p>a <b>b <em>c</em></b></p>");
    expect(safe("<ul><li>a<li>b</ul></div></b>")).toBe("<ul><li>a</li><li>b</li></ul>");
  });

  test.each(["<a href=", '<a href="x', "<b", "<input"])("a tag that the end cuts off (%s) is nothing", (cut) => {
    expect(safe(`<p>a <em>b${cut}`)).toBe("<p>a <em>b</em></p>");
  });

  test.each([
    ["<script>alert(1)", "&lt;script&gt;alert(1)"],
    ["<title> is an element, and this is *read*", "&lt;title&gt; is an element, and this is *read*"],
    ["<svg onload=", "&lt;svg onload="],
    ["<textarea>a</textarea> <TEXTAREA> b", " &lt;TEXTAREA&gt; b"],
  ])("%s takes nothing with it that its author did not close", (html, text) => {
    expect(safe(`<p>a</p>${html}`)).toBe(`<p>a</p>${text}`);
  });

  test("a heading for screen readers alone is gone", () => {
    expect(safe('<h2 class="x sr-only">Footnotes</h2><p>a</p>')).toBe("<p>a</p>");
  });
});

describe("a picture that is loaded later is loaded", () => {
  const DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
  const SHOWN = `<img src="${BASE}a.png">`;

  test.each([
    `<img src="${DOT}" data-src="a.png">`,
    '<img data-src="a.png">',
    '<img src="" data-original="a.png">',
    '<img src="/img/loading.gif" data-original="a.png">',
    '<img src="https://cdn.example/lazy-loading_2.svg?v=1" data-lazy-src="a.png">',
    '<img src="thumb.png" class="photo lazyload" data-src="a.png">',
    '<img src="about:blank" data-echo="a.png">',
    '<img src="placeholder.png" data-actualsrc=" a.png ">',
    '<img src="1x1.gif" data-lazy="true" data-original="a.png">',
    `<img width="1" height="1" src="${DOT}" data-src="a.png">`,
  ])("%s", (html) => expect(safe(html)).toBe(SHOWN));

  test("unless it is shown already", () => {
    expect(safe('<img src="a.png" data-original="full.png">')).toBe(SHOWN);
    expect(safe('<img src="a.png" data-src="loading.gif" data-sizes="auto">')).toBe(SHOWN);
    expect(safe('<img src="loading.gif">')).toBe(`<img src="${BASE}loading.gif">`);
    expect(safe(`<img src="${DOT}" data-src="javascript:x">`)).toBe("");
  });

  test("in whichever sizes", () => {
    expect(safe(`<img src="${DOT}" data-srcset="a.png 1x, b.png 2x" data-sizes="auto">`)).toBe(
      `<img src="${BASE}a.png" srcset="${BASE}a.png 1x, ${BASE}b.png 2x">`,
    );
    expect(safe('<picture><source data-srcset="a.webp 1x" data-sizes="50vw"><img data-src="a.png"></picture>')).toBe(
      `<picture><source srcset="${BASE}a.webp 1x" sizes="50vw"><img src="${BASE}a.png"></picture>`,
    );
    expect(safe('<img srcset="data:image/gif;base64,AA 1x" data-lazy-srcset="a.png 2x" src="c.png">')).toBe(
      `<img srcset="${BASE}a.png 2x" src="${BASE}c.png">`,
    );
  });

  test("once, where noscript keeps it too", () => {
    expect(safe(`<p><img src="${DOT}" data-src="a.png"><noscript><img src="a.png">words</noscript></p>`)).toBe(
      `<p>${SHOWN}</p>`,
    );
    expect(safe(`<noscript><img src="a.png"></noscript>\n<img data-src="a.png">`)).toBe(SHOWN);
    expect(safe(`<a href="/"><img data-src="b.png"></a><noscript><a href="/"><img src="a.png"></a></noscript>`)).toBe(
      `<a href="https://example.org/"><img src="${BASE}b.png"></a>`,
    );
    expect(safe('<img src="a.png"><noscript><img src="a.png"></noscript>')).toBe(SHOWN);
    const picture = '<picture><source srcset="a.webp"><img src="a.png"></picture>';
    expect(safe(`<figure><img class="lazy" data-src="a.png"><noscript>${picture}</noscript></figure>`)).toBe(
      `<figure>${SHOWN}</figure>`,
    );
  });

  test("from noscript, where that alone has it", () => {
    expect(safe('<noscript><img src="a.png">words</noscript>')).toBe(SHOWN);
    expect(safe(`<img src="${DOT}"><noscript><img src="a.png"></noscript>`)).toBe(SHOWN);
    expect(safe('<noscript><img src="a.png"></noscript><img src="loading.svg">')).toBe(SHOWN);
    expect(safe('<img src="b.png"><noscript><img src="a.png"></noscript>')).toBe(`<img src="${BASE}b.png">${SHOWN}`);
    expect(safe('<noscript><img src="https://counter.example/" width="1" height="1"></noscript>')).toBe("");
  });
});

describe("what XML cannot hold", () => {
  test.each([
    ["a\u0000\u0008\u000b\u000c\u001fb", "ab"],
    ["a\ufffe\uffffb", "ab"],
    ["a\ud83db\udc00c", "abc"],
    ["a\u0009b\nc", "a\u0009b\nc"],
    ["a\r\nb\rc", "a\nb\nc"],
    ["😀\u{10ffff}\u0085\u007f", "😀\u{10ffff}\u0085\u007f"],
    ["]]>", "]]&gt;"],
    ["]]]]>>", "]]]]&gt;&gt;"],
  ])("%j becomes %j, in text and in attributes", (written, clean) => {
    expect(safe(`<p>${written}</p>`)).toBe(`<p>${clean}</p>`);
    expect(safe(`<p title="${written}"></p>`)).toBe(`<p title="${clean}"></p>`);
  });

  test.each(["&#8;", "&#x0;", "&#xFFFE;", "&#xD83D;", "&#11;"])(
    "%s written as a reference leaves nothing illegal",
    (reference) => {
      expect(safe(`a${reference}b`)).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u);
    },
  );
});

test("text and attributes are escaped with named escapes only", () => {
  expect(escapeText(`<a & "b" 'c'>`)).toBe(`&lt;a &amp; "b" 'c'&gt;`);
  expect(escapeAttribute(`<a & "b">`)).toBe("&lt;a &amp; &quot;b&quot;&gt;");
});

describe("whatever the HTML", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "<p>",
      "</p>",
      "<div>",
      "</div>",
      "<b>",
      "</b>",
      "<a href=",
      "<img src=",
      "<img srcset=",
      "<video poster=",
    ),
    fc.constantFrom(
      "<script>",
      "</script>",
      "<svg>",
      "</svg>",
      "<style>",
      "</style>",
      "<li>",
      "<ul>",
      "</ul>",
      "<td>",
      "<tr>",
    ),
    fc.constantFrom(
      "<table>",
      "</table>",
      "<br>",
      "<input type=checkbox checked>",
      "<h2>",
      "</h2>",
      "<pre>",
      "<textarea>",
    ),
    fc.constantFrom(
      "<font>",
      "</font>",
      "<center>",
      "<math>",
      "<title>",
      "<plaintext>",
      "<iframe>",
      "<q cite=",
      "<form>",
      "<o:p>",
    ),
    fc.constantFrom(
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "]]",
      "<?",
      "?>",
      "<!",
      "</",
      "<",
      ">",
      "/>",
      "/",
      "=",
      '"',
      "'",
      "`",
    ),
    fc.constantFrom(
      "javascript:",
      "JAVA\tSCRIPT:",
      "data:image/png;base64,AAAA",
      "data:text/html,",
      "//x.example",
      "../a",
      "#b",
      "?c",
    ),
    fc.constantFrom(
      "https://x.example/a b",
      "mailto:",
      "http:",
      "https://",
      " onload=",
      " style=",
      " class=sr-only",
      " title=",
      " 2x, ",
    ),
    fc.constantFrom(
      "&amp;",
      "&lt;",
      "&gt;",
      "&quot;",
      "&",
      "&#x6A;",
      "&#10;",
      "&Tab;",
      "&colon;",
      "&#0;",
      "&#xD800;",
      "&nbsp",
    ),
    fc.constantFrom(
      " ",
      "\t",
      "\n",
      "\r",
      "\r\n",
      "\0",
      "\u0008",
      "\ud800",
      "\udc00",
      "\uffff",
      "你好",
      "　",
      "👩‍🌾",
      ",",
      "%",
      "%2",
    ),
    fc.string({ maxLength: 6 }),
    fc.string({ unit: "binary", maxLength: 6 }),
  );
  const htmlish = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
  const runs = { numRuns: 1_000 };

  const TAG = /<[a-z][a-z0-9]*(?: [a-z]+="[^"<>]*")*>|<\/[a-z][a-z0-9]*>/g;
  const attributesIn = (html: string) =>
    (html.match(TAG) ?? []).flatMap((tag) =>
      [...tag.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => ({ name, value })),
    );

  test("the output is tags with quoted attributes, and text with no other markup", () => {
    fc.assert(
      fc.property(htmlish, (html) => {
        const output = safe(html);
        const text = output.replace(TAG, "");
        expect(text).not.toMatch(/[<>]/);
        expect(output.replace(/&(?:amp|lt|gt|quot);/g, "")).not.toContain("&");
        expect(output).not.toContain("]]>");
        expect(output).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\r]|\p{Surrogate}/u);
      }),
      runs,
    );
  });

  test("no script, no event handler, no style comes out", () => {
    fc.assert(
      fc.property(htmlish, (html) => {
        const output = safe(html);
        expect(output).not.toMatch(/<(?:script|style|iframe|svg|math|form|input|object|embed|base|meta|link)/i);
        for (const { name } of attributesIn(output)) expect(name).not.toMatch(/^on|^(?:style|id|srcdoc)$/);
      }),
      runs,
    );
  });

  test("every URL is absolute and of a scheme that executes nothing", () => {
    fc.assert(
      fc.property(htmlish, (html) => {
        for (const { name, value } of attributesIn(safe(html))) {
          const urls =
            name === "srcset" ? value.split(/,\s+/) : ["href", "src", "poster", "cite"].includes(name) ? [value] : [];
          for (const url of urls) {
            expect(url).toMatch(
              /^(?:https?:\/\/[^/]|(?:ftp|mailto|tel|sms|xmpp|magnet|geo|gemini|ircs?|matrix):|data:image\/(?:png|jpe?g|gif|webp|avif);base64,)/,
            );
          }
        }
      }),
      runs,
    );
  });

  test("what opens is closed, in order", () => {
    fc.assert(
      fc.property(htmlish, (html) => {
        const open: string[] = [];
        for (const [tag] of safe(html).matchAll(TAG)) {
          const name = /[a-z][a-z0-9]*/.exec(tag)?.[0] ?? "";
          if (tag.startsWith("</")) expect(open.pop()).toBe(name);
          else if (!["br", "col", "hr", "img", "source", "track", "wbr"].includes(name)) open.push(name);
        }
        expect(open).toEqual([]);
      }),
      runs,
    );
  });

  test("made safe once, it is safe: a second time changes nothing", () => {
    const name = fc.constantFrom(
      "p",
      "ul",
      "li",
      "div",
      "b",
      "a href=x",
      "font",
      "form",
      "table",
      "tr",
      "td",
      "h2",
      "svg",
      "option",
    );
    const tags = fc.array(fc.tuple(name, fc.boolean()), { maxLength: 12 });
    const nested = tags.map((each) => each.map(([tag, open]) => (open ? `<${tag}>x` : `</${tag}>`)).join(""));
    fc.assert(
      fc.property(fc.oneof(htmlish, nested), (html) => {
        const once = safe(html);
        expect(safe(once)).toBe(once);
      }),
      runs,
    );
  });

  test("an unknown element around a block changes nothing the second time", () => {
    const once = safe("<p><font><ul><li>x</li></ul></font></p>");
    expect(safe(once)).toBe(once);
  });
});
