/** The bytes of a file → its text, or the line on which they are not UTF-8. */
import { isUtf8 } from "node:buffer";

export type Decoded =
  | { readonly text: string; readonly message?: never; readonly line?: never; readonly guess?: never }
  | {
      readonly text?: never;
      readonly message: string;
      readonly line: number;
      /** The text as far as it can be told: enough to see that a post is held back, never to publish it. */
      readonly guess: string;
    };

const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** Byte order marks are removed, line ends become `\n`. Never throws. */
export function decodeText(bytes: Uint8Array): Decoded {
  if (isUtf16(bytes)) return { message: "the file is UTF-16, not UTF-8", line: 1, guess: guessUtf16(bytes) };
  try {
    return { text: unified(UTF8.decode(bytes)) };
  } catch {
    const guess = unified(new TextDecoder("utf-8").decode(bytes).replace(/^\ufffd+/, ""));
    return { message: "the file is not valid UTF-8", line: lineOfInvalidByte(bytes), guess };
  }
}

// The decoder removes one byte order mark; files that were joined from others begin with several.
const unified = (text: string): string => {
  const written = text.startsWith("\ufeff") ? text.replace(/^\ufeff+/, "") : text;
  return written.includes("\r") ? withLineFeeds(written) : written;
};

/** A replacement keeps a place in memory for each match until its end. */
const CHUNK = 1_000_000;

function withLineFeeds(text: string): string {
  const chunks: string[] = [];
  for (let start = 0; start < text.length; ) {
    const at = start + CHUNK;
    const end = text[at - 1] === "\r" && text[at] === "\n" ? at + 1 : at;
    chunks.push(text.slice(start, end).replace(/\r\n?/g, "\n"));
    start = end;
  }
  return chunks.join("");
}

/** A file that only begins with a NUL is no UTF-16; without its NULs it may be read as UTF-8. */
function guessUtf16(bytes: Uint8Array): string {
  const [first = 0, , third] = bytes;
  const isBig = first === 0 || first === 0xfe;
  if (first >= 0xfe || (third === 0) === (first === 0)) {
    return unified(new TextDecoder(isBig ? "utf-16be" : "utf-16le").decode(bytes));
  }
  return unified(new TextDecoder("utf-8").decode(bytes).replaceAll("\0", ""));
}

/**
 * With or without a byte order mark. ASCII in UTF-16 begins with a NUL in one of two bytes, which is valid UTF-8, but
 * not text.
 */
function isUtf16({ 0: first, 1: second }: Uint8Array): boolean {
  if (first === undefined || second === undefined) return false;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || (first === 0) !== (second === 0);
}

/** Lines are decoded by themselves, since no line break lies within a character: the half of them that holds the byte, and so on. */
function lineOfInvalidByte(bytes: Uint8Array): number {
  let [start, end] = [0, bytes.length];
  for (;;) {
    const middle = bytes.indexOf(0x0a, (start + end) >> 1) + 1 || end;
    const half = middle < end ? middle : bytes.lastIndexOf(0x0a, (start + end) >> 1) + 1;
    if (half <= start || half >= end) return linesIn(bytes.subarray(0, start)) + 1;
    if (isUtf8(bytes.subarray(start, half))) start = half;
    else end = half;
  }
}

function linesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
}
