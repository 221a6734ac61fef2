/** Absolute URLs, encoded once, of schemes that execute nothing. */
import { parseSrcset, stringifySrcset } from "srcset";
import { encodedHref } from "../../base/href.ts";
import { spendOnAddress, TooMuchWork } from "../work.ts";

/** The schemes of links, and of what a page loads by itself. */
export const LINK_SCHEMES: ReadonlySet<string> = new Set(
  ["http", "https", "ftp", "mailto", "tel", "sms", "xmpp", "magnet", "geo", "gemini", "irc", "ircs", "matrix"].map(
    (scheme) => `${scheme}:`,
  ),
);
export const LOAD_SCHEMES: ReadonlySet<string> = new Set(["http:", "https:"]);

const DATA_IMAGE = /^data:image\/(?:png|jpe?g|gif|webp|avif);base64,[a-z0-9+/=]+$/i;

/** Most links: web URLs that `URL` would not change. To parse them would take longer than all the rest. */
const NORMALISED = /^https?:\/\/(?:[a-z0-9-]+\.)+[a-z]{2,}\/[\w.~!$&()*+,;=:@/?#-]*$/;

const isNormalised = (url: string): boolean => NORMALISED.test(url) && !/\/\.|xn--/.test(url);

/** A path with nothing that `URL` would change, and no segment that begins with a dot but `./` at its start. */
const PLAIN_PATH = /^(?:\.?\/)?(?:[\w~-][\w.~-]*\/)*[\w~-][\w.~-]*\/?(?:#[\w.~-]+)?$/;

/** The base that was asked for last, as a post has one: where its host and its folder end; 0 if it is to be parsed. */
let known = { base: "", host: 0, folder: 0 };

function partsOf(base: string): typeof known {
  if (!isNormalised(base)) return { base, host: 0, folder: 0 };
  const path = /[?#]/.exec(base)?.index ?? base.length;
  return { base, host: base.indexOf("/", base.indexOf("//") + 2), folder: base.lastIndexOf("/", path - 1) + 1 };
}

/** A plain path at a plain base; `undefined` where that is for `URL`. */
function joinedTo(base: string, written: string): string | undefined {
  if (!PLAIN_PATH.test(written)) return undefined;
  if (known.base !== base) known = partsOf(base);
  const { host, folder } = known;
  if (host === 0) return undefined;
  const isRooted = written.startsWith("/");
  const url = base.slice(0, isRooted ? host : folder) + written.slice(written.startsWith("./") ? 2 : 0);
  spendOnAddress(url.length - written.length);
  return url;
}

/** What Docusaurus has before a path that it leaves as it is: `pathname:///img/a.png`. */
const AS_IT_IS = /^pathname:\/\/(?=\/)/;

/** `undefined` when it is no URL, or of another scheme. Applied to its own result, it changes nothing. */
export function absoluteUrl(
  written: string,
  base: string,
  schemes: ReadonlySet<string> = LINK_SCHEMES,
): string | undefined {
  if (isNormalised(written)) return written;
  const joined = joinedTo(base, written);
  if (joined !== undefined) return joined;
  try {
    const url = new URL(repaired(written.replace(AS_IT_IS, "")), base);
    if (!schemes.has(url.protocol)) return undefined;
    const href = encodedHref(url);
    spendOnAddress(href.length - written.length);
    return href.includes(" ") ? href.replaceAll(" ", "%20") : href;
  } catch (error) {
    if (error instanceof TooMuchWork) throw error;
    return undefined;
  }
}

/** Encodes a per cent sign that encodes nothing; `images%5Ca.png` was `images\a.png` before Markdown encoded it. */
function repaired(written: string): string {
  if (!written.includes("%")) return written.toWellFormed();
  const slashed = /^[^?#:]*%5C/.test(written) ? written.replaceAll("%5C", "/") : written;
  return slashed.replace(/%(?![0-9a-f]{2})/gi, "%25").toWellFormed();
}

/** The URL of an image, which is loaded or is within the URL itself (`data:`). */
export function imageUrl(written: string, base: string): string | undefined {
  if (!/^\s*data:/i.test(written)) return absoluteUrl(written, base, LOAD_SCHEMES);
  const data = written.replace(/\s+/g, "");
  return DATA_IMAGE.test(data) ? data : undefined;
}

/** Without candidates that may not be loaded. The URLs in it may contain commas. */
export function absoluteSrcset(written: string, base: string): string | undefined {
  try {
    const candidates = parseSrcset(written.trim().replace(/\s+/g, " ")).flatMap((candidate) => {
      const url = absoluteUrl(candidate.url, base, LOAD_SCHEMES);
      return url === undefined ? [] : [{ ...candidate, url }];
    });
    return candidates.length > 0 ? stringifySrcset(candidates) : undefined;
  } catch (error) {
    if (error instanceof TooMuchWork) throw error;
    return undefined;
  }
}
