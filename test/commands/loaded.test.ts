/** What is loaded before a command does anything: nobody waits for help, or to be told that there is nothing to do. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { post, SITE } from "../support/world.ts";

/** As if the program were packed; prints the address of each module that is loaded, on standard error. */
const HOOK = `import { registerHooks } from "node:module";
globalThis.PACKED = "this program";
registerHooks({ load: (url, context, next) => (process.stderr.write(url + "\\n"), next(url, context)) });`;

interface Loaded {
  readonly stdout: string;
  readonly builtins: readonly string[];
  readonly packages: readonly string[];
  /** Below `lib/`. */
  readonly files: readonly string[];
}

function loadedBy(args: readonly string[], cwd = "."): Loaded {
  const hook = `--import=data:text/javascript,${encodeURIComponent(HOOK)}`;
  const { stdout, stderr } = spawnSync(process.execPath, [hook, resolve("lib/dripfeed.js"), ...args], {
    cwd,
    encoding: "utf8",
  });
  const urls = stderr.split("\n");
  const own = `file://${resolve("lib")}/`;
  return {
    stdout,
    builtins: urls.filter((url) => url.startsWith("node:")),
    packages: [...new Set(urls.flatMap((url) => /node_modules\/([^/]+)/.exec(url)?.[1] ?? []))],
    files: urls.flatMap((url) => (url.startsWith(own) ? [url.slice(own.length)] : [])),
  };
}

const roomsOf = (files: readonly string[]): readonly string[] => [
  ...new Set(files.flatMap((file) => (file.includes("/") ? [file.slice(0, file.indexOf("/"))] : []))),
];

test("help loads the declarations of commands, and neither calendars nor stores nor any command's code", () => {
  const { stdout, builtins, packages, files } = loadedBy(["--help"]);
  expect(stdout).toContain("Commands:");
  expect(packages).toEqual(["commander"]);
  expect(builtins).not.toContain("node:readline");
  expect(roomsOf(files).filter((name) => !["commands", "base", "state", "stores", "terminal"].includes(name))).toEqual(
    [],
  );
  expect(files.filter((file) => file.startsWith("terminal/"))).toEqual(["terminal/text.ts"]);
  expect(files.filter((file) => /^commands\/(?:publish|check|dev)\.ts|^stores\/(?:folder|s3)/.test(file))).toEqual([]);
});

test("the packed command finds a site at rest without any code that reads site.yaml or posts, plans, or writes", () => {
  const folder = mkdtempSync(join(tmpdir(), "dripfeed-loaded-"));
  try {
    mkdirSync(join(folder, "content/posts"), { recursive: true });
    writeFileSync(join(folder, "content/site.yaml"), SITE);
    writeFileSync(join(folder, "content/posts/a.md"), post({}));
    const first = loadedBy(["publish"], folder);
    expect(first.files).toContain("publish/publish.ts");
    const { stdout, packages, files } = loadedBy(["publish"], folder);
    expect(stdout).toContain("nothing to do");
    expect(packages.toSorted()).toEqual(["commander", "fastest-levenshtein"]);
    expect(roomsOf(files).toSorted()).toEqual(["base", "commands", "publish", "state", "stores", "terminal"]);
    const others = files.filter((file) => file.startsWith("publish/") && !file.startsWith("publish/rest/"));
    expect(others.toSorted()).toEqual(["publish/refusals.ts", "publish/warmcache.ts"]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
