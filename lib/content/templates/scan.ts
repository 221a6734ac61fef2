/** Markdown → the constructs in it, in order: what stands in code or in a comment is none. */
import { type Finder, makeFinder } from "./finder.ts";
import { type Line, makeLines } from "./lines.ts";
import { makeSpans } from "./spans.ts";

/** What was read at one place. */
export interface Construct {
  readonly family:
    | "tag"
    | "shortcode"
    | "component"
    | "container"
    | "element"
    | "value"
    | "expression"
    | "fixed"
    | "label"
    | "code"
    | "imports";
  /** `open` may have a `close` after it; `whole` has none. */
  readonly role: "open" | "close" | "whole";
  readonly name: string;
  /** Its arguments, or what stands in its place, as written. */
  readonly rest: string;
  /** What it holds, of those in which nothing is read. */
  readonly content?: string;
  readonly start: number;
  readonly end: number;
}

export interface Piece extends Construct {
  readonly line: Line;
  readonly isAlone: boolean;
}

export interface Place {
  readonly source: string;
  readonly at: number;
  readonly line: Line;
  readonly find: Finder;
  /** Where the last piece ended. */
  readonly since: number;
}

export type Reader = (place: Place) => Construct | undefined;

/** One language of templates. */
export interface Grammar {
  readonly isMdx: boolean;
  /** Characters at which a reader may find something. */
  readonly readers: ReadonlyMap<string, Reader>;
  /** Of a line as a whole, before anything in it. */
  readonly line?: Reader;
  /** An emphasis that holds a comment alone is none that anyone sees. */
  readonly hasEmptyEmphasis?: boolean;
  /** Code as it is shown, where the generator reads templates in code too. */
  readonly shownCode?: (code: string, isSpan: boolean) => string;
}

const RAW_ELEMENT = /<(pre|code|script|style|textarea|svg)(?=[\s>])/iy;
const LABEL = /^<!--\s*(?:tab|timeline|node|folder|cell)\s([\s\S]*?)-->$/;

export function scan(source: string, grammar: Grammar): readonly Piece[] {
  const find = makeFinder(source);
  const lines = makeLines(source, grammar.isMdx);
  const spans = makeSpans(source, find);
  const special = new RegExp(`[\\n\\\\\`<${[...grammar.readers.keys()].map((key) => `\\${key}`).join("")}]`, "g");
  const pieces: Piece[] = [];
  let at = 0;
  while (at < source.length) {
    const line = lines.enter(at);
    if (line.codeEnd !== undefined) {
      if (line.isIndentedCode) add("code", line, at, line.codeEnd, shown(source.slice(at, line.codeEnd), false));
      else code(line, line.content, line.codeEnd, false);
      at = line.codeEnd;
      continue;
    }
    const whole = grammar.line?.({ source, at: line.content, line, find, since: pieces.at(-1)?.end ?? 0 });
    if (whole) {
      pieces.push({ ...whole, line, isAlone: true });
      at = whole.end;
    } else {
      at = line.content;
    }
    at = within(line, at);
  }
  return pieces;

  /** The rest of a line, and of those that a construct in it goes on to; where the next begins. */
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
    if (character === "\\") return position + (/[`{<$]/.test(source[position + 1] ?? "") && isEscape(position) ? 2 : 1);
    if (character === "`") {
      const end = spans.endOf(position);
      if (end.isCode) code(line, position, end.at, true);
      return end.at;
    }
    if (character === "<") {
      const end = verbatimEnd(line, position);
      if (end !== undefined) return end;
    }
    const read = grammar.readers.get(character)?.({ source, at: position, line, find, since: pieces.at(-1)?.end ?? 0 });
    if (!read) return position + 1;
    pieces.push({ ...read, line, isAlone: position === line.content });
    return read.end;
  }

  /** A backslash keeps a backtick from being code; the rest is MDX's alone. */
  function isEscape(position: number): boolean {
    return source[position + 1] === "`" || grammar.isMdx;
  }

  /** The end of a comment or of an element whose content is shown as it is. */
  function verbatimEnd(line: Line, position: number): number | undefined {
    if (source.startsWith("<!--", position)) {
      const close = find.text("-->", position + 4);
      if (close < 0) return undefined;
      const label = LABEL.exec(source.slice(position, close + 3))?.[1];
      if (label !== undefined) add("label", line, position, close + 3, label.trim());
      return (grammar.hasEmptyEmphasis && emphasisEnd(line, position, close + 3)) || close + 3;
    }
    RAW_ELEMENT.lastIndex = position;
    const name = RAW_ELEMENT.exec(source)?.[1]?.toLowerCase();
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
    // Twice as many: it closes, and the next emphasis opens.
    if (!marks?.startsWith(behind.charAt(0)) || ![1, 2].includes(behind.length / marks.length)) return undefined;
    add("fixed", line, start - marks.length, end + marks.length, "");
    return end + marks.length;
  }

  /** Code stays as it is, unless its generator would have shown less of it. */
  function code(line: Line, start: number, end: number, isSpan: boolean): void {
    if (!grammar.shownCode) return;
    const written = source.slice(start, end);
    const text = shown(written, isSpan);
    if (text !== written) add("fixed", line, start, end, text);
  }

  function shown(written: string, isSpan: boolean): string {
    return grammar.shownCode?.(written, isSpan) ?? written;
  }

  function add(family: Construct["family"], line: Line, start: number, end: number, rest: string): void {
    const isAlone = start === line.content;
    pieces.push({ family, role: "whole", name: family, rest, start, end, line, isAlone });
  }
}
