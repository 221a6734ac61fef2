/** Feed-safe HTML with the addresses that its links mean: those of files, and those of other posts. */
import type { Post } from "../../model.ts";
import { readdressed } from "../html/readdressed.ts";
import { unescaped } from "../html/reading.ts";
import { absoluteUrl } from "../html/urls.ts";

/** Up to the next end of a link: in feed-safe HTML none is within another. */
const LINK = /<a (?:[^<>"]*"[^"]*")*>((?:(?!<\/?a[ >])[\s\S])*)<\/a>/g;
const HREF = / href="([^"]*)"/;

type Linking = Pick<Post, "url" | "addresses" | "references" | "targets">;

export function withAddresses(html: string, { url, addresses = [], references = [], targets = [] }: Linking): string {
  const files = new Map(addresses);
  const posts = new Map<string, string>();
  const lost = new Set<string>();
  references.forEach((reference, i) => {
    const address = reference.marked ? undefined : absoluteUrl(reference.written, url);
    if (address === undefined) return;
    const target = targets[i];
    if (typeof target === "object") posts.set(address, target.url);
    else if (!reference.perhaps || target === "hidden") lost.add(address);
  });
  const linked =
    lost.size === 0 ? html : withoutLinks(html, (address, words) => (lost.has(address) ? words : undefined));
  if (files.size + posts.size === 0) return linked;
  return readdressed(
    linked,
    (address, name) => (name === "href" ? posts.get(address) : undefined) ?? files.get(address) ?? address,
  );
}

/** What takes the place of a link, by its address and its words; `undefined` where it stays. */
export type Replacement = (address: string, words: string) => string | undefined;

export const withoutLinks = (html: string, replaced: Replacement): string =>
  html.replace(LINK, (link, words: string) => replaced(unescaped(HREF.exec(link)?.[1] ?? ""), words) ?? link);
