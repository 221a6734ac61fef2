/** Calls held against policies: what is not allowed, and what is allowed although nothing calls it. */
import { type Call, decide } from "./decide.ts";
import { nameOf, type Permission } from "./policies.ts";

export interface Coverage {
  /** Calls that are not allowed, as text. */
  readonly refused: readonly string[];
  /** Permissions that no call needs, as text. */
  readonly unused: readonly string[];
}

export function coverageOf(calls: Iterable<Call>, policies: readonly Permission[]): Coverage {
  const refused = new Set<string>();
  const used = new Set<Permission>();
  for (const call of calls) {
    const { isAllowed, because } = decide(call, policies);
    if (isAllowed) for (const each of because) used.add(each);
    else refused.add(`${call.by}: ${call.action} ${call.resource}${because.length > 0 ? ", denied" : ""}`);
  }
  const unused = policies.filter((each) => each.effect === "Allow" && !used.has(each)).map(nameOf);
  return { refused: [...refused].toSorted(), unused: [...new Set(unused)].toSorted() };
}
