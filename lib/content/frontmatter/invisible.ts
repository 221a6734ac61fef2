/** Characters that nobody sees, or sees as blanks, and that stand before a key where a text was pasted. */
/** And what stands for a byte that is no UTF-8. */
const INVISIBLE = String.raw`\u00a0\u00ad\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufffd`;
const AT_START = new RegExp(`^([ \\t]*)[${INVISIBLE}][${INVISIBLE} \\t]*`);
const AROUND = new RegExp(`^[${INVISIBLE}\\s]+|[${INVISIBLE}\\s]+$`, "g");
/** No key that we know is longer. */
const MAX_NAME = 100;

/** A line without those that it begins with. */
export const visibleLine = (line: string): string => line.replace(AT_START, "$1");

/** A key as it is looked up: in lower case, without such characters around it. */
export const visibleName = (name: string): string =>
  (name.length > MAX_NAME ? name : name.replace(AROUND, "")).toLowerCase();
