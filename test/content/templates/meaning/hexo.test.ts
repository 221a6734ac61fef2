import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DIALECTS, expand, messagesOf, shown, thumbnail } from "../posts.ts";

const hexo = (markdown: string) => shown("hexo", markdown);
const link = (url: string, label: string) => `<a href="${url}">${label}</a>`;

describe("pictures", () => {
  test.each([
    ["{% img /a.png %}", "![](/blog/a.png)"],
    ["{% img left half /a.png 200 100 A title here %}", "![A title here](/blog/a.png)"],
    ['{% img /a.png "A title" "An alt" %}', '![An alt](/blog/a.png "A title")'],
    [`{% asset_img a.png '"A title" "An alt"' %}`, '![An alt](a.png "A title")'],
    ["{% asset_img Android消息(native层).jpg %}", "![](<Android消息(native层).jpg>)"],
    ["{% asset_img a.png 50% 架构图 %}", "![架构图](a.png)"],
    ["{% image /a.png, 一张 图, width=300px %}", "![一张 图](/blog/a.png)"],
    ["{% image /a.png 一张 图 download:/b.png %}", "![一张 图](/blog/a.png)"],
    ['{% image "/a.png", "Alt *text*", "50vw" %}', "![Alt &#42;text&#42;](/blog/a.png)"],
    ["{% image /a.png, width=300px, alt=Ein Wehr %}", "![Ein Wehr](/blog/a.png)"],
    ["{% image /a.png, alt = 堰, bg=fff %}", "![堰](/blog/a.png)"],
    ["{% image /a.png alt=Y width:30px %}", "![Y](/blog/a.png)"],
    ["{% image /a.png, a = b %}", "![](/blog/a.png)"],
    ["{% inlineimage /a.png, height=20px %}", "![](/blog/a.png)"],
    ["{% inlineimage /a.png, height=20px, alt=Y %}", "![Y](/blog/a.png)"],
    ["{% asset_path a b.png %}", "a"],
  ])("%s", (markdown, text) => expect(hexo(markdown)).toBe(text));

  test("groups of them keep them", () => {
    expect(hexo("{% gp 2-1 %}\n![](/a.png)\n![](/b.png)\n{% endgp %}")).toBe("![](/a.png)\n![](/b.png)");
    expect(hexo("{% gallery stretch, 4 %}\n![](/a.png)\n![](/b.png)\n{% endgallery %}")).toBe(
      "![](/a.png)\n![](/b.png)",
    );
    expect(hexo("{% gallery /a.png,/b.png /c.png %}")).toBe("![](/blog/a.png) ![](/blog/b.png) ![](/blog/c.png)");
    expect(hexo("{% galleryGroup '名' '说明' '/g' /a.png %}")).toBe(`${link("/g", "名")}\n\n说明`);
  });
});

describe("links", () => {
  test.each([
    ["{% link Hexo https://hexo.io true %}", link("https://hexo.io", "Hexo")],
    ["{% link 标题, https://a.example/, /b.png %}", link("https://a.example/", "标题")],
    ["{% btn https://a.example/, Connector/J 8, fa %}", link("https://a.example/", "Connector/J 8")],
    ["{% btn '/a/',文字,far fa-hand,blue larger %}", link("/a/", "文字")],
    ["{% btn center large::下载::https://a.example/b.zip::fa-solid %}", link("https://a.example/b.zip", "下载")],
    ["{% button 好 https://a.example %}", link("https://a.example", "好")],
    ["{% exturl words https://a.example title %}", link("https://a.example", "words")],
    ["{% asset_link a.pdf The_paper %}", link("a.pdf", "The&#95;paper")],
    ["{% url_for Home /about/ %}", link("/blog/about/", "Home")],
    ["{% post_link hello %}", link("https://example.org/blog/hello/", "Hello")],
    ["{% post_link hello '一篇 <b>文章</b>' false %}", link("https://example.org/blog/hello/", "一篇 <b>文章</b>")],
    ["[x]({% post_path hello %})", "[x](https://example.org/blog/hello/)"],
    [
      "{% flink %}\n- class_name: a\n  link_list:\n    - name: N\n      link: https://n.example\n{% endflink %}",
      `- ${link("https://n.example", "N")}`,
    ],
  ])("%s", (markdown, text) => expect(hexo(markdown)).toBe(text));

  test("a post that is not there is named by its words", () => {
    expect(hexo("{% post_link posts/gone 'Its title' %}, {% post_link posts/gone %}")).toBe("Its title, gone");
  });
});

