/** Reading: what content keys hold now, each by itself. */

import { forEachAtOnce } from "../../base/concurrency.ts";
import { problem } from "../../base/problems.ts";
import type { Etag, Instant, Post } from "../../model.ts";
import { StoreUnreadable } from "../../stores/store.ts";
import { depsDigest, lookUp, type Objects } from "./objects.ts";
import type { Finding, ScanInput } from "./scan.ts";

/** Characters of Markdown that a scan holds on to; what is beyond is read again if it is to be rendered. */
const MAX_KEPT = 16_000_000;

/** Posts between two lines of progress. */
const MANY = 2000;

export interface Reading {
  readonly findings: Map<string, Finding>;
  readonly posts: Map<string, Post>;
}

interface Seen {
  /** Of a key that need not be read as long as it has it. */
  readonly knownEtag?: (key: string) => Etag | undefined;
  /** Everything that is no post, if it was listed. */
  readonly objects?: Objects;
}

export async function readKeys(
  { content, site, log }: Pick<ScanInput, "content" | "site" | "log">,
  keys: readonly string[],
  /** When readers got the post of a key. */
  publishedOf: (key: string) => Instant | undefined,
  { knownEtag = () => undefined, objects }: Seen,
): Promise<Reading> {
  const findings = new Map<string, Finding>();
  const posts = new Map<string, Post>();
  if (keys.length === 0) return { findings, posts };
  let kept = 0;
  let done = 0;
  await forEachAtOnce(keys, async (key) => {
    const told = { known: knownEtag(key), published: publishedOf(key), objects };
    const { finding, post } = await readKey({ content, site, key, ...told });
    if (finding) findings.set(key, finding);
    if (++done % MANY === 0) log(`read ${done} of ${keys.length} posts`);
    if (!post || kept + post.markdown.length > MAX_KEPT) return;
    kept += post.markdown.length;
    posts.set(key, post);
  });
  return { findings, posts };
}

interface KeyInput extends Pick<ScanInput, "content" | "site"> {
  readonly key: string;
  /** It need not be read as long as it has this one. */
  readonly known: Etag | undefined;
  /** When readers got the post of this key. */
  readonly published: Instant | undefined;
  readonly objects: Objects | undefined;
}

/** No finding: unchanged. */
interface KeyReading {
  readonly finding?: Finding;
  readonly post?: Post;
}

/** A date that is the file's own is so once and for all: what was `published` stays. */
async function readKey({ content, site, key, known, published, objects: listed }: KeyInput): Promise<KeyReading> {
  try {
    const object = await content.get(key, known);
    if (object === "unchanged") return {};
    if (object === undefined) return { finding: { gone: true } };
    const { etag, body, modified } = object;
    const { parsePost } = await import("../../content/post.ts"); // once, and not where nothing is read
    const read = (objects: Objects | undefined) =>
      parsePost(key, body, site, {
        published,
        file: site.fileDates ? modified : undefined,
        sizes: (other) => objects?.get(other)?.size,
      });
    const first = read(listed);
    // Without a listing only the post can say what to look for, and few have anything.
    const deps = listed ? [] : (first.post?.deps ?? []);
    const objects = deps.length === 0 ? listed : await lookUp(content, deps);
    const { post, heldBack, problems } = deps.length === 0 ? first : read(objects);
    if (!post) return { finding: { etag, problems, ...(heldBack && { heldBack }) } };
    const { markdown, ...head } = post;
    const digestOfDeps = depsDigest(post.deps, objects ?? new Map());
    const made = digestOfDeps === undefined ? {} : { depsDigest: digestOfDeps };
    return { finding: { etag, post: head, problems, ...made }, post };
  } catch (error) {
    if (!(error instanceof StoreUnreadable)) throw error;
    return { finding: { etag: "", problems: [problem("unreadable", key, error.message)] } };
  }
}
