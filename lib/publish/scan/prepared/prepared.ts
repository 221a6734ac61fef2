/** Findings ⇄ prepared findings: which of them may be taken for what would be read now, and which are worth keeping. */
import { present } from "../../../base/optional.ts";
import { isHtmlFile } from "../../../content/inputs.ts";
import type { EntryPlace, Etag } from "../../../model.ts";
import { eachPrepared } from "../../../state/findings.ts";
import type { Store } from "../../../stores/store.ts";
import type { Findings, PreparedFinding } from "../findings.ts";
import { depsDigest } from "../objects.ts";
import type { ListedReadInput, ReadInput } from "../read.ts";
import { noteStopped } from "../slow.ts";
import { isPreparedFinding } from "./findingguard.ts";

/** Calls `take` with the prepared findings of these keys that reading them now would give. */
export async function takePrepared(
  { others: { listed }, publishedOf, slow }: ListedReadInput,
  { state, reader, objects }: { readonly state: Store; readonly reader: string; readonly objects: readonly string[] },
  keys: ReadonlySet<string>,
  take: (prepared: PreparedFinding) => void,
): Promise<void> {
  await eachPrepared(state, reader, objects, (prepared) => {
    if (!isPreparedFinding(prepared) || !keys.has(prepared.key)) return;
    const { key, etag, datedAs, finding, stopped } = prepared;
    if (listed.get(key)?.etag !== etag || (datedAs !== publishedOf(key) && !isOfAnyDate(prepared))) return;
    if (finding.etag !== etag && finding.etag !== "") return;
    if (depsDigest(finding.deps ?? [], listed) !== finding.depsDigest) return;
    if (stopped !== undefined) noteStopped(slow, [{ key, etag, step: "read", limit: stopped }]);
    take(prepared);
  });
}

/** Whether it is what it is whenever readers got the post: such a date is only looked at where the file has none, and of HTML. */
export const isOfAnyDate = ({ key, finding }: Pick<PreparedFinding, "key" | "finding">): boolean =>
  !isHtmlFile(key) && (finding.post ?? finding.seen)?.undated === undefined;

/** Those of the findings that a later run can take up. What is gone shows in its own listing. */
export function* preparedIn(
  { publishedOf, slow }: Pick<ReadInput, "publishedOf" | "slow">,
  findings: Findings,
  etagOf: (key: string) => Etag | undefined,
  placeOf: (inputHash: string) => EntryPlace | undefined = () => undefined,
): Iterable<PreparedFinding> {
  for (const [key, finding] of findings) {
    if (finding.gone) continue;
    const etag = finding.etag || etagOf(key);
    if (etag === undefined) continue;
    const stopped = slow.stopped.get(key);
    const limit = stopped?.etag === etag && stopped.step === "read" ? stopped.error.limit : undefined;
    const rendered = finding.post && placeOf(finding.post.inputHash);
    yield { key, etag, finding, ...present({ datedAs: publishedOf(key), stopped: limit, rendered }) };
  }
}
