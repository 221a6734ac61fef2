/** Scan: which content keys changed, and what they hold now. Each key is read as it is, so triggers need no order. */
import picomatch from "picomatch";
import { FEW_KEYS, forEachAtOnce } from "../../base/concurrency.ts";
import { digest } from "../../base/digest.ts";
import { READER_VERSION, RENDERER_VERSION } from "../../content/versions.ts";
import type { Catalog, Etag, Facts, HeldBack, Instant, Post, PostRecord, Problem, Site } from "../../model.ts";
import { givenId, type TagAuthority } from "../../state/ids.ts";
import { recordAt } from "../../state/records.ts";
import { compareKeys, listEtags, type ObjectInfo, type Store } from "../../stores/store.ts";
import { headline } from "../reconcile/recognise.ts";
import type { Doubts } from "../render/entries.ts";
import { depsDigest } from "./objects.ts";
import { type Reading, readKeys } from "./read.ts";

export interface Scan {
  /** Of each key that was looked into, in UTF-8 key order. A key that is not here is as its record says. */
  readonly findings: ReadonlyMap<string, Finding>;
  /** The posts that were read, as many as there is room for. */
  readonly posts: ReadonlyMap<string, Post>;
}

/** What is known of a post without its words. */
export type PostHead = Omit<Post, "markdown">;

export type Finding =
  /** `excluded`: the object is there, but it is no post any more. */
  | { readonly gone: true; readonly excluded?: boolean }
  | {
      readonly gone?: false;
      readonly etag: Etag;
      readonly post?: PostHead;
      /** What the keys that the post was made from were when it was read. */
      readonly depsDigest?: string;
      /** Of a post that is absent because it is not finished. */
      readonly heldBack?: HeldBack;
      readonly problems: readonly Problem[];
    };

export interface ScanInput {
  readonly content: Store;
  readonly site: Site;
  readonly catalog: Catalog | undefined;
  /** Keys that may have changed; without them every key is looked at. */
  readonly hints?: readonly string[] | undefined;
  /** Keys to be read whatever their ETag says. */
  readonly again?: ReadonlySet<string>;
  readonly log: (line: string) => void;
  readonly now: Instant;
}

/** What records are read with; another value makes every record be read anew. */
export function readingOf(site: Site): string {
  const { url, language, timezone, since, authors, permalink, dialect = null, languages, fileDates } = site;
  const { include, exclude, posts, sourceMarkdown } = site;
  const place = [url, permalink, dialect, languages, fileDates, include, exclude, posts];
  return digest(READER_VERSION, RENDERER_VERSION, place, language, timezone, since, authors, sourceMarkdown);
}

/** Is the key a post's? What lies aside, under `_` or `.`, is one too, if a hidden one; `_posts` is no such name. */
function postMatcher(site: Site): (key: string) => boolean {
  const matches = picomatch([...site.posts], { dot: true });
  return (key) => /\.(?:md|markdown|mdx)$/i.test(key) && matches(key);
}

export async function scanContent(input: ScanInput): Promise<Scan> {
  const { catalog, site, hints } = input;
  const anew = catalog === undefined || catalog.reading !== readingOf(site);
  const hinted = anew || hints === undefined ? undefined : await scanHinted(input, hints);
  const { findings, posts } = hinted ?? (await scanAll(input, anew));
  return { findings: new Map([...findings].sort(([a], [b]) => compareKeys(a, b))), posts };
}

async function scanAll(input: ScanInput, anew: boolean): Promise<Reading> {
  const { content, site, catalog, now, again } = input;
  const isPost = postMatcher(site);
  const records = new Map(catalog?.records.map((record) => [record.key, record]));
  const posts = new Map<string, Etag>();
  const objects = new Map<string, ObjectInfo>();
  for await (const object of content.list("")) {
    objects.set(object.key, object);
    if (isPost(object.key)) posts.set(object.key, object.etag);
  }
  const isAsRead = (key: string, etag: Etag): boolean => {
    const record = records.get(key);
    if (record?.etag !== etag || mustBeReadAgain(record, now) || again?.has(key)) return false;
    return depsDigest(record.deps, objects) === record.depsDigest;
  };
  const changed = [...posts].flatMap(([key, etag]) => (anew || !isAsRead(key, etag) ? [key] : []));
  const publishedOf = (key: string) => records.get(key)?.facts?.published;
  const reading = await readKeys(input, changed, publishedOf, { objects });
  const alike = alikeOf(reading, [...records.values()].filter(mayBeReplaced), new Set(changed));
  addTo(
    reading,
    await readKeys(
      input,
      alike.filter((key) => posts.has(key)),
      publishedOf,
      { objects },
    ),
  );
  for (const key of records.keys()) {
    if (!posts.has(key)) reading.findings.set(key, { gone: true, excluded: objects.has(key) });
  }
  return reading;
}

