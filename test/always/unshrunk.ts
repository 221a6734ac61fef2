/** Counterexamples are not shrunk: which error a mutant makes is known. */
import fc from "fast-check";

fc.configureGlobal({ endOnFailure: true });
