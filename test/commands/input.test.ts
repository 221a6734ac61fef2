/** Standard input of every kind, and files that are none, as commands read them. */
import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { post, SITE, world } from "../support/world.ts";

const folder = mkdtempSync(join(tmpdir(), "dripfeed-input-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NODE = process.execPath;
const PROGRAM = resolve("lib/dripfeed.js");
/** `report -` does nothing but read standard input, and show it. */
const COMMAND = `"${NODE}" "${PROGRAM}" report -`;
const SHOWN = "1 post public";
const isMissing = (program: string) => spawnSync(program, ["--version"]).error !== undefined;

let report = "";
beforeAll(async () => {
  const site = await world({ "posts/a.md": post({ title: "Größe 滴灌 💧" }) });
  // Longer than a pipe and a chunk of a stream hold, with characters of several bytes everywhere.
  report = JSON.stringify({ ...(await site.publish()), padding: "滴灌💧é".repeat(100_000) });
  writeFileSync(join(folder, "report.json"), report);
});

const inShell = (script: string): SpawnSyncReturns<string> =>
  spawnSync("bash", ["-c", script], { cwd: folder, encoding: "utf8", timeout: 50_000 });

describe.skipIf(process.platform === "win32")("standard input may be", () => {
  test.each([
    ["a file", `${COMMAND} < report.json`],
    ["a pipe", `cat report.json | ${COMMAND}`],
    [
      "a pipe whose writer is slow",
      `(head -c 100003 report.json; sleep 0.3; tail -c +100004 report.json) | ${COMMAND}`,
    ],
    [
      "a pipe that has ended already",
      `mkfifo a; (sleep 1; ${COMMAND} <&3) 3< a & echo '{"errorMessage": "x"}' > a; wait $!; [ $? = 4 ] && echo ${SHOWN}`,
    ],
    ["a named pipe", `mkfifo b; cat report.json > b & ${COMMAND} < b`],
    ["a file with a byte order mark", `(printf '\\xef\\xbb\\xbf'; cat report.json) > bom.json; ${COMMAND} < bom.json`],
  ])("%s", (_, script) => {
    const { status, stdout, stderr } = inShell(script);
    expect({ status, stderr: stderr.replace("the function failed: x\n", "") }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain(SHOWN);
  });

  test.skipIf(isMissing("python3"))("a pipe that does not block, and is empty for a while", () => {
    const { status, stdout, stderr } = inShell(`python3 -c 'import os,sys,time
r,w=os.pipe(); os.set_blocking(r, False)
if os.fork()==0:
  os.close(r); time.sleep(1); d=open("report.json","rb").read()
  while d: d=d[os.write(w,d):]
  os._exit(0)
os.close(w); os.dup2(r,0); os.execv(sys.argv[1],sys.argv[1:])' "${NODE}" "${PROGRAM}" report -`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain(SHOWN);
  });

  test("a socket", async () => {
    const path = join(folder, "socket");
    const server = createServer((socket) => socket.end(report)).listen(path);
    await once(server, "listening");
    const socket = connect(path);
    await once(socket, "connect");
    const child = spawn(NODE, [PROGRAM, "report", "-"], { stdio: [socket, "pipe", "inherit"] });
    let shown = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      shown += text;
    });
    const [status] = await once(child, "exit");
    socket.destroy();
    server.close();
    expect(status).toBe(0);
    expect(shown).toContain(SHOWN);
  });

  test.skipIf(isMissing("script"))("a terminal", async () => {
    const typed = `{ "errorMessage": "as typed" }`;
    const child = spawn("script", ["-qec", COMMAND, "/dev/null"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
    child.stdin.write(`${typed}\n`);
    await sleep(500);
    child.stdin.write("\u0004");
    let shown = "";
    for await (const text of child.stdout.setEncoding("utf8")) shown += text;
    expect(shown).toContain("the function failed: as typed");
  });

  test("an event for a function", () => {
    const content = join(folder, "site");
    mkdirSync(join(content, "posts"), { recursive: true });
    writeFileSync(join(content, "site.yaml"), SITE);
    writeFileSync(join(content, "posts/a.md"), post({}));
    const { status, stdout } = inShell(`echo '{"full":true}' | "${NODE}" "${PROGRAM}" invoke rebuild - --content site`);
    expect(status).toBe(0);
    expect(stdout).toContain('"records"');
  });
});

describe.skipIf(process.platform === "win32")("an input that cannot be used is an error that says why:", () => {
  test.each([
    ["nothing", `${COMMAND} < /dev/null`, "standard input is empty: it should be the report of a run"],
    ["closed", `${COMMAND} <&-`, "standard input is empty: it should be the report of a run"],
    ["blank", `echo | ${COMMAND}`, "standard input is empty: it should be the report of a run"],
    ["a folder", `${COMMAND} < .`, "standard input is empty: it should be the report of a run"],
    ["endless", `${COMMAND} < /dev/zero`, "standard input cannot be read: it is larger than 256 MB"],
    ["no UTF-8", `printf '\\xff\\xfe{' | ${COMMAND}`, "standard input cannot be read: it is not UTF-8"],
    ["no JSON", `echo '{' | ${COMMAND}`, "standard input cannot be read as JSON: "],
    [
      "a file that is not there",
      `${COMMAND.replace(/-$/, "none.json")}`,
      "none.json cannot be read: there is no such file",
    ],
    ["a device", `${COMMAND.replace(/-$/, "/dev/zero")}`, "/dev/zero cannot be read: it is larger than 256 MB"],
    ["a folder by name", `${COMMAND.replace(/-$/, ".")}`, ". cannot be read: it is a folder"],
    [
      "an empty event",
      `"${NODE}" "${PROGRAM}" invoke rebuild - < /dev/null`,
      'standard input is empty: it should be an event, such as {"full":true}',
    ],
    [
      "a device as a file of ids",
      `"${NODE}" "${PROGRAM}" ids import /dev/zero`,
      "/dev/zero cannot be read: it is larger than 256 MB",
    ],
    [
      "a device as a former feed",
      `"${NODE}" "${PROGRAM}" adopt --content site /dev/zero`,
      "/dev/zero: it is larger than 64 MB",
    ],
  ])("%s", (_, script, message) => {
    const { status, stdout, stderr } = inShell(script);
    expect(stderr).toContain(`dripfeed: ${message}`);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });
});

describe.skipIf(process.platform === "win32")("site.yaml is refused at once where it is", () => {
  const place = join(folder, "odd");
  const file = join(place, "content/site.yaml");
  const checked = () => {
    const { status, stdout } = spawnSync(NODE, [PROGRAM, "publish"], { cwd: place, encoding: "utf8", timeout: 50_000 });
    rmSync(file, { recursive: true });
    return { status, stdout };
  };
  const fresh = () => mkdirSync(join(place, "content"), { recursive: true });

  test.each<readonly [string, () => unknown, string]>([
    ["a pipe", () => spawnSync("mkfifo", [file]), "it is a pipe, a socket or a device, not a file"],
    [
      "a socket",
      () =>
        spawnSync(NODE, [
          "-e",
          `require("net").createServer().listen(${JSON.stringify(file)}, () => process.kill(process.pid, "SIGKILL"))`,
        ]),
      "it is a pipe, a socket or a device, not a file",
    ],
    ["a link to a device", () => symlinkSync("/dev/zero", file), "a symbolic link leads out of the folder"],
    ["a link that leads nowhere", () => symlinkSync("none", file), "a symbolic link leads nowhere"],
    ["a link in a circle", () => symlinkSync("site.yaml", file), "symbolic links lead in a circle"],
    ["a folder", () => mkdirSync(file), "has no site.yaml"],
  ])("%s", (_, make, why) => {
    fresh();
    make();
    const { status, stdout } = checked();
    expect(stdout).toContain(why);
    expect(stdout).toContain("refused: site.yaml cannot be used, so nothing was published");
    expect(status).toBe(2);
  });
});