/** Nothing where the hints do not tell enough: then everything is to be looked at. */
async function scanHinted(input: ScanInput, hints: readonly string[]): Promise<Reading | undefined> {
  const { site, catalog, now, again = new Set() } = input;
  const isPost = postMatcher(site);
  const records = catalog?.records ?? [];
  const hinted = new Set(hints);
  const due = records.filter((record) => mustBeReadAgain(record, now)).map(({ key }) => key);
  const concerned = new Set(
    records.filter(({ deps }) => deps.length > 0 && deps.some((dep) => hinted.has(dep))).map(({ key }) => key),
  );
  const first = new Set([...hints, ...concerned, ...due, ...again].filter(isPost));
  const recordOf = (key: string) => recordAt(records, key);
  const knownEtag = (key: string) => {
    const record = recordOf(key);
    const isAnew = again.has(key) || concerned.has(key) || (!first.has(key) && record && mayBeReplaced(record));
    return record && !mustBeReadAgain(record, now) && !isAnew ? record.etag : undefined;
  };
  const reading: Reading = { findings: new Map(), posts: new Map() };
  const keys = new Set<string>();
  // A post with another's words or address may be that one renamed, of which the other trigger is still to come.
  for (let next = [...first]; next.length > 0; next = alikeOf(reading, records, keys)) {
    for (const key of next) keys.add(key);
    const more = await readKeys(input, next, (key) => recordOf(key)?.facts?.published, { knownEtag });
    for (const [key, finding] of more.findings) {
      const record = recordOf(key);
      if (catalog && record && isAnother(record, finding, catalog)) return undefined;
      // A hint is no data: what nobody listed and nobody can read need not be there.
      if (!record && isUnreadable(finding)) more.findings.delete(key);
    }
    addTo(reading, more);
  }
  return reading;
}

function addTo(reading: Reading, more: Reading): void {
  for (const [key, finding] of more.findings) reading.findings.set(key, finding);
  for (const [key, post] of more.posts) reading.posts.set(key, post);
}

/** Has a post come to a key that has nothing of the one that was there? That one may be at a key that nobody rang for. */
function isAnother({ etag, facts }: PostRecord, finding: Finding, authority: TagAuthority): boolean {
  if (finding.gone || !finding.post || !facts || finding.etag === etag) return false;
  const { post } = finding;
  if (post.id !== undefined && givenId(post.id, authority) === facts.id) return false;
  return post.sourceDigest !== facts.sourceDigest && headline(post) !== headline(facts);
}

/** Who it is may be known by what was there before, which may be elsewhere now. */
const mayBeReplaced = ({ state, facts }: PostRecord): boolean =>
  facts !== undefined && (state === "broken" || state === "hidden");

const isUnreadable = (finding: Finding): boolean => !finding.gone && !finding.post && finding.etag === "";

function alikeOf({ findings }: Reading, records: readonly PostRecord[], seen: ReadonlySet<string>): string[] {
  const heads = [...findings.values()].flatMap((finding) => (finding.gone || !finding.post ? [] : [finding.post]));
  if (heads.length === 0) return [];
  const words = new Set(heads.map(({ sourceDigest }) => sourceDigest));
  const urls = new Set(heads.map(({ url }) => url));
  const moments = new Set(heads.map(({ published }) => published));
  const headlines = new Set(heads.map(headline));
  const isAlike = (facts: Facts) =>
    words.has(facts.sourceDigest) ||
    urls.has(facts.url) ||
    (moments.has(facts.published) && headlines.has(headline(facts)));
  return records.filter(({ key, facts }) => facts && isAlike(facts) && !seen.has(key)).map(({ key }) => key);
}

/** Its time has come, or not yet after all, or it waits for another post to go. */
function mustBeReadAgain({ due, state, facts }: PostRecord, now: Instant): boolean {
  if (state === "public" && facts && facts.published > now) return true;
  return state === "conflicting" || (due !== undefined && due <= now);
}

/** The same scan, in which posts that do not say when they were published are dated so. */
export async function redate(
  input: Pick<ScanInput, "content" | "site" | "log">,
  scan: Scan,
  dates: ReadonlyMap<string, Instant | undefined>,
): Promise<Scan> {
  const { findings, posts } = await readKeys(input, [...dates.keys()], (key) => dates.get(key), {});
  return { findings: new Map([...scan.findings, ...findings]), posts: new Map([...scan.posts, ...posts]) };
}

/** The same findings, in which the posts that cannot be rendered are broken, but for those that were written anew since. */
export function withFailures(findings: Scan["findings"], failures: Doubts["failed"]): Scan["findings"] {
  const broken = new Map(findings);
  for (const [key, { etag, problem }] of failures) {
    const finding = findings.get(key);
    if (!finding || finding.gone || finding.etag !== etag) continue;
    broken.set(key, { etag, problems: [...finding.problems, problem] });
  }
  return broken;
}

/** What each key held when it was scanned, `undefined` where there was nothing, as far as it can be compared. */
export type Scanned = ReadonlyMap<string, Etag | undefined>;

export function scannedIn({ findings }: Scan): Scanned {
  // A key that could not be read has no ETag to compare, and one that is no post any more matters no more.
  const comparable = [...findings].filter(([, found]) => (found.gone ? !found.excluded : found.etag !== ""));
  return new Map(comparable.map(([key, found]) => [key, found.gone ? undefined : found.etag]));
}

/** Has any key moved since it was scanned? Asked once the lease is held. */
export async function hasMoved(content: Store, scanned: Scanned): Promise<boolean> {
  const etagNow = scanned.size > FEW_KEYS ? await listEtags(content) : undefined;
  let moved = false;
  await forEachAtOnce(scanned, async ([key, etag]) => {
    if (etagNow) {
      moved ||= etagNow.get(key) !== etag;
      return;
    }
    const object = await content.get(key, etag);
    moved ||= etag === undefined ? object !== undefined : object !== "unchanged";
  });
  return moved;
}
