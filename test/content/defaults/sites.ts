/** A post beside other files, read as the content store would have them, for the tests of folders' defaults. */
import { type PostResult, parsePost } from "../../../lib/content/post.ts";
import type { Site } from "../../../lib/site/types.ts";
import { bytesOf, othersOf, siteOf } from "../helpers.ts";

export const POST = "---\ntitle: Hello\ndate: 2024-10-15\n---\nText.\n";

export const withKeys = (...lines: readonly string[]) => POST.replace("\n---\n", `\n${lines.join("\n")}\n---\n`);

export interface Beside {
  readonly key: string;
  readonly text?: string;
  readonly files: { readonly [key: string]: string };
  readonly site?: Partial<Site>;
}

export const parseBeside = ({ key, text = POST, files, site }: Beside): PostResult =>
  parsePost(key, bytesOf(text), siteOf({ posts: ["**"], ...site }), { others: othersOf(files) });

/** Why the post is not published; `undefined` where it is. */
export function heldBackBeside(beside: Beside): string | undefined {
  const { post, heldBack } = parseBeside(beside);
  return post ? post.hidden : (heldBack ?? "broken");
}
