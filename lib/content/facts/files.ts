/** A file that front matter names: its URL, and the content keys that it may have. */
import { webUrl } from "./address.ts";

/**
 * What names of files in a post are resolved with: its content key, its URL, the site's URL, and sizes by content key.
 */
export interface PostLocation {
  readonly key: string;
  readonly url: string;
  readonly siteUrl: string;
  readonly sizes: ((key: string) => number | undefined) | undefined;
}

export interface NamedFile {
  /** Absolute. */
  readonly url: string;
  /** Empty for a file elsewhere. */
  readonly keys: readonly string[];
}

/** Folders whose content site generators serve from the site's root. */
const SERVED = ["", "static/", "source/", "public/", "assets/"];

/** Whether the text may be a path or a URL. The id of a service, a flag or a sentence is not. */
export function looksLikeFile(text: string): boolean {
  if (/^https?:\/\/./i.test(text) || /^\/\/[^/]/.test(text)) return true;
  if (/^[a-z][a-z\d+.-]*:/i.test(text) || text.length > MAX_PATH) return false;
  return /\.[a-z\d]{2,5}(?:[?#].*)?$/i.test(text) || (text.includes("/") && !/\s/.test(text) && text.length > 1);
}

const MAX_PATH = 2000;

/** `undefined` when the text gives no http(s) URL. */
export function namedFile(text: string, { key, url: base, siteUrl }: PostLocation): NamedFile | undefined {
  const url = looksLikeFile(text) ? webUrl(text, base) : undefined;
  if (url === undefined) return undefined;
  const { origin, pathname } = new URL(siteUrl);
  const target = new URL(url);
  if (target.origin !== origin) return { url, keys: [] };
  const roots = target.pathname.startsWith(pathname) ? [target.pathname.slice(pathname.length)] : [];
  const rooted = [...roots, target.pathname.slice(1)].flatMap((path) => SERVED.map((folder) => folder + decoded(path)));
  const beside = /^(?:\/|https?:)/i.test(text) ? [] : besideKeys(text, key);
  return { url, keys: [...new Set([...beside, ...rooted])].filter(isKey) };
}

/** In the post's own folder, and in the one that has its name (Hexo's asset folder). */
function besideKeys(text: string, key: string): readonly string[] {
  const folder = key.slice(0, key.lastIndexOf("/") + 1);
  const own = `${key.replace(/\.[^./]*$/, "")}/`;
  return [folder, own].flatMap((base) => {
    const encoded = base.split("/").map(encodeLoosely).join("/");
    return URL.canParse(text, `https://x/${encoded}`)
      ? [decoded(new URL(text, `https://x/${encoded}`).pathname.slice(1))]
      : [];
  });
}

const encodeLoosely = (part: string): string => encodeURIComponent(part.toWellFormed());

/** Whether a store can have such a key; others are not looked up. */
const isKey = (key: string): boolean =>
  key.isWellFormed() &&
  !/[\0\\]/.test(key) &&
  Buffer.byteLength(key) <= 1024 &&
  key.split("/").every((part) => part !== "" && part !== "." && part !== ".." && Buffer.byteLength(part) <= 255);

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
