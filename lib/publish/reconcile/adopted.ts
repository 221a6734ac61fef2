/** Ids of a former system for posts that may be new: which of them a run uses, and whether any still waits. */
import type { AdoptedPost, Ledger } from "../../adopt/ledger.ts";
import type { Catalog, PostRecord } from "../../model.ts";
import { readAdopted } from "../../state/adopted.ts";
import type { Store } from "../../stores/store.ts";
import type { Scan } from "../scan/scan.ts";

export interface Adoption {
  /** What a former system published, if a post that was found may be new; read at most once. By the keys of now. */
  forNew(findings: Scan["findings"], catalog: Catalog | undefined): Promise<Ledger>;
  /** Keys of posts that waited, at whose addresses others were found: they may be these, renamed. */
  beside(findings: Scan["findings"], catalog: Catalog | undefined): Promise<readonly string[]>;
  /** The key, as long as any of the posts is still to be published. */
  waiting(records: readonly PostRecord[]): string | undefined;
}

export function adoptionOf(state: Store, key: string | undefined): Adoption {
  let ledger: Ledger | undefined;

  /** Nothing while no post was found that may be new. */
  async function ledgerFor(findings: Scan["findings"], catalog: Catalog | undefined): Promise<Ledger | undefined> {
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
function renamed(ledger: Ledger, findings: Scan["findings"], catalog: Catalog | undefined): Ledger {
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
