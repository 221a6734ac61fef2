/** Fenced code: its language as readers know it, and without the marks of lines that a page colours. */
import type { Tokens } from "marked";

export function asShown(token: Tokens.Code): Tokens.Code {
  const lang = token.lang && languageOf(token.lang);
  const text = withoutMarks(token.text, lang);
  return lang === token.lang && text === token.text ? token : ({ ...token, lang, text } as Tokens.Code);
}

/** `{.python .numberLines}` of pandoc, `{r, echo=FALSE}` of R Markdown, `[bash]`, `lang:php` of Octopress, `brush: php`. */
function languageOf(written: string): string {
  const [word = ""] = /^\S*/.exec(written) ?? [];
  if (word.includes("/") && !/^[{[]|:\/\//.test(word)) return IN_PATH.exec(word)?.[1] ?? written;
  if (!/^(?:[{[]|lang|brush:)/.test(written)) return written;
  const [, attributes, bracketed, name] =
    /^(?:\{([^{}]*)\}|\[([\w+#-]+)\](?!\()|(?:lang(?:uage)?[-:=]|brush:[ \t]?)([\w+#.-]+))/.exec(written) ?? [];
  if (attributes === undefined) return bracketed ?? name ?? written;
  const classes = [...attributes.matchAll(/(?<!\S)\.([\w+#-]+)(?![\w+#:-])/g)].map(([, each = ""]) => each);
  return classes.find((each) => !OF_LINES.test(each)) ?? /^\s*([a-z][\w+#.-]*)(?=[\s,]|$)/i.exec(attributes)?.[1] ?? "";
}

/** `text/x-java`, `src/main.rs`, `./a.js`. */
const IN_PATH = /(?:^(?:text|application)\/(?:x-)?|\.)(\w[\w+#-]*)$/;

/** Classes for the numbers of lines. */
const OF_LINES = /^(?:number|line)-?(?:lines|numbers|anchors)$|^wrap$/i;

/** Of Shiki, for VitePress: behind code, in a comment of any language. */
const BEHIND = /(?:\{\/\*|\/[/*]|<!--|--|#|;{1,2}|%{1,2})[ \t]{0,9}$/;
const SHIKI =
  /^\[!code (?:\+\+|--|focus|highlight|hl|warning|error|info|word:[^\]\n]{1,100})(?::\d{1,5})?\][ \t]{0,9}(?:\*\/\}?|-->)?/;
/** Of Docusaurus and Gatsby: a comment of its own, on a line of its own or at the end of one. */
const WORD = "highlight-(?:next-line|start|end|line|range\\{[\\d,. -]{1,99}\\})";
const COMMENT = new RegExp(
  `(?:(?://|#|--|;{1,2}|%{1,2})[ \\t]{0,9}${WORD}|(?:\\{[ \\t]?)?/\\*[ \\t]{0,9}${WORD}[ \\t]{0,9}\\*/(?:[ \\t]?\\})?|<!--[ \\t]{0,9}${WORD}[ \\t]{0,9}-->)[ \\t]{0,9}$`,
);
/** In these, other comments are code that is shown. */
const MARKDOWN = /^(?:md|mdx|markdown)$/i;

/** A line that only a mark was on is gone with it. */
function withoutMarks(text: string, lang: string | undefined): string {
  if (MARKDOWN.test(lang ?? "") || !/\[!code |highlight-/.test(text)) return text;
  const lines = text.split("\n").flatMap((line) => {
    // Docusaurus reads its marks only where a language is named.
    const [comment = ""] = (lang && line.includes("highlight-") && COMMENT.exec(line.slice(-LONGEST))) || [];
    const shown = comment ? line.slice(0, line.length - comment.length).trimEnd() : withoutMark(line);
    return shown === line || shown !== "" ? [shown] : [];
  });
  return lines.join("\n");
}

function withoutMark(line: string): string {
  let shown = line;
  for (let marks = 0; marks < MOST; marks += 1) {
    const at = shown.indexOf("[!code ");
    if (at === -1) return shown;
    const [opening] = BEHIND.exec(shown.slice(Math.max(0, at - LONGEST), at)) ?? [];
    const [mark] = SHIKI.exec(shown.slice(at, at + LONGEST)) ?? [];
    if (mark === undefined || (opening === undefined && marks === 0)) return shown;
    shown = (shown.slice(0, at - (opening?.length ?? 0)) + shown.slice(at + mark.length)).trimEnd();
  }
  return shown;
}

/** Characters of a comment, and marks on a line. */
const LONGEST = 200;
const MOST = 9;
