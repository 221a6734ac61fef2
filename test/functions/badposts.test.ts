/** The function as it is deployed, with one processor, its memory and a limit on its time: bad posts beside many good ones. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BUNDLE } from "../../infra/options.ts";
import type { Report } from "../../lib/publish/types.ts";
import { post, WHOLE_SITE } from "../support/world.ts";

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-function-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const GOOD = 1000;
/** What Lambda gives a function of one processor, in megabytes. */
const MEMORY = 1769;
const TIMEOUT_MS = 120_000;

const words = (i: number) => `Words of post ${i}, with *some* [links](https://example.com/${i}).\n\n`;
const bad = (front: Record<string, string>, body: string) => post({ date: "2026-01-02", ...front }, body);
const tags = (count: number) => `[${Array.from({ length: count }, (_, i) => `t${i}`).join(", ")}]`;

const BAD: { readonly [name: string]: string } = {
  nested: bad({ title: "Nested" }, `${"> ".repeat(30_000)}deep\n`),
  wide: bad({ title: "Wide" }, `|${"a|".repeat(600)}\n|${"-|".repeat(600)}\n${"|\n".repeat(60_000)}`),
  huge: bad({ title: "Huge" }, "A line that goes on. ".repeat(1_000_000)),
  many: bad({ title: "Many", tags: tags(4000) }, "Words.\n"),
  broken: `---\ntitle: Broken\ndate: 2026-01-02\na: ${"[".repeat(100_000)}\n---\nWords.\n`,
};

/** Invokes the handler in a process of its own, on one processor where the machine lets one choose. */
async function invoke(event: unknown): Promise<Report> {
  await build({ ...BUNDLE, entryPoints: ["functions/rebuild.ts"], outfile: join(folder, "rebuild.mjs") });
  const script = `
    import { handler } from "./rebuild.mjs";
    const end = Date.now() + ${TIMEOUT_MS};
    const report = await handler(${JSON.stringify(event)}, { awsRequestId: "1", getRemainingTimeInMillis: () => end - Date.now() });
    console.log("REPORT" + JSON.stringify(report));`;
  await writeFile(join(folder, "invoke.mjs"), script);
  const env = { DRIPFEED_CONTENT: "content", DRIPFEED_PUBLIC: "public", DRIPFEED_STATE: "state" };
  const node = [process.execPath, `--max-old-space-size=${Math.round(MEMORY * 0.9)}`, "invoke.mjs"];
  const command = process.platform === "linux" ? ["taskset", "-c", "0", ...node] : node;
  const [file = "", ...args] = command;
  const options = { cwd: folder, env, timeout: TIMEOUT_MS, maxBuffer: 100_000_000 };
  const { stdout } = await run(file, args, options);
  return JSON.parse(stdout.split("REPORT")[1] ?? "");
}

test("every good post is published, and each bad one is told", { timeout: 2 * TIMEOUT_MS }, async () => {
  await mkdir(join(folder, "content/posts"), { recursive: true });
  await writeFile(join(folder, "content/site.yaml"), WHOLE_SITE);
  for (const [name, text] of Object.entries(BAD)) await writeFile(join(folder, `content/posts/${name}.md`), text);
  for (let i = 0; i < GOOD; i++) {
    const date = new Date(Date.UTC(2025, 0, 1) + i * 3600_000).toISOString();
    const text = post({ title: `Good ${i}`, tags: `[t${i % 7}]`, date }, words(i).repeat(1 + (i % 9)));
    await writeFile(join(folder, `content/posts/good${i}.md`), text);
  }
  const report = await invoke({ full: true });
  expect(report.refused).toBeUndefined();
  expect(report.unfinished).toBeUndefined();
  expect(new Set(report.problems.map(({ file }) => file))).toEqual(
    new Set(Object.keys(BAD).map((name) => `posts/${name}.md`)),
  );
  const feeds = await readdir(join(folder, "public"), { recursive: true });
  const texts = await Promise.all(
    feeds.filter((name) => name.endsWith("feed.json")).map((name) => readFile(join(folder, "public", name), "utf8")),
  );
  const all = texts.join("");
  for (let i = 0; i < GOOD; i++) expect(all).toContain(`"Good ${i}"`);
});
