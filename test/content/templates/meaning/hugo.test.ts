import { describe, expect, test } from "vitest";
import { expand, messagesOf, shown, thumbnail } from "../posts.ts";

const hugo = (markdown: string) => shown("hugo", markdown);
const link = (url: string, label: string) => `<a href="${url}">${label}</a>`;
const quoted = (...lines: readonly string[]) => ["<blockquote>", ...lines, "</blockquote>"].join("\n\n");

describe("how a shortcode is written", () => {
  test.each([
    ["{{< kbd A >}} {{% kbd A %}} {{<kbd A>}} {{< kbd A />}}", "<kbd>A</kbd> <kbd>A</kbd> <kbd>A</kbd> <kbd>A</kbd>"],
    ['{{< kbd "a \\"b\\"" >}}', '<kbd>a "b"</kbd>'],
    ["{{< kbd `a \\ b` >}}", "<kbd>a \\ b</kbd>"],
    ['{{< img\n  src="/a.png"\n  alt = "b >}}"\n>}}', "![b &gt;}}](/a.png)"],
    ["{{< img src=/a.png alt=b >}}", "![b](/a.png)"],
    ["{{< mark >}}a {{< kbd B >}}{{< /mark >}}", "<mark>a <kbd>B</kbd></mark>"],
    ["{{<mark>}}a{{</ mark >}}", "<mark>a</mark>"],
    ["{{< mark >}}a{{< / >}}", "<mark>a</mark>"],
    ["{{</* figure src=x */>}} {{%/* note */%}}", "{{&lt; figure src=x &gt;}} {{% note %}}"],
    ["{{< param title >}} {{% param name=date %}}", "A title 2024-01-02"],
    ["a{{< comment >}}b {{< c >}}{{< /comment >}}d", "ad"],
  ])("%s", (markdown, text) => expect(hugo(markdown)).toBe(text));

  test("what is made on the spot is not read", () => {
    const { markdown, warnings } = expand("hugo", "a {{< now.inline >}}{{ now }}{{< /now.inline >}} b");
    expect(markdown).toBe("a  b");
    expect(messagesOf(warnings)).toEqual(["1: {{< now.inline >}}{{ now }}{{< /now.inline >}} is not known to feeds"]);
  });
});

describe("links to pages", () => {
  test.each([
    ['[a]({{< ref "hello.md#part" >}})', "[a](https://example.org/blog/hello/#part)"],
    ['[a]({{% relref path="hello.md" lang="en" %}})', "[a](https://example.org/blog/hello/)"],
    ['[a]({{< relref "#part" >}})', "[a](#part)"],
    ['<a href="{{< ref hello >}}">a</a>', '<a href="https://example.org/blog/hello/">a</a>'],
    ['{{< button relref="hello.md" >}}a{{< /button >}}', link("https://example.org/blog/hello/", "a")],
    ['{{< button href="/a" >}}b{{< /button >}}', link("/a", "b")],
    ['{{< link "https://a.example/" "b" >}}', link("https://a.example/", "b")],
    ['{{< qr text="https://a.example/" />}}', link("https://a.example/", "https://a.example/")],
  ])("%s", (markdown, text) => expect(hugo(markdown)).toBe(text));

  test("one that is not there", () => {
    expect(hugo('[a *b*]({{< ref "gone.md#c" >}}) {{< button ref=gone >}}d{{< /button >}}')).toBe("a *b* d");
  });
});

