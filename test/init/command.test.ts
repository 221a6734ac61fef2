/** `dripfeed init` as people and scripts use it. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { main } from "../../lib/cli.ts";
import { typed } from "../../lib/commands/typed.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const POST = "---\ntitle: Weir\ndate: 2019-05-06\n---\nWater.\n";
const FILES = {
  "_config.yml":
    "title: Weirs\nurl: https://weirs.example.cn\ntimezone: Asia/Shanghai\nlanguage: zh-CN\nsource_dir: source\n",
  "source/_posts/weir.md": POST,
  "node_modules/some/README.md": POST,
};

function siteWith(files: { readonly [path: string]: string }): string {
  const folder = mkdtempSync(join(tmpdir(), "dripfeed-init-"));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

async function run(...args: readonly string[]) {
  return runAs({}, ...args);
}

/** As npm or npx would run it. */
async function runAs(npm: { readonly [name: string]: string }, ...args: readonly string[]) {
  for (const name of ["npm_lifecycle_event", "npm_command", "npm_config_package", "INIT_CWD"])
    vi.stubEnv(name, npm[name]);
  const written = { out: "", err: "" };
  for (const [stream, name] of [
    [process.stdout, "out"],
    [process.stderr, "err"],
  ] as const) {
    vi.spyOn(stream, "write").mockImplementation((text) => {
      written[name] += String(text);
      return true;
    });
  }
  const code = await main(args);
  vi.restoreAllMocks();
  return { code, ...written };
}

