/** Feed-safe HTML with the addresses that its links mean: those of files, and those of other posts. */
import type { Post } from "../../model.ts";
import { readdressed } from "../html/readdressed.ts";
import { unescaped } from "../html/reading.ts";
import { absoluteUrl } from "../html/urls.ts";
import { fragmentOf } from "./marks.ts";

/** A link is in no other. */
const LINK = /<a (?:[^<>"]*"[^"]*")*>((?:(?!<\/?a[ >])[\s\S])*)<\/a>/g;
const HREF = / href="([^"]*)"/;

type Linking = Pick<Post, "url" | "addresses" | "references" | "targets">;

export function withAddresses(html: string, { url, addresses = [], references = [], targets = [] }: Linking): string {
  const meant = new Map(addresses);
  const lost = new Set<string>();
  references.forEach((reference, i) => {
    const address = reference.marked ? undefined : absoluteUrl(reference.written, url);
    if (address === undefined) return;
    const target = targets[i];
    if (typeof target === "object") meant.set(address, target.url + fragmentOf(reference));
    else if (!reference.perhaps || target === "hidden") lost.add(address);
  });
  const linked = lost.size === 0 ? html : withoutLinks(html, lost);
  return meant.size === 0 ? linked : readdressed(linked, (address) => meant.get(address) ?? address);
}

/** Links to these addresses are text. */
const withoutLinks = (html: string, lost: ReadonlySet<string>): string =>
  html.replace(LINK, (link, inner: string) => (lost.has(unescaped(HREF.exec(link)?.[1] ?? "")) ? inner : link));
