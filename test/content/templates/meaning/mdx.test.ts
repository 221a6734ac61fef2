import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderEntry } from "../../../../lib/content/entry.ts";
import { parse, postOf } from "../../helpers.ts";
import { DIALECTS, expand, mdx, messagesOf, shown, thumbnail } from "../posts.ts";

const warned = (markdown: string) => {
  const { markdown: text, warnings } = expand("astro", markdown, { isMdx: true });
  return { text, warnings: messagesOf(warnings) };
};
const quoted = (...lines: readonly string[]) => ["<blockquote>", ...lines, "</blockquote>"].join("\n\n");

describe("statements", () => {
  test.each([
    ["import A from './a.astro'\n\ntext", "\n\ntext"],
    ["import A from './a'\nimport {\n  b,\n\n  c,\n} from \"d\"\n\ntext", "\n\ntext"],
    ["export const a = {\n  b: `\n\n`,\n}\n\ntext", "\n\ntext"],
    ["text\n\nexport default ({ children }) => <div>{children}</div>\n", "text\n\n"],
    ["import taxes are high", "import taxes are high"],
    ["to\nimport A from 'b'", "to\nimport A from 'b'"],
    ["  import A from 'b'", "  import A from 'b'"],
  ])("%j", (markdown, text) => expect(mdx(markdown)).toBe(text));

  test("what they name is shown where it is used", () => {
    const head = "import pic from './a b.png'\nexport const who = 'Bo*b'\n\n";
    expect(mdx(`${head}<Image src={pic} alt="x"/>`)).toBe("\n\n![x](<./a b.png>)");
    expect(mdx(`${head}<img src={pic} />`)).toBe('\n\n<img src="./a b.png">');
    expect(mdx(`${head}<img src={pic.src} width={300} />`)).toBe('\n\n<img src="./a b.png" width="300">');
    expect(mdx(`<Image src={pic}/>\n\n${head}`)).toBe("![](<./a b.png>)\n\n\n\n");
    expect(mdx(`${head}Hi {who}`)).toBe("\n\nHi Bo&#42;b");
  });

  test("an alias of the source folder is a picture as it is written", () => {
    expect(mdx("import pic from '@/a.png'\n\n<Image src={pic} alt='A'/>")).toBe("\n\n![A](@/a.png)");
  });

  test("a package is no picture", () => {
    expect(warned("import pic from '@ann/pictures/a.png'\n\n<Image src={pic} alt='A'/>")).toEqual({
      text: "\n\nA",
      warnings: ["3: the target of <Image src={pic} alt='A'/> is not known"],
    });
  });
});

