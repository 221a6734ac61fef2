/** Git as the keeper of former texts, and as the tool that merges three of them by lines. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "../push/files.ts";
import type { TextMerging } from "../push/pull/merge.ts";

/** Commits of a file that are looked through, newest first. */
const COMMITS = 200;
const MAX_BYTES = 4_000_000;

/** Of a folder that is not in git, or where git is not installed, no former text is known, and nothing is merged. */
export const gitMerging = (folder: string): TextMerging => ({
  async baseOf(key, digest) {
    // Every branch, since the text may have been on one that a pull request was made of.
    const log = await git(["log", "--all", "--format=%H", `--max-count=${COMMITS}`, "--", key], folder);
    for (const commit of log?.toString().split("\n").filter(Boolean) ?? []) {
      const text = await git(["cat-file", "blob", `${commit}:./${key}`], folder);
      if (text && sha256(text) === digest) return text;
    }
    return undefined;
  },
  mergeLines,
});

/** As `git merge-file` does (https://git-scm.com/docs/git-merge-file): it exits with the number of conflicts. */
export async function mergeLines(
  base: Uint8Array,
  ours: Uint8Array,
  theirs: Uint8Array,
): Promise<Uint8Array | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "dripfeed-merge-"));
  try {
    const sides = { ours, base, theirs };
    await Promise.all(Object.entries(sides).map(([name, text]) => writeFile(join(folder, name), text)));
    return await git(["merge-file", "--stdout", ...Object.keys(sides)], folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What it prints; `undefined` where it fails. Paths are taken as they are, and without colours, pagers or hooks. */
function git(words: readonly string[], cwd: string): Promise<Buffer | undefined> {
  const options = { cwd, encoding: "buffer" as const, maxBuffer: MAX_BYTES, windowsHide: true };
  return new Promise((resolve) => {
    execFile("git", ["--literal-pathspecs", ...words], options, (error, stdout) =>
      resolve(error === null ? stdout : undefined),
    );
  });
}
