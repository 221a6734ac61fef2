/** Knows the names of the codes that exist, so that a guess at a name costs no look into the store. */
import type { Clock } from "../../base/clock.ts";
import type { Store } from "../../stores/store.ts";
import { namesOfKept } from "../kept/objects.ts";
import { CODES } from "./codes.ts";

/** A code that was just made is found after this time at the latest; typing it takes longer. */
const FRESH_MS = 2_000;

export interface CodeNames {
  has(name: string): Promise<boolean>;
  /** A code was made here: it is found at once. */
  forget(): void;
}

/**
 * Lists the few codes at most once in two seconds, and asks the store for no name that is not among them. So there is no count
 * that a stranger could raise until somebody else is locked out.
 */
export function codeNames(state: Store, clock: Clock): CodeNames {
  let listed: { readonly at: number; readonly names: Promise<ReadonlySet<string>> } | undefined;
  const forget = () => {
    listed = undefined;
  };
  const list = async () =>
    new Set((await namesOfKept(state, CODES)).map((name) => name.slice(CODES.length, -".json".length)));
  return {
    forget,
    async has(name) {
      const now = clock.now().getTime();
      if (!listed || now - listed.at >= FRESH_MS || now < listed.at) {
        const names = list();
        listed = { at: now, names };
        names.catch(forget);
      }
      return (await listed.names).has(name);
    },
  };
}