describe("constants", () => {
  const HEAD = `export const depth = 2; // metres
export const place = "the weir", isOpen = true, nobody = null
export let fall = -3.5
export const gate = { name: "G*", "is-wide": { size: 4, parts: ["a", 'b', \`\${depth}m\`] }, /* c */ open: () => "no" }
export const list = [1, { x: "in" }]
export const path = \`/x/\${depth}/\${list[1].x}\`
export const same = place
export const own = frontmatter.title
export const sum = "a" + "b"
export function f() { const depth = 9; const within = 1 }
export const Part = ({ a }) => <p>Don't {a}</p>
export const last = 'z'
import data from "./data.json"
import { other } from "./other.js"

`;
  const placed = (written: string) => written.replaceAll("#{", "${");
  const text = (body: string) => {
    const { markdown, warnings } = expand("astro", HEAD + placed(body), { isMdx: true });
    return { text: markdown.trim(), warned: messagesOf(warnings).map((each) => each.replace(/^\d+: /, "")) };
  };

  test.each([
    ["{depth} {place} {fall} {last}", "2 the weir -3.5 z"],
    ["a{isOpen}{nobody}{true}{null}b", "ab"],
    ["{gate.name} {gate['is-wide'].size} {gate?.[\"is-wide\"].parts[2]} {gate['is-wide'].parts[0]}", "G&#42; 4 2m a"],
    ["{list[0]} {list[1].x} {path} {same} {own}", "1 in /x/2/in the weir A title"],
    ["{`#{place}: #{depth} \\`m\\` $5`}", "the weir: 2 &#96;m&#96; &#36;5"],
    ["<a href={`/x/#{depth}`}>l</a>", '<a href="/x/2">l</a>'],
    ["<Image src={`#{path}.png`} alt={place} />", "![the weir](/x/2/in.png)"],
    ["`{depth}` and \\{depth}", "`{depth}` and \\{depth}"],
  ])("that are known without running anything: %s", (body, shownText) =>
    expect(text(body)).toEqual({ text: shownText, warned: [] }),
  );

  test.each(["sum", "data", "other", "within", "gate", "gate.open", "f()", "depth * 2", "`#{nothing}`", "list.length"])(
    "{%s} would have to be run",
    (expression) =>
      expect(text(`a {${expression}}`)).toEqual({
        text: "a",
        warned: [`{${placed(expression)}} is not known to feeds`],
      }),
  );

  test("values that contain one another do not grow without end", () => {
    const doubled = Array.from({ length: 60 }, (_, i) => `export const a${i + 1} = \`\${a${i}}\${a${i}}\``);
    const { markdown } = expand("astro", `export const a0 = "ab"\n${doubled.join("\n")}\n\n{a60}{a5}`, { isMdx: true });
    expect(markdown.trim()).toBe("ab".repeat(32));
  });

  test("whatever an author writes is read", () => {
    const pieces = fc.constantFrom(
      "const a = ",
      "{",
      "}",
      "[",
      "]",
      "`",
      "${",
      '"',
      "'",
      ",",
      ":",
      "/*",
      "//",
      "\\",
      "\n",
      "a",
      "1",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (written) => {
        const body = `export const b = 1, ${written.join("")}\n\n{a} {a.b} {\`${written.join("")}\`}`;
        expect(typeof expand("astro", body, { isMdx: true }).markdown).toBe("string");
      }),
    );
  });
});

describe("expressions", () => {
  test.each([
    ["a {/* b */} c", "a  c"],
    ["{/* more */}{/* truncate */}", "<!-- more --><!-- more -->"],
    ["a{' '}b{\"*c*\"}{'it\\'s'}{`<d>`}{42}", "a b&#42;c&#42;it's&lt;d&gt;42"],
    ["{frontmatter.title}", "A title"],
    ["\\{a} \\<b>", "\\{a} \\<b>"],
    ["$\\frac{a}{b}$ and $$\n{c}\n$$", "$\\frac{a}{b}$ and $$\n{c}\n$$"],
    ["# Title {#id}", "# Title"],
    ["{}a", "a"],
  ])("%j", (markdown, text) => expect(mdx(markdown)).toBe(text));

  test("what would have to be run goes, and is said", () => {
    expect(warned("a {new Date().getFullYear()} b\n\n{list.map((x) => (\n  <li>don't {x}</li>\n))}\n")).toEqual({
      text: "a  b\n\n\n",
      warnings: [
        "1: {new Date().getFullYear()} is not known to feeds",
        "3: {list.map((x) => ( <li>don't {x}</li> ))} is not known to feeds",
      ],
    });
    expect(warned("costs $5 or {price} or $6").warnings).toEqual(["1: {price} is not known to feeds"]);
  });

  test("a brace that is not closed is text", () => {
    expect(mdx("a { b\n\n<Badge text='c'/>")).toBe("a { b\n\nc");
  });
});

