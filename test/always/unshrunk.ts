/** Counterexamples are not made smaller: what a mutation breaks is known. */
import fc from "fast-check";

fc.configureGlobal({ endOnFailure: true });
