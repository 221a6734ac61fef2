/** Where the preview's own pages are: at a path that no channel has. */
import { encodePath } from "../../edge/address.ts";

export const OWN = "/.dripfeed/";
export const ENTRIES = `${OWN}entries`;
export const PROBLEMS = `${OWN}problems`;
export const EVENTS = `${OWN}events`;

/** Of the entry that is made from the file at this content key. */
export const entryPath = (key: string): string => `${ENTRIES}/${encodePath(key)}`;

/** The content key in such a path, as it was encoded: a key may be in any normal form. */
export function keyIn(path: string): string | undefined {
  if (!path.startsWith(`${ENTRIES}/`)) return undefined;
  try {
    return decodeURIComponent(path.slice(ENTRIES.length + 1));
  } catch {
    return undefined;
  }
}