describe("components", () => {
  test.each([
    ['<YouTube id="abcdefghijk" />', thumbnail("abcdefghijk")],
    ["<LiteYouTube videoId={'abcdefghijk'} title='A' />", thumbnail("abcdefghijk", "A")],
    ['- <Youtube url="https://youtu.be/abcdefghijk" />', `- ${thumbnail("abcdefghijk")}`],
    ['<Tweet id="1234567" />', '<a href="https://twitter.com/i/status/1234567">X (Twitter)</a>'],
    ['<Spotify url="https://open.spotify.com/track/a" />', '<a href="https://open.spotify.com/track/a">Spotify</a>'],
    [
      '<Figure src="/a.png" alt="b" caption="c" />',
      '<figure><img src="/a.png" alt="b"><figcaption>c</figcaption></figure>',
    ],
    ['<Video src="/a.mp4" />', '<video src="/a.mp4" controls></video>'],
    [
      "<Callout type='warning'>\n  a\n\n  - b\n    - c\n</Callout>",
      quoted("<strong>Warning</strong>", "a", "- b\n  - c"),
    ],
    ["<Aside title='A'>b</Aside>", quoted("<strong>A</strong>", "b")],
    ["<Note>a</Note>", quoted("<strong>Note</strong>", "a")],
    ["<Details title='A'>b</Details>", "<details>\n<summary>A</summary>\n\nb\n\n</details>"],
    [
      "<Tabs>\n  <TabItem label='A'>\n\n    ```js\n    <B />\n    ```\n\n  </TabItem>\n  <TabItem value='C'>d</TabItem>\n</Tabs>",
      "<strong>A</strong>\n\n```js\n<B />\n```\n\n\n<strong>C</strong>\n\nd",
    ],
    ["<Tabs.Tab label='A'>b</Tabs.Tab>", "<strong>A</strong>\n\nb"],
    ["<Card title='A' href='/b'>c</Card>", '<strong><a href="/b">A</a></strong>\n\nc'],
    ["<LinkCard title='A' href='/b' description='c' />", '<strong><a href="/b">A</a></strong>\n\nc'],
    ["<Code code={`a\n\n  b`} lang='js' />", "```js\na\n\n  b\n```"],
    ["<Steps>\n\n1. a\n2. b\n\n</Steps>", "1. a\n2. b"],
    ["a <Badge text='b' /><Icon name='c' /> d", "a b d"],
    ["<Link href={'/a'}>b</Link> <A href='/c'>d</A>", '<a href="/a">b</a> <a href="/c">d</a>'],
    ["<>a</> <Fragment>b</Fragment>", "a b"],
    ["<Image\n  src={require('./a.png').default}\n  alt='b'\n  style={{ a: '}' }}\n  {...rest}\n/>", "![b](./a.png)"],
  ])("%s", (markdown, text) => expect(mdx(markdown)).toBe(text));

  test("another one leaves what it holds", () => {
    expect(warned("a <Foo bar={<b c='}' />} {...d}>*e*</Foo> <Foo.Bar />\n\n<Baz>\n  f\n</Baz>")).toEqual({
      text: "a *e* \n\nf",
      warnings: [
        "1: <Foo bar={<b c='}' />} {...d}> is not known to feeds",
        "1: <Foo.Bar /> is not known to feeds",
        "3: <Baz> is not known to feeds",
      ],
    });
  });

  test("an address that would have to be run", () => {
    expect(warned("<Image src={a(b)} alt='c' /> <Link href={d}>e</Link>")).toEqual({
      text: "c e",
      warnings: [
        "1: the target of <Image src={a(b)} alt='c' /> is not known",
        "1: the target of <Link href={d}> is not known",
      ],
    });
  });

  test("what is no tag is text", () => {
    const markdown = "1 < 2, a <- b, <https://a.example>, <3";
    expect(mdx(markdown)).toBe(markdown);
  });

  test.each(DIALECTS)("in any other file statements and expressions are text: %s", (dialect) => {
    const markdown = "<note>{a}</note>\n\nimport b from 'c'";
    expect(shown(dialect, markdown)).toBe(markdown);
  });

  test.each(DIALECTS)("in any other file they are taken out, and said: %s", (dialect) => {
    const { markdown, warnings } = expand(
      dialect,
      'a <River :width="3"/>\n\n<Weir\n  a=b/c>\n\n- *c*\n\n</Weir>\n\n`<Gate/>` \\<Gate> <IMG src=a> <A HREF="/b">d</A>\n',
    );
    expect(markdown).toBe('a \n\n- *c*\n\n`<Gate/>` \\<Gate> <IMG src=a> <A HREF="/b">d</A>\n');
    expect(messagesOf(warnings)).toEqual([
      '1: <River :width="3"/> is not known to feeds',
      "3: <Weir a=b/c> is not known to feeds",
    ]);
  });
});