describe("dripfeed init", () => {
  test("writes site.yaml, checks the content by it, and names the next command", async () => {
    const folder = siteWith(FILES);
    const { code, out } = await run("init", folder);
    expect(code).toBe(0);
    expect(out).toContain("Recognised: Hexo, 1 post in source/_posts/ (1)");
    expect(out).toContain("check: no problems");
    expect(out).toContain(
      `  dripfeed publish --content ${folder} --public ${folder}/public --state ${folder}/.dripfeed\n`,
    );
    expect(readFileSync(join(folder, "site.yaml"), "utf8")).toContain("title: Weirs # _config.yml:1\n");
    expect((await run("check", "--content", folder)).code).toBe(0);
  });

  test("leaves a site.yaml that is there, unless it is forced", async () => {
    const folder = siteWith({ ...FILES, "site.yaml": "title: Mine\n" });
    const refused = await run("init", folder);
    const ways = `--dry-run prints what would be written, and --force replaces it. What comes next: dripfeed check --content ${folder}\n`;
    expect(refused).toMatchObject({ code: 3, out: "", err: expect.stringContaining(ways) });
    expect(readFileSync(join(folder, "site.yaml"), "utf8")).toBe("title: Mine\n");
    expect((await run("init", "--force", folder)).code).toBe(0);
    expect(readFileSync(join(folder, "site.yaml"), "utf8")).toContain("title: Weirs");
  });

  test("prints the file and writes nothing with --dry-run", async () => {
    const folder = siteWith(FILES);
    const { code, out } = await run("init", "--dry-run", folder);
    expect(code).toBe(0);
    expect(out).toContain("dialect: hexo\n");
    expect(existsSync(join(folder, "site.yaml"))).toBe(false);
  });

  test("prints everything as JSON with --json", async () => {
    const folder = siteWith({ ...FILES, "source/_posts/broken.md": "---\ntitle: [\n---\n" });
    const { code, out } = await run("init", "--json", folder);
    expect(code).toBe(0);
    const told = JSON.parse(out);
    expect(told).toMatchObject({ generator: "Hexo", posts: 1, folders: [["source/_posts/", 1]], remarks: [] });
    expect(told.problems).toMatchObject([{ severity: "error", file: "source/_posts/broken.md" }]);
    const stores = `--content ${folder} --public ${folder}/public --state ${folder}/.dripfeed`;
    expect(told.next).toEqual([`dripfeed publish ${stores}`]);
  });

  test("names problems that the written file leaves in the content", async () => {
    const folder = siteWith({ ...FILES, "source/_posts/broken.md": "---\ntitle: [\n---\n" });
    expect((await run("init", folder)).out).toMatch(/^check: 1 error; see them with: dripfeed check --content /m);
  });

  test("writes nothing into a checkout of Dripfeed where no folder is named", async () => {
    const npm = { npm_lifecycle_event: "dripfeed", INIT_CWD: process.cwd() };
    const { code, err } = await runAs(npm, "init", "--dry-run");
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("npm run dripfeed -- init ../blog") });
  });

  test("says how an empty folder becomes a blog", async () => {
    const { code, out } = await run("init", siteWith({}), "--dry-run", "--json");
    expect({ code, remarks: JSON.parse(out).remarks }).toEqual({
      ...{
        code: 0,
        remarks: expect.arrayContaining([expect.stringContaining("write the first one as posts/hello.md")]),
      },
    });
  });

  test("makes no folder that was mistyped, and takes no file for one", async () => {
    const folder = siteWith(FILES);
    const missing = await run("init", join(folder, "blgo"));
    expect(missing).toMatchObject({ code: 2, err: expect.stringContaining("there is no folder") });
    expect(missing.err).toContain("for a new blog make the folder, and try again");
    expect(existsSync(join(folder, "blgo"))).toBe(false);
    const file = await run("init", join(folder, "_config.yml"));
    expect(file).toMatchObject({ code: 2, err: expect.stringContaining("is a file") });
  });

  test("names the folder below that the site is in", async () => {
    const folder = siteWith({
      "README.md": "# Tools\n",
      "blog/_config.yml": FILES["_config.yml"],
      "blog/source/_posts/weir.md": POST,
    });
    expect(await run("init", folder)).toMatchObject({
      code: 2,
      err: expect.stringContaining(`init ${folder}/blog (Hexo)`),
    });
    expect(existsSync(join(folder, "site.yaml"))).toBe(false);
    mkdirSync(join(folder, "posts"));
    writeFileSync(join(folder, "posts/own.md"), POST);
    expect((await run("init", folder)).code).toBe(0);
  });

  test("names commands as they can be typed where this one was", async () => {
    const folder = siteWith({ ...FILES, "source/_posts/broken.md": "---\ntitle: [\n---\n" });
    const { out } = await runAs({ npm_command: "exec", npm_lifecycle_event: "npx" }, "init", folder);
    expect(out).toContain(`see them with: npx dripfeed check --content ${folder}\n`);
    expect(out).toContain(`  npx dripfeed publish --content ${folder} `);
    const packages = "node@24\n\n./dripfeed-0.1.0.tgz";
    const npx = await runAs({ npm_command: "exec", npm_config_package: packages }, "init", "--force", folder);
    expect(npx.out).toContain("  npx --package node@24 --package ./dripfeed-0.1.0.tgz dripfeed publish --content ");
    // npm runs scripts in the project's folder, and the folder was typed in another.
    const npm = { npm_command: "run-script", npm_lifecycle_event: "dripfeed", INIT_CWD: dirname(folder) };
    const again = await runAs(npm, "init", "--force", basename(folder));
    expect(again.out).toContain(`  npm run dripfeed -- publish --content ${basename(folder)} --public `);
  });

  test("names those of a checkout after its `npm start`, and not after that of a blog", () => {
    const start = { npm_command: "start", npm_lifecycle_event: "start" };
    expect(typed(["dev"], { ...start, npm_package_name: "dripfeed" })).toBe("npm run dripfeed -- dev");
    expect(typed(["dev"], { ...start, npm_package_name: "blog" })).toBe("dripfeed dev");
  });

  test("takes one folder", async () => {
    expect(await run("init", "a", "b")).toMatchObject({
      code: 2,
      err: expect.stringContaining("dripfeed init [folder]"),
    });
  });
});
