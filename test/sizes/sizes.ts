/**
 * `npm run test:sizes [-- part of a name]`: publishes content beyond any usual size, each case by a process of its own, and prints
 * its time and peak memory. It fails where a process crashes, takes more than 1 GiB, or does not publish the good posts.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Run, runner } from "../bench/run.ts";
import { mebibytes } from "../bench/stats.ts";
import { textTable } from "../bench/table.ts";
import { CASES, GOOD, type SizeCase, writeGoodPosts } from "./cases.ts";

const MAX_MEMORY = 2 ** 30;
/** How a run ends that cannot use `site.yaml`. */
const REFUSED = "exit 2:";
const PROGRAM = new URL("../../lib/dripfeed.js", import.meta.url).pathname;

const wanted = process.argv.slice(2);
const rows: string[][] = [];
for (const each of CASES.filter(({ name }) => wanted.every((part) => name.includes(part)))) {
  const { run, fault } = measured(each);
  const memory = run.memory === undefined ? "?" : mebibytes(run.memory);
  rows.push([each.name, `${(run.ms / 1000).toFixed(1)} s`, memory, fault ?? "ok"]);
  process.stderr.write(`${rows.at(-1)?.join("  ")}\n`);
  if (fault !== undefined) process.exitCode = 1;
}
process.stdout.write(`${textTable([["content", "time", "memory", ""], ...rows], ["left", "right", "right"])}\n`);

function measured(each: SizeCase): { readonly run: Run; readonly fault: string | undefined } {
  const folder = mkdtempSync(join(tmpdir(), "dripfeed-sizes-"));
  try {
    const content = join(folder, "content");
    mkdirSync(content);
    writeGoodPosts(content);
    const end = each.write(content);
    try {
      const stores = ["--content", content, "--public", join(folder, "public"), "--state", join(folder, "state")];
      const run = runner(folder)(process.execPath, PROGRAM, "publish", ...stores);
      return { run, fault: faultOf(each, run, join(folder, "public")) };
    } finally {
      end?.();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function faultOf({ refused }: SizeCase, run: Run, documents: string): string | undefined {
  if ((run.memory ?? 0) > MAX_MEMORY) return "too much memory";
  if (refused) return run.failed?.startsWith(REFUSED) ? undefined : `not refused: ${run.failed ?? "exit 0"}`;
  if (run.failed !== undefined) return run.failed;
  const feed = join(documents, "tags/good/feed.json");
  const items = existsSync(feed) ? (JSON.parse(readFileSync(feed, "utf8")) as { items: readonly unknown[] }).items : [];
  return items.length === GOOD ? undefined : `${items.length} of ${GOOD} good posts are published`;
}
