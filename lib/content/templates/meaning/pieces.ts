/** Parts of a file that VitePress and VuePress include: `a.md{3,10}` its lines, `a.md#name` a region. */
import type { IncludeName } from "../types.ts";

export interface Pieces {
  readonly path: string;
  /** The part of a text; `undefined` where it has none of that name. */
  readonly piece: (text: string, numbered?: string) => string | undefined;
}

const PIECE = /^([^#{]*)(?:#([\w.-]+))?(?:\{(\d{0,9})(?:(,)(\d{0,9}))?\})?$/;

export function piecesOf(file: string, from: IncludeName["from"]): Pieces {
  const whole: Pieces = { path: file, piece: (text) => text };
  if (from !== "beside" && from !== "code") return whole;
  const [, path = "", region, first = "", comma, last = ""] = PIECE.exec(file) ?? [];
  if (path === "") return whole;
  return {
    path,
    piece(text, numbered = text) {
      const whole = file.endsWith("}") ? numbered : text;
      const part = region === undefined ? whole : regionIn(whole, region);
      if (part === undefined || !file.endsWith("}")) return part;
      const end = comma === undefined ? first : last;
      return part
        .split("\n")
        .slice(first === "" ? 0 : Number(first) - 1, end === "" ? undefined : Number(end))
        .join("\n");
    },
  };
}

const MARK = /(?:<!--|\/\/|\/\*|--|#|;)[ \t]*#?(end)?region[ \t]+([\w.-]+)(?:[ \t]*(?:-->|\*\/))?/g;

/** Between `<!-- #region name -->` and `<!-- #endregion name -->`, or such comments of code. */
function regionIn(text: string, name: string): string | undefined {
  let start: number | undefined;
  for (const { 0: mark, 1: isEnd, 2: own, index } of text.matchAll(MARK)) {
    if (own !== name) continue;
    if (isEnd) return start === undefined ? undefined : text.slice(start, index);
    start ??= index + mark.length;
  }
  return start === undefined ? undefined : text.slice(start);
}
