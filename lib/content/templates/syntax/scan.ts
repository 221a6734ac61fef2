/** Markdown → the constructs in it, in order; code and comments contain none. */
import { matchAt } from "../../match.ts";
import type { Construct, Line, PlacedConstruct } from "../types.ts";
import { makeFinder } from "./finder.ts";
import { makeLines } from "./lines.ts";
import type { Grammar } from "./reader.ts";
import { COMMENT, includedBy } from "./readers/includes.ts";
import { MDX_FENCE, mdxGrammar } from "./readers/mdx.ts";
import { makeSpans } from "./spans.ts";

export const RAW_ELEMENT = /<(pre|code|script|style|textarea|svg)(?=[\s>])/iy;
const CLOSING_LINE = /(?<![^\n])[ \t>]*(?:`{3,}|~{3,})[ \t]*\n?$/;
const LABEL = /^<!--\s*(?:tab|timeline|node|folder|cell)\s([\s\S]*?)-->$/;

export function scan(source: string, grammar: Grammar, isInFence = false): readonly PlacedConstruct[] {
  const find = makeFinder(source);
  const lines = makeLines(source, grammar);
  const spans = makeSpans(source, find);
  const special = new RegExp(`[\\n\\\\\`<${[...grammar.readers.keys()].map((key) => `\\${key}`).join("")}]`, "g");
  const constructs: PlacedConstruct[] = [];
  const mayHaveFences = grammar.readsFences && !isInFence;
  let at = 0;
  while (at < source.length) {
    const line = lines.enter(at);
    if (line.codeEnd !== undefined) {
      if (mayHaveFences && matchAt(MDX_FENCE, source, line.content)) mdxWithin(line, line.codeEnd);
      else if (line.isIndentedCode) add("code", line, at, line.codeEnd, shown(source.slice(at, line.codeEnd), false));
      else {
        const whole = grammar.fence?.({ source, at: line.content, line, find, since: 0 });
        if (whole) constructs.push({ ...whole, line, isAlone: true });
        else code(line, line.content, line.codeEnd, false);
      }
      at = line.codeEnd;
      continue;
    }
    const whole = grammar.line?.({ source, at: line.content, line, find, since: constructs.at(-1)?.end ?? 0 });
    if (whole) {
      constructs.push({ ...whole, line, isAlone: true });
      at = whole.end;
    } else {
      at = line.content;
    }
    at = within(line, at);
  }
  return constructs;

  /** The lines between those of a fence whose content is MDX; these two are left empty. */
  function mdxWithin(line: Line, end: number): void {
    const start = source.indexOf("\n", line.content) + 1;
    const written = start === 0 ? "" : source.slice(start, end);
    const [closing = ""] = CLOSING_LINE.exec(written) ?? [];
    add("fixed", line, line.content, start === 0 ? end : start - 1, "");
    const inner = written.slice(0, written.length - closing.length);
    for (const each of scan(inner, mdxGrammar(inner), true)) {
      const { line: own } = each;
      const placed = { ...own, start: own.start + start, content: own.content + start };
      constructs.push({ ...each, start: each.start + start, end: each.end + start, line: placed });
    }
    if (closing === "") return;
    const mark = start + inner.length + closing.search(/[`~]/);
    add("fixed", { ...line, content: mark }, mark, end - (closing.endsWith("\n") ? 1 : 0), "");
  }

  /** Reads the rest of a line, and of those that a construct in it extends to; returns where the next line begins. */
  function within(line: Line, from: number): number {
    let position = from;
    for (;;) {
      special.lastIndex = position;
      const character = special.exec(source)?.[0];
      if (character === undefined) return source.length;
      position = special.lastIndex - 1;
      if (character === "\n") return position + 1;
      position = past(character, line, position);
    }
  }

  function past(character: string, line: Line, position: number): number {
    if (character === "\\" && !grammar.isHtml)
      return position + (/[`{<$]/.test(source[position + 1] ?? "") && isEscape(position) ? 2 : 1);
    if (character === "`" && !grammar.isHtml) {
      const end = spans.endOf(position);
      if (end.isCode) code(line, position, end.at, true);
      return end.at;
    }
    if (character === "<") {
      const end = verbatimEnd(line, position);
      if (end !== undefined) return end;
    }
    const read = grammar.readers.get(character)?.({
      source,
      at: position,
      line,
      find,
      since: constructs.at(-1)?.end ?? 0,
    });
    if (!read) return position + 1;
    constructs.push({ ...read, line, isAlone: position === line.content });
    return read.end;
  }

  /** A backslash escapes a backtick and `<` in every dialect; braces and `$` in MDX alone. */
  function isEscape(position: number): boolean {
    return source[position + 1] === "`" || source[position + 1] === "<" || grammar.isMdx;
  }

  /** The end of a comment or of an element whose content is shown as it is. */
  function verbatimEnd(line: Line, position: number): number | undefined {
    if (source.startsWith("<!--", position)) {
      const close = find.text("-->", position + 4);
      if (close < 0) return undefined;
      const file = includedBy(source.slice(position, close + 3));
      if (file !== undefined) add("tag", line, position, close + 3, file, COMMENT);
      const label = LABEL.exec(source.slice(position, close + 3))?.[1];
      if (label !== undefined) add("label", line, position, close + 3, label.trim());
      return (grammar.hasEmptyEmphasis && emphasisEnd(line, position, close + 3)) || close + 3;
    }
    const name = matchAt(RAW_ELEMENT, source, position)?.[1]?.toLowerCase();
    if (name === undefined) return undefined;
    const close = find.pattern(`</${name}`, () => new RegExp(`</${name}\\s*>`, "gi"), position);
    if (!close) return undefined;
    code(line, position, close.end, false);
    return close.end;
  }

  /** kramdown's `**<!-- anchor -->**`, which CommonMark shows with its marks. */
  function emphasisEnd(line: Line, start: number, end: number): number | undefined {
    const marks = /(?:^|[^*_])(\*{1,3}|_{1,3})$/.exec(source.slice(Math.max(line.content, start - 4), start))?.[1];
    const behind = /^(?:\*+|_+)/.exec(source.slice(end, end + 8))?.[0] ?? "";
    // Twice as many marks close this emphasis and open the next.
    if (!marks?.startsWith(behind.charAt(0)) || ![1, 2].includes(behind.length / marks.length)) return undefined;
    add("fixed", line, start - marks.length, end + marks.length, "");
    return end + marks.length;
  }

  /** Code stays as it is, unless its generator shows it without escapes. */
  function code(line: Line, start: number, end: number, isSpan: boolean): void {
    if (!grammar.shownCode) return;
    const written = source.slice(start, end);
    const text = shown(written, isSpan);
    if (text !== written) add("fixed", line, start, end, text);
  }

  function shown(written: string, isSpan: boolean): string {
    return grammar.shownCode?.(written, isSpan) ?? written;
  }

  function add(
    family: Construct["family"],
    line: Line,
    start: number,
    end: number,
    rest: string,
    name = family as string,
  ): void {
    const isAlone = start === line.content;
    constructs.push({ family, role: "whole", name, rest, start, end, line, isAlone });
  }
}
