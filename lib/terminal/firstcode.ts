/** The way in for the first device, as a terminal shows it: a link, a code to type, and a picture of the link for a phone. */
import { qrLines } from "./qr.ts";
import { visible } from "./text.ts";

interface ShownCode {
  readonly link: string;
  readonly code: string;
  readonly expires: Date;
}

/**
 * `columns`: of the terminal. There is no picture without one, where it would be broken into two lines, and of what only this machine
 * serves, which a phone cannot open.
 */
export function showFirstCode({ link, code, expires }: ShownCode, columns = 0): string {
  const isHere = new URL(link).hostname === "localhost";
  const until = `${expires.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const picture = isHere ? [] : qrLines(link);
  return [
    `nobody may write yet: open the link ${isHere ? "in a browser of this machine" : "on your phone"}; it counts once, until ${until}`,
    `  link  ${visible(link)}`,
    `  code  ${visible(code)}`,
    ...(picture.every((line) => line.length <= columns) ? picture : []),
  ].join("\n");
}
