/** Matches whose post is at another address than the entry: most often `permalink` is not what the former system had. */
import { present } from "../base/optional.ts";
import { addressOf } from "./former.ts";
import type { Matched } from "./match.ts";

export interface Elsewhere {
  readonly posts: readonly { readonly key: string; readonly url: string; readonly link: string }[];
  /** The pattern that the links of most entries have. */
  readonly permalink?: string;
}

/** `base` is the address of the site. */
export function postsElsewhere({ matches, ledger }: Pick<Matched, "matches" | "ledger">, base: string): Elsewhere {
  const found = new Map<string, Elsewhere["posts"][number]>();
  for (const { key, by, entry } of matches) {
    const url = ledger.get(key)?.url;
    if (by === "link" || url === undefined || entry.link === undefined) continue;
    if (addressOf(entry.link) !== addressOf(url)) found.set(key, { key, url, link: entry.link });
  }
  const posts = [...found.values()];
  const patterns = posts.flatMap(({ link }) => patternOf(link, base) ?? []);
  const permalink = [...Map.groupBy(patterns, (pattern) => pattern)].find(
    ([, same]) => same.length > 1 && same.length * 2 > posts.length,
  )?.[0];
  return { posts, ...present({ permalink }) };
}

/** `/blog/2025/12/weir/` is `/blog/:year/:month/:slug/`. */
function patternOf(link: string, base: string): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const { pathname, search } = new URL(link);
  const root = new URL(base).pathname;
  if (search !== "" || !pathname.startsWith(root)) return undefined;
  const path = `/${pathname.slice(root.length)}`
    .replace(/\/(?:19|20)\d\d(?=\/)/, "/:year")
    .replace(/(?<=\/:year)\/\d\d(?=\/)/, "/:month")
    .replace(/(?<=\/:month)\/\d\d(?=\/)/, "/:day");
  const end = /(?:\.html)?\/?$/.exec(path)?.[0] ?? "";
  const folder = path.slice(0, path.slice(0, path.length - end.length).lastIndexOf("/") + 1);
  return folder === "" ? undefined : `${folder}:slug${end}`;
}