describe("within HTML", () => {
  const pic = '<Image src="/a.png" alt="A" />';
  const html = (body: string) =>
    renderEntry(postOf(parse("posts/2024-01-02-a.mdx", `---\ntitle: A\n---\n${body}`))).html.replace(/\n/g, "");
  const img = '<img src="https://example.org/a.png" alt="A">';

  test.each([
    [
      `<div>\n  <a href="/b">\n    ${pic}\n  </a>\n</div>`,
      `<div><p><a href="https://example.org/b">${img}</a></p></div>`,
    ],
    [`<section>\n<div>\n<span>\n${pic}\n</span>\n</div>\n</section>`, `<section><div><p>${img}</p></div></section>`],
    [`<ul>\n  <li>\n    <b>\n      ${pic}\n    </b>\n  </li>\n</ul>`, `<ul><li><p><b>${img}</b></p></li></ul>`],
    [
      `<table>\n  <tr>\n    <td>b</td>\n    <td>\n      <i>\n        ${pic}\n      </i>\n    </td>\n  </tr>\n</table>`,
      `<table><tr><td>b</td><td><p><i>${img}</i></p></td></tr></table>`,
    ],
    [`<a href="/b">\n  ![A](/a.png)\n</a>`, `<p><a href="https://example.org/b">${img}</a></p>`],
    ["<figure>\n  ![A](/a.png)\n</figure>", `<figure><p>${img}</p></figure>`],
    ["<label>\n- a\n- *b*\n</label>", "<ul><li>a</li><li><em>b</em></li></ul>"],
  ])("a picture is shown: %s", (body, text) => expect(html(body)).toBe(text));

  test.each([
    ["<div>a</div>\nb *c*", "<div>a</div><p>b <em>c</em></p>"],
    ["<math>\n<mi>a</mi>\n</math>\nb *c*", "a<p>b <em>c</em></p>"],
    ["<br />\nb *c*", "<br><p>b <em>c</em></p>"],
    ["<p>a</p>\n<hr />\nb *c*", "<p>a</p><hr><p>b <em>c</em></p>"],
    ["> <div>\n> a\n> </div>\n> b *c*", "<blockquote><div>a</div><p>b <em>c</em></p></blockquote>"],
    ["- <div>a</div>\n  b *c*", "<ul><li><div>a</div><p>b <em>c</em></p></li></ul>"],
    ["<section>\n<div>a</div>\nb *c*\n</section>", "<section><div>a</div><p>b <em>c</em></p></section>"],
    [`<div>a</div>\n${pic}`, `<div>a</div><p>${img}</p>`],
    ["a\n<br/>\n*b*", "<p>a<br><em>b</em></p>"],
    ["<i>a</i>\nb *c*", "<p><i>a</i>b <em>c</em></p>"],
  ])("text on the line after it is Markdown: %s", (body, text) => expect(html(body)).toBe(text));

  test("a picture of a person is no decoration", () => {
    expect(warned('Thanks to <Avatar handle="lin" />.\n<div>a</div>').warnings).toEqual([
      '1: <Avatar handle="lin" /> is not known to feeds',
    ]);
  });

  test.each(["List<System.String> a", "<Weir.app>/Data"])(
    "in other files a name with a dot is no component: %s",
    (markdown) => expect(shown("hugo", markdown)).toBe(markdown),
  );

  test("in other files a tag alone on its line begins HTML as well", () => {
    expect(shown("hugo", '<a href="/b">\n{{< img src="/a.png" alt="A" >}}\n</a>')).toContain(
      '\n<img src="/a.png" alt="A">\n',
    );
    expect(shown("hugo", 'a\n<a href="/b">\n{{< img src="/a.png" alt="A" >}}\n</a>')).toContain("\n![A](/a.png)\n");
  });
});

