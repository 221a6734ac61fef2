/** Code, anchors and formulas as a page shows them, and as a feed is to. */
import { describe, expect, test } from "vitest";
import { makeFeedSafe } from "../../../lib/content/html/html.ts";

const BASE = "https://example.org/2024/post/";
const safe = (html: string) => makeFeedSafe(html, BASE).html;

describe("code is shown once, without its line numbers, with its language", () => {
  const code = (language: string, text: string) => `<pre><code class="language-${language}">${text}</code></pre>`;

  test("of Hexo", () => {
    const line = (text: string) => `<span class="line">${text}</span><br>`;
    const gutter = `<td class="gutter"><pre>${line("1")}${line("2")}</pre></td>`;
    const body = `<td class="code"><pre>${line('<span class="keyword">let</span> a &lt; 1;')}${line("42")}</pre></td>`;
    const table = `<table><tr>${gutter}${body}</tr></table>`;
    expect(safe(`<figure class="highlight js">${table}</figure>`)).toBe(
      `<figure>${code("js", "let a &lt; 1;\n42\n")}</figure>`,
    );
    expect(
      safe(`<figure class="highlight plaintext"><figcaption><span>a.txt</span></figcaption>${table}</figure>`),
    ).toBe(`<figure><figcaption>a.txt</figcaption>${code("plaintext", "let a &lt; 1;\n42\n")}</figure>`);
    expect(safe(`<figure class="highlight"><table><tr>${body}</tr></table></figure>`)).toBe(
      "<figure><table><tr><td><pre>let a &lt; 1;\n42\n</pre></td></tr></table></figure>",
    );
  });

  test("of Jekyll", () => {
    const rouge =
      '<table class="rouge-table"><tbody><tr><td class="gutter gl"><pre class="lineno">1\n2\n</pre></td>' +
      '<td class="code"><pre><span class="k">def</span> a\nend\n</pre></td></tr></tbody></table>';
    expect(
      safe(
        `<div class="language-ruby highlighter-rouge"><div class="highlight"><pre class="highlight"><code>${rouge}</code></pre></div></div>`,
      ),
    ).toBe(`<div><div>${code("ruby", "def a\nend\n")}</div></div>`);
    expect(
      safe(
        `<figure class="highlight"><pre><code class="language-ruby" data-lang="ruby">${rouge}</code></pre></figure>`,
      ),
    ).toBe(`<figure>${code("ruby", "def a\nend\n")}</figure>`);
    expect(
      safe(
        '<div class="language-sh highlighter-rouge"><div class="highlight"><pre class="highlight"><code><span class="nb">cd</span>\n</code></pre></div></div>',
      ),
    ).toBe(`<div><div>${code("sh", "cd\n")}</div></div>`);
  });

  test("of Hugo, in a table and in the lines", () => {
    const cell = (text: string) =>
      `<td class="lntd">\n<pre tabindex="0" class="chroma"><code${text}</code></pre></td>\n`;
    const table = `<table class="lntable"><tr>${cell('><span class="lnt">1\n</span><span class="lnt">2\n</span>')}${cell(
      ' class="language-go" data-lang="go"><span class="line"><span class="cl">x\n</span></span>7\n',
    )}</tr></table>`;
    expect(safe(`<div class="highlight"><div class="chroma">${table}</div></div>`)).toBe(
      `<div><div>${code("go", "x\n7\n")}</div></div>`,
    );
    expect(
      safe(
        '<pre class="chroma"><code class="language-go"><span class="line"><span class="ln">1</span><span class="cl">x\n</span></span></code></pre>',
      ),
    ).toBe(code("go", "x\n"));
  });

  test("of Pygments, Prism, highlight.js, GitHub and VuePress", () => {
    expect(
      safe(
        '<table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre>1\n2</pre></div></td><td class="code"><div class="highlight"><pre>a\nb\n</pre></div></td></tr></table>',
      ),
    ).toBe("<pre>a\nb\n</pre>");
    expect(
      safe(
        '<pre class="language-css line-numbers"><code class="language-css">a{}<span aria-hidden="true" class="line-numbers-rows"><span></span></span></code></pre>',
      ),
    ).toBe(code("css", "a{}"));
    const row = (n: number, text: string) =>
      `<tr><td class="hljs-ln-line hljs-ln-numbers" data-line-number="${n}"><div class="hljs-ln-n" data-line-number="${n}"></div></td>` +
      `<td class="hljs-ln-line hljs-ln-code" data-line-number="${n}">${text}</td></tr>`;
    expect(
      safe(
        `<pre><code class="hljs js"><table class="hljs-ln"><tbody>${row(1, "a")}${row(2, "42")}${row(3, "")}</tbody></table></code></pre>`,
      ),
    ).toBe(code("js", "a\n42\n\n"));
    expect(
      safe(
        '<div class="highlight-source-py"><table><tr><td class="blob-num" data-line-number="1"></td><td class="blob-num" data-line-number="1"></td><td class="blob-code">x = 1</td></tr></table></div>',
      ),
    ).toBe(`<div>${code("py", "x = 1\n")}</div>`);
    expect(
      safe(
        '<div class="language-js line-numbers-mode"><pre class="language-js"><code>a\n</code></pre><div class="line-numbers-wrapper"><span class="line-number">1</span><br></div></div>',
      ),
    ).toBe(`<div>${code("js", "a\n")}</div>`);
  });

  test("with the lines that its breaks make, and no button", () => {
    expect(safe("<pre>a<br>b<br/>\nc</pre>")).toBe("<pre>a\nb\n\nc</pre>");
    expect(safe('<pre class="brush: php">a</pre><pre data-language="rust"><code>b</code></pre>')).toBe(
      `${code("php", "a")}${code("rust", "b")}`,
    );
    expect(safe('<div><button class="copy">Copy</button><div class="copy-btn">复制</div><pre>a</pre></div>')).toBe(
      "<div><pre>a</pre></div>",
    );
  });

  test("what is no number of a line stays, whatever its class", () => {
    expect(safe('<table><tr><td class="gutter">Name</td><td>x</td></tr></table>')).toBe(
      "<table><tr><td>Name</td><td>x</td></tr></table>",
    );
    expect(safe('<div class="row gutter"><p>a</p>1</div>')).toBe("<div><p>a</p>1</div>");
    expect(safe('<pre><span data-line-number="1">42</span><span class="ln">x</span></pre>')).toBe("<pre>42x</pre>");
    expect(safe('<table><tr><td class="gutter">1</td><td>a <b>b</b></td></tr></table>')).toBe(
      "<pre><code>a b\n</code></pre>",
    );
    expect(safe('<table><tr><td class="gutter">1</td><td>a <pre>b</pre></td></tr></table>')).toBe(
      "<table><tr><td>a <pre>b</pre></td></tr></table>",
    );
  });
});

