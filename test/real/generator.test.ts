/** Feeds are published into the folder that Hexo writes, beside its feed plugins, before and after it cleans. */
import { execFile } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "dripfeed-hexo-output-"));
const output = join(folder, "public");

beforeAll(async () => {
  cpSync("test/real/hexo", folder, { recursive: true });
  writeFileSync(join(folder, "source/robots.txt"), "User-agent: *\n");
  await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hexo = (command: string) => run(process.execPath, ["node_modules/hexo/bin/hexo", command], { cwd: folder });

async function publish() {
  const command = [resolve("lib/dripfeed.js"), "publish", "--public", "public", "--content", ".", "--json"];
  const { stdout } = await run(process.execPath, command, { cwd: folder, maxBuffer: 64_000_000 }).catch(
    (error: { readonly stdout: string }) => error,
  );
  return JSON.parse(stdout);
}

const files = () =>
  readdirSync(output, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(output.length + 1))
    .sort();
const read = (path: string) => readFileSync(join(output, path), "utf8");

test("Hexo's own feed is in the way, until site.yaml lets it be replaced; then each build and publication ends alike", async () => {
  await hexo("generate");
  const pages = files();
  const theirs = read("atom.xml");
  const robots = read("robots.txt");
  expect((await publish()).refused.code).toBe("not-ours");
  expect(files()).toEqual(pages);

  appendFileSync(join(folder, "site.yaml"), "host: files\naliases: [hexo]\nreplace: [atom.xml, rss2.xml]\n");
  const first = await publish();
  expect(first.refused).toBeUndefined();
  expect(first.put).toContainEqual({ path: "atom.xml", reason: "replaced" });
  expect(first.put).toContainEqual({ path: "rss2.xml", reason: "replaced" });
  const ours = new Map(first.put.map(({ path }: { readonly path: string }) => [path, read(path)]));
  expect(read("atom.xml")).not.toBe(theirs);
  expect([read("robots.txt"), read("rss2.xml")]).toEqual([robots, read("rss.xml")]);
  expect((await publish()).put).toEqual([]);

  await hexo("clean");
  expect(existsSync(output)).toBe(false);
  await hexo("generate");
  expect(files()).toEqual(pages);
  const second = await publish();
  expect(second.refused).toBeUndefined();
  expect(new Set(second.put.map(({ reason }: { readonly reason: string }) => reason))).toEqual(new Set(["drifted"]));
  for (const [path, text] of ours) expect(read(String(path)), String(path)).toBe(text);
  expect(files()).toEqual([...new Set([...pages, ...ours.keys()])].toSorted());
});
