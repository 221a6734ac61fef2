/** Texts that are kept for long, in one piece. */

/** Before V8 tries any pattern on a text, it copies the text into one piece. */
const ANY = /^/;

/**
 * The same text. V8 keeps one that was joined as references to its parts, and with them the texts that these were cut from: several
 * times its own length, which counts where many are kept.
 */
export function flat(text: string): string {
  ANY.test(text);
  return text;
}
