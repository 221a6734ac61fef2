/** Texts of strangers for the log: in quotes, in printable ASCII, and short, so that they can neither begin a line nor hide one. */

const MAX = 200;

export const forLog = (text: string): string =>
  JSON.stringify(text.slice(0, MAX)).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
