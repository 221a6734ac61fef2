/** A text that is read from its start to its end, and what was found in it ahead of the reader. */
import { Lexer, type Token } from "marked";

/** Up to this length marked's own rules are the faster ones. */
export const SHORT = 600;

/**
 * Whether it may take long to read a post's text as marked does, again and again up to its end. Most posts are shorter,
 * and to count their work, or to look for marks ahead, would only take time.
 */
export const isLong = (markdown: string): boolean => markdown.length >= 16_000;

/** A text, a pattern with the flag `g`, or what finds a position at or after another one; `Infinity` for none. */
type Sought = string | RegExp | ((reading: Reading, from: number) => number);

interface Place {
  readonly reading: Reading;
  readonly at: number;
  /** What is around the part, if that is emphasis. */
  readonly within: string;
}

interface MadeOfMasked<Made> {
  readonly made: Made;
  readonly at: number;
}

/** Whether the part is masked as the text around it is, and has no marks at its ends, of which more may be around it. */
const isAt = (outer: string, at: number, part: string): boolean =>
  !isMark(part.charAt(0)) && !isMark(part.charAt(part.length - 1)) && outer.slice(at, at + part.length) === part;

const isMark = (character: string): boolean => character !== "" && "*_~".includes(character);

/** Where something occurs at or after a position; looked for again only once the reader has passed it. */
interface Found {
  from: number;
  at: number;
}

/**
 * marked's tokenizers are given the rest of a text and look in it for what closes a mark. Where many marks are not
 * closed, each search would read all that follows. Here a search goes on where the former one has ended.
 */
export class Reading {
  readonly text: string;
  /** The text that this one is a part of, and where it begins there. */
  readonly #outer: Place | undefined;
  #masked: string | undefined;
  #found: Map<Sought, Found> | undefined;
  #made: Map<unknown, unknown> | undefined;
  #endOfWords: number | undefined;
  #hasAt: boolean | undefined;

  constructor(text: string, outer?: Place) {
    this.text = text;
    this.#outer = outer;
  }

  /** In a short text nothing is far away. */
  get isShort(): boolean {
    return this.text.length < SHORT;
  }

  /** From here on there are only spaces and line breaks. */
  get endOfWords(): number {
    this.#endOfWords ??= this.text.trimEnd().length;
    return this.#endOfWords;
  }

  get hasAt(): boolean {
    this.#hasAt ??= this.text.includes("@");
    return this.#hasAt;
  }

  /** The position of `rest`, which is the end of the text. */
  positionOf(rest: string): number {
    return this.text.length - rest.length;
  }

  /** Where what is sought begins at or after `from`; `Infinity` if nowhere. */
  next(sought: Sought, from: number): number {
    this.#found ??= new Map();
    const found = this.#found.get(sought) ?? { from: 0, at: -1 };
    if (from < found.from || from > found.at) {
      found.from = from;
      found.at = this.#search(sought, from);
      this.#found.set(sought, found);
    }
    return found.at;
  }

  /** How far it is from the start of `rest` to what is sought; -1 if it is nowhere, as marked's extensions say it. */
  distance(sought: Sought, rest: string): number {
    const from = this.positionOf(rest);
    const at = this.next(sought, from);
    return at === Number.POSITIVE_INFINITY ? -1 : at - from;
  }

  /** What is made of the whole text; once, when it is first needed. */
  once<Made>(make: (text: string) => Made): Made {
    return this.#once(make, () => make(this.text));
  }

  /**
   * What is made of the text in which marks are masked; or of that around it, in which it begins at `at`. So emphasis
   * within emphasis is not read again at each level. `within` are the marks around a part, if only those will do.
   */
  onceMasked<Made>(make: (masked: string) => Made, masked: string, within?: string): MadeOfMasked<Made> {
    this.#masked = masked;
    return this.#once(make, () => {
      const place = this.#outer;
      const isPart = place !== undefined && (within === undefined || within === place.within);
      const outer = isPart ? place.reading.#masked : undefined;
      if (!(isPart && outer !== undefined && isAt(outer, place.at, masked))) return { made: make(masked), at: 0 };
      const found = place.reading.onceMasked(make, outer, within);
      return { made: found.made, at: found.at + place.at };
    });
  }

  #once<Made>(key: unknown, make: () => Made): Made {
    this.#made ??= new Map();
    if (!this.#made.has(key)) this.#made.set(key, make());
    return this.#made.get(key) as Made;
  }

  #search(sought: Sought, from: number): number {
    if (typeof sought === "function") return sought(this, from);
    if (typeof sought === "string") {
      const at = this.text.indexOf(sought, from);
      return at === -1 ? Number.POSITIVE_INFINITY : at;
    }
    sought.lastIndex = from;
    return sought.exec(this.text)?.index ?? Number.POSITIVE_INFINITY;
  }
}

/** The character at a position, which may be of two code units; empty at the end. */
export const characterAt = (text: string, at: number): string =>
  isPair(text, at) ? text.slice(at, at + 2) : text.charAt(at);

/** The character before a position; empty at the start. */
export const characterBefore = (text: string, at: number): string =>
  isPair(text, at - 2) ? text.slice(at - 2, at) : text.charAt(at - 1);

const isPair = (text: string, at: number): boolean => (text.codePointAt(at) ?? 0) > 0xffff;

/** The index of the first of the ascending positions that is at or after `from`; their number if there is none. */
export function indexFrom(positions: readonly number[], from: number): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positions[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first of the ascending positions that is at or after `from`; `Infinity` if there is none. */
export const firstFrom = (positions: readonly number[], from: number): number =>
  positions[indexFrom(positions, from)] ?? Number.POSITIVE_INFINITY;

/** What is read now. Lexing is synchronous, and marked does not tell its rules which lexer uses them. */
let line = new Reading("");
let blocks = new Reading("");

/** The text of the innermost inline element that is read now. */
export const lineRead = (): Reading => line;
/** The text of the innermost blocks that are read now. */
export const blocksRead = (): Reading => blocks;

/** Where the text is that is read next. */
let place: Place | undefined;

/** Reads a part of the text that is read now. */
export function readPart(lexer: Lexer, text: string, at: number, within: string): Token[] {
  place = { reading: line, at, within };
  return lexer.inlineTokens(text);
}

/** marked's lexer, which has beside it the text that it reads. */
export class ReadingLexer extends Lexer {
  override inlineTokens(src: string, tokens?: Token[]): Token[] {
    const around = line;
    line = new Reading(src, place);
    place = undefined;
    try {
      return super.inlineTokens(src, tokens);
    } finally {
      line = around;
    }
  }

  override blockTokens(src: string, tokens: Token[] = [], isContinued = false) {
    const around = blocks;
    blocks = new Reading(src);
    try {
      return super.blockTokens(src, tokens, isContinued) as Token[] & Lexer["tokens"];
    } finally {
      blocks = around;
    }
  }
}
