/** Texts of logs as they were sent: what was percent-encoded or escaped to stand in a line. */

const PERCENT = 0x25;
const BACKSLASH = 0x5c;
const X = 0x78;

/** `%` and two digits are a byte; any other `%` stands for itself. Bytes are UTF-8. */
export function percentDecoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return decoded(text, (bytes, from) => (bytes[from] === PERCENT ? byteAt(bytes, from, "%".length) : undefined));
  }
}

/**
 * nginx writes `\x` and two digits for a quote, a backslash, a control character and a byte beyond ASCII (`log_format`, `escape=default`);
 * Apache also a backslash before a quote and a backslash, and C's letters for control characters (mod_log_config). Bytes are UTF-8.
 */
export function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return decoded(text, (bytes, from) => {
    if (bytes[from] !== BACKSLASH) return undefined;
    const next = bytes[from + 1];
    if (next === X) return byteAt(bytes, from, "\\x".length);
    const meant = next === undefined ? undefined : LETTERS.get(next);
    return meant === undefined ? undefined : { byte: meant, length: 2 };
  });
}

const LETTERS: ReadonlyMap<number, number> = new Map(
  Object.entries({ '"': '"', "\\": "\\", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" }).map(
    ([letter, meant]) => [letter.charCodeAt(0), meant.charCodeAt(0)] as const,
  ),
);

interface Escape {
  readonly byte: number;
  /** Of all that stands for the byte. */
  readonly length: number;
}

function decoded(text: string, escapeAt: (bytes: Uint8Array, from: number) => Escape | undefined): string {
  const bytes = Buffer.from(text);
  let length = 0;
  for (let at = 0; at < bytes.length; length++) {
    const found = escapeAt(bytes, at);
    bytes[length] = found?.byte ?? bytes[at] ?? 0;
    at += found?.length ?? 1;
  }
  return bytes.toString("utf8", 0, length);
}

/** Of two hexadecimal digits after `mark` bytes. */
function byteAt(bytes: Uint8Array, from: number, mark: number): Escape | undefined {
  const high = digitOf(bytes[from + mark]);
  const low = digitOf(bytes[from + mark + 1]);
  return high < 0 || low < 0 ? undefined : { byte: high * 16 + low, length: mark + 2 };
}

function digitOf(code = 0): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
