/** What the tests of files share: a post of a generator, beside other objects, as feeds show it. */
import { renderEntry } from "../../../lib/content/entry.ts";
import { parsePost } from "../../../lib/content/post.ts";
import type { Site } from "../../../lib/site/types.ts";
import { bytesOf, othersOf, postOf, siteOf } from "../helpers.ts";

export interface Written {
  readonly key: string;
  readonly site?: Partial<Site>;
  readonly front?: string;
  readonly body?: string;
  /** Keys of other objects; or their texts. */
  readonly beside?: readonly string[] | { readonly [key: string]: string };
}

export function published({ key, site, front = "", body = "", beside = [] }: Written) {
  const objects = Array.isArray(beside) ? Object.fromEntries(beside.map((name) => [name, 7])) : beside;
  const posts = ["source/_posts/**", "_posts/**", "**/_posts/**", "content/**", "src/content/**", "posts/**"];
  const text = `---\ntitle: A\ndate: 2024-10-15\n${front}\n---\n${body}\n`;
  const others = othersOf(objects as { readonly [key: string]: string | number });
  const result = parsePost(key, bytesOf(text), siteOf({ posts, ...site }), { others });
  const post = postOf(result);
  const { html } = renderEntry(post);
  const addresses = [...html.matchAll(/(?:src|href|poster)="([^"]*)"/g)].map(({ 1: address }) => address);
  return { ...post, html, addresses, deps: result.deps };
}
