/** Texts that are kept for long, in one piece. */

/** V8 tries a pattern on a text in one piece alone, and makes one of it for that. */
const ANY = /^/;

/**
 * The same text. One that was joined of others is kept as references to these, and through them the texts that they were cut from:
 * several times its own length, which counts where many are kept.
 */
export function flat(text: string): string {
  ANY.test(text);
  return text;
}
