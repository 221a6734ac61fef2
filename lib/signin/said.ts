/** What strangers say, as lines of the log show it: in quotes, in printable ASCII, and short, so that it neither begins a line nor hides one. */

const MAX = 200;

export const said = (text: string): string =>
  JSON.stringify(text.slice(0, MAX)).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
