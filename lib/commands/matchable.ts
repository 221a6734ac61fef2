/** The posts that entries of a former feed may be, as `adopt` reads them from the content. */
import { type Numbered, numberIn } from "../adopt/idforms.ts";
import { readIdsFile } from "../adopt/idsfile.ts";
import { type AdoptedPost, idsOf } from "../adopt/ledger.ts";
import type { Matchable } from "../adopt/traits.ts";
import { forEachAtOnce } from "../base/concurrency.ts";
import { instantOf } from "../base/instant.ts";
import { present } from "../base/optional.ts";
import { readSource } from "../content/frontmatter/frontmatter.ts";
import { MAX_POST_BYTES } from "../content/inputs.ts";
import { scanContent } from "../publish/scan/scan.ts";
import { slowPosts } from "../publish/scan/slow.ts";
import type { Site } from "../site/types.ts";
import { readObject, type Store } from "../stores/store.ts";
import { openTimeLimit } from "../workers/timelimit.ts";
import { log, progress } from "./console.ts";

export type MatchablePost = Matchable & { readonly isHidden: boolean };

/** Every post that can be read, drafts and future ones too: they may have been public before. */
export async function readMatchable(content: Store, site: Site, now: Date): Promise<readonly MatchablePost[]> {
  const slow = slowPosts(openTimeLimit());
  const { findings } = await scanContent({
    content,
    site,
    catalog: undefined,
    now: instantOf(now),
    slow,
    progress,
    log,
  });
  return [...findings].flatMap(([key, finding]) => {
    if (finding.gone || !finding.post) return [];
    const { url, title, published, hidden } = finding.post;
    return [{ key, url, title, published, isHidden: hidden !== undefined }];
  });
}

/** Where exporters of WordPress write the number of a post. */
const NUMBERS = ["wordpress_id", "wp_id", "post_id", "id", "guid"];

/** The posts with what their front matter, or a line of `ids.jsonl`, says of their former ids. */
export async function numberPosts(content: Store, posts: readonly MatchablePost[]): Promise<readonly Numbered[]> {
  const { posts: lines } = await readIdsFile(content);
  const numbered = new Map<string, Numbered>();
  await forEachAtOnce(posts, async ({ key, url }) => {
    const fields = await readFields(content, key);
    const text = (name: string) => {
      const value = fields.get(name)?.value;
      return typeof value === "string" ? value.trim() : undefined;
    };
    const written = NUMBERS.map((name) => numberOf(text(name))).find((number) => number !== undefined);
    const number = written ?? numberOfLine(lines.get(key));
    numbered.set(key, { key, url, ...present({ slug: text("slug") || undefined, number }) });
  });
  return posts.flatMap(({ key }) => numbered.get(key) ?? []);
}

async function readFields(content: Store, key: string) {
  const file = await readObject(content, key, MAX_POST_BYTES);
  return (file && readSource(key, file.body).source?.fields) ?? new Map<string, never>();
}

const numberOf = (written: string | undefined): string | undefined =>
  written === undefined ? undefined : /^\d{1,20}$/.test(written) ? written : numberIn(written);

const numberOfLine = (line: AdoptedPost | undefined): string | undefined =>
  line &&
  idsOf(line)
    .map(numberIn)
    .find((number) => number !== undefined);
