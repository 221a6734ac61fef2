/** The address that was meant by something that is no URL. */
import { asYaml } from "./fix.ts";

const ANY = "write the whole address, such as https://example.com/";

/** For a URL of the site, which is to have no `?` and no `#`, and for any other. */
export const baseUrlFix = (written: string): string => urlFix(written.replace(/[?#].*$/s, ""));

export function urlFix(written: string): string {
  const meant = addressMeant(written.trim());
  return meant === undefined ? ANY : `write ${asYaml(meant)}`;
}

/** `http:/x`, `https//x`, `htps://x`, `feed://x`, `//x`: what stands before the host. */
const SCHEME = /^(?:h?t{1,2}ps?|feed):?\/{1,3}|^h?t{1,2}ps?:|^\/\/|^:\/\//i;
const HOST =
  /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:]+\]|[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)(?::\d{1,5})?(?=[/?#]|$)/iu;

function addressMeant(written: string): string | undefined {
  const scheme = SCHEME.exec(written)?.[0] ?? "";
  const rest = written.slice(scheme.length);
  const host = HOST.exec(rest)?.[0];
  if (host === undefined || /\s/.test(rest)) return undefined;
  const isPlain = /^(?:localhost|127\.)/i.test(host) || (/^h?t{1,2}p(?!s)/i.test(scheme) && scheme !== "");
  const address = `${isPlain ? "http" : "https"}://${rest}${rest === host ? "/" : ""}`;
  return URL.canParse(address) ? address : undefined;
}

/** `Ada <ada@example.com>` and `mailto:ada@example.com` hold one. */
export function emailFix(written: string): string {
  const found = written.split(/[\s<>:;,"'()]+/).find((word) => /^[^@]+@[^@.]+\.[^@]+$/.test(word));
  return `write ${found === undefined || found === written ? "an address such as ada@example.com" : found}`;
}
