/** Bytes in chunks of any size → texts of whole lines. Of lines that are too long for a log nothing is held. */

/** CloudFront's longest line is shorter: a request with more than 20 KB of headers or 8 KB of URL is not logged. */
const MAX_LINE_BYTES = 65_536;
const NEWLINE = 0x0a;

export interface LineSplitter {
  readonly push: (chunk: Uint8Array) => void;
  /** The bytes have ended: what is left is the last line. */
  readonly end: () => void;
}

/**
 * `takeText` is given one or more whole lines, each but the last with its line break; `takeLong` is called for each line that is too
 * long. A line break is no part of any other character in UTF-8, so lines are cut before they are decoded, and which bytes come
 * together does not matter.
 */
export function lineSplitter(takeText: (text: string) => void, takeLong: () => void): LineSplitter {
  /** The beginning of a line whose end has not come. */
  let held: Buffer | undefined;
  let heldLength = 0;
  let isTooLong = false;

  /** After the first line break of the chunk, with which the line that was begun ends; the chunk's length if it has none. */
  function endLine(chunk: Buffer): number {
    const newline = chunk.indexOf(NEWLINE);
    const end = newline < 0 ? chunk.length : newline + 1;
    if (!isTooLong) hold(chunk.subarray(0, end));
    if (newline >= 0) finish();
    return end;
  }

  function hold(part: Buffer): void {
    // With its line break.
    if (heldLength + part.length > MAX_LINE_BYTES + 1) {
      isTooLong = true;
      return;
    }
    held ??= Buffer.allocUnsafeSlow(MAX_LINE_BYTES + 1);
    part.copy(held, heldLength);
    heldLength += part.length;
  }

  function finish(): void {
    const isLong = isTooLong || (heldLength > MAX_LINE_BYTES && held?.[heldLength - 1] !== NEWLINE);
    if (isLong) takeLong();
    else if (held && heldLength > 0) takeText(held.toString("utf8", 0, heldLength));
    heldLength = 0;
    isTooLong = false;
  }

  function push(bytes: Uint8Array): void {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let from = heldLength > 0 || isTooLong ? endLine(chunk) : 0;
    while (from < chunk.length) {
      // As many whole lines as one that is just short enough could be long.
      const window = chunk.subarray(from, from + MAX_LINE_BYTES + 1);
      const newline = window.lastIndexOf(NEWLINE);
      if (newline >= 0) takeText(window.toString("utf8", 0, newline + 1));
      from += newline >= 0 ? newline + 1 : endLine(chunk.subarray(from));
    }
  }

  return { push, end: finish };
}
