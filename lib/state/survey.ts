/** Survey: which content keys changed, and what they hold now. Each key is read as it is, so bells need no order. */
import pMap from "p-map";
import picomatch from "picomatch";
import { digest } from "../content/digest.ts";
import { parsePost, READER_VERSION } from "../content/post.ts";
import { problem } from "../content/problems.ts";
import type { Catalog, Etag, Instant, Post, PostRecord, Problem, Site } from "../model.ts";
import { compareKeys, type Store, StoreUnreadable } from "../stores/store.ts";

const AT_ONCE = 32;
/** Up to here one look at each key is cheaper than a listing. */
const FEW = 30;

/** Characters of Markdown that a survey holds on to; what is beyond is read again if it is to be rendered. */
const MAX_KEPT = 32_000_000;

export interface Survey {
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
  | { readonly gone?: false; readonly etag: Etag; readonly post?: PostHead; readonly problems: readonly Problem[] };

export interface SurveyInput {
  readonly content: Store;
  readonly site: Site;
  readonly catalog: Catalog | undefined;
  /** Keys that may have changed; without them every key is looked at. */
  readonly hints?: readonly string[] | undefined;
  readonly now: Instant;
}

/** What records are read with; another value makes every record be read anew. */
export function readingOf({ url, timezone, permalink, language, authors, posts }: Site): string {
  return digest(READER_VERSION, url, timezone, permalink, language, authors, posts);
}

/** Is the key a post's? Parts that start with `_` or `.` are nobody's, but for `_posts`. */
export function postMatcher(site: Site): (key: string) => boolean {
  const matches = picomatch([...site.posts]);
  return (key) =>
    /\.(?:md|markdown|mdx)$/i.test(key) &&
    !key.split("/").some((part) => /^[_.]/.test(part) && part !== "_posts") &&
    matches(key);
}

export async function surveyContent(input: SurveyInput): Promise<Survey> {
  const { catalog, site, hints } = input;
  const anew = catalog === undefined || catalog.reading !== readingOf(site);
  const { findings, posts } =
    anew || hints === undefined ? await surveyAll(input, anew) : await surveyHinted(input, hints);
  return { findings: new Map([...findings].sort(([a], [b]) => compareKeys(a, b))), posts };
}

interface Reading {
  readonly findings: Map<string, Finding>;
  readonly posts: Map<string, Post>;
}

async function surveyAll({ content, site, catalog, now }: SurveyInput, anew: boolean): Promise<Reading> {
  const isPost = postMatcher(site);
  const records = recordsByKey(catalog);
  const changed: string[] = [];
  const seen = new Set<string>();
  const others = new Set<string>();
  for await (const { key, etag } of content.list("")) {
    if (!isPost(key)) {
      others.add(key);
      continue;
    }
    seen.add(key);
    const record = records.get(key);
    if (anew || !record || record.etag !== etag || mustBeReadAgain(record, now)) changed.push(key);
  }
  const reading = await readKeys(content, site, changed);
  for (const { key, state } of records.values()) {
    if (!seen.has(key) && state !== "removed") reading.findings.set(key, { gone: true, excluded: others.has(key) });
  }
  return reading;
}

async function surveyHinted({ content, site, catalog, now }: SurveyInput, hints: readonly string[]): Promise<Reading> {
  const isPost = postMatcher(site);
  const records = recordsByKey(catalog);
  const again = [...records.values()].filter((record) => mustBeReadAgain(record, now)).map(({ key }) => key);
  const keys = new Set([...hints.filter((key) => isPost(key) || records.has(key)), ...again]);
  return readKeys(content, site, [...keys], (key) => {
    const record = records.get(key);
    return record && record.state !== "removed" && !mustBeReadAgain(record, now) ? record.etag : undefined;
  });
}

/** Its time has come, or it waits for another post to go. */
function mustBeReadAgain({ due, state }: PostRecord, now: Instant): boolean {
  return state === "shadow" || (due !== undefined && due <= now);
}

function recordsByKey(catalog: Catalog | undefined): ReadonlyMap<string, PostRecord> {
  return new Map(catalog?.records.map((record) => [record.key, record]));
}

async function readKeys(
  content: Store,
  site: Site,
  keys: readonly string[],
  knownEtag: (key: string) => Etag | undefined = () => undefined,
): Promise<Reading> {
  const findings = new Map<string, Finding>();
  const posts = new Map<string, Post>();
  let kept = 0;
  await pMap(
    keys,
    async (key) => {
      const { finding, post } = await readKey(content, site, key, knownEtag(key));
      if (finding) findings.set(key, finding);
      if (!post || kept + post.markdown.length > MAX_KEPT) return;
      kept += post.markdown.length;
      posts.set(key, post);
    },
    { concurrency: AT_ONCE },
  );
  return { findings, posts };
}

/** No finding: unchanged. */
async function readKey(
  content: Store,
  site: Site,
  key: string,
  known: Etag | undefined,
): Promise<{ readonly finding?: Finding; readonly post?: Post }> {
  try {
    const object = await content.get(key, known);
    if (object === "unchanged") return {};
    if (object === undefined) return { finding: { gone: true } };
    const { etag, body } = object;
    const { post, problems } = parsePost(key, body, site);
    if (!post) return { finding: { etag, problems } };
    const { markdown, ...head } = post;
    return { finding: { etag, post: head, problems }, post };
  } catch (error) {
    if (!(error instanceof StoreUnreadable)) throw error;
    return { finding: { etag: "", problems: [problem("unreadable", key, error.message)] } };
  }
}

/** The same survey, in which the posts that cannot be rendered are broken. */
export function withFailures(
  survey: Survey,
  records: readonly PostRecord[],
  failed: ReadonlyMap<string, Problem>,
): Survey {
  const findings = new Map(survey.findings);
  for (const { key, etag, problems } of records) {
    const failure = failed.get(key);
    if (failure) findings.set(key, { etag, problems: [...problems, failure] });
  }
  return { findings, posts: survey.posts };
}

/** Has any key moved since it was surveyed? Asked once the claim is held. */
export async function hasMoved(content: Store, { findings }: Survey): Promise<boolean> {
  // A key that could not be read has no ETag to compare, and one that is no post any more matters no more.
  const surveyed = [...findings].filter(([, finding]) => (finding.gone ? !finding.excluded : finding.etag !== ""));
  const etagNow = surveyed.length > FEW ? await listedEtags(content) : undefined;
  const hasKeyMoved = async ([key, finding]: [string, Finding]): Promise<boolean> => {
    if (etagNow) return etagNow.get(key) !== (finding.gone ? undefined : finding.etag);
    const object = await content.get(key, finding.gone ? undefined : finding.etag);
    return finding.gone ? object !== undefined : object !== "unchanged";
  };
  return (await pMap(surveyed, hasKeyMoved, { concurrency: AT_ONCE })).includes(true);
}

async function listedEtags(content: Store): Promise<ReadonlyMap<string, Etag>> {
  const etags = new Map<string, Etag>();
  for await (const { key, etag } of content.list("")) etags.set(key, etag);
  return etags;
}
