/** Matches whose post is at another address than the entry: most often `permalink` is not what the former system had. */
import { present } from "../base/optional.ts";
import { percentDecoded } from "../base/text.ts";
import { addressOf } from "./former.ts";
import type { Matched } from "./match.ts";
import { fileName } from "./traits.ts";

export interface Elsewhere {
  readonly posts: readonly { readonly key: string; readonly url: string; readonly link: string }[];
  /** The pattern that the links of most entries have. */
  readonly permalink?: string;
}

type Found = Elsewhere["posts"][number] & { readonly title?: string };

/** `base` is the address of the site. */
export function postsElsewhere({ matches, ledger }: Pick<Matched, "matches" | "ledger">, base: string): Elsewhere {
  const found = new Map<string, Found>();
  for (const { key, by, entry } of matches) {
    const url = ledger.get(key)?.url;
    if (by === "link" || url === undefined || entry.link === undefined) continue;
    if (addressOf(entry.link) !== addressOf(url))
      found.set(key, { key, url, link: entry.link, ...present({ title: entry.title }) });
  }
  const posts = [...found.values()].map(({ title: _, ...post }) => post);
  const patterns = [...found.values()].flatMap((post) => patternsOf(post, base));
  const [most] = [...Map.groupBy(patterns, (pattern) => pattern)].sort(([, a], [, b]) => b.length - a.length);
  const permalink = most && most[1].length > 1 && most[1].length * 2 > posts.length ? most[0] : undefined;
  return { posts, ...present({ permalink }) };
}

/** `/blog/2025/12/weir/` is `/blog/:year/:month/:slug/` for the post `weir.md`, and `…/:post_title/` if its title is Weir. */
function patternsOf({ key, link, title = "" }: Found, base: string): readonly string[] {
  if (!URL.canParse(link)) return [];
  const { pathname, search } = new URL(link);
  const root = new URL(base).pathname;
  if (search !== "" || !pathname.startsWith(root)) return [];
  const path = `/${pathname.slice(root.length)}`
    .replace(/\/(?:19|20)\d\d(?=\/)/, "/:year")
    .replace(/(?<=\/:year)\/\d\d(?=\/)/, "/:month")
    .replace(/(?<=\/:month)\/\d\d(?=\/)/, "/:day");
  const end = /(?:\.html)?\/?$/.exec(path)?.[0] ?? "";
  const folder = path.slice(0, path.slice(0, path.length - end.length).lastIndexOf("/") + 1);
  const name = folded(percentDecoded(path.slice(folder.length, path.length - end.length)));
  const last = [
    ...(name === folded(fileName(key) ?? "") ? [":slug"] : []),
    ...(name === folded(title) ? [":post_title"] : []),
  ];
  return folder === "" || name === "" ? [] : last.map((part) => `${folder}${part}${end}`);
}

/** Letters and digits alone: systems make dashes and accents of titles differently. */
const folded = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
