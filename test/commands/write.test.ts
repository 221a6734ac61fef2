/** `dripfeed write` as it is typed, over folders: what it says, what it publishes, and how it ends. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const SITE = "title: Field notes\nurl: https://example.com/\nsince: 2020\nlanguage: en\n";
const PROGRAM = resolve("lib/dripfeed.js");
const STORES = ["--content", "blog", "--public", "blog/public", "--state", "blog/.dripfeed"];
const PATIENCE = { timeout: 20_000, interval: 50 };

let folder: string;
let child: ChildProcess | undefined;
let said: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dripfeed-write-"));
  mkdirSync(join(folder, "blog/posts"), { recursive: true });
  said = "";
});
afterEach(async () => {
  if (child?.exitCode === null) {
    child.kill("SIGKILL");
    await once(child, "close");
  }
  child = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const put = (path: string, text: string) => writeFileSync(join(folder, "blog", path), text);
const env = { ...process.env, FORCE_COLOR: undefined };
const run = (...words: readonly string[]) =>
  spawnSync(process.execPath, [PROGRAM, ...words], { cwd: folder, encoding: "utf8", env, timeout: 60_000 });
const says = (text: string | RegExp) => vi.waitFor(() => expect(said).toMatch(text), PATIENCE);

/** Resolves to its origin. */
async function write(): Promise<string> {
  const started = spawn(process.execPath, [PROGRAM, "write", "--port", "0", ...STORES], { cwd: folder, env });
  child = started;
  for (const output of [started.stdout, started.stderr]) {
    output?.on("data", (chunk) => {
      said += chunk;
    });
  }
  await says(/Ctrl-C ends/);
  return /the page to write with is (http:\/\/localhost:\d+)\/write\//.exec(said)?.[1] ?? "";
}

describe("a site that cannot be used", () => {
  test.each([
    ["there is none", undefined, /site\.yaml:1: .*\n {4}fix: /],
    ["a key is wrong", `titel: x\n${SITE}`, /site\.yaml:1: titel is no key of site\.yaml\n {4}fix: write title/],
  ])("ends it before anything listens: %s", (_, site, why) => {
    if (site !== undefined) put("site.yaml", site);
    const { status, stdout, stderr } = run("write", "--port", "0", ...STORES);
    expect([status, stdout, stderr]).toEqual([2, "", expect.stringMatching(why)]);
    expect(stderr).not.toMatch(/unexpected|^\s+at /m);
  });

  test("is told once while it runs, however often it is asked, and once more when it is mended", async () => {
    put("site.yaml", SITE);
    const origin = await write();
    put("site.yaml", `titel: x\n${SITE}`);
    await says(/site\.yaml:1: error: titel is no key of site\.yaml/);
    for (let i = 0; i < 3; i++) {
      const answer = await fetch(`${origin}/write/`);
      expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining("dripfeed check")]);
    }
    await sleep(1_000); // so long that a run for these requests has ended
    put("site.yaml", SITE);
    await says(/site\.yaml can be used again/);
    expect(said.match(/titel is no key/g)).toHaveLength(1);
    expect(said).not.toMatch(/SiteUnusable|^\s+at /m);
  });
});

test("a port that is taken ends it", async () => {
  put("site.yaml", SITE);
  const { port } = new URL(await write());
  const { status, stderr } = run("write", "--port", port, ...STORES);
  expect([status, stderr]).toEqual([2, expect.stringContaining(`port ${port} is in use`)]);
});

