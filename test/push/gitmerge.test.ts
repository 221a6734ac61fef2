/** Git as the keeper of former texts: a base is found by its digest, and only texts that git has are merged. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { gitMerging, mergeLines } from "../../lib/commands/gitmerge.ts";
import { sha256 } from "../../lib/push/files.ts";
import { mergePosts } from "../../lib/push/pull/merge.ts";

const run = promisify(execFile);
const bytes = (text: string) => new TextEncoder().encode(text);
const KEY = "posts/帖 [1].md";

let folder: string;
const git = (...words: readonly string[]) =>
  run("git", ["-c", "user.name=Lin", "-c", "user.email=lin@example.com", ...words], { cwd: folder });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-git-"));
  await mkdir(join(folder, "content/posts"), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function commit(text: string): Promise<void> {
  await writeFile(join(folder, "content", KEY), text);
  await git("add", "--all");
  await git("commit", "--message", "Words");
}

const POST = "---\ntitle: A\n---\n\none\n\ntwo\n\nthree\n";
const merge = (key: string, base: string | undefined, ours: string, theirs: string) =>
  mergePosts(gitMerging(join(folder, "content")), key, base, bytes(ours), bytes(theirs));
const textOf = (merged: Uint8Array | undefined) => merged && new TextDecoder().decode(merged);

test("what both began with is found among former texts, on any branch, in a folder of the repository", async () => {
  await git("init", "--initial-branch=main");
  await commit("older");
  await git("switch", "--create", "pulled");
  await commit(POST);
  await git("switch", "main");
  await commit("newer");
  const ours = POST.replace("one", "one, here");
  const merged = await merge(KEY, sha256(bytes(POST)), ours, POST.replace("three", "three, there"));
  expect(textOf(merged)).toBe(ours.replace("three", "three, there"));
  expect(await merge(KEY, sha256(bytes("never written")), ours, POST)).toBeUndefined();
});

test("without git, without a base and for the same lines nothing is merged", async () => {
  expect(await merge(KEY, sha256(bytes(POST)), POST, `${POST}x`)).toBeUndefined();
  await git("init", "--initial-branch=main");
  await commit(POST);
  const [one, other] = [POST.replace("two", "2"), POST.replace("two", "II")];
  expect(await merge(KEY, sha256(bytes(POST)), one, other)).toBeUndefined();
  expect(await merge(KEY, undefined, one, `${POST}x`)).toBeUndefined();
});

test("the same change on both sides is no conflict, and no marker is ever in a merged text", async () => {
  const merged = await mergeLines(bytes(POST), bytes(POST.replace("two", "2")), bytes(POST.replace("two", "2")));
  expect(textOf(merged)).toBe(POST.replace("two", "2"));
  expect(await mergeLines(bytes("a\n"), bytes("b\n"), bytes("c\n"))).toBeUndefined();
});

test("a merge that would give the front matter a key twice is left to a person", async () => {
  const front = (first: string, last: string) =>
    `---\n${first}title: A\ndate: 2026-01-01\nlang: en\n${last}---\nText\n`;
  const former = front("", "");
  const merging = { baseOf: async () => bytes(former), mergeLines };
  const both = (ours: string, theirs: string) =>
    mergePosts(merging, "a.md", sha256(bytes(former)), bytes(ours), bytes(theirs));
  expect(textOf(await both(front("tags: [a]\n", ""), front("", "draft: true\n")))).toBe(
    front("tags: [a]\n", "draft: true\n"),
  );
  expect(await both(front("tags: [a]\n", ""), front("", "tags: [b]\n"))).toBeUndefined();
});

test("only text is merged, and only posts", async () => {
  const merging = { baseOf: async () => bytes("a\n\nb\n"), mergeLines };
  const both = (key: string, ours: Uint8Array) => mergePosts(merging, key, "x", ours, bytes("a\n\nB\n"));
  expect(textOf(await both("a.md", bytes("A\n\nb\n")))).toBe("A\n\nB\n");
  expect(await both("site.yaml", bytes("A\n\nb\n"))).toBeUndefined();
  expect(await both("a.md", new Uint8Array([0xff, 10, 10, 98, 10]))).toBeUndefined();
});
