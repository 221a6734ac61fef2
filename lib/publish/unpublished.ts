/** A post that is not published, as it would be: for those who look at it before anybody else. Writes nothing. */
import { folderDefaults } from "../content/defaults/defaults.ts";
import { placeOf } from "../content/facts/place.ts";
import type { Fields } from "../content/frontmatter/values.ts";
import { MAX_POST_BYTES } from "../content/inputs.ts";
import { TooMuchWork, workProblem } from "../content/work.ts";
import type { DialectName, Entry, Post, PostRecord, Problem } from "../model.ts";
import type { Site } from "../site/types.ts";
import { readObject, type Store, StoreUnreadable } from "../stores/store.ts";
import { openTimeLimit, TimedOut } from "../workers/timelimit.ts";
import { targetsOf } from "./reconcile/links.ts";
import { openOthers, othersOfPost } from "./scan/others.ts";
import { parseObject } from "./scan/read.ts";
import { slowPosts, timedOutProblem } from "./scan/slow.ts";

export interface Unpublished {
  /** Absent where the file cannot be read as a post, or the site leaves it out. */
  readonly post?: Post;
  readonly entry?: Entry;
  /** Also of a file of which nothing else can be read. */
  readonly title?: string | undefined;
  readonly problems: readonly Problem[];
}

export interface UnpublishedInput {
  readonly content: Store;
  readonly site: Site;
  /** Of all posts, so that links lead to those that are public. */
  readonly records: readonly PostRecord[];
}

/** What is at the key now. */
export async function readUnpublished({ content, site, records }: UnpublishedInput, key: string): Promise<Unpublished> {
  const slow = slowPosts(openTimeLimit());
  try {
    const object = await readObject(content, key, MAX_POST_BYTES + 1);
    if (!object) return { problems: [] };
    const given = { others: openOthers(content), site, slow };
    const { post, seen, problems } = await parseObject(given, { key, object, published: undefined });
    if (!post) return { problems, title: seen?.title };
    const { renderEntry } = await import("../content/entry.ts");
    const entry = await slow.limit.run(() => renderEntry({ ...post, targets: targetsOf(post, records) }));
    return { post, entry, title: post.title, problems };
  } catch (error) {
    if (error instanceof TimedOut) return { problems: [timedOutProblem(key, error)] };
    if (error instanceof TooMuchWork) return { problems: [workProblem(key, error)] };
    if (error instanceof StoreUnreadable) return { problems: [] };
    throw error;
  }
}

/** The front matter that a file without any has at the key, by what is said elsewhere. */
export async function readDefaults(
  { content, site }: Pick<UnpublishedInput, "content" | "site">,
  { key, dialect }: { readonly key: string; readonly dialect: DialectName },
): Promise<Fields> {
  const outside = othersOfPost(openOthers(content));
  const read = () => folderDefaults({ key, dialect, place: placeOf(key, site), site, outside }).complete(new Map());
  let fields = read();
  while (await outside.lookUpMissing()) fields = read();
  return fields;
}
