/** A file that front matter names: its URL, and the content keys under which it may lie. */
import { webUrl } from "./address.ts";

/** Where a post stands: its content key, its address, the site's base URL, and how big other content keys are. */
export interface Standing {
  readonly key: string;
  readonly url: string;
  readonly siteUrl: string;
  readonly sizes: ((key: string) => number | undefined) | undefined;
}

export interface NamedFile {
  /** Absolute. */
  readonly url: string;
  /** None of a file elsewhere. */
  readonly keys: readonly string[];
}

/** Folders whose content site generators serve from the site's root. */
const SERVED = ["", "static/", "source/", "public/", "assets/"];

/** Is the text a path or a URL? An id of a service, a flag and a sentence are none. */
export function looksLikeFile(text: string): boolean {
  if (/^https?:\/\/./i.test(text) || /^\/\/[^/]/.test(text)) return true;
  if (/^[a-z][a-z\d+.-]*:/i.test(text) || text.length > MAX_PATH) return false;
  return /\.[a-z\d]{2,5}(?:[?#].*)?$/i.test(text) || (text.includes("/") && !/\s/.test(text) && text.length > 1);
}

const MAX_PATH = 2000;

/** Nothing when no web address can be made of it. */
export function namedFile(text: string, { key, url: base, siteUrl }: Standing): NamedFile | undefined {
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

/** What no store has as a key is not asked for. */
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