describe("pictures", () => {
  test.each([
    ['{{< figure src="a.png" >}}', "![](a.png)"],
    [
      '{{< figure src="a.png" alt="b" caption="c" link="/d" >}}',
      '<figure><a href="/d"><img src="a.png" alt="b"></a><figcaption>c</figcaption></figure>',
    ],
    [
      '{{< figure src="a.png" title="T" caption="c" attr="me" attrlink="/me" >}}',
      `<figure><img src="a.png" alt=""><figcaption><strong>T</strong> c ${link("/me", "me")}</figcaption></figure>`,
    ],
    [
      '{{< figure src="a.png" caption="by [me](/me)" >}}',
      '<figure><img src="a.png" alt="">\n<figcaption>\n\nby [me](/me)\n\n</figcaption>\n</figure>',
    ],
    ['a {{< figure src="a.png" caption="b" >}} c', 'a <img src="a.png" alt=""> (b) c'],
    ['{{< image src="a b.png" alt="c" title="d" >}}', '![c](<a b.png> "d")'],
    ['{{< image src="a.png" alt="b & c &amp; d [e]" >}}', "![b &amp; c &amp; d &#91;e&#93;](a.png)"],
    [
      '{{< imgproc a.png Fit "800x800" >}}b{{< /imgproc >}}',
      '<figure><img src="a.png" alt=""><figcaption>b</figcaption></figure>',
    ],
    ['{{< gallery "a.png" "b.png" >}}', "![](a.png) ![](b.png)"],
    ["{{< gallery >}}\n![](a.png)\n{{< /gallery >}}", "![](a.png)"],
  ])("%s", (markdown, text) => expect(hugo(markdown)).toBe(text));

  test("those that only Hugo finds are missed", () => {
    expect(messagesOf(expand("hugo", '{{< gallery match="*.png" >}}').warnings)).toHaveLength(1);
  });
});

describe("notes, folds and tabs", () => {
  test.each([
    ["{{% notice warning %}}\n**a**\n{{% /notice %}}", quoted("<strong>Warning</strong>", "**a**")],
    ['{{% notice note "A title" %}}a{{% /notice %}}', quoted("<strong>A title</strong>", "a")],
    [
      '{{< admonition type=tip title="A title" open=false >}}a{{< /admonition >}}',
      quoted("<strong>A title</strong>", "a"),
    ],
    ['{{< admonition tip "A title" false >}}a{{< /admonition >}}', quoted("<strong>A title</strong>", "a")],
    ["{{< hint info >}}a{{< /hint >}}", quoted("<strong>Info</strong>", "a")],
    ["{{< tip >}}a{{< /tip >}}", quoted("<strong>Tip</strong>", "a")],
    ["{{< alert >}}a{{< /alert >}}", quoted("a")],
    ['{{< alert "fire" >}}a{{< /alert >}}', quoted("<strong>fire</strong>", "a")],
    ['{{< callout context="note" title="b" icon="x" >}}a{{< /callout >}}', quoted("<strong>b</strong>", "a")],
    ['{{< callout type="insight" >}}a{{< /callout >}}', quoted("<strong>Insight</strong>", "a")],
    ['{{< notice type="info" message="a" >}}', quoted("<strong>Info</strong>", "a")],
    ['{{< quote author="A" source="B" >}}a{{< /quote >}}', quoted("a", "— A, B")],
    ['{{< details "A" >}}\nb\n{{< /details >}}', "<details>\n<summary>A</summary>\n\nb\n\n</details>"],
    ['{{< expand "A" "…" >}}b{{< /expand >}}', "<details>\n<summary>A …</summary>\n\nb\n\n</details>"],
    [
      '{{< tabs "id" >}}\n{{< tab "A" >}}\na\n{{< /tab >}}\n{{< tab name="B" >}}b{{< /tab >}}\n{{< /tabs >}}',
      "<strong>A</strong>\n\na\n\n\n<strong>B</strong>\n\nb",
    ],
    ["{{< columns >}}\na\n<--->\nb\n{{< /columns >}}", "a\n\nb"],
    ["a{{< sidenote >}}b{{< /sidenote >}} c", "a (b) c"],
    ["{{< center >}}a{{< /center >}}", "a"],
    ["{{< toc >}}a", "a"],
  ])("%s", (markdown, text) => expect(hugo(markdown)).toBe(text));

  test("content is taken out of the indentation of its tags", () => {
    expect(
      hugo("{{< tabs >}}\n  {{< tab A >}}\n    ```js\n    a\n      b\n    ```\n  {{< /tab >}}\n{{< /tabs >}}"),
    ).toBe("<strong>A</strong>\n\n```js\na\n  b\n```");
    expect(hugo("1. a\n\n    {{< notice tip >}}\n    b\n\n    c\n    {{</ notice >}}\n")).toBe(
      "1. a\n\n    <blockquote>\n\n    <strong>Tip</strong>\n\n    b\n\n    c\n\n    </blockquote>\n",
    );
  });
});

