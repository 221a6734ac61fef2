/** The parser of HTML, without tags that are nested deeper than in browsers. */
import { type Handler, Parser } from "htmlparser2";

/** As deep as in Chromium. For each tag the parser takes as many steps as there are elements around it. */
const DEEPEST = 512;

/** Their content is text, so that none is within another. */
const HOLDS_TEXT: ReadonlySet<string> = new Set([
  "script",
  "style",
  "title",
  "textarea",
  "iframe",
  "noembed",
  "noframes",
  "xmp",
  "plaintext",
]);

export class ShallowParser extends Parser {
  readonly #html: string;
  readonly #depth: () => number;
  /** How many elements of each name were left out and are not closed yet. */
  readonly #left = new Map<string, number>();

  /** `depth` is how many elements are open. */
  constructor(html: string, depth: () => number, handler: Partial<Handler>) {
    super(handler, { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true });
    this.#html = html;
    this.#depth = depth;
  }

  override onopentagname(start: number, end: number): void {
    if (this.#depth() >= DEEPEST) {
      const name = this.#nameAt(start, end);
      if (!this.isVoidElement(name) && (this.isInForeignContext() || !HOLDS_TEXT.has(name))) {
        this.#left.set(name, (this.#left.get(name) ?? 0) + 1);
        return;
      }
    }
    super.onopentagname(start, end);
  }

  override onclosetag(start: number, end: number): void {
    if (this.#left.size > 0) {
      const name = this.#nameAt(start, end);
      const left = this.#left.get(name);
      if (left) {
        this.#left.set(name, left - 1);
        return;
      }
    }
    super.onclosetag(start, end);
  }

  #nameAt(start: number, end: number): string {
    return this.#html.slice(start, end).toLowerCase();
  }
}
