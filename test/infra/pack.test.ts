/** The packed command, as installed in another repository: one file without dependencies. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { post, SITE } from "../support/world.ts";

const run = promisify(execFile);
const PATH = [dirname(process.execPath), process.env["PATH"]].join(delimiter);
let folder: string;

const npm = (cwd: string, ...args: readonly string[]) =>
  run("npm", [...args], {
    cwd,
    env: { ...process.env, PATH, npm_config_offline: "true", npm_config_loglevel: "error" },
  });
const dripfeed = (...args: readonly string[]) =>
  run(process.execPath, ["node_modules/dripfeed/dist/dripfeed.cjs", ...args], { cwd: folder });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-pack-"));
  const { stdout } = await npm(process.cwd(), "pack", "--json", "--pack-destination", folder);
  const [{ filename, files }] = JSON.parse(stdout.slice(stdout.indexOf("[\n")));
  expect(files.map(({ path }: { readonly path: string }) => path).toSorted()).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "dist/dripfeed.cjs",
    "package.json",
  ]);
  await npm(folder, "init", "-y");
  await npm(folder, "install", "--no-save", filename);
  await cp("content", join(folder, "content"), { recursive: true });
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test("installs without dependencies", async () => {
  expect((await readdir(join(folder, "node_modules"))).filter((name) => !name.startsWith("."))).toEqual(["dripfeed"]);
});

test("checks, pushes and publishes, by its name", async () => {
  expect((await npm(folder, "exec", "--no", "--", "dripfeed", "check")).stdout).toContain("no problems");
  expect((await dripfeed("push", "content", "store")).stdout).toMatch(/\d+ put/);
  expect((await dripfeed("push", "content", "store")).stdout).toMatch(/nothing to do: \d+ files up to date/);
  expect((await dripfeed("publish", "--content", "store")).stdout).toMatch(/\d+ put, 0 removed/);
  expect((await dripfeed("publish", "--content", "store")).stdout).toMatch(/nothing to do/);
});

test("names the Node that it needs when run by an older one", async () => {
  const old = `Object.defineProperty(process.versions, "node", { value: "20.1.0" }); require("./node_modules/dripfeed/dist/dripfeed.cjs");`;
  await expect(run(process.execPath, ["-e", old], { cwd: folder })).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^dripfeed: Node 24 or newer is needed, this is 20\.1\.0\./),
  });
});

test("renders in worker threads, as the checkout does", async () => {
  const many = join(folder, "many/content");
  await mkdir(join(many, "posts"), { recursive: true });
  await writeFile(join(many, "site.yaml"), SITE);
  for (let i = 0; i < 150; i++) await writeFile(join(many, `posts/${i}.md`), post({ title: `No. ${i}` }));
  const { stdout, stderr } = await dripfeed("check", "--content", "many/content");
  expect([stdout, stderr]).toEqual([expect.stringContaining("150 posts checked: 150 public"), ""]);
});
