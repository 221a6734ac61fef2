/**
 * Ids for posts that may be new: those of `ids.jsonl` in the content, and before them those of a former system that wait in the
 * state store.
 */
import { type IdsFile, readIdsFile } from "../../adopt/idsfile.ts";
import { type AdoptedPost, type Ledger, mergeLedgers } from "../../adopt/ledger.ts";
import { IDS_KEY } from "../../base/problems.ts";
import type { Etag, PostRecord, Problem } from "../../model.ts";
import { readAdopted } from "../../state/adopted.ts";
import { recordAt } from "../../state/records.ts";
import type { Catalog } from "../../state/types.ts";
import type { Store } from "../../stores/store.ts";
import { differingLines } from "../idsdiffer.ts";
import { type Findings, postsIn } from "../scan/findings.ts";
import type { WarmCache } from "../warmcache.ts";

export interface NewIds {
  /** Under the keys that the files have now. */
  readonly adopted: Ledger;
  /** Of `ids.jsonl`, which may name a post that is not in `adopted`. */
  readonly unreadableIds?: Problem | undefined;
}

export interface AdoptedIds {
  /** What is known of posts that may be new. Read at most once, and only if a post may be. */
  forNew(findings: Findings, catalog: Catalog | undefined): Promise<NewIds>;
  /** Keys of posts that still wait, at whose addresses other files were found: these may be the posts, renamed. */
  keysOfRenamed(findings: Findings, catalog: Catalog | undefined): Promise<readonly string[]>;
  /** The key in the state store, as long as any of its posts is still to be published. */
  waiting(records: readonly PostRecord[]): string | undefined;
  /** What is wrong with `ids.jsonl`, if it was read, beyond what the records tell. */
  problems(records: readonly PostRecord[]): readonly Problem[];
  /** The ETag of `ids.jsonl`, if it was read: nothing where there is no such file. */
  etags(): ReadonlyMap<string, Etag | undefined>;
}

export interface AdoptedFrom {
  readonly content: Store;
  readonly state: Store;
  /** Key of ids of a former system in the state store. */
  readonly key: string | undefined;
  readonly warmCache: WarmCache;
}

interface Read {
  readonly waiting: Ledger | undefined;
  readonly file: IdsFile;
  readonly all: Ledger;
}

export function adoptedIds({ content, state, key, warmCache }: AdoptedFrom): AdoptedIds {
  let read: Read | undefined;

  /** Nothing while no post was found that may be new. */
  async function readFor(findings: Findings, catalog: Catalog | undefined): Promise<Read | undefined> {
    if (read) return read;
    const isKnown = (key: string) => recordAt(catalog?.records ?? [], key)?.facts !== undefined;
    const mayBeNew = [...findings].some(([key, finding]) => !finding.gone && finding.post && !isKnown(key));
    if (!mayBeNew) return undefined;
    const [waiting, file] = await Promise.all([
      key === undefined ? undefined : readAdopted(state, key),
      readIdsFile(content, warmCache.ids),
    ]);
    warmCache.ids = file;
    read = { waiting, file, all: waiting ? mergeLedgers(file.posts, waiting) : file.posts };
    return read;
  }

  return {
    async forNew(findings, catalog) {
      const found = await readFor(findings, catalog);
      if (!found) return { adopted: new Map() };
      const [unreadableIds] = found.file.errors;
      return { adopted: renamed(found.all, findings, catalog, unreadableIds !== undefined), unreadableIds };
    },

    async keysOfRenamed(findings, catalog) {
      const found = await readFor(findings, catalog);
      const urls = new Set(postsIn(findings).map(({ url }) => url));
      return [...(found?.all.values() ?? [])].flatMap(({ key, url }) => {
        return url !== undefined && urls.has(url) && !findings.has(key) ? [key] : [];
      });
    },

    waiting(records) {
      if (!read?.waiting) return key;
      const published = new Set(records.flatMap(({ key, facts }) => (facts ? [key, facts.url] : [])));
      const isPublished = ({ key, url }: AdoptedPost) =>
        published.has(key) || (url !== undefined && published.has(url));
      return [...read.waiting.values()].every(isPublished) ? undefined : key;
    },

    problems(records) {
      if (!read) return [];
      const { errors } = read.file;
      const isTold = records.some(({ problems }) => problems.some(({ code }) => code === "ids-unreadable"));
      return [...(isTold ? errors.slice(1) : errors), ...differingLines(read.file, records)];
    },

    etags() {
      // What could not be read has no ETag to compare.
      const isComparable = read && (read.file.etag !== undefined || read.file.errors.length === 0);
      return new Map(isComparable ? [[IDS_KEY, read?.file.etag]] : []);
    },
  };
}

/**
 * Under the keys that the files have now: an address that one line and one file have tells more than a name, which another post
 * may have by now. A line whose post is there under its key, at its address or with a record, is that post's. Where lines could
 * not be read, a post without one may have lost its own: it waits until they can be.
 */
function renamed(ledger: Ledger, findings: Findings, catalog: Catalog | undefined, isIncomplete: boolean): Ledger {
  const records = catalog?.records ?? [];
  const posts = postsIn(findings);
  const urls = new Map(posts.map(({ key, url }) => [key, url]));
  const isElsewhere = ({ key, url }: AdoptedPost) => {
    if (url === undefined) return false;
    const finding = findings.get(key);
    const record = recordAt(records, key);
    if (!finding) return !record;
    return finding.gone === true || (!record?.facts && (urls.get(key) ?? url) !== url);
  };
  const lost = [...ledger.values()].filter(isElsewhere);
  if (lost.length === 0) return ledger;
  const isStranger = ({ key, url }: AdoptedPost) => {
    const line = ledger.get(key);
    if (recordAt(records, key)?.facts) return false;
    return line ? line.url !== undefined && line.url !== url : !isIncomplete;
  };
  const strangers = Map.groupBy(posts.filter(isStranger), ({ url }) => url);
  const owners = Map.groupBy(lost, ({ url = "" }) => url);
  const found = [...owners].flatMap(([url, [owner, ...others]]) => {
    const [stranger, ...rivals] = strangers.get(url) ?? [];
    return owner && stranger && others.length + rivals.length === 0 ? [{ owner, key: stranger.key }] : [];
  });
  const now = new Map(ledger);
  for (const { owner } of found) now.delete(owner.key);
  for (const { owner, key } of found) now.set(key, { ...owner, key });
  return now;
}
