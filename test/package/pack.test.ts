/** The packed package, as installed in an empty folder: a command and a library without dependencies. */
import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { post, SITE } from "../support/world.ts";
import { npm, type Packed, packedPackage, publishedManifest } from "./packed.ts";

const run = promisify(execFile);
let packed: Packed;

const inConsumer = (program: string, ...args: readonly string[]) => run(program, [...args], { cwd: packed.consumer });
const dripfeed = (...args: readonly string[]) =>
  inConsumer(process.execPath, "node_modules/dripfeed/dist/package/dripfeed.js", ...args);
const manifestIn = async (folder: string) => JSON.parse(await readFile(join(folder, "package.json"), "utf8"));

beforeAll(async () => {
  packed = await packedPackage();
  await cp("content", join(packed.consumer, "content"), { recursive: true });
}, 180_000);
afterAll(() => packed.remove());

describe("the tarball", () => {
  test("holds bundles, declarations, licenses and what people read, and nothing else", () => {
    const isPart = (path: string) => /^dist\/package\/[\w-]+-[A-Z0-9]{8}\.js$/.test(path);
    const isDeclaration = (path: string) => /^dist\/package\/types\/[\w/]+\.d\.ts$/.test(path);
    expect(packed.files.filter((path) => !isPart(path) && !isDeclaration(path)).toSorted()).toEqual([
      ...["CHANGELOG.md", "LICENSE", "README.md"],
      ...["LICENSES.txt", "cli.js", "dripfeed.js", "index.js", "oldnode.js", "worker.js"].map(
        (name) => `dist/package/${name}`,
      ),
      "package.json",
    ]);
    expect(packed.files.filter(isDeclaration).length).toBeLessThan(40);
  });

  test("leaves package.json as it was, and has one without what a checkout needs", async () => {
    const own = await readFile("package.json", "utf8");
    expect(await readFile(join(packed.checkout, "package.json"), "utf8")).toBe(own);
    const { dependencies, devDependencies, scripts, allowScripts, ...kept } = JSON.parse(own);
    expect(await manifestIn(join(packed.consumer, "node_modules/dripfeed"))).toEqual(kept);
    expect(Object.keys(dependencies).length).toBeGreaterThan(10);
  });

  test("names the license of each package that it holds", async () => {
    const licenses = await readFile(join(packed.consumer, "node_modules/dripfeed/dist/package/LICENSES.txt"), "utf8");
    const { dependencies } = JSON.parse(await readFile("package.json", "utf8"));
    expect(Object.keys(dependencies).filter((name) => !licenses.includes(`\n${name} `))).toEqual([]);
  });

  test("has nothing that publint or attw would change", async () => {
    await run(resolve("node_modules/.bin/publint"), ["run", "--strict", packed.tarball]);
    // ES modules alone: since 22.12, `require` takes them, too.
    await run(resolve("node_modules/.bin/attw"), ["--profile", "esm-only", packed.tarball]);
  });

  test("would be published without a warning but that nobody is logged in", async () => {
    const { stderr } = await npm(packed.consumer, "publish", packed.tarball, "--dry-run");
    const warnings = stderr.split("\n").filter((line) => /^npm (?:warn|error)/i.test(line));
    expect(warnings.filter((line) => !line.includes("requires you to be logged in"))).toEqual([]);
    expect(stderr).toContain("total files");
  }, 180_000);
});

describe("npm publish", () => {
  test("in a checkout refuses to tell the registry what a checkout depends on", async () => {
    const publishing = npm(packed.checkout, "publish", "--registry", "http://localhost:1");
    await expect(publishing).rejects.toMatchObject({
      stderr: expect.stringContaining("publish what is packed: npm publish $(npm pack --silent)"),
    });
  });

  test("of the tarball tells it that there are no dependencies", async () => {
    const told = await publishedManifest(packed);
    expect(told).toMatchObject({ name: "dripfeed", bin: { dripfeed: "dist/package/dripfeed.js" } });
    expect(Object.keys(told)).not.toContain("dependencies");
    expect(Object.keys(told)).not.toContain("devDependencies");
  });
});

