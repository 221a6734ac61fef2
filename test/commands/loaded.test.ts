/** What is loaded before a command does anything: nobody waits for help. */
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

/** Prints the address of each module that is loaded, on standard error. */
const HOOK = `import { registerHooks } from "node:module";
registerHooks({ load: (url, context, next) => (process.stderr.write(url + "\\n"), next(url, context)) });`;

test("help loads the declarations of commands, and neither calendars nor stores nor any command's code", () => {
  const args = [`--import=data:text/javascript,${encodeURIComponent(HOOK)}`, "lib/dripfeed.js", "--help"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(stdout).toContain("Commands:");
  const packages = new Set([...stderr.matchAll(/node_modules\/([^/]+)/g)].map(([, name]) => name));
  expect([...packages]).toEqual(["commander"]);
  const rooms = new Set(
    [...stderr.matchAll(/\/lib\/(\w+)\//g)].map(([, name]) => name).filter((name) => name !== "commander"),
  );
  expect(
    [...rooms].filter((name) => !["commands", "base", "state", "stores", "terminal"].includes(name ?? "")),
  ).toEqual([]);
  expect(stderr.match(/lib\/terminal\/\w+/g)).toEqual(["lib/terminal/text"]);
  expect(stderr).not.toMatch(/node:readline|lib\/commands\/(?:publish|check|dev)\.ts|lib\/stores\/(?:folder|s3)/);
});