describe("a heading does not point at itself", () => {
  test.each([
    '<h2 id="a"><a class="headerlink" href="#a" title="A"></a>Title</h2>',
    '<h2>Title <a class="anchor" href="#a" aria-hidden="true">#</a></h2>',
    '<h2><a href="#a">#</a> Title</h2>',
    '<h2>Title<a href="#a">¶</a></h2>',
    '<h2>Title<a class="hash-link" href="#a">\u200b</a></h2>',
    '<h2>Title<a href="https://example.org/2024/post/#a">🔗</a></h2>',
    '<h2><a class="anchorjs-link" href="#a"><svg></svg></a>Title</h2>',
    '<h2>Title<span><a class="header-anchor" href="#a">Permalink</a></span></h2>',
    '<h2>Title <a class="heading-anchor" href="#a"><img src="link.png"></a></h2>',
    '<h2>Title<a class="anchor-link" href="#a"><span class="sr-only">Link to Title</span></a></h2>',
  ])("%s", (html) => expect(safe(html)).toBe("<h2>Title</h2>"));

  test("but keeps its text where all of it is the link, and keeps links elsewhere", () => {
    const whole = `<h2><a href="${BASE}#a">Title</a></h2>`;
    expect(safe('<h2><a href="#a">Title</a></h2>')).toBe(whole);
    expect(safe('<h2><a class="anchor" href="#a">Title</a></h2>')).toBe(whole);
    expect(safe('<h2>C<a href="https://c.example/#">#</a></h2>')).toBe('<h2>C<a href="https://c.example/#">#</a></h2>');
    expect(safe('<h2>See <a href="#note">#1 note</a></h2>')).toBe(`<h2>See <a href="${BASE}#note">#1 note</a></h2>`);
    expect(safe('<p>A <a href="#a">#</a></p>')).toBe(`<p>A <a href="${BASE}#a">#</a></p>`);
    expect(safe('<div><h2>Title</h2><a class="anchor" href="#a">#</a></div>')).toBe("<div><h2>Title</h2></div>");
  });
});

