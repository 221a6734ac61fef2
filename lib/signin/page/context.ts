/** What the answers to the page are given. */
import type { CodeNames } from "../codes/names.ts";
import type { SignInContext } from "../context.ts";
import type { Failures } from "../limits/failures.ts";
import type { Challenges } from "../passkeys/challenges.ts";

export interface PageContext extends SignInContext {
  readonly challenges: Challenges;
  readonly failures: Failures;
  readonly names: CodeNames;
}