describe("Docusaurus", () => {
  test.each([
    ["a\n\n{/* truncate */}\n\nb {/* more */}", "a\n\n<!-- more -->\n\nb <!-- more -->"],
    ["{/*\n  a\n\n  b\n*/}\n\nc {/* d */} e", "\n\nc {/* d */} e"],
    ["`{/* truncate */}` {/* a", "`{/* truncate */}` {/* a"],
  ])("has comments in any file: %j", (markdown, text) => expect(shown("plain", markdown)).toBe(text));

  test("has pictures with values in any file", () => {
    expect(shown("plain", "a <img src={require('/a.png').default} alt=\"A\" />")).toContain(
      '<img src="/a.png" alt="A"',
    );
    const liquid = "<img src={{ page.picture }}>";
    expect(shown("hugo", liquid)).toBe(liquid);
  });

  test.each([
    ["plain", false],
    ["astro", true],
  ] as const)("has fences whose content is MDX: %s", (dialect, isMdx) => {
    const markdown =
      "```mdx-code-block\nimport T from 'b'\n\n<Tabs>\n<TabItem label='A'>\n```\n\n*c*\n\n```mdx-code-block\n</TabItem>\n</Tabs>\n```\n\n> ~~~ mdx-code-block\n> {/* d */}\n> e\n> ~~~\n";
    const text = shown(dialect, markdown, { isMdx });
    expect(text).toContain("<strong>A</strong>\n\n*c*");
    expect(text).toMatch(/> \n> e\n> \n$/);
    expect(text).not.toMatch(/import|Tab|mdx/);
  });

  test("has a fence within such a fence, and one that is not closed", () => {
    expect(shown("plain", "````mdx-code-block\n```mdx-code-block\na\n```\n````\n")).toBe(
      "\n```mdx-code-block\na\n```\n\n",
    );
    expect(shown("plain", "```mdx-code-block\na")).toBe("\na");
    expect(shown("plain", "```mdx-code-block")).toBe("");
  });
});

describe("definitions that are comments", () => {
  test.each([
    '[//]: # "a"\n[//]: #\n[//]: # \'<div class="a">\'\n[//]: # "</div>"\n\nb',
    "- a\n- [comment]: <> (b <Foo> {c})\n",
    '> a\n>\n> [//]: # (b\n> <Foo>)\n\n[_a_:b]: - "<Foo>"',
    '[a]: https://example.org/\n[//]: # "<Foo>"',
  ])("stay as they are: %j", (markdown) => expect(mdx(markdown)).toBe(markdown));

  test("but not text that looks like them", () => {
    expect(warned("a\n[//]: # (<Foo>b</Foo>)").text).toBe("a\n[//]: # (b)");
    expect(shown("jekyll", "[a]: {{ site.url }}/b (c)")).toBe("[a]: https://example.org/b (c)");
  });
});

describe("elements", () => {
  test.each([
    ["<div className='a' style={{ b: 1 }} id='c'>d</div>", '<div id="c">d</div>'],
    [
      "<br /> <img src={`/a.png`} alt='b \"c\"' /> <i class='d'/>",
      '<br> <img src="/a.png" alt="b &quot;c&quot;"> <i class="d"></i>',
    ],
    ["<video controls={true} muted={false} src='/a.mp4' />", '<video controls src="/a.mp4"></video>'],
    ["<span onClick={() => { a('}') }}>b</span>", "<span>b</span>"],
    ["<div>\n  **a**\n\n  - b\n</div>", "<div>\n\n**a**\n\n- b\n\n</div>"],
    ["<div>**a**</div>", "<div>\n\n**a**\n\n</div>"],
    ["<p>\n  **a**\n</p>", "**a**"],
    ["<p>a</p>", "<p>a</p>"],
    [
      "<details>\n  <summary>a</summary>\n\n  **b**\n</details>",
      "<details>\n\n<summary>a</summary>\n\n**b**\n\n</details>",
    ],
    ["<b>**a**</b> <div>", "<b>**a**</b> <div>"],
    ["</div> a", "</div> a"],
  ])("%s", (markdown, text) => expect(mdx(markdown)).toBe(text));

  test("a link whose address would have to be run", () => {
    expect(warned("<a href={b}>c</a>")).toEqual({
      text: "<a>c</a>",
      warnings: ["1: the target of <a href={b}> is not known"],
    });
  });
});
