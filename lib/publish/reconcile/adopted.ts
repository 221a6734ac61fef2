/** Ids of a former system for posts that may be new: which of them a run uses, and whether any still waits. */
import type { AdoptedPost, Ledger } from "../../adopt/ledger.ts";
import type { PostRecord } from "../../model.ts";
import { readAdopted } from "../../state/adopted.ts";
import type { Catalog } from "../../state/types.ts";
import type { Store } from "../../stores/store.ts";
import { type Findings, postsIn } from "../scan/findings.ts";

export interface AdoptedIds {
  /** What a former system published, under the keys that the files have now. Read at most once, and only if a post may be new. */
  forNew(findings: Findings, catalog: Catalog | undefined): Promise<Ledger>;
  /** Keys of posts that still wait, at whose addresses other files were found: these may be the posts, renamed. */
  keysOfRenamed(findings: Findings, catalog: Catalog | undefined): Promise<readonly string[]>;
  /** The key, as long as any of the posts is still to be published. */
  waiting(records: readonly PostRecord[]): string | undefined;
}

export function adoptedIds(state: Store, key: string | undefined): AdoptedIds {
  let ledger: Ledger | undefined;

  /** Nothing while no post was found that may be new. */
  async function ledgerFor(findings: Findings, catalog: Catalog | undefined): Promise<Ledger | undefined> {
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

    async keysOfRenamed(findings, catalog) {
      const ledger = await ledgerFor(findings, catalog);
      const urls = new Set(postsIn(findings).map(({ url }) => url));
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

/** With the posts whose file was renamed before their first publication: each is recognised by an address that no other has. */
function renamed(ledger: Ledger, findings: Findings, catalog: Catalog | undefined): Ledger {
  const records = new Set(catalog?.records.map(({ key }) => key));
  const isThere = (key: string) => {
    const finding = findings.get(key);
    return finding ? !finding.gone : records.has(key);
  };
  const lost = [...ledger.values()].filter(({ key, url }) => url !== undefined && !isThere(key));
  if (lost.length === 0) return ledger;
  const strangers = Map.groupBy(
    postsIn(findings).filter(({ key }) => !ledger.has(key)),
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
