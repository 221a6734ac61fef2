/** Ids of a former system in the state store: an immutable object that the head names, then the catalog. */
import { type AdoptedPost, encodeLedger, LEDGER_TYPE, type Ledger, parseLedger } from "../adopt/ledger.ts";
import type { Catalog, Facts, PostRecord } from "../model.ts";
import type { Store } from "../stores/store.ts";
import { StateError } from "./catalog.ts";
import { type CurrentHead, readNamed, swapHead } from "./head.ts";
import type { Survey } from "./survey.ts";

export const adoptedKey = (pass: string): string => `adopted/${pass}.jsonl`;

/** Throws `StateError` when the object is gone, damaged, or of a newer Dripfeed. Nothing of no key. */
export async function readAdopted(state: Store, key: string | undefined): Promise<Ledger> {
  if (key === undefined) return new Map();
  const { posts, errors, newer } = parseLedger(new TextDecoder().decode(await readNamed(state, key)));
  if (newer !== undefined) {
    throw new StateError(`${key} was written by a newer Dripfeed (format ${newer}); use that one`);
  }
  const [error] = errors;
  if (error) {
    const { line, message } = error;
    throw new StateError(`${key} is damaged: line ${line}: ${message}; bring back a copy of the state store`);
  }
  return posts;
}

/** The next pass finds them. `undefined` when somebody else wrote the head meanwhile. */
export async function writeAdopted(
  state: Store,
  read: CurrentHead,
  ledger: Ledger,
  pass: string,
): Promise<CurrentHead | undefined> {
  const key = adoptedKey(pass);
  await state.put(key, new TextEncoder().encode(encodeLedger(ledger.values())), { contentType: LEDGER_TYPE });
  const next = await swapHead(state, read, { ...read.head, adopted: key });
  const former = next ? read.head.adopted : key;
  if (former !== undefined) await state.delete(former);
  return next;
}

/** The catalog with the adopted ids of posts that were published already. Their dates stay: readers have seen them. */
export function foldAdopted(catalog: Catalog, ledger: Ledger): Catalog {
  if (ledger.size === 0) return catalog;
  const records = catalog.records.map((record) => {
    const facts = record.facts && factsWith(record.facts, ledger.get(record.key));
    return facts && facts !== record.facts ? { ...record, facts } : record;
  });
  return { ...catalog, records };
}

function factsWith(facts: Facts, adopted: AdoptedPost | undefined): Facts {
  if (!adopted) return facts;
  const { ids: _, ...rest } = facts;
  const { id = facts.id, ids } = adopted;
  return { ...rest, id, ...(ids && { ids }) };
}

/** Of every post under which ids readers know it, or will: published, or waiting among `adopted`. */
export function knownLedger(catalog: Catalog | undefined, adopted: Ledger): Ledger {
  const posts = new Map(adopted);
  for (const { key, facts } of catalog?.records ?? []) {
    if (!facts) continue;
    const { url, id, ids, updated } = facts;
    posts.set(key, { key, url, id, ...(ids && { ids }), updated });
  }
  return posts;
}

export interface Adoption {
  /** What a former system published, if a post that was found may be new; read at most once. By the keys of now. */
  forNew(findings: Survey["findings"], catalog: Catalog | undefined): Promise<Ledger>;
  /** Keys of posts that waited, at whose addresses others were found: they may be these, renamed. */
  beside(findings: Survey["findings"], catalog: Catalog | undefined): Promise<readonly string[]>;
  /** The key, as long as any of the posts is still to be published. */
  waiting(records: readonly PostRecord[]): string | undefined;
}

export function adoptionOf(state: Store, key: string | undefined): Adoption {
  let ledger: Ledger | undefined;

  /** Nothing while no post was found that may be new. */
  async function ledgerFor(findings: Survey["findings"], catalog: Catalog | undefined): Promise<Ledger | undefined> {
    if (key === undefined) return undefined;
    const known = new Set(catalog?.records.flatMap(({ key, facts }) => (facts ? [key] : [])));
    const mayBeNew = [...findings].some(([key, finding]) => !finding.gone && finding.post && !known.has(key));
    if (mayBeNew) ledger ??= await readAdopted(state, key);
    return ledger;
  }

  return {
    async forNew(findings, catalog) {
      const ledger = await ledgerFor(findings, catalog);
      return ledger ? renamed(ledger, findings, catalog) : new Map();
    },

    async beside(findings, catalog) {
      const ledger = await ledgerFor(findings, catalog);
      const urls = new Set(
        [...findings.values()].flatMap((found) => (!found.gone && found.post ? [found.post.url] : [])),
      );
      return [...(ledger?.values() ?? [])].flatMap(({ key, url }) => {
        return url !== undefined && urls.has(url) && !findings.has(key) ? [key] : [];
      });
    },

    waiting(records) {
      if (!ledger) return key;
      const published = new Set(records.flatMap(({ key, facts }) => (facts ? [key, facts.url] : [])));
      const isPublished = ({ key, url }: AdoptedPost) =>
        published.has(key) || (url !== undefined && published.has(url));
      return [...ledger.values()].every(isPublished) ? undefined : key;
    },
  };
}

/** With the posts whose file was renamed before their first publication, each known by its address if that is its alone. */
function renamed(ledger: Ledger, findings: Survey["findings"], catalog: Catalog | undefined): Ledger {
  const records = new Set(catalog?.records.map(({ key }) => key));
  const isThere = (key: string) => {
    const finding = findings.get(key);
    return finding ? !finding.gone : records.has(key);
  };
  const lost = [...ledger.values()].filter(({ key, url }) => url !== undefined && !isThere(key));
  if (lost.length === 0) return ledger;
  const heads = [...findings.values()].flatMap((finding) => (finding.gone || !finding.post ? [] : [finding.post]));
  const strangers = Map.groupBy(
    heads.filter(({ key }) => !ledger.has(key)),
    ({ url }) => url,
  );
  const owners = Map.groupBy(lost, ({ url = "" }) => url);
  const more = [...owners].flatMap(([url, [owner, ...others]]) => {
    const [stranger, ...rivals] = strangers.get(url) ?? [];
    if (!owner || !stranger || others.length + rivals.length > 0) return [];
    return [[stranger.key, { ...owner, key: stranger.key }] as const];
  });
  return new Map([...ledger, ...more]);
}