describe("code and formulas", () => {
  test.each([
    ['{{< highlight go "linenos=table" >}}\na := `{{ b }}`\n{{< /highlight >}}', "```go\na := `{{ b }}`\n```"],
    ["a {{< highlight go >}}b*c{{< /highlight >}}", "a <code>b&#42;c</code>"],
    ["{{< mermaid >}}\ngraph TD\n{{< /mermaid >}}", "```mermaid\ngraph TD\n```"],
    ["{{< math >}}\nx_1 * y\n{{< /math >}}", "$$\nx_1 * y\n$$"],
    ["a {{< katex >}}x{{< /katex >}} b", "a $$x$$ b"],
    ["{{< math >}}$x$ and $y$ {{< /math >}}", "$x$ and $y$"],
    ["{{< rawhtml >}}\n<b>{{< a >}}</b>\n{{< /rawhtml >}}", "<b>{{< a >}}</b>"],
    ['{{< ruby "漢" "かん" >}}', "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>"],
  ])("%s", (markdown, text) => expect(hugo(markdown)).toBe(text));
});

describe("embeds", () => {
  test.each([
    ["{{< youtube abcdefghijk >}}", thumbnail("abcdefghijk")],
    ['{{< youtube id="abcdefghijk" title="A" autoplay="true" >}}', thumbnail("abcdefghijk", "A")],
    ["- {{< youtubeLite abcdefghijk >}}", `- ${thumbnail("abcdefghijk")}`],
    ["{{< vimeo 123456 >}}", link("https://vimeo.com/123456", "Vimeo")],
    ['{{< tweet user="a" id="1234567" >}}', link("https://twitter.com/a/status/1234567", "X (Twitter)")],
    ["{{< x 1234567 >}}", link("https://twitter.com/i/status/1234567", "X (Twitter)")],
    ["{{< instagram AbCdEf >}}", link("https://www.instagram.com/p/AbCdEf/", "Instagram")],
    ["{{< gist user 1a2b3c4d >}}", link("https://gist.github.com/user/1a2b3c4d", "GitHub Gist")],
    ["{{< bilibili BV1ab >}}", link("https://www.bilibili.com/video/BV1ab/", "Bilibili")],
    ['{{< music server="netease" type="song" id="123" >}}', link("https://music.163.com/#/song?id=123", "网易云音乐")],
    ['{{< music url="/a.mp3" name="N" artist="A" >}}', link("/a.mp3", "N")],
    [
      "{{< spotify type=album id=0123456789abcdefABCDEF >}}",
      link("https://open.spotify.com/album/0123456789abcdefABCDEF", "Spotify"),
    ],
    [
      '{{< codepen id="abc" user="u" >}}',
      link("https://codepen.io/u/pen/abc", '<img src="https://shots.codepen.io/u/pen/abc-512.jpg" alt="CodePen">'),
    ],
    ["{{< video src=a.mp4 >}}", '<video src="a.mp4" controls></video>'],
    ["{{< video https://www.youtube.com/watch?v=abcdefghijk >}}", thumbnail("abcdefghijk")],
    ['{{< audio src="a.mp3" caption="A" >}}', '<audio src="a.mp3" controls title="A"></audio>'],
  ])("%s", (markdown, text) => expect(hugo(markdown)).toBe(text));
});
