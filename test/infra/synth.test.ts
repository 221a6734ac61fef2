/** `npm run synth` as an owner runs it: templates, checked by the CDK's rules and by cdk-nag. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Config } from "../../infra/settings.ts";
import { CONFIG } from "./deployment.ts";

const run = promisify(execFile);
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-synth-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The app with another owner's config. */
async function synth(
  config: Config,
): Promise<{ readonly code: number; readonly printed: string; readonly output: string }> {
  const output = await mkdtemp(join(folder, "out-"));
  const app = join(output, "app.ts");
  await writeFile(
    app,
    `import { synthesize } from ${JSON.stringify(resolve("infra/synthesize.ts"))};\nsynthesize(${JSON.stringify(config)});\n`,
  );
  const args = [resolve("node_modules/aws-cdk/bin/cdk"), "synth", "--quiet", "--app", `${process.execPath} ${app}`];
  try {
    const { stdout, stderr } = await run(process.execPath, [...args, "--output", join(output, "cdk")]);
    return { code: 0, printed: stdout + stderr, output: join(output, "cdk") };
  } catch (error) {
    const { code, stdout, stderr } = error as {
      readonly code: number;
      readonly stdout: string;
      readonly stderr: string;
    };
    return { code, printed: stdout + stderr, output: join(output, "cdk") };
  }
}

const bare: Config = { name: "bare", content: "content" };

test.each<[string, Config]>([
  ["as it is", bare],
  ["with every optional setting", CONFIG],
  ["that deletes its buckets", { ...bare, deleteBuckets: true }],
  ["that is written on phones", { ...bare, write: true }],
  [
    "that is written on phones, with a bucket and a distribution of the owner's",
    { ...bare, write: true, contentBucket: "lin", distribution: { id: "E2QWRUHA" } },
  ],
  ["of a large site, many posts of which are read at once", { ...bare, parallel: true }],
  [
    "with a bucket and a distribution of the owner's",
    { ...bare, contentBucket: "lin", distribution: { id: "E2QWRUHA" } },
  ],
])(
  "a deployment %s breaks none of the rules",
  async (_, config) => {
    const { code, printed, output } = await synth(config);
    // Notes for the owner, what was chosen and the path of the template, and nothing else: no warning, no word about flags.
    expect(printed).toMatch(
      /^(?:note: .+\n)*rebuild has 1769 MB and 5 minutes: \d+ posts, [\d.]+ MB\n\S+\.template\.json\n$/,
    );
    expect(code).toBe(0);
    const template = JSON.parse(await readFile(join(output, `${config.name}.template.json`), "utf8"));
    expect(Object.keys(template.Resources).length).toBeGreaterThan(40);
  },
  60_000,
);

test("a deployment with wrong settings is refused", async () => {
  const { code, printed } = await synth({ ...bare, domain: "example.org" });
  expect(code).not.toBe(0);
  expect(printed).toContain('infra/config.ts: domain "example.org" is not the host of feeds');
});
