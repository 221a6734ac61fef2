/** The HTML that a feed may carry, as tables: elements, their attributes, and what happens to all others. */
import { words } from "../../base/text.ts";

/** A pattern for a `class` with any of these, each of which is the source of a pattern. */
export const anyClass = (names: string): RegExp => new RegExp(`(?:^|\\s)(?:${words(names).join("|")})(?:\\s|$)`);

/**
 * The attributes of each element besides `GLOBAL`. An element that is in no table is removed, and its content stays.
 */
export const ELEMENTS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  `
  p br hr div span section article aside header footer main nav address
  h1 h2 h3 h4 h5 h6
  b i u s em strong small big tt mark sub sup kbd samp var abbr cite dfn bdi bdo wbr strike
  ruby rt rp
  ul dl dt dd
  figure figcaption picture summary
  table thead tbody tfoot tr caption
  pre
  a: href
  audio: src controls
  blockquote: cite
  code: class
  col: span
  colgroup: span
  data: value
  del: cite datetime
  details: open
  img: src srcset sizes alt width height
  ins: cite datetime
  li: value
  ol: start reversed type
  q: cite
  source: src srcset sizes type media width height
  td: colspan rowspan align
  th: colspan rowspan align scope
  time: datetime
  track: src kind srclang label
  video: src poster width height controls
  `
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [names = "", attributes = ""] = line.split(":");
      const allowed = new Set(attributes.split(/\s+/).filter(Boolean));
      return words(names).map((name) => [name, allowed] as const);
    }),
);

export const GLOBAL: ReadonlySet<string> = new Set(["title", "lang", "dir"]);

/** A pattern for the attributes without which an element is removed. */
export const VITAL: { readonly [element: string]: RegExp | undefined } = {
  a: / href="/,
  img: / src(?:set)?="/,
  source: / src(?:set)?="/,
  span: /./,
  track: / src="/,
};

/** Obsolete and unusual elements, with those that take their place. */
export const RENAMED: ReadonlyMap<string, string> = new Map(
  words(`
  acronym=abbr center=div marquee=div fieldset=div legend=div hgroup=div search=div dialog=div menu=ul dir=ul
  listing=pre xmp=pre amp-img=img amp-anim=img amp-video=video amp-audio=audio amp-iframe=iframe
  `).map((pair) => pair.split("=") as [string, string]),
);

/** Elements that are removed with their content. */
export const DROPPED: ReadonlySet<string> = new Set(
  words("script style template title applet noembed noframes svg select textarea button datalist frameset plaintext"),
);

/** Elements of HTML that are in no table, of all times. */
const OTHERS: ReadonlySet<string> = new Set(
  words(`
  area base basefont bgsound blink body button canvas command content embed font form frame head html iframe image input
  isindex keygen label link map math meta meter multicol nobr noscript object optgroup option output param portal
  progress rb rtc selectedcontent shadow slot spacer
  `),
);

/** Whether HTML has an element of this name, in small letters. */
export const isElement = (name: string): boolean =>
  ELEMENTS.has(name) || RENAMED.has(name) || DROPPED.has(name) || OTHERS.has(name);

/** Classes of elements that a page hides from those who see it, or shows to be clicked. */
export const DROPPED_CLASSES = anyClass(`
  sr-only visually-hidden screen-reader-text copy-btn copybtn copy-button copy-code-button btn-copy btn-clipboard
  code-copy code-copy-btn copy-to-clipboard-button
`);

/** Elements that swallow all that follows until they are closed. */
export const SWALLOWING: readonly string[] = words(
  `script style template noscript title iframe object noembed noframes svg math select textarea button xmp plaintext
  mjx-container lite-youtube lite-vimeo amp-iframe amp-youtube amp-vimeo`,
);

export const VOID: ReadonlySet<string> = new Set(words("br col hr img source track wbr"));

/** For each element those that its opening tag closes, as in browsers and in our parser. */
export const CLOSES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  (
    [
      [
        `address article aside blockquote details div dl figcaption figure footer header hr main nav ol p pre section
        table ul`,
        "p",
      ],
      ["h1 h2 h3 h4 h5 h6", "h1 h2 h3 h4 h5 h6 p"],
      ["li", "li"],
      ["dd dt", "dd dt"],
      ["rt rp", "rt rp"],
      ["tr", "tr th td"],
      ["th", "th"],
      ["td", "thead th td"],
      ["tbody tfoot", "thead tbody"],
      ["a", "a"],
    ] as const
  ).flatMap(([names, closed]) => words(names).map((name) => [name, new Set(words(closed))] as const)),
);

/** Elements within a line of text. */
export const INLINE: ReadonlySet<string> = new Set(
  words(`
  a b i u s em strong small big tt mark sub sup kbd samp var abbr cite dfn bdi bdo wbr strike ruby rt rp
  code del ins q time data span
  `),
);

/** Elements in which the link of a frame becomes a paragraph. */
export const HOLDS_BLOCKS: ReadonlySet<string> = new Set(
  words("#root div section article aside main header footer blockquote details"),
);

/** A paragraph in one of these is a lead only if there is no other. */
export const ASIDES: ReadonlySet<string> = new Set(words("blockquote ul ol dl table figure details footer aside nav"));

/** Elements nested deeper are removed, and their text stays, so that no walk of the tree overflows the stack. */
export const DEEPEST = 200;

/** A mark for a table of contents, which is alone in its paragraph. */
export const TOC_MARK =
  /^\s*(?:@?\[\s{0,3}toc\s{0,3}\]|\[\[\s{0,3}_?toc_?\s{0,3}\]\]|\{:?\s{0,3}toc[^{}]{0,40}\}|\$\{toc\}|\{\{toc\}\})\s*$/i;