describe("a running page", () => {
  test("publishes what is changed in an editor, and nothing of what it writes itself", async () => {
    put("site.yaml", SITE);
    await write();
    put("posts/hello.md", "---\ntitle: By hand\ndate: 2024-10-15 08:20:00\n---\n\nText.\n");
    await vi.waitFor(
      () => expect(readFileSync(join(folder, "blog/public/rss.xml"), "utf8")).toContain("By hand"),
      PATIENCE,
    );
    await says(/posts\/hello\.md: \d+ put/);
    await sleep(1_000); // so long that a run for its own files would have begun
    expect(said).not.toMatch(/(?:public|\.dripfeed)\/.*: /);
  });

  test("brings all feeds back when a build empties their folder, whether or not a post comes meanwhile", async () => {
    put("site.yaml", SITE);
    put("posts/tagged.md", "---\ntitle: Rain\ndate: 2024-10-14\ntags: [water]\n---\nText.\n");
    await write();
    const documents = () => readdirSync(join(folder, "blog/public"), { recursive: true }).toSorted();
    const all = documents();
    const build = () => {
      rmSync(join(folder, "blog/public"), { recursive: true });
      mkdirSync(join(folder, "blog/public"));
    };
    build();
    await vi.waitFor(() => expect(documents()).toEqual(all), PATIENCE);
    await says(/the feeds were removed from blog\/public: they come back/);
    build();
    put("posts/hello.md", "---\ntitle: By hand\ndate: 2024-10-15\n---\nText.\n");
    await vi.waitFor(
      () => expect(readFileSync(join(folder, "blog/public/rss.xml"), "utf8")).toContain("By hand"),
      PATIENCE,
    );
    await vi.waitFor(() => expect(documents()).toEqual(all), PATIENCE);
  });

  test("says once where pictures have to be served, unless that is here", async () => {
    put("site.yaml", SITE);
    await write();
    mkdirSync(join(folder, "blog/media/2024"), { recursive: true });
    put("media/2024/a.png", "a");
    await says(
      "media/2024/a.png is in the content; it has to be served at https://example.com/media/: see docs/write.md",
    );
    await says(/a\.png: no feed changed/);
    put("media/2024/b.png", "b");
    await says(/b\.png: /);
    expect(said).not.toContain("media/2024/b.png is in the content");
  });

  test.each(["SIGINT", "SIGTERM"] as const)("ends by %s, with a browser that keeps its connection", async (signal) => {
    put("site.yaml", SITE);
    await fetch(`${await write()}/write/`);
    child?.kill(signal);
    await vi.waitFor(() => expect(child?.exitCode).toBe(0), PATIENCE);
  });

  test("prints the command for another code, which leads to it", async () => {
    put("site.yaml", SITE);
    const origin = await write();
    const [, words = ""] = /^for another code: dripfeed (.*)$/m.exec(said) ?? [];
    expect(words).toBe(`tokens --code --state blog/.dripfeed --url ${origin}`);
    const { stdout } = run(...words.split(" "));
    const [, link = "", code] = /^open {2}(\S+#code=(\S+))$/m.exec(stdout) ?? [];
    expect(link.startsWith(`${origin}/write/#code=`)).toBe(true);
    const answer = await fetch(`${origin}/write/session/code`, {
      method: "POST",
      headers: { origin, "content-type": "application/json" },
      body: JSON.stringify({ code }),
    });
    expect(answer.status).toBe(200);
  });

  test("takes a post of curl as docs/signin.md has it, until its token is revoked", async () => {
    put("site.yaml", SITE);
    const origin = await write();
    const unknown = await fetch(`${origin}/write/micropub?q=config`);
    expect(await unknown.json()).toMatchObject({ error_description: expect.stringContaining("dripfeed tokens --app") });
    const { stdout } = run("tokens", "--app", "My shortcut", "--state", "blog/.dripfeed", "--url", origin);
    const [, token = ""] = /^token (dripfeed_p\S+)$/m.exec(stdout) ?? [];
    const [, line = ""] = /```sh\n(curl [\s\S]*?)```/.exec(readFileSync("docs/signin.md", "utf8")) ?? [];
    expect(line).toContain("$TOKEN");
    const curl = () =>
      spawnSync("sh", ["-c", line.replace("http://localhost:4100", origin)], {
        encoding: "utf8",
        env: { ...env, TOKEN: token, NO_PROXY: "*", no_proxy: "*" },
      }).stdout;
    expect(curl()).toContain("https://example.com/");
    const posts = readdirSync(join(folder, "blog/posts"));
    expect(posts).toHaveLength(1);
    await vi.waitFor(
      () => expect(readFileSync(join(folder, "blog/public/rss.xml"), "utf8")).toContain("shortcut"),
      PATIENCE,
    );
    const [, end = ""] = /^end {3}dripfeed (.*)$/m.exec(stdout) ?? [];
    expect(run(...end.split(" ")).stdout).toMatch(/^revoked: app /);
    expect(curl()).toContain("invalid_token");
    expect(said).not.toContain(token.slice(-43));
  });
});
