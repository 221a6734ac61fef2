/** Values as `site.yaml` has them, of values as configurations write them. */

import type { Format } from "../model.ts";
import { languageMeant, tagIn } from "../site/fixes/languages.ts";
import { withoutSlashes } from "../site/rules.ts";
import type { Said, SaidAuthor } from "./types.ts";

/** An address and the path below it; ends with a slash. `undefined` for what is no address of the web. */
export function addressOf(url: Said | undefined, path?: Said): Said | undefined {
  if (!url) return undefined;
  const written = url.value.startsWith("//") ? `https:${url.value}` : url.value;
  if (!URL.canParse(written)) return undefined;
  const { protocol, origin, pathname } = new URL(written);
  if (!/^https?:$/.test(protocol)) return undefined;
  const own = withoutSlashes(pathname);
  const below = withoutSlashes(path && !/^https?:/i.test(path.value) ? path.value : "");
  const folders = below === "" || own === below || own.endsWith(`/${below}`) ? own : `${own}/${below}`;
  const from = folders === own || !path ? url.from : `${url.from} and ${path.from}`;
  const base = withoutSlashes(folders);
  return { value: base === "" ? `${origin}/` : `${origin}/${base}/`, from };
}

/** Addresses with which generators begin, and those of this machine. */
export const isPlaceholder = (url: string): boolean =>
  /^https?:\/\/(?:(?:[\w-]+\.)?(?:example|your-?(?:domain|site|website)|yoursite)\.(?:com|org|net)|localhost|127\.0\.0\.1)[:/]/i.test(
    url,
  );

/** A folder of the site, as a configuration writes it; one that lies elsewhere is not told. */
export function outputOf(said: Said | undefined, usual: string): Said | undefined {
  const path = withoutSlashes(said?.value.replace(/^\.\/+/, "") ?? usual);
  return path === "" || path.split("/").includes("..") || said?.value.startsWith("/")
    ? undefined
    : { value: path, from: said?.from ?? "the generator's own" };
}

export function languageOf(...said: readonly (Said | undefined)[]): Said | undefined {
  for (const each of said) {
    const value = each && (tagIn(each.value) ?? languageMeant(each.value));
    if (each && value !== undefined) return { ...each, value };
  }
  return undefined;
}

export const firstSaid = <T>(...said: readonly (Said<T> | undefined)[]): Said<T> | undefined =>
  said.find((each) => each !== undefined);

/** A number of entries that `limit` may be. */
export function limitOf(said: Said | undefined): Said<number> | undefined {
  const value = Number(said?.value);
  return said && Number.isInteger(value) && value >= 1 && value <= 1000 && value !== 20
    ? { value, from: said.from }
    : undefined;
}

export function authorOf(name: string | undefined, email?: string, url?: string): SaidAuthor | undefined {
  if (name === undefined) return undefined;
  return {
    name,
    ...(email !== undefined &&
      /^[^\s@<>]{1,100}@[^\s@<>.]{1,100}(?:\.[^\s@<>.]{1,100}){1,9}$/.test(email) && { email }),
    ...(url !== undefined && /^https?:/i.test(url) && URL.canParse(url) && { url }),
  };
}

/** Behind the origin, without slashes at its ends. */
export const pathOf = (url: string): string => {
  const path = /^https?:/i.test(url) && URL.canParse(url) ? new URL(url).pathname : url;
  return withoutSlashes(path.replace(/^\.\//, ""));
};

/** What a feed's template writes. */
export function formatOf(template: string): Format | undefined {
  if (/<rss\b/.test(template)) return "rss";
  const tag = template.slice(template.search(/<feed\s/)).split(">", 1)[0];
  if (tag?.startsWith("<feed") && tag.includes("xmlns")) return "atom";
  return /jsonfeed\.org\/version/.test(template) ? "json" : undefined;
}

/** What a feed of that name holds, as generators name them. */
export const formatOfName = (path: string): Format =>
  /\.json$|jsonfeed/i.test(path) ? "json" : /atom/i.test(path) ? "atom" : "rss";

/** What `:sections` of a pattern is for files right in a folder. */
export function sectionsOf(root: string): string {
  const parts = withoutSlashes(root).split("/");
  return parts.slice(parts.findLastIndex((part) => /^(?:content|src|source)$/.test(part)) + 1).join("/");
}

/** A `config.toml` may be Zola's or Hugo's; the one has `base_url`, the other `baseURL`. */
export const isZola = (file: string, text: string): boolean =>
  file.endsWith(".toml") && /^[ \t]{0,20}base_url[ \t]{0,20}=/m.test(text);