describe("a formula is shown once", () => {
  const math = (tex: string, display = "") =>
    `<math${display}><semantics><mrow><mi>a</mi></mrow><annotation encoding="application/x-tex">${tex}</annotation></semantics></math>`;
  const katex = (tex: string, display = "") =>
    `<span class="katex"><span class="katex-mathml">${math(tex, display)}</span>` +
    '<span class="katex-html" aria-hidden="true"><span class="base"><span class="mord">a</span></span></span></span>';

  test("of KaTeX, as its TeX", () => {
    expect(safe(`<p>x ${katex("a_1 &lt; b\\\\")} y</p>`)).toBe("<p>x $a_1 &lt; b\\\\$ y</p>");
    expect(safe(`<p><span class="katex-display">${katex("a_1")}</span></p>`)).toBe("<p>$$a_1$$</p>");
    expect(safe(katex("a_1", ' display="block"'))).toBe("$$a_1$$");
    expect(safe('<span class="katex"><span class="katex-html">a+b</span></span>')).toBe("a+b");
  });

  test("of MathJax, as the TeX of its script or of its own", () => {
    const rendered = '<span class="MathJax_Preview">a</span><span class="MathJax" id="x"><nobr>glyphs</nobr></span>';
    expect(safe(`<p>x ${rendered}<script type="math/tex">a_1 < b</script> y</p>`)).toBe("<p>x $a_1 &lt; b$ y</p>");
    expect(safe('<script type="math/tex; mode=display">% <![CDATA[\na &= b %]]></script>')).toBe("$$a &amp;= b$$");
    const container = (inside: string) =>
      `<mjx-container class="MathJax" jax="SVG" display="true"><svg><g></g></svg><mjx-assistive-mml>${inside}</mjx-assistive-mml></mjx-container>`;
    expect(safe(`<p>${container(math("a_1"))}</p>`)).toBe("<p>$$a_1$$</p>");
    expect(safe(`<p>${container("<math><mi>a</mi></math>")}</p>`)).toBe("<p>a</p>");
    expect(safe('<span class="MathJax">glyphs</span>')).toBe("glyphs");
  });

  test("of MathML, as its TeX or in a line", () => {
    expect(safe(`<p>${math("\\frac{a}{b}")}</p>`)).toBe("<p>$\\frac{a}{b}$</p>");
    expect(safe('<math alttext="a^2"><msup><mi>a</mi><mn>2</mn></msup></math>')).toBe("$a^2$");
    expect(
      safe(
        "<p><math><mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac><msup><mi>c</mi><mn>2</mn></msup><msqrt><mi>d</mi></msqrt></math></p>",
      ),
    ).toBe("<p>(a+1)/bc^2√d</p>");
    expect(safe("<math><mtext>&lt;b&gt;</mtext></math>")).toBe("&lt;b&gt;");
    expect(safe("<p>The <math> element</p>")).toBe("<p>The &lt;math&gt; element</p>");
    // What every object has is no element of MathML.
    expect(safe("<math><constructor>a</constructor></math>")).toBe("a");
  });
});
