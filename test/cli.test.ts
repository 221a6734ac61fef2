/** The command line as people and scripts use it: what it prints, where, and with which exit code. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { stripVTControlCharacters } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { SITE } from "./support/world.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function freshSite(posts: { readonly [name: string]: string } = {}, site = SITE): string {
  const folder = mkdtempSync(join(tmpdir(), "dripfeed-cli-"));
  folders.push(folder);
  mkdirSync(join(folder, "content/posts"), { recursive: true });
  writeFileSync(join(folder, "content/site.yaml"), site);
  for (const [name, text] of Object.entries(posts)) writeFileSync(join(folder, "content/posts", name), text);
  return folder;
}

function dripfeed(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve("lib/dripfeed.js"), ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: undefined },
  });
  return { status, stdout, stderr };
}

const GOOD = "---\ntitle: Good\ndate: 2024-01-02\ntags: [x]\n---\nWords.\n";
const BAD = "---\ntitle: Bad\ndate: soon\n---\nWords.\n";

const PUBLISHED = `Field notes: 1 entry in 9 documents: the site, 1 tag, 3 lists
  put  all 9, new
1 post public; 9 put, 0 removed, 0 unchanged; … s
open     public/rss.xml
feed     https://feeds.example.com/rss.xml
next     dripfeed dev  to look at it in a browser
         public        is what to put on the web, at these addresses
`;

const snapshot = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map(
      (name) => `${name} ${statSync(join(folder, name), { bigint: true }).mtimeNs} ${statSync(join(folder, name)).ino}`,
    )
    .sort();

describe("dripfeed publish", () => {
  test("publishes content/ to public/, and says what was put and why", () => {
    const folder = freshSite({ "good.md": GOOD });
    const { status, stdout, stderr } = dripfeed(folder, "publish");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.replace(/[\d.]+ s$/m, "… s")).toBe(PUBLISHED);
    expect(readdirSync(join(folder, "public")).sort()).toEqual([
      ...["atom.xml", "autodiscovery.html", "feed.json", "feeds.json", "feeds.opml", "rss.xml", "tags"],
    ]);
  });

  test("a second time, after a touch, writes no file", () => {
    const folder = freshSite({ "good.md": GOOD });
    dripfeed(folder, "publish");
    const before = [snapshot(join(folder, "public")), snapshot(join(folder, ".dripfeed"))];
    utimesSync(join(folder, "content/posts/good.md"), 1, 1);
    const { status, stdout } = dripfeed(folder, "publish");
    expect(status).toBe(0);
    expect(stdout).toContain("nothing to do: 9 documents up to date");
    expect([snapshot(join(folder, "public")), snapshot(join(folder, ".dripfeed"))]).toEqual(before);
  });

  test("has nothing to do for a fresh checkout of the same content", () => {
    const folder = freshSite({ "good.md": GOOD });
    dripfeed(folder, "publish");
    const before = snapshot(join(folder, "public"));
    cpSync(join(folder, "content"), join(folder, "checkout"), { recursive: true });
    expect(dripfeed(folder, "publish", "--content", "checkout").stdout).toContain("nothing to do");
    expect(snapshot(join(folder, "public"))).toEqual(before);
  });

  test("--json prints only the report on standard output", () => {
    const folder = freshSite({ "good.md": GOOD, "bad.md": BAD });
    const { status, stdout } = dripfeed(folder, "publish", "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      records: { public: 1, broken: 1 },
      problems: [{ code: "date-unreadable", file: "posts/bad.md", line: 3 }],
      operations: { content: { list: 1 } },
    });
  });

  test("names file, line and fix of a problem, and exits 1 for it only when --strict", () => {
    const folder = freshSite({ "good.md": GOOD, "bad.md": BAD });
    const { status, stdout } = dripfeed(folder, "publish");
    expect(status).toBe(0);
    expect(stdout).toContain(
      'posts/bad.md:3: error: the date "soon" cannot be read [date-unreadable]\n  fix: write the date',
    );
    expect(dripfeed(folder, "publish", "--strict").status).toBe(1);
  });

  test("tells equal problems once, so that what was done stays visible, and --all of check shows each", () => {
    const names = Array.from({ length: 45 }, (_, i) => `bad${i + 10}.md`);
    const folder = freshSite({ ...Object.fromEntries(names.map((name) => [name, BAD])), "good.md": GOOD });
    const { stdout } = dripfeed(folder, "publish");
    expect(stdout).toMatch(
      /^posts\/bad10\.md:3: error: .* \[date-unreadable\] \(and 44 more\)\n {2}fix: .*\n\nField notes: 1 entry in 9 documents/,
    );
    expect(stdout).toMatch(/; [\d.]+ s\n45 errors: see their lines with dripfeed check\nopen /);
    expect(stdout.match(/\[date-unreadable\]/g)).toHaveLength(1);
    expect(dripfeed(folder, "check").stdout).toContain("posts/bad10.md: 45 problems like this in 45 files\n");
    expect(dripfeed(folder, "check").stdout.match(/\[date-unreadable\]/g)).toHaveLength(1);
    expect(dripfeed(folder, "check", "--all").stdout.match(/\[date-unreadable\]/g)).toHaveLength(45);
  });

  test("--now publishes a future post", () => {
    const folder = freshSite({ "later.md": GOOD.replace("2024", "2124") });
    expect(dripfeed(folder, "publish").stdout).toContain("next due: 2124-01-02T00:00:00Z");
    expect(dripfeed(folder, "publish", "--now", "2124-01-02T00:00:00Z").stdout).toContain("1 post public");
  });

  test("--dry-run writes nothing", () => {
    const folder = freshSite({ "good.md": GOOD });
    expect(dripfeed(folder, "publish", "--dry-run").stdout).toContain("9 put, 0 removed, 0 unchanged (not done)");
    expect(readdirSync(folder)).toEqual(["content"]);
  });

  test("exits 2 on a site.yaml that cannot be used, with all its problems", () => {
    const folder = freshSite({}, "titel: x\nurl: nowhere\n");
    const { status, stdout } = dripfeed(folder, "publish");
    expect(status).toBe(2);
    expect(stdout).toContain("site.yaml:1: error: titel is no key of site.yaml [site-key]\n  fix: write title instead");
    expect(stdout).toContain("site.yaml:2: error: url must be a URL");
    expect(stdout).toContain("since is missing");
    expect(readdirSync(folder)).toEqual(["content"]);
  });

  test("exits 2 where the content is no folder, and writes nothing", () => {
    const folder = freshSite();
    const { status, stdout, stderr } = dripfeed(folder, "publish", "--content", "nowhere");
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("there is no folder nowhere: write --content <folder>, the one that site.yaml is in");
    expect(readdirSync(folder)).toEqual(["content"]);
    expect(dripfeed(join(folder, "content"), "publish").stderr).toContain(
      "there is no folder content: write --content .",
    );
  });

  test("exits 3 when refused, and 0 with --force", () => {
    const folder = freshSite({ "good.md": GOOD });
    dripfeed(folder, "publish");
    rmSync(join(folder, "content/posts/good.md"));
    const { status, stdout } = dripfeed(folder, "publish");
    expect(status).toBe(3);
    expect(stdout).toContain("refused: no post is public now, where 1 was");
    expect(readFileSync(join(folder, "public/rss.xml"), "utf8")).toContain("<title>Good</title>");
    expect(dripfeed(folder, "publish", "--force").status).toBe(0);
  });

  test("exits 4 when a store fails, with one line that names the store and the reason", () => {
    const folder = freshSite({ "good.md": GOOD });
    writeFileSync(join(folder, "public"), "a file");
    const { status, stderr } = dripfeed(folder, "publish");
    expect(status).toBe(4);
    expect(stderr).toMatch(/^dripfeed: public: .*a part of the path is a file: remove it, or name another folder\n$/);
  });

  test("exits 4 on a state that a newer version wrote, and leaves it unchanged", () => {
    const folder = freshSite({ "good.md": GOOD });
    mkdirSync(join(folder, ".dripfeed"));
    writeFileSync(join(folder, ".dripfeed/head.json"), '{"format":2}');
    const { status, stderr } = dripfeed(folder, "publish");
    expect(status).toBe(4);
    expect(stderr).toContain("head.json was written by a newer Dripfeed (format 2)");
    expect(readFileSync(join(folder, ".dripfeed/head.json"), "utf8")).toBe('{"format":2}');
  });
});

describe("dripfeed publish --wait", () => {
  const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

  test("publishes when something is due, and ends when nothing is", () => {
    const later = GOOD.replace("2024-01-02", inSeconds(8)).replace("Good", "Later");
    const folder = freshSite({ "good.md": GOOD, "later.md": later });
    const { status, stdout, stderr } = dripfeed(folder, "publish", "--wait");
    expect(status).toBe(0);
    expect(stdout).toMatch(/1 post public, 1 future; 9 put[\s\S]*\n2 posts public; 6 put, /);
    expect(stderr).toMatch(
      /^waiting until 2\d{3}-\S+Z, when the next change is due; Ctrl-C ends it\nnothing is due any more\n$/,
    );
    expect(readFileSync(join(folder, "public/rss.xml"), "utf8")).toContain("<title>Later</title>");
  });

  test("ends at once if nothing is due", () => {
    const { status, stdout, stderr } = dripfeed(freshSite({ "good.md": GOOD }), "publish", "--wait", "--json");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "nothing is due any more\n" });
    expect(stdout.trim().split("\n")).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({ records: { public: 1 } });
  });

  test.each(["SIGINT", "SIGTERM"] as const)("ends on %s with exit code 0", async (signal) => {
    const folder = freshSite({ "good.md": GOOD, "later.md": GOOD.replace("2024", "2124") });
    const child = spawn(process.execPath, [resolve("lib/dripfeed.js"), "publish", "--wait"], { cwd: folder });
    const stdout = text(child.stdout);
    let said = "";
    for await (const chunk of child.stderr) {
      said += chunk;
      if (!said.includes("waiting until 2124-01-02T00:00:00Z")) continue;
      child.kill(signal);
    }
    if (child.exitCode === null) await once(child, "exit");
    expect(child.exitCode).toBe(0);
    expect(await stdout).toContain("1 post public, 1 future");
  });

  test("does not wait after a refusal", () => {
    const folder = freshSite({ "good.md": GOOD });
    dripfeed(folder, "publish");
    writeFileSync(join(folder, "content/posts/good.md"), GOOD.replace("2024", "2124"));
    expect(dripfeed(folder, "publish", "--wait")).toMatchObject({ status: 3, stderr: "" });
  });

  test.each([["--now", "2026-01-01"], ["--dry-run"]])("cannot be combined with %s", (...flags) => {
    const { status, stderr } = dripfeed(freshSite({ "good.md": GOOD }), "publish", "--wait", ...flags);
    expect(status).toBe(2);
    expect(stderr).toContain(`leave out ${flags[0]}`);
  });
});

describe("dripfeed check", () => {
  test("prints every problem and exits 1 for errors, or 0 when there is none; nothing is written", () => {
    const folder = freshSite({ "bad.md": BAD, "worse.md": "no front matter\n" });
    const { status, stdout } = dripfeed(folder, "check");
    expect(status).toBe(1);
    expect(stdout).toBe(`posts/bad.md: 1 problem

  line 3: error: the date "soon" cannot be read [date-unreadable]
      2 | title: Bad
    > 3 | date: soon
      4 | ---
    fix: write the date as 2024-10-15 08:20:00 or 2024-10-15T08:20:00+08:00

posts/worse.md: 1 problem

  line 1: error: the post has no date [date-missing]
    > 1 | no front matter
    fix: write \`date: 2024-10-15 08:20:00\` in the front matter, or name the file 2024-10-15-…

2 posts checked: 2 broken
2 errors in 2 files
`);
    expect(readdirSync(folder)).toEqual(["content"]);
    const good = dripfeed(freshSite({ "good.md": GOOD }), "check");
    expect(good).toEqual({ status: 0, stdout: "1 post checked: 1 public\nno problems\n", stderr: "" });
  });

  test.each([
    [0, []],
    [0, ["--github"]],
    [1, ["--strict"]],
  ])("exits %i if there are only warnings, with %j", (code, flags) => {
    const folder = freshSite({ "good.md": GOOD.replace("tags", "draft: maybe\ntags") });
    const { status, stdout } = dripfeed(folder, "check", ...flags);
    expect(status).toBe(code);
    expect(stdout).toContain("1 post checked: 1 hidden (1 draft)\n1 warning in 1 file\n");
  });

  test("exits 1 if there is an error among warnings", () => {
    const folder = freshSite({ "maybe.md": GOOD.replace("tags", "draft: maybe\ntags"), "bad.md": BAD });
    expect(dripfeed(folder, "check").status).toBe(1);
  });

  test("shows the lines of a site.yaml that cannot be used, and exits 2", () => {
    const { status, stdout } = dripfeed(freshSite({ "bad.md": BAD }, `${SITE}titel: x\n`), "check");
    expect(status).toBe(2);
    expect(stdout).toContain("site.yaml: 1 problem\n\n  line 9: error: titel is no key of site.yaml [site-key]\n");
    expect(stdout).toContain("    > 9 | titel: x\n    fix: write title instead\n");
    expect(stdout).toContain("the posts were not checked\n1 error in 1 file\n");
  });

  const DEEP = `\n${"> ".repeat(20_000)}x\n`;

  test("finds a post that cannot be rendered, though no feed would carry it", () => {
    const posts = { "good.md": GOOD, "deep.md": GOOD.replace("2024", "2004") + DEEP };
    const folder = freshSite(posts, `${SITE}limit: 1\n`);
    const { status, stdout } = dripfeed(folder, "check");
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^posts\/deep\.md: 1 problem\n\n {2}line \d+: error: the text is nested more than 100 levels deep \[too-slow\]\n/,
    );
    expect(stdout).toContain("2 posts checked: 1 public, 1 broken\n");
    expect(dripfeed(folder, "publish").stdout).toContain("2 posts public; 9 put");
  });

  test("ignores a draft that cannot be rendered", () => {
    const folder = freshSite({ "deep.md": GOOD.replace("tags", "draft: true\ntags") + DEEP });
    expect(dripfeed(folder, "check").stdout).toBe("1 post checked: 1 hidden (1 draft)\nno problems\n");
  });

  test("--json prints only the array of problems", () => {
    const { status, stdout, stderr } = dripfeed(freshSite({ "bad.md": BAD }), "check", "--json");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(JSON.parse(stdout)).toEqual([
      {
        ...{ code: "date-unreadable", severity: "error", file: "posts/bad.md", line: 3 },
        message: 'the date "soon" cannot be read',
        fix: "write the date as 2024-10-15 08:20:00 or 2024-10-15T08:20:00+08:00",
      },
    ]);
  });

  test("uses colour only in a terminal that has it", () => {
    const folder = freshSite({ "bad.md": BAD });
    const check = (env: NodeJS.ProcessEnv) =>
      spawnSync(process.execPath, [resolve("lib/dripfeed.js"), "check"], {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: undefined, ...env },
      }).stdout;
    const uncoloured = check({});
    expect(uncoloured).not.toContain("\u001b");
    const coloured = check({ FORCE_COLOR: "1" });
    expect(coloured).toContain("\u001b[31merror\u001b[39m: the date");
    expect(stripVTControlCharacters(coloured)).toBe(uncoloured);
    const { stderr } = spawnSync(process.execPath, [resolve("lib/dripfeed.js"), "chekc"], {
      encoding: "utf8",
      env: { ...process.env, FORCE_COLOR: "1", NO_COLOR: undefined },
    });
    expect(stderr).toMatch(/^\u001b\[31mdripfeed:\u001b\[39m there is no command chekc: write check\n/);
  });

  test("is no error if the reader closes the pipe", async () => {
    const folder = freshSite({ "bad.md": BAD });
    const child = spawn(process.execPath, [resolve("lib/dripfeed.js"), "check"], { cwd: folder });
    child.stdout.destroy();
    const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, "close")]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  });
});

describe("dripfeed dev", () => {
  test("serves until Ctrl-C, then exits 0, and leaves no file behind", async () => {
    const folder = freshSite({ "good.md": GOOD });
    const child = spawn(process.execPath, [resolve("lib/dripfeed.js"), "dev", "--port", "0"], { cwd: folder });
    const [begun] = await once(child.stderr, "data");
    const [, origin = ""] =
      /^reading content; the preview is at (http:\S+)\/ as soon as that is done\n$/.exec(begun) ?? [];
    let said = "";
    for await (const chunk of child.stdout) {
      said += chunk;
      if (said.includes("Ctrl-C ends")) break;
    }
    const [, address = ""] = /^ {2}rss +(http:\S+)$/m.exec(said) ?? [];
    expect(address).toBe(`${origin}/rss.xml`);
    expect(await (await fetch(address)).text()).toContain("<title>Good</title>");
    const closed = once(child, "close");
    child.kill("SIGINT");
    expect((await closed)[0]).toBe(0);
    expect(readdirSync(folder)).toEqual(["content"]);
  });

  test.each([
    [["--content", "nowhere"], "there is no folder nowhere: write --content <folder>"],
    [["--content", "s3://bucket"], "s3://bucket cannot be watched"],
    [["--content", "gs://bucket"], "a store is a folder or s3://bucket/prefix"],
    [["--port", "http"], "--port http is not a port"],
    [["--port", "65536"], "--port 65536 is not a port"],
    [["--public", "public"], "--public"],
  ])("%j gives exit code 2 and says what to write", (flags, message) => {
    const { status, stderr } = dripfeed(freshSite({ "good.md": GOOD }), "dev", ...flags);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("    at ");
  });

  test("says so when the port given is in use", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const { status, stderr } = dripfeed(freshSite({ "good.md": GOOD }), "dev", "--port", String(port));
    server.close();
    expect({ status, stderr }).toMatchObject({ status: 2 });
    expect(stderr).toContain(`port ${port} is in use: write --port <another>`);
  });
});

describe("dripfeed write", () => {
  test("serves the page and what is published to this machine until Ctrl-C, then exits 0", async () => {
    const folder = freshSite({ "good.md": GOOD });
    const child = spawn(process.execPath, [resolve("lib/dripfeed.js"), "write", "--port", "0"], { cwd: folder });
    let said = "";
    for await (const chunk of child.stdout) {
      said += chunk;
      if (said.includes("Ctrl-C ends")) break;
    }
    const [, origin = ""] =
      /^the page to write with is (http:\/\/localhost:\d+)\/write\/\. Ctrl-C ends$/m.exec(said) ?? [];
    const byNumber = origin.replace("localhost", "127.0.0.1");
    expect(await (await fetch(`${byNumber}/rss.xml`)).text()).toContain("<title>Good</title>");
    // A passkey is of a name.
    const moved = await fetch(`${byNumber}/write/?lang=de`, { redirect: "manual" });
    expect([moved.status, moved.headers.get("location")]).toEqual([307, `${origin}/write/?lang=de`]);
    const other = await fetch(`${byNumber}/write/micropub?q=config`, { redirect: "follow" });
    expect([other.status, other.headers.get("x-frame-options")]).toEqual([401, "DENY"]);
    const closed = once(child, "close");
    child.kill("SIGINT");
    expect((await closed)[0]).toBe(0);
    expect(readdirSync(folder).toSorted()).toEqual([".dripfeed", "content", "public"]);
  });

  test.each([
    [["--origin", "http://feeds.example.com"], "no address of a server with TLS"],
    [["--origin", "https://feeds.example.com/blog/"], "write https:// and its name, and nothing behind it"],
    [["--origin", "feeds.example.com"], "no address of a server with TLS"],
    [["--port", "http"], "--port http is not a port"],
  ])("%j gives exit code 2 and says what to write", (flags, message) => {
    const { status, stderr } = dripfeed(freshSite({ "good.md": GOOD }), "write", ...flags);
    expect(stderr).toContain(message);
    expect([status, stderr.includes("    at ")]).toEqual([2, false]);
  });
});

describe("dripfeed invoke", () => {
  test("calls a function with an event from a file", () => {
    const folder = freshSite({ "good.md": GOOD });
    const { status, stdout, stderr } = dripfeed(folder, "invoke", "rebuild", resolve("test/events/s3-test.json"));
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ records: { public: 1 } });
    expect(JSON.parse(stderr.split("\n")[0] ?? "")).toMatchObject({ message: "triggered" });
  });

  test("lists the functions, and says what is wrong with an event", () => {
    const folder = freshSite();
    expect(dripfeed(folder, "invoke", "toString", "x.json")).toMatchObject({ status: 2 });
    const { status, stderr } = dripfeed(folder, "invoke", "rebuild", "missing.json");
    expect(status).toBe(2);
    expect(stderr).toContain("missing.json cannot be read: there is no such file");
  });

  test("counts access logs, which it is told of by the environment alone", () => {
    const folder = freshSite();
    const invoke = (environment: { readonly [name: string]: string }) =>
      spawnSync(
        process.execPath,
        [resolve("lib/dripfeed.js"), "invoke", "audience", resolve("test/events/daily.json")],
        {
          cwd: folder,
          encoding: "utf8",
          env: { ...process.env, ...environment },
        },
      );
    mkdirSync(join(folder, "logs"));
    const { status, stdout } = invoke({ DRIPFEED_LOGS: "logs" });
    expect({ status, ...JSON.parse(stdout) }).toMatchObject({ status: 0, requests: 0, files: 0 });
    expect(invoke({ DRIPFEED_LOGS: "" })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("DRIPFEED_LOGS"),
    });
  });

  test("takes a store from the flag, else from the environment, else the default", () => {
    const folder = freshSite({ "good.md": GOOD });
    const other = freshSite({ "one.md": GOOD, "two.md": GOOD.replace("Good", "Two") });
    const invoke = (...flags: string[]) =>
      spawnSync(
        process.execPath,
        [resolve("lib/dripfeed.js"), "invoke", "rebuild", resolve("test/events/s3-test.json"), ...flags],
        {
          cwd: folder,
          encoding: "utf8",
          env: { ...process.env, DRIPFEED_CONTENT: join(other, "content"), DRIPFEED_PUBLIC: "from-environment" },
        },
      );
    expect(JSON.parse(invoke("--state", "one").stdout)).toMatchObject({ records: { public: 2 } });
    expect(JSON.parse(invoke("--state", "two", "--content", "content", "--public", "from-flag").stdout)).toMatchObject({
      records: { public: 1 },
    });
    expect(readdirSync(folder).sort()).toEqual(["content", "from-environment", "from-flag", "one", "two"]);
  });
});

describe("dripfeed audience", () => {
  const LINE = `192.0.2.1 - - [28/Nov/2026:10:00:00 +0000] "GET /rss.xml HTTP/1.1" 200 900 "-" "Feedbin feed-id:1 - 142 subscribers"\n`;
  const NOW = ["--now", "2026-11-29T06:00:00Z"];

  test("counts logs, shows who reads, keeps the counts, and shows them again", () => {
    const folder = freshSite({ "good.md": GOOD });
    dripfeed(folder, "publish");
    mkdirSync(join(folder, "logs"));
    writeFileSync(join(folder, "logs/access.log"), LINE);
    writeFileSync(join(folder, "logs/notes.txt"), "nothing\n");
    const first = dripfeed(folder, "audience", "logs", "--page", "page.html", ...NOW);
    expect(first.status).toBe(0);
    expect(first.stdout).toMatch(/^Field notes: 142 subscribers on 2026-11-28: 142 reported by aggregators/);
    expect(first.stdout).toContain("read 1 log file: 1 request of 1 day, 1 day new or changed\n");
    expect(first.stdout).toContain("\nnotes.txt is no access log\n");
    expect(first.stderr).toBe("");
    const page = readFileSync(join(folder, "page.html"), "utf8");
    expect(page).toContain("Field notes");
    expect(readFileSync(join(folder, ".dripfeed/audience/audience.html"), "utf8")).toBe(page);
    const before = snapshot(folder);
    expect(JSON.parse(dripfeed(folder, "audience", "--json", ...NOW).stdout)).toMatchObject({
      subscribers: { total: 142 },
    });
    expect(dripfeed(folder, "audience", "logs/access.log", "--csv", ...NOW).stdout).toContain(
      "2026-11-28,subscribers,site,Feedbin,142,0,0\r\n",
    );
    expect(snapshot(folder)).toEqual(before);
  });

  test("ends with 2 for a path that is not there, for logs of another kind, for two forms at once and for a page nowhere", () => {
    const folder = freshSite();
    writeFileSync(join(folder, "notes.txt"), "nothing\n");
    writeFileSync(join(folder, "access.log"), LINE);
    writeFileSync(join(folder, "other.log"), `other.example.org:80 ${LINE}`);
    const cases: readonly (readonly [words: readonly string[], why: string])[] = [
      [
        ["nowhere"],
        "nowhere cannot be read: there is no such file or folder; name a folder or a file with access logs",
      ],
      [["notes.txt"], "there is no access log in notes.txt"],
      [["s3://"], "s3://"],
      [["other.log"], "all requests in other.log are for other hosts than https://example.com/"],
      [["access.log", "--json", "--csv"], "--json and --csv are two forms of the same: choose one"],
      [["access.log", "--page", "nowhere/page.html"], "nowhere/page.html cannot be written: there is no such folder"],
    ];
    for (const [words, why] of cases) {
      const { status, stderr } = dripfeed(folder, "audience", ...words);
      expect([status, stderr]).toEqual([2, expect.stringContaining(why)]);
    }
  });
});

describe("paths", () => {
  test("typed after npm run are relative to the folder of the user", () => {
    const folder = freshSite({ "good.md": GOOD });
    const { status, stdout } = spawnSync(process.execPath, ["lib/dripfeed.js", "check", "--content", "content"], {
      encoding: "utf8",
      env: { ...process.env, npm_lifecycle_event: "dripfeed", INIT_CWD: folder },
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: "1 post checked: 1 public\nno problems\n" });
  });

  test.each([
    ["adopt", "old.xml", "--content", "content", "--state", "state"],
    ["ids", "import", "old.jsonl", "--state", "state"],
    ["report", "report.json"],
    ["push", "content", "elsewhere", "--dry-run"],
    ["pull", "content", "state", "--dry-run"],
  ])("of files and folders are too: %s", (...args) => {
    const folder = freshSite({ "good.md": GOOD });
    const inNpm = { ...process.env, npm_lifecycle_event: "dripfeed", INIT_CWD: folder };
    const elsewhere = spawnSync(process.execPath, ["lib/dripfeed.js", ...args], { encoding: "utf8", env: inNpm });
    const there = dripfeed(folder, ...args);
    expect(elsewhere.status).toBe(there.status);
    const names = [elsewhere, there].map(({ stdout, stderr }) =>
      `${stdout}${stderr}`.replaceAll(/[^\s'"]*\//g, "").replaceAll("npm run dripfeed --", "dripfeed"),
    );
    expect(names[0]).toBe(names[1]);
    expect(elsewhere.stderr).not.toMatch(/(?:^|\s)(?:old\.|report\.)/);
  });

  test.each([
    [["--public", "content"], "content is the content"],
    [["--state", "./content/"], "content is the content"],
    [["--state", "public"], "lies in the public store"],
    [["--state", "public/state"], "lies in the public store"],
    [["--public", "s3://bucket/a", "--state", "s3://bucket/a/state"], "lies in the public store"],
  ])("%j are refused: no store may lie in another", (flags, message) => {
    const folder = freshSite({ "good.md": GOOD });
    const { status, stderr } = dripfeed(folder, "publish", ...flags);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(readdirSync(folder)).toEqual(["content"]);
  });
});

describe("usage", () => {
  test.each([
    [["publsh"], "there is no command publsh: write publish"],
    [["publish", "--dry-rnu"], "publish has no option --dry-rnu: write --dry-run"],
    [["publish", "--nwo", "x"], "publish has no option --nwo: write --now"],
    [["publish", "--now", "yesterday"], "--now yesterday is not a moment"],
    [["publish", "--now", "2025-02-30"], "--now 2025-02-30 is not a moment"],
    [["publish", "--public", "gs://bucket"], "a store is a folder or s3://bucket/prefix"],
    [["publish", "extra"], "publish has no use for extra: write dripfeed publish"],
  ])("%j gives exit code 2 and says what to write", (args, message) => {
    const { status, stderr } = dripfeed(freshSite(), ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("    at ");
  });

  test("help is on standard output, and no command at all shows it with exit code 2", () => {
    expect(dripfeed(freshSite(), "help")).toMatchObject({ status: 0, stderr: "" });
    expect(dripfeed(freshSite())).toMatchObject({ status: 2 });
    expect(dripfeed(freshSite(), "publish", "--help").stdout).toContain("--dry-run");
  });
});
