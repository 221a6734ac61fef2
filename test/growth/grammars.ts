/** What texts are made of: the tokens that each grammar gives a meaning, and where in a file such a text stands. */
import type { DialectName } from "../../lib/model.ts";
import type { Choice } from "../bench/random.ts";

/** One file, as `parsePost` or (with the key `site.yaml`) `parseSite` is given it. */
export interface Source {
  readonly key: string;
  readonly text: string;
  readonly dialect: DialectName;
}

export interface Grammar {
  /** `§` stands for a number that is another one at each repetition. */
  readonly tokens: Choice<string>;
  /** The files in which a text of these tokens may stand. */
  readonly places: Choice<(text: string) => Source>;
  /** Is the text all of the Markdown, so that `marked` alone reads the same? */
  readonly isMarkdown?: boolean;
}

const HEAD = "---\ntitle: A\ndate: 2024-01-05\n---\n";

const body =
  (dialect: DialectName = "plain", key = "posts/a.md") =>
  (text: string): Source => ({ key, dialect, text: `${HEAD}${text}` });

const around =
  (before: string, after: string, key = "posts/a.md", written = (text: string) => text) =>
  (text: string): Source => ({ key, dialect: "plain", text: `${before}${written(text)}${after}` });

/** Tokens are separated by white space; `␣` is a space within one, `⇥` a tab, and `⏎` the end of a line. */
const SIGNS: { readonly [sign: string]: string } = { "␣": " ", "⇥": "\t", "⏎": "\n", "\\r": "\r" };
const unsigned = (token: string) =>
  token
    .replace(/[␣⇥⏎]|\\r/g, (sign) => SIGNS[sign] ?? sign)
    .replace(/\\u([\da-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

function tokens(written: string): Choice<string> {
  const [first = "", ...others] = written
    .trim()
    .split(/[ \n]+/)
    .map(unsigned);
  return [first, ...others];
}

const BLOCKS = tokens(String.raw`
  ⏎ ⏎⏎ ␣ ␣␣ ␣␣␣␣ ⇥ a a␣b x§ 中 >␣ > -␣ - *␣ +␣ 1.␣ 1)␣ §.␣ #␣ # ##␣ ${"```"} ${"```"}js ~~~ --- === - = *** ___
  | |a |- :-: |⏎ a⏎ a⏎␣b⏎ -␣a⏎ 1.␣a⏎ >␣a⏎ #␣a⏎ :␣ T⏎:␣d⏎ [a]:␣b⏎ [x§]:␣b⏎ [^a]:␣b⏎ [^x§]:␣b⏎ [^a] [x§] [!NOTE] [!NOTE]⏎
  <div> </div> <div>⏎ </div>⏎ <!-- --> <p> </p> <pre> <x-§> $$ $$⏎ \[ \] \begin{a} \end{a} \begin{x§} \\
  {:␣.a} {:␣.a}⏎ {#a} {.a␣b=c} {: } [x]␣ *[A]:␣b⏎ [TOC] {:toc} ::: :::␣tip⏎ !!!␣note⏎ %% &nbsp; *a* **a** [a](b) ![a](b) <b>
  \ . 重。 --⏎ <!--more--> \r⏎
`);

const INLINE = tokens(String.raw`
  * ** *** _ __ ~ ~~ = == ${"`"} ${"``"} [ ] ( ) ![ ]( [a]( [a](b) ![a](b) [a] [] [x§] [^ [^a] [^x§] ]: [a][b] < > <b </b> <b> <a␣href="
  http:// https://a.com/ ://  www. www.a.com/ mailto: a@b.c @ . , : ; ! ? & &amp; &a; &# &#x " ' “ ” ‘ ’ 重 。 中文 （ ） ， é 😀
  $ $$ \( \) \[ \] \ \\ \* \$ { } {: {.c} # ^ ^a^ ~a~ | || + ++ - -- --- ... :a: [[ ]] (( % / a b x a§ 1 ␣ ␣␣ ␣␣⏎ ⏎ ⇥ a␣b
  <!-- --> <? ?> <![CDATA[ ]]> <https://a> (b "c") ( " '␣ ␣" *重 。* **重 _中 \begin{a} \end{a} \u200b
`);

const HTML = tokens(String.raw`
  <b> </b> <p> </p> <div> </div> <div <a <a␣href=" <a␣href="b"> </a> <img <img␣src="a"> <img␣src="/ <img␣src=a <img␣class="
  <iframe␣src="https://a.com/ <iframe␣src="https://bilibili.com/ <iframe␣src="https://www.youtube.com/embed/ </iframe> " ' = > /> < </ ␣ ⏎ ⏎⏎ ⇥
  &amp; &# &#x & ; <!-- --> <! <? ?> <![CDATA[ ]]> <script> </script> <style> </style> <table> <tr> <td> <th> </td> </tr> </table>
  <ul> <ol> <li> </li> </ul> <dl> <dt> <dd> <svg> </svg> <math> <mi> <span> <span␣class=" <span␣class="katex"> </span>
  lazy- lazy lazyload loading- loader src= data-src= srcset= data-srcset=" a␣1x, class= class=" style=" style="text-align: center color: id= id=" id="x§" href=" href="#x§"
  %  %2 @ a. a/ ? # a=b& / // https:// http://a.com/ mailto: javascript: data: data:image/png;base64,
  <video> <audio> <source␣src= <source␣srcset=" <track> <picture> </picture> <details> <summary> </summary> </details> <pre> </pre> <code> </code>
  <figure> <figcaption> </figure> <br> <hr> <h1> </h1> <x-§> </x-§> <x§> a x 中 <noscript> </noscript> <template> <select> <option> <button> <form> <input>
  <object> <embed> <title> <textarea> <o:p> <font␣color= <center> <sup> <sub> <mark> <del> <blockquote> </blockquote> <body> <html> anchor headerlink -player player-
  <script␣type="math/tex"> $ \( \) <li>⏎ <p>⏎ </p>⏎
`);

const BRACES = tokens(String.raw`
  {{ }} {% %} {%- -%} {{< >}} {{% %}} {{</ {{</* */>}} {{/* */}} {# #} { } {: .a #a ::: :::␣tip⏎ :::⏎ ${"`"} ${"```"} ${"```"}⏎ ␣ ⏎ ⏎⏎ ⇥ " ' \ = , . | : / ( ) [ ] < > <b> </b> a b x§
  {%␣raw␣%} {%␣endraw␣%} {%␣highlight␣js␣%} {%␣endhighlight␣%} {%␣codeblock␣%} {%␣endcodeblock␣%} {%␣if␣a␣%} {%␣else␣%} {%␣endif␣%}
  {%␣for␣a␣in␣b␣%} {%␣endfor␣%} {%␣include␣ {%␣include␣a.html␣ <!--␣@include:␣a.md␣--> {%␣asset_img␣ {%␣link␣ {%␣post_url␣ {%␣img␣ {%␣note␣%} {%␣endnote␣%} {%␣quote␣%} {%␣endquote␣%}
  {%␣tabs␣%} <!--␣tab␣--> <!--␣endtab␣--> {%␣endtabs␣%} {%␣x§␣%} {%␣endx§␣%} {%␣comment␣%} {%␣endcomment␣%} {%␣capture␣a␣%} {%␣assign␣a␣= {%␣btn␣ {%␣link␣ {%␣gallery␣%} {%␣endgallery␣%}
  {{<␣figure␣ {{<␣a␣>}} {{<␣/a␣>}} {{%␣a␣%}} {{%␣/a␣%}} {{<␣x§␣>}} {{<␣/x§␣>}} {{<␣youtube␣ {{<␣highlight␣go␣>}} {{<␣/highlight␣>}} {{<␣ref␣" {{<␣relref␣ {{<␣gist␣ src=" title=" alt=
  site.url page.title ␣|␣ |␣relative_url markdownify default: url_for( {::nomarkdown} {:/} {:␣.a} {:toc} {:␣a=b} {::comment} {:/comment} *<!-- --> $ !( ![a]( [a]( )  @ name:␣ link:␣
  ${"~~~"} <!--more--> {%␣endx %}x -%}x {{␣a␣}} end raw
  {{␣a() {{␣a( ()␣}} {%␣a()␣%} {%␣a( ()␣%} {%␣end␣%} {{␣x§()␣}} {%␣x§()␣%} {%␣code()␣%} {{/*␣a( )␣*/}} {%/*␣a()␣*/%} {%/*␣end␣*/%} {%/* */%} id="
`);

const MDX = tokens(String.raw`
  import␣ export␣ export␣const␣a␣=␣ export␣default␣ ␣from␣"a" import␣a␣from␣"b"⏎ import␣{ import␣* export␣{ export␣function␣a()␣{ const␣a␣=␣ ; ⏎ ⏎⏎ ␣ ⇥ <A <A␣ <A> </A> <A␣/> <A.B> <a> </a> <A␣b={ <A␣b=" <A␣{...
  <X§> </X§> <Image␣src= <YouTube␣id=" /> > < <> </> { } {" "} {a} {a. {/* */} // /* */ ${"`"} ${"${"} " ' \ => ( ) [ ] , : ? && || = ... a b x§ 1 a={ b=" style={{ }}
  <Tabs> <TabItem> </TabItem> </Tabs> <Card> </Card> <pre> <code> </code> </pre> ${"```"} ${"```"}⏎ ~~~ $ <!-- --> ::: :::tip⏎ map( .map( function␣ return␣ export␣type␣ type␣a␣= interface␣ <script> </script> -␣ >␣ #␣
`);

const YAML = tokens(String.raw`
  a b k§ x§ :␣ : :⏎ -␣ - ⏎-␣ [ ] [] {} { } , ,␣ " ' "" \ \" # ␣# ␣ ␣␣ ⏎ ⏎⏎ ⏎␣␣ ⇥ | |⏎ |- > >⏎ &a &a§ *a *a§ ! !! !!str ? ?␣ @ % --- --- ⏎---⏎ ... ⏎...⏎ <<:␣ ~ null true 1 1.5 .inf 0x 2024-01-05 12:00
  title tags title:␣ tags:␣ date:␣ draft:␣ draft:␣true⏎ password:␣ categories:␣ a:␣b⏎ k§:␣v⏎ -␣a⏎ ␣␣k§:␣v⏎ a:⏎ ， ： “ ” ${"`"} = // /* */ 中 \u00a0 \u200b \r⏎ ${"```"} ${"~~~"} +++ ;;; {a: a} [a b] a␣b <b> | % ‘ ——— --⏎
`);

const TOML = tokens(String.raw`
  a b k§ x§ a=1⏎ k§=1⏎ = ␣=␣ . .. a.b a.k§ a. [ ] [[ ]] [a]⏎ [[a]]⏎ [k§]⏎ [a.k§]⏎ { } {a=1} , " ' """ ''' """⏎ '''⏎ \ \" \u \⏎ # ␣#a⏎ ⏎ ⏎⏎ ␣ ⇥ 1 1.5 1e 0x 1_ _ - + : T Z inf nan true false 2024-01-05 10:00:00 .
  title tags title= tags= date= draft= draft=true⏎ [taxonomies]⏎ [extra]⏎ +++ ⏎+++⏎ ： ， “ ” ( ) : :␣ // 中 -␣a⏎ a:␣b⏎ \r⏎
`);

const JSON_TOKENS = tokens(String.raw`
  { } [ ] , : " ' \ \" \u \u00 "a" "a": "k§": "a":1, "k§":1, {"a": {"k§": [" "] 1 1.5 1e - true null a b x§ k§: a:␣ ␣ ⏎ ⏎⏎ ⇥ // //a⏎ /* */ , ,, "title": "date": "tags":[ "draft":true, ;;; --- ${"`"} “ ” ： ， 中 # \u2028 \\ '' ("
`);

const VALUE = tokens(String.raw`
  a b ab 1 12 2024 - -- _ . .. / // : ␣ ␣␣ ⇥ , ; # ? & = % %2 %41 + ~ ! @ * ( ) [ ] { } < > " ' \ | ^ $ ${"`"} T Z 2024-01-05 10:00 10:00:00 am ␣pm UTC GMT +08:00 Jan Mon, ␣( 年 月 日 时 分 秒 h m s min hours 中 é 😀 İ ß 。 ， 、 x§
  http:// https:// https://a.com/ www. mailto: a@b.c <a@b.c> .mp3 .md .html .png ?a=b #a ../ ./ index _posts/ 2024-01-05- :title :year/ :slug {{ }} {% %} <b> </b> [a](b) ![a]( *a* &amp; &# <!-- --> true false null ⏎ \r \u200b \u00a0 javascript: data: audio/mp3 image/png 100 0 1:00
`);

const KEYS =
  `title date updated expires tags categories authors author slug permalink url aliases description lang translationKey id image cover
  banner canonical external_url link comments enclosure enclosures audio video media podcast duration episode season status visibility
  published draft password hidden sitemap redirect_from layout content minor series transcript chapters length type live start end weight`
    .trim()
    .split(/\s+/);

/** A text as one YAML or JSON string, which may hold any character. */
const quoted = (text: string): string => JSON.stringify(text);

function inKey(key: string) {
  const lines = ["title: A", "date: 2024-01-05"].filter((line) => !line.startsWith(`${key}:`));
  return around(`---\n${lines.join("\n")}\n`, "\n---\nx", undefined, (text) => `${key}: ${quoted(text)}`);
}

const [TITLE = "", ...OTHERS] = KEYS;
const VALUES: Choice<(text: string) => Source> = [inKey(TITLE), ...OTHERS.map(inKey)];

const SITE = "title: S\nurl: https://example.com/\nsince: 2020\nlanguage: en\ntimezone: UTC\n";
const site = (before: string, after = "") => around(`${SITE}${before}`, after, "site.yaml");

const SITE_TOKENS = tokens(String.raw`
  k§:␣v⏎ x§ a b :␣ :⏎ ⏎ ⏎⏎ ␣␣ ␣ -␣ -␣a⏎ -␣x§⏎ [ ] { } , " ' # \ | > &a§ *a§ &a *a ? ! <<:␣ ␣␣k§:␣v⏎ ␣␣x§.xml:␣rss.xml⏎ ␣␣-␣a⏎ ␣␣-␣tag:␣x§⏎ retired:⏎ channels:⏎ authors:⏎ exclude:⏎ include:⏎ tags:⏎ paths:⏎ hubs:⏎ languages:⏎ posts:⏎ kinds:⏎ podcast:⏎ files:⏎
  title: description: permalink:␣ /:year/ :title/ ** * *.md {a,b} ( ) ! / https:// https://a.com/ x§.xml tag: category: guard:⏎ formats:⏎ limit: 1 true null ~ 中 ⇥ \r⏎ --- ... % @ ${"`"}
`);

const PATH = tokens(
  "a b 1 2024 2024-01-05- 2024- 01 - -- _ . .. / ␣ ␣␣ % %2 ~ # ? ( ) [ ] { } + @ 中 é 😀 。 index .md .zh .en en/ posts/ _posts/ _drafts/ source/ content/ x§ x§/ A",
);

export const GRAMMARS: { readonly [name: string]: Grammar } = {
  blocks: { tokens: BLOCKS, places: [body(), body("hexo"), body("jekyll")], isMarkdown: true },
  inline: { tokens: INLINE, places: [body(), body("jekyll")], isMarkdown: true },
  markdown: { tokens: [...BLOCKS, ...INLINE], places: [body()], isMarkdown: true },
  html: { tokens: HTML, places: [body()], isMarkdown: true },
  page: { tokens: [...HTML, ...BRACES], places: [body("jekyll", "posts/a.html"), body("zola", "posts/a.html")] },
  templates: {
    tokens: BRACES,
    places: [body(), body("hexo"), body("jekyll"), body("hugo"), body("zola"), body("eleventy")],
  },
  mdx: { tokens: MDX, places: [body("astro", "posts/a.mdx")] },
  yaml: {
    tokens: YAML,
    places: [
      around("---\ntitle: A\ndate: 2024-01-05\n", "\n---\nx"),
      around("---\ntitle: A\ndate: 2024-01-05\n", ""),
      around("---\n", "\n---\nx"),
      around("title: A\ndate: 2024-01-05\n", "\n\nx"),
    ],
  },
  toml: {
    tokens: TOML,
    places: [
      around('+++\ntitle = "A"\ndate = 2024-01-05\n', "\n+++\nx"),
      around("+++\ntitle = A\n", "\n+++\nx"),
      around("+++\n", ""),
    ],
  },
  json: {
    tokens: JSON_TOKENS,
    places: [
      around('{"title": "A", "date": "2024-01-05",\n', "}\nx"),
      around('{"title": A,\n', ""),
      around('---json\n{"title": "A",', "}\n---\nx"),
      around('"title": "A", "date": "2024-01-05",\n', "\n;;;\nx"),
    ],
  },
  values: { tokens: VALUE, places: VALUES },
  path: {
    tokens: PATH,
    places: [
      (text) => ({ key: `posts/${text}.md`, dialect: "plain", text: "---\ntitle: A\n---\nx" }),
      (text) => ({ key: `${text}.md`, dialect: "jekyll", text: "---\ntitle: A\n---\nx" }),
    ],
  },
  site: {
    tokens: SITE_TOKENS,
    places: [
      site(""),
      ...["retired:\n", "channels:\n", "authors:\n", "posts:\n  - ", "exclude:\n  tags:\n", "include:\n  paths:\n"].map(
        (key) => site(key),
      ),
      ...["permalink", "hubs", "posts", "description", "url", "timezone", "copyright", "image"].map((key) =>
        around(SITE, "\n", "site.yaml", (text) => `${key}: ${quoted(text)}`),
      ),
    ],
  },
};