describe("code", () => {
  test("a block with its language, title and source", () => {
    expect(hexo("{% codeblock lang:js %}\nlet a;\n\n  {% b %}\n{% endcodeblock %}")).toBe(
      "```js\nlet a;\n\n  {% b %}\n```",
    );
    expect(hexo("{% codeblock _.compact lang:js https://u.example/ Underscore.js %}\na\n{% endcodeblock %}")).toBe(
      `<strong>&#95;.compact</strong> ${link("https://u.example/", "Underscore.js")}\n\n\`\`\`js\na\n\`\`\``,
    );
  });

  const caption = (html: string, code: string) => `${html}\n\n${code}`;
  test.each([
    ["``` yml gate.yml\na: 1\n```", caption("<strong>gate.yml</strong>", "```yml\na: 1\n```")],
    [
      '```js The "gate" <b> https://w.example/g its page\na\n```',
      caption(
        `<strong>The &quot;gate&quot; &lt;b&gt;</strong> ${link("https://w.example/g", "its page")}`,
        "```js\na\n```",
      ),
    ],
    ["```js https://w.example/g\na\n```", caption(link("https://w.example/g", "link"), "```js\na\n```")],
    ["```js a.js first_line:3 mark:1,2\na\n```", caption("<strong>a.js</strong>", "```js\na\n```")],
    ["~~~js a.js\nb\n~~~", caption("<strong>a.js</strong>", "~~~js\nb\n~~~")],
    ["````md Code\n```js b\n```\n````", caption("<strong>Code</strong>", "````md\n```js b\n```\n````")],
    ["> ```js a.js\n> b\n> ```\n> c", "> <strong>a.js</strong>\n>\n> ```js\n> b\n> ```\n>\n> c"],
  ])("a fence with a caption shows it as that block does: %j", (markdown, text) => {
    expect(hexo(markdown)).toBe(text);
  });

  test.each([
    "```js\na\n```",
    "```js {1,3}\na\n```",
    "```js first_line:3\na\n```",
    '```js title="b"\na\n```',
    "a ```b c``` d",
    "    ```js b\n    c",
  ])("other fences stay as they are: %j", (markdown) => expect(hexo(markdown)).toBe(markdown));

  test("elsewhere what follows the language is no caption", () => {
    for (const dialect of DIALECTS.filter((each) => each !== "hexo")) {
      expect(shown(dialect, "```js run\na\n```")).toBe("```js run\na\n```");
    }
  });

  test("code under any caption stays", () => {
    const line = fc.stringMatching(/^[a-c `>{}<*-]{0,9}$/).filter((text) => !text.includes("```"));
    fc.assert(
      fc.property(fc.stringMatching(/^[a-c"<&:=*{}]{1,9}$/), fc.array(line, { maxLength: 5 }), (words, lines) => {
        const { markdown } = expand(
          "hexo",
          ["```js x", ` ${words}\n`, ...lines.map((text) => `${text}\n`), "```"].join(""),
        );
        expect(markdown).toContain(`\`\`\`js\n${lines.map((text) => `${text}\n`).join("")}\`\`\``);
      }),
    );
  });

  test("its fence is longer than any within", () => {
    expect(hexo("{% codeblock %}\n````\na\n````\nb\n{% endcodeblock %}")).toBe("`````\n````\na\n````\nb\n`````");
  });

  test("in a list item it stays there", () => {
    expect(hexo("- a\n  {% codeblock %}\n  if a:\n    b\n\n  c\n  {% endcodeblock %}")).toBe(
      "- a\n  \n  ```\n  if a:\n    b\n\n  c\n  ```",
    );
  });

  test("diagrams and formulas", () => {
    expect(hexo("{% mermaid %}\ngraph TD\nA-->B{{b}}\n{% endmermaid %}")).toBe("```mermaid\ngraph TD\nA-->B{{b}}\n```");
    expect(hexo("{% math %}\n\\frac{a}{{b}}\n{% endmath %}")).toBe("$$\n\\frac{a}{{b}}\n$$");
    expect(hexo("so {% math %}x_1{% endmath %} is")).toBe("so $$x_1$$ is");
  });

  test("raw text", () => {
    expect(hexo("{% raw %}{{ x }} {% y %}{% endraw %}")).toBe("{{ x }} {% y %}");
  });

  test("code of another file is named", () => {
    const { markdown, warnings } = expand("hexo", "{% include_code lang:js test.js %}");
    expect(markdown).toBe("<code>test.js</code>");
    expect(messagesOf(warnings)).toEqual(["1: {% include_code lang:js test.js %} names a file that feeds do not read"]);
  });
});

describe("quotes and notes", () => {
  const quoted = (...lines: readonly string[]) => ["<blockquote>", ...lines, "</blockquote>"].join("\n\n");
  test.each([
    ["{% blockquote %}\na\n\nb\n{% endblockquote %}", quoted("a", "b")],
    [
      "{% blockquote David Levithan, Wide Awake %}\na\n{% endblockquote %}",
      quoted("a", "— David Levithan, Wide Awake"),
    ],
    [
      "{% quote @dev https://x.example/a A title %}\na\n{% endquote %}",
      quoted("a", `— @dev, ${link("https://x.example/a", "A title")}`),
    ],
    ["{% blockquote Ada %}\na\n{% endblockquote %}", quoted("a", "— Ada")],
    [
      "{% blockquote Ada, A book https://x.example/a Rivers: a title %}\na\n{% endblockquote %}",
      quoted("a", `— Ada, A book, ${link("https://x.example/a", "Rivers: a title")}`),
    ],
    [
      "{% blockquote @mill https://x.example/mill/status/1 %}\na\n{% endblockquote %}",
      quoted("a", `— @mill, ${link("https://x.example/mill/status/1", "x.example/mill/status/1")}`),
    ],
    [
      "{% blockquote https://www.x.example/ %}\na\n{% endblockquote %}",
      quoted("a", `— ${link("https://www.x.example/", "x.example")}`),
    ],
    ["{% cq %}a{% endcq %}", quoted("a")],
    ["{% note %}\n**a**\n{% endnote %}", quoted("**a**")],
    ["{% note warning no-icon %}a{% endnote %}", quoted("a")],
    ["{% note info Want to see more? %}a{% endnote %}", quoted("<strong>Want to see more?</strong>", "a")],
    ["{% note blue 'fas fa-bullhorn' modern %}a{% endnote %}", quoted("a")],
    ["{% note warning, 注意, 安全 %}", quoted("注意, 安全")],
    ["{% noteblock bug red %}a{% endnoteblock %}", quoted("a")],
    ['{% message color:info "title:标题" %}a{% endmessage %}', quoted("<strong>标题</strong>", "a")],
  ])("%s", (markdown, text) => expect(hexo(markdown)).toBe(text));
});

describe("what folds away", () => {
  const folded = (title: string, ...lines: readonly string[]) =>
    [`<details>\n<summary>${title}</summary>`, ...lines, "</details>"].join("\n\n");
  test.each([
    ["{% fold info @A title %}\na\n{% endfold %}", folded("A title", "a")],
    ["{% folding cyan open, 标题 %}\na\n{% endfolding %}", folded("标题", "a")],
    ["{% folding cyan::标题 %}a{% endfolding %}", folded("标题", "a")],
    ["{% folding 🐾 我的 历史 %}a{% endfolding %}", folded("我的 历史", "a")],
    ["{% folding, tasks.json %}a{% endfolding %}", folded("tasks.json", "a")],
    ["{% hideToggle 标题,bg,color %}a{% endhideToggle %}", folded("标题", "a")],
    ["{% hideBlock 标题 %}a{% endhideBlock %}", folded("标题", "a")],
  ])("%s", (markdown, text) => expect(hexo(markdown)).toBe(text));

  test("a title with Markdown in it is read as such", () => {
    expect(hexo("{% folding yellow:: `a` %}b{% endfolding %}")).toBe(
      "<details>\n<summary>\n\n`a`\n\n</summary>\n\nb\n\n</details>",
    );
  });
});

describe("tabs and time lines", () => {
  test("each tab has its label", () => {
    const markdown = [
      "{% tabs Name, 1 %}",
      "<!-- tab First tab@icon -->\n- a\n<!-- endtab -->\n",
      '<!-- tab id:x "title:Second" -->\n{% note %}b{% endnote %}\n<!-- endtab -->\n',
      "<!-- tab -->\nc\n<!-- endtab -->",
      "{% endtabs %}",
    ];
    expect(hexo(markdown.join("\n"))).toBe(
      "<strong>First tab</strong>\n\n- a\n<!-- endtab -->\n\n<strong>Second</strong>\n\n\n" +
        "<blockquote>\n\nb\n\n</blockquote>\n\n<!-- endtab -->\n\n\nc\n<!-- endtab -->",
    );
  });

  test("a comment outside of any stays a comment", () => {
    expect(hexo("<!-- tab a -->\n{% kbd A %}")).toBe("<!-- tab a -->\n<kbd>A</kbd>");
  });

  test("each moment has its title", () => {
    expect(hexo("{% timeline 2020,blue %}\n<!-- timeline 3-20 -->\na\n<!-- endtimeline -->\n{% endtimeline %}")).toBe(
      "<strong>2020</strong>\n\n<strong>3-20</strong>\n\na\n<!-- endtimeline -->",
    );
    expect(hexo("{% timeline %}\n{% timenode 2020 [x](/y) %}\na\n{% endtimenode %}\n{% endtimeline %}")).toBe(
      "<strong>2020 [x](/y)</strong>\n\na",
    );
  });
});

describe("within a line", () => {
  test.each([
    ["{% label success@文字 %}", "文字"],
    ["{% label warning @文字 %}", "文字"],
    ["{% label 高 red %}", "高"],
    ["{% span red, 一 二 %}", "一 二"],
    ["{% p center, 文字 %}", "文字"],
    [
      "{% u 文字 %}{% emp a b %}{% wavy c %}{% del d %}{% kbd E %}{% mark f %}",
      "<u>文字</u><em>a b</em><u>c</u><del>d</del><kbd>E</kbd><mark>f</mark>",
    ],
    ["{% checkbox green checked, 做 %} {% checkbox 不做 %} {% cb 做, true %}", "☑ 做 ☐ 不做 ☑ 做"],
    ["{% hideInline 看,bg %}", "看"],
    ["{# a comment #}a", "a"],
    ["a{% more %}", "a<!-- more -->"],
    ["{{ title }} {{ page.title | upper }} {{ 'x' }} {{ config.root }}a", "A title A TITLE x /blog/a"],
  ])("%s", (markdown, text) => expect(hexo(markdown)).toBe(text));
});

describe("films, sound and frames", () => {
  test.each([
    ["{% youtube abcdefghijk %}", thumbnail("abcdefghijk")],
    [
      "- {% youtube https://youtu.be/abcdefghijk?t=3 %}",
      `- ${thumbnail("abcdefghijk").replace("abcdefghijk", "abcdefghijk&amp;t=3s")}`,
    ],
    [
      "{% youtube PLabcdefghijklmnop 'playlist' %}",
      link("https://www.youtube.com/playlist?list=PLabcdefghijklmnop", "YouTube"),
    ],
    ["{% vimeo 123456 640 480 %}", link("https://vimeo.com/123456", "Vimeo")],
    ["{% bilibili BV1ab411c7d8 %}", link("https://www.bilibili.com/video/BV1ab411c7d8/", "Bilibili")],
    ["{% video bilibili:BV1ab411c7d8 %}", link("https://www.bilibili.com/video/BV1ab411c7d8/", "Bilibili")],
    ["{% video /a.mp4 %}", '<video src="/a.mp4" controls></video>'],
    ["{% audio https://a.example/a.mp3 %}", '<audio src="https://a.example/a.mp3" controls></audio>'],
    ['{% aplayer "Title" "Author" "https://a.example/a.mp3" %}', link("https://a.example/a.mp3", "Title")],
    [
      '{% dplayer "url=https://a.example/a.mp4" "loop=yes" %}',
      link("https://a.example/a.mp4", "https://a.example/a.mp4"),
    ],
    ['{% meting "123" "netease" "song" %}', link("https://music.163.com/#/song?id=123", "网易云音乐")],
    ["{% meting 12 netease playlist %}", link("https://music.163.com/#/playlist?id=12", "网易云音乐")],
    ["{% gist user/1a2b3c %}", link("https://gist.github.com/user/1a2b3c", "GitHub Gist")],
    ["{% jsfiddle abc12 js,html %}", link("https://jsfiddle.net/abc12/", "JSFiddle")],
    ["{% iframe https://a.example/b 300 %}", link("https://a.example/b", "a.example")],
    [
      "{% iframe //player.bilibili.com/player.html?aid=1&bvid=BV1ab %}",
      link("https://www.bilibili.com/video/BV1ab/", "Bilibili"),
    ],
    ["{% pdf /a.pdf 500px %}", link("/a.pdf", "/a.pdf")],
    ["{% caniuse fetch @ 1 %}", link("https://caniuse.com/fetch", "Can I use")],
  ])("%s", (markdown, text) => expect(hexo(markdown)).toBe(text));
});