describe("the command", () => {
  test("installs without dependencies and without a warning", async () => {
    const names = await readdir(join(packed.consumer, "node_modules"));
    expect(names.filter((name) => !name.startsWith("."))).toEqual(["dripfeed"]);
    expect(packed.installed).toEqual({ stdout: expect.stringContaining("added 1 package"), stderr: "" });
  });

  test("has its version, and help as it was called", async () => {
    const { version } = await manifestIn(".");
    expect(await dripfeed("--version")).toMatchObject({ stdout: `${version}\n`, stderr: "" });
    expect((await npm(packed.consumer, "exec", "--no", "--", "dripfeed", "help", "check")).stdout).toMatch(
      /^Usage: npx dripfeed check /,
    );
  });

  test("checks, pushes and publishes, by its name", async () => {
    expect((await npm(packed.consumer, "exec", "--no", "--", "dripfeed", "check")).stdout).toContain("no problems");
    expect((await dripfeed("push", "content", "store")).stdout).toMatch(/\d+ put/);
    expect((await dripfeed("push", "content", "store")).stdout).toMatch(/nothing to do: \d+ files up to date/);
    await dripfeed("publish", "--content", "store");
    expect(await readFile(join(packed.consumer, "public/rss.xml"), "utf8")).toContain("<rss");
    expect((await dripfeed("publish", "--content", "store")).stdout).toMatch(/nothing to do/);
  });

  test("goes from init to publish in a blog", async () => {
    const blog = join(packed.consumer, "blog");
    await mkdir(join(blog, "source/_posts"), { recursive: true });
    await writeFile(join(blog, "_config.yml"), "title: Weirs\nurl: https://example.com\n");
    await writeFile(
      join(blog, "source/_posts/weir.md"),
      "---\ntitle: The weir\ndate: 2024-03-02 08:00:00\n---\nWords.\n",
    );
    await dripfeed("init", "blog");
    await dripfeed("publish", "--content", "blog", "--public", "feeds", "--state", "blog-state");
    const feeds = await readdir(join(packed.consumer, "feeds"), { recursive: true });
    const texts = await Promise.all(
      feeds
        .filter((name) => name.endsWith(".xml"))
        .map((name) => readFile(join(packed.consumer, "feeds", name), "utf8")),
    );
    expect(texts.some((text) => text.includes("The weir"))).toBe(true);
  });

  test("renders in worker threads, as the checkout does", async () => {
    const many = join(packed.consumer, "many/content");
    await mkdir(join(many, "posts"), { recursive: true });
    await writeFile(join(many, "site.yaml"), SITE);
    for (let i = 0; i < 150; i++) await writeFile(join(many, `posts/${i}.md`), post({ title: `No. ${i}` }));
    const { stdout, stderr } = await dripfeed("check", "--content", "many/content");
    expect([stdout, stderr]).toEqual([expect.stringContaining("150 posts checked: 150 public"), ""]);
  });
});

describe("the library", () => {
  const EXAMPLE = /^```ts\n([\s\S]*?)^```$/m;

  test("does what docs/library.md shows, and compiles with either of the type libraries that it names", async () => {
    const [, example = ""] = EXAMPLE.exec(await readFile("docs/library.md", "utf8")) ?? [];
    const folder = join(packed.consumer, "program");
    await mkdir(join(folder, "node_modules/@types"), { recursive: true });
    await symlink(resolve("node_modules/@types/node"), join(folder, "node_modules/@types/node"));
    await cp("content", join(folder, "content"), { recursive: true });
    await writeFile(join(folder, "example.mts"), example);
    const strict = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      module: "nodenext",
      target: "es2022",
    };
    for (const libraries of [{ types: ["node"] }, { types: [], lib: ["es2022", "dom"] }]) {
      const tsconfig = { compilerOptions: { ...strict, ...libraries }, files: ["example.mts"] };
      await writeFile(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
      await run(resolve("node_modules/.bin/tsc"), ["--project", folder]).catch(({ stdout }) => expect(stdout).toBe(""));
    }
    const { stdout, stderr } = await run(process.execPath, ["example.mts"], { cwd: folder });
    expect([stdout, stderr]).toEqual([expect.stringMatching(/\n?\d+ put, 0 removed, 0 unchanged\n$/), ""]);
    expect(await readFile(join(folder, "public/rss.xml"), "utf8")).toContain("<rss");
  });
});
