/** What a round learned of posts after its scan, taken into account by the scan of the next. */
import { present } from "../../base/optional.ts";
import { problem } from "../../base/problems.ts";
import { traitsOf } from "../../base/traits.ts";
import type { Corrections } from "../retry.ts";
import type { Finding } from "./findings.ts";

/** A post that cannot be rendered is a problem like any other; so is one whose file goes on changing. */
export function correctFindings(
  findings: Map<string, Finding>,
  { failed, restless }: Pick<Corrections, "failed" | "restless">,
): void {
  breakFailed(findings, failed);
  breakRestless(findings, restless);
}

/** Posts that cannot be rendered are broken, unless their files were written anew since. */
function breakFailed(findings: Map<string, Finding>, failed: Corrections["failed"]): void {
  for (const [key, { etag, problem }] of failed) {
    const finding = findings.get(key);
    if (!finding || finding.gone || finding.etag !== etag) continue;
    const seen = finding.post ? traitsOf(finding.post) : finding.seen;
    findings.set(key, { etag, problems: [...finding.problems, problem], ...present({ seen }) });
  }
}

/** A file that something goes on writing into would keep every other post waiting. */
const MOST_MOVES = 3;

/** The post of a file that changed too often since it was scanned first: as if it could not be read. */
function breakRestless(findings: Map<string, Finding>, restless: readonly string[]): void {
  for (const [key, times] of Map.groupBy(restless, (key) => key)) {
    const finding = findings.get(key);
    if (!finding || times.length < MOST_MOVES) continue;
    const heldBack = finding.gone ? undefined : (finding.heldBack ?? finding.post?.hidden);
    const problems = [
      problem("unreadable", key, "the file changes each time that it is read", undefined, RESTLESS_FIX),
    ];
    findings.set(key, { etag: "", problems, ...present({ heldBack }) });
  }
}

const RESTLESS_FIX = "write it elsewhere, and move it here when it is complete";
