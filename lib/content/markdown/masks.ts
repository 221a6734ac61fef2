/**
 * What emphasis does not look into: links, code and HTML. marked's rules for it try each of these at every mark, up to the
 * end of the text where it is not closed; these find the same.
 */
import { firstFrom, isLong, lineRead, Reading, SHORT } from "./reading.ts";
import type { RuleChange } from "./rules.ts";

const NOWHERE = Number.POSITIVE_INFINITY;

/** Where backticks are, by how many there are in a row. */
export function codeMarksIn(text: string): ReadonlyMap<number, readonly number[]> {
  const marks = new Map<number, number[]>();
  for (const { 0: run, index } of text.matchAll(/`+/g)) {
    const positions = marks.get(run.length) ?? [];
    positions.push(index);
    marks.set(run.length, positions);
  }
  return marks;
}

const CODE_OR_ESCAPE = /`+|\\[\p{P}\p{S}]/gu;

/** Escaped characters, and code in which a backslash is none, as in marked's rule `anyPunctuationOutsideCode`. */
class EscapesOutsideCode extends RegExp {
  readonly #rule: RegExp;

  constructor(rule: RegExp) {
    super(rule);
    this.#rule = rule;
  }

  override [Symbol.replace](text: string, replacement: unknown): string {
    if (text.length < SHORT) return text.replace(this.#rule, replacement as () => string);
    const replace = replacement as (found: string, code?: string, character?: string) => string;
    const marks = text.includes("`") ? codeMarksIn(text) : undefined;
    const parts: string[] = [];
    let end = 0;
    CODE_OR_ESCAPE.lastIndex = 0;
    for (let found = CODE_OR_ESCAPE.exec(text); found; found = CODE_OR_ESCAPE.exec(text)) {
      const { 0: raw, index } = found;
      const isCode = raw.startsWith("`");
      const close = isCode ? firstFrom(marks?.get(raw.length) ?? [], index + raw.length) : NOWHERE;
      const whole = close === NOWHERE ? raw : text.slice(index, close + raw.length);
      const code = close === NOWHERE ? undefined : raw;
      parts.push(text.slice(end, index), replace(whole, code, isCode ? undefined : raw.slice(1)));
      end = index + whole.length;
      CODE_OR_ESCAPE.lastIndex = end;
    }
    CODE_OR_ESCAPE.lastIndex = 0;
    return parts.join("") + text.slice(end);
  }
}

const SPAN_START = /[[`<]/g;
const DESTINATION = /\((?:\\[\s\S]|[^\\()]|\((?:\\[\s\S]|[^\\()])*\))*\)/y;
const IN_ANGLES = /<(?! )[^<>]*>/y;
const BACKTICKS = /`+/y;

const endOf = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
};

/** Of one text: where each row of backticks leads that a label of a link contains. */
type Labels = Map<number, number>;
const labelsOf = (): Labels => new Map();
/** Of one text: where the destination ends that begins at a position. */
const destinationsOf = (): Map<number, number> => new Map();

/** Where a code span ends that begins at a position: at the next row of backticks, if it is as long; -1 otherwise. */
function endOfCode(text: string, at: number): number {
  const start = endOf(BACKTICKS, text, at);
  const close = text.indexOf("`", start);
  if (close === -1) return -1;
  const end = endOf(BACKTICKS, text, close);
  return end - close === start - at ? end : -1;
}

const LABEL_END = /[[\]`]/g;

/** Where the label of a link ends whose text goes on at a position: at a `]` outside of code; -1 if it does not. */
function endOfLabel(reading: Reading, from: number): number {
  const labels = reading.once(labelsOf);
  const passed: number[] = [];
  let at = reading.next(LABEL_END, from);
  let end = -1;
  for (;;) {
    const known = labels.get(at);
    if (known !== undefined) end = known;
    else if (reading.text.charAt(at) === "]") end = at;
    else if (reading.text.charAt(at) === "`") {
      passed.push(at);
      const code = endOfCode(reading.text, at);
      if (code !== -1) {
        at = reading.next(LABEL_END, code);
        continue;
      }
    }
    break;
  }
  for (const position of passed) labels.set(position, end);
  return end;
}

function endOfDestination(reading: Reading, at: number): number {
  const destinations = reading.once(destinationsOf);
  const end = destinations.get(at) ?? endOf(DESTINATION, reading.text, at);
  destinations.set(at, end);
  return end;
}

const NOTHING = new Reading("");

/** The links, code and HTML of a text, as in marked's rule `blockSkip`. */
class SkippedSpans extends RegExp {
  readonly #rule: RegExp;
  #reading = NOTHING;
  /** Of the HTML that was found last, for which marked then asks the rule for tags. */
  html: { readonly reading: Reading; readonly at: number } | undefined;

  /** Called with flags where all matches are looked for. */
  constructor(rule: RegExp, flags = rule.flags) {
    super(rule, flags);
    this.#rule = new RegExp(rule, flags);
  }

  override exec(text: string): RegExpExecArray | null {
    if (text.length < SHORT) return this.#execRule(text);
    if (this.#reading.text !== text) this.#reading = new Reading(text);
    this.html = undefined;
    for (let at = this.lastIndex; at < text.length; ) {
      SPAN_START.lastIndex = at;
      const start = SPAN_START.exec(text)?.index;
      if (start === undefined) break;
      const end = this.#endOfSpan(start);
      if (end !== -1) return this.#found(start, end);
      at = text.charAt(start) === "`" ? endOf(BACKTICKS, text, start) : start + 1;
    }
    this.lastIndex = 0;
    this.#reading = NOTHING;
    return null;
  }

  #execRule(text: string): RegExpExecArray | null {
    this.#rule.lastIndex = this.lastIndex;
    const found = this.#rule.exec(text);
    this.lastIndex = this.#rule.lastIndex;
    return found;
  }

  #endOfSpan(start: number): number {
    const { text } = this.#reading;
    const mark = text.charAt(start);
    if (mark === "<") return endOf(IN_ANGLES, text, start);
    if (mark === "`") return text.charAt(start - 1) === "`" ? -1 : endOfCode(text, start);
    const label = endOfLabel(this.#reading, start + 1);
    return label !== -1 && text.charAt(label + 1) === "(" ? endOfDestination(this.#reading, label + 1) : -1;
  }

  #found(start: number, end: number): RegExpExecArray {
    const { text } = this.#reading;
    if (text.charAt(start) === "<") this.html = { reading: this.#reading, at: start };
    this.lastIndex = end;
    return Object.assign([text.slice(start, end)] as [string], { index: start, input: text });
  }
}

/** Marked's rule for tags and comments, which is not tried where the mark is missing that ends them. */
class ClosedTag extends RegExp {
  readonly #rule: RegExp;
  readonly #spans: SkippedSpans;

  constructor(rule: RegExp, spans: SkippedSpans) {
    super(rule);
    this.#rule = rule;
    this.#spans = spans;
  }

  override exec(rest: string): RegExpExecArray | null {
    const [, closing] = OPEN.find(([start]) => rest.startsWith(start)) ?? [];
    if (closing === undefined) return this.#rule.exec(rest);
    const { html } = this.#spans;
    const isMask = html !== undefined && html.reading.text.length - html.at === rest.length;
    const reading = isMask ? html.reading : lineRead();
    const isClosed = reading.next(closing, reading.positionOf(rest) + 2) !== NOWHERE;
    return isClosed ? this.#rule.exec(rest) : null;
  }
}

const OPEN = [
  ["<!--", "-->"],
  ["<?", "?>"],
  ["<![CDATA[", "]]>"],
  ["<!", ">"],
] as const;

/** For texts with marks of which many may not be closed. */
export const closedSpans: RuleChange = {
  isNeeded: (markdown) =>
    isLong(markdown) && (markdown.includes("`") || markdown.includes("[") || /<[!?]/.test(markdown)),
  change(rules) {
    const { inline } = rules;
    const blockSkip = new SkippedSpans(inline.blockSkip);
    const tag = new ClosedTag(inline.tag, blockSkip);
    const escapes = new EscapesOutsideCode(inline.anyPunctuationOutsideCode);
    return { ...rules, inline: { ...inline, tag, blockSkip, anyPunctuationOutsideCode: escapes } };
  },
};
