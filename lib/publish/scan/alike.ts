/** Posts that look like others: one of two may be the other, renamed. */
import type { Facts, PostRecord } from "../../model.ts";
import { headline } from "../../state/traits.ts";
import { type Findings, postsIn } from "./findings.ts";

/** Keys of records, besides those already `read`, that share text, address, or title and date with a post that was found. */
export function alikeTo(findings: Findings, records: readonly PostRecord[], read: ReadonlySet<string>): string[] {
  const heads = postsIn(findings);
  if (heads.length === 0) return [];
  const digests = new Set(heads.map(({ sourceDigest }) => sourceDigest));
  const urls = new Set(heads.map(({ url }) => url));
  const moments = new Set(heads.map(({ published }) => published));
  const headlines = new Set(heads.map(headline));
  const isAlike = (facts: Facts) =>
    digests.has(facts.sourceDigest) ||
    urls.has(facts.url) ||
    (moments.has(facts.published) && headlines.has(headline(facts)));
  return records.filter(({ key, facts }) => facts && isAlike(facts) && !read.has(key)).map(({ key }) => key);
}
