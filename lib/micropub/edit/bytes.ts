/** The bytes of a file ⇄ its text as it is read, so that edits of the text leave every other byte as it is. */
import type { Splice } from "./types.ts";

export interface OpenedFile {
  /** Without byte order marks, with `\n` at the ends of lines. */
  readonly text: string;
  /** The bytes with these edits, whose line ends are those of the file. */
  withEdits(splices: readonly Splice[]): Uint8Array;
}

/** `undefined` for what is no UTF-8. */
export function openFile(bytes: Uint8Array): OpenedFile | undefined {
  const whole = decoded(bytes);
  if (whole === undefined) return undefined;
  const marks = /^\ufeff*/.exec(whole)?.[0].length ?? 0;
  const written = whole.slice(marks);
  const text = written.replace(/\r\n?/g, "\n");
  const lineEnd = /\r\n?|\n/.exec(written)?.[0] ?? "\n";
  const offsetOf = offsets(written);
  return {
    text,
    withEdits(splices) {
      const out: string[] = [whole.slice(0, marks)];
      let at = 0;
      for (const { start, end, text } of [...splices].sort((a, b) => a.start - b.start || a.end - b.end)) {
        out.push(written.slice(at, offsetOf(start)), text.replaceAll("\n", lineEnd));
        at = offsetOf(end);
      }
      return new TextEncoder().encode(out.join("") + written.slice(at));
    },
  };
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** An offset in the text as read → the offset in the text as written, where each `\r\n` before it is one character longer. */
function offsets(written: string): (offset: number) => number {
  const pairs = [...written.matchAll(/\r\n/g)].map(({ index }, i) => index - i);
  return (offset) => {
    let [low, high] = [0, pairs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return offset + low;
  };
}
