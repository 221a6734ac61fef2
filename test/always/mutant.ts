/** Mutants: small errors in the code, as data; each must make a test fail, most often that of its sentence. */

export interface Mutant {
  /** What is wrong, in a few words; unique among those of its file. */
  readonly name: string;
  readonly edits: readonly Edit[];
}

export interface Edit {
  /** Path from the root of the repository. */
  readonly file: string;
  /** Code that occurs exactly once in the file, line by line. White space counts as one space, so that formatting does not matter. */
  readonly find: string | readonly string[];
  /** The code that takes its place. */
  readonly replace: string | readonly string[];
}

/** A test, and what it must notice. */
export interface MutatedTest {
  readonly file: string;
  readonly name: string;
  readonly mutants: readonly Mutant[];
}

/** The text with the error in it. Throws unless `find` occurs exactly once. */
export function applyEdit(text: string, { file, find, replace }: Edit): string {
  const wanted = textOf(find);
  const pattern = wanted.trim().split(/\s+/).map(escaped).join("\\s+");
  const found = [...text.matchAll(new RegExp(pattern, "g"))];
  const [match] = found;
  if (!match || found.length > 1) throw new Error(`${file}: found ${found.length} times, not once:\n${wanted}`);
  return text.slice(0, match.index) + textOf(replace) + text.slice(match.index + match[0].length);
}

const textOf = (lines: Edit["find"]): string => (typeof lines === "string" ? lines : lines.join("\n"));

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
