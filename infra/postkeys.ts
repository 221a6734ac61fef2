/** The globs of a site's posts → keys as IAM's policies have them, where `*` stands for any text and `?` for one character. */

/**
 * No narrower than the globs, since a post that a glob takes has to be written; wider where a glob has what IAM does not. Of several
 * that say the same, one.
 */
export function keysOf(globs: readonly string[]): readonly string[] {
  const keys = new Set(globs.map(keyOf));
  return [...keys].filter((key) => ![...keys].some((other) => other !== key && isWithin(key, other)));
}

const keyOf = (glob: string): string =>
  withoutGroups(glob.startsWith("!") ? "*" : glob) // all but these
    // With `**` a folder may be there or not.
    .replace(/\*\*\//g, "*")
    .replace(/[^\w\-./*?\u0080-\uffff ]/g, "*")
    .replace(/\*+/g, "*");

/** Groups, from within, classes and escapes are any text. */
function withoutGroups(glob: string): string {
  const less = glob.replace(/[@?*+!]?\([^()]*\)|\{[^{}]*\}|\[[^[\]]*\]|\\./g, "*");
  return less === glob ? glob : withoutGroups(less);
}

/** All keys of the one are keys of the other, as far as their beginnings tell. */
const isWithin = (key: string, other: string): boolean =>
  other.endsWith("*") && !/[*?]/.test(other.slice(0, -1)) && key.startsWith(other.slice(0, -1));
