/** The memo: entries rendered before, found by the hash of all they were rendered from. */
import { renderEntry } from "../content/entry.ts";
import { parsePost } from "../content/post.ts";
import type { Entry, ListedRecord, Post, Problem, Site } from "../model.ts";
import { problem } from "../problems.ts";
import { forEachAtOnce } from "../stores/atonce.ts";
import { readObject, type Store, StoreError, StoreUnreadable } from "../stores/store.ts";
import { JSON_TYPE } from "./catalog.ts";
import { lookUp } from "./objects.ts";

const entryKey = (inputHash: string): string => `entries/${inputHash}.json`;

export interface Gathered {
  /** By input hash. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** Of the posts rendered anew, by input hash. */
  readonly rendered: ReadonlyMap<string, Entry>;
  /** Posts that cannot be rendered, by key. */
  readonly failed: ReadonlyMap<string, Problem>;
  /** Keys whose post is no longer what its record says: to be surveyed again. */
  readonly moved: readonly string[];
  /** Keys of posts whose last good entry is lost. */
  readonly forgotten: readonly string[];
}

export interface GatherInput {
  readonly content: Store;
  readonly state: Store;
  readonly site: Site;
  /** Posts that this pass has read already, by key. */
  readonly posts: ReadonlyMap<string, Post>;
  /** The records whose entries are kept; of the others it is only seen whether they have one. */
  readonly needed: ReadonlySet<ListedRecord>;
}

/** The entry of each record: remembered, or rendered from its post. Writes nothing. */
export async function gatherEntries(records: Iterable<ListedRecord>, input: GatherInput): Promise<Gathered> {
  const entries = new Map<string, Entry>();
  const rendered = new Map<string, Entry>();
  const failed = new Map<string, Problem>();
  const moved: string[] = [];
  const forgotten: string[] = [];
  await forEachAtOnce(records, async (record) => {
    const { key, state } = record;
    const { inputHash } = record.facts;
    const known = record.rendered ? await recall(input.state, inputHash) : undefined;
    if (known) {
      if (input.needed.has(record)) entries.set(inputHash, known);
      return;
    }
    if (state !== "public") {
      forgotten.push(key);
      return;
    }
    try {
      const post = input.posts.get(key) ?? (await readPost(record, input));
      if (post?.inputHash !== inputHash) {
        moved.push(key);
        return;
      }
      const entry = renderEntry(post);
      if (!input.needed.has(record)) return;
      entries.set(inputHash, entry);
      rendered.set(inputHash, entry);
    } catch (error) {
      failed.set(key, renderProblem(key, error));
    }
  });
  return { entries, rendered, failed, moved, forgotten };
}

async function recall(state: Store, inputHash: string): Promise<Entry | undefined> {
  const object = await readObject(state, entryKey(inputHash));
  if (!object) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(object.body)) as Entry;
  } catch {
    return undefined; // damaged: as good as forgotten
  }
}

function renderProblem(key: string, error: unknown): Problem {
  if (error instanceof StoreUnreadable) return problem("unreadable", key, error.message);
  if (error instanceof StoreError || !(error instanceof Error)) throw error;
  const [why] = error.message.split("\n"); // what follows asks the reader to tell marked
  return problem("unrenderable", key, `the post cannot be rendered: ${why}`);
}

/** The post of a record, if the file is still the one that the record was made from: it may be a draft by now. */
async function readPost(record: ListedRecord, { content, site }: GatherInput): Promise<Post | undefined> {
  const { key, etag, facts, deps } = record;
  const object = await readObject(content, key);
  if (object?.etag !== etag) return undefined;
  const objects = await lookUp(content, deps);
  return parsePost(key, object.body, site, {
    published: facts.published,
    file: site.fileDates ? facts.published : undefined,
    sizes: (other) => objects.get(other)?.size,
  }).post;
}

/** Keeps what was rendered for later passes. */
export async function rememberEntries(rendered: ReadonlyMap<string, Entry>, state: Store): Promise<void> {
  await forEachAtOnce(rendered, async ([inputHash, entry]) => {
    const body = new TextEncoder().encode(JSON.stringify(entry));
    // No condition: whoever puts under this name puts these bytes.
    await state.put(entryKey(inputHash), body, { contentType: JSON_TYPE });
  });
}
