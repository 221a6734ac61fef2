/** What `npm run deploy` says at its end, where posts may be written on phones. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Config } from "../../infra/settings.ts";

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-firstcode-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** As an owner's deployment ends; fails where the command would. */
async function deployed(config: Partial<Config>, outputs?: object) {
  const file = join(folder, "outputs.json");
  await (outputs ? writeFile(file, JSON.stringify(outputs)) : rm(file, { force: true }));
  const script = join(folder, "deployed.ts");
  const given = { name: "notes", content: "content", ...config };
  await writeFile(
    script,
    `import { tellFirstCode } from ${JSON.stringify(resolve("infra/firstcode.ts"))};\nawait tellFirstCode(${JSON.stringify(given)}, ${JSON.stringify(file)});\n`,
  );
  return await run(process.execPath, [script]);
}
const outputs = () => ({
  notes: { WritePage: "https://feeds.example.com/write/", StateStore: join(folder, "state") },
});

test("without write it says nothing, and looks at nothing", async () => {
  expect(await deployed({})).toEqual({ stdout: "", stderr: "" });
});

test("where it cannot be made the deployment has not failed, and the way to make it is told", async () => {
  for (const each of [undefined, {}, { others: {} }]) {
    const { stdout, stderr } = await deployed({ write: true }, each);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^deployed, but the first code could not be made: .+\n {2}fix: dripfeed tokens .+--code /);
  }
});

test("with it, it gives the code for the first device, another one each time until there is one", async () => {
  const codes = new Set<string>();
  for (let i = 0; i < 2; i++) {
    const { stdout, stderr } = await deployed({ write: true }, outputs());
    expect(stderr).toBe("");
    const [, code = ""] = /^ {2}link {2}https:\/\/feeds\.example\.com\/write\/#code=(\S+)$/m.exec(stdout) ?? [];
    expect(stdout).toContain(`\n  code  ${code}\n`);
    codes.add(code);
  }
  expect(codes.size).toBe(2);
});

test("the command for it is run after each deployment, with the outputs that the CDK wrote", async () => {
  const { scripts } = JSON.parse(await readFile("package.json", "utf8"));
  const [, file] = /--outputs-file (\S+)$/.exec(scripts.deploy) ?? [];
  expect(scripts.postdeploy).toBe("node infra/deployed.ts");
  expect(await readFile("infra/deployed.ts", "utf8")).toContain(JSON.stringify(file));
});
