/** Each function as it is deployed: its files, in a process of its own, without `node_modules`. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeFunction } from "../../infra/functions.ts";

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-bundles-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  ["rebuild", "{}", /set DRIPFEED_CONTENT, DRIPFEED_PUBLIC, DRIPFEED_STATE/],
  ["announce", "{}", /set DRIPFEED_CONTENT, DRIPFEED_PUBLIC, DRIPFEED_STATE/],
  ["audience", "{}", /set DRIPFEED_CONTENT, DRIPFEED_PUBLIC, DRIPFEED_STATE, DRIPFEED_LOGS/],
  ["prepare", '{ "Items": [] }', /set DRIPFEED_CONTENT, DRIPFEED_STATE/],
  ["webhook", '{ "headers": {} }', /415/],
])("%s answers", async (name, event, expected) => {
  writeFunction(folder, name);
  const script = `import("./${name}.mjs").then(({ handler }) => handler(${event}, { awsRequestId: "1" })).then((a) => console.log(JSON.stringify(a)), (e) => console.log(e.message))`;
  const { stdout } = await run(process.execPath, ["-e", script], { cwd: folder, env: {} });
  expect(stdout).toMatch(expected);
});
