/**
 * Builds what is published to npm, in `dist/package/`: the command and the library as bundles without dependencies, which share
 * their parts, with declarations and the licenses of what is bundled.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { build } from "esbuild";
import { withoutWrappers } from "./builtins.ts";
import { finishDeclarations } from "./declarations.ts";
import { licensesOf } from "./licenses.ts";
import { BUNDLE } from "./options.ts";
import { inStages, withoutChildProcess } from "./parts.ts";

const FOLDER = "dist/package";

/** `publish`, first to see whether there is work, then to do it. */
const STAGES = [
  ["lib/commands/parse.ts"],
  ["lib/commands/publish.ts", "lib/stores/folder.ts"],
  ["lib/publish/publish.ts", "lib/site/site.ts"],
  ["lib/workers/helper.ts"],
];
const APART = ["commands/help", "commands/version", "commands/explain", "terminal/progress", "terminal/wrap"];

/** Stands in the code for the digest of all of it, which is known once it is bundled. */
const PLACEHOLDER = "the digest of this build";

await rm(FOLDER, { recursive: true, force: true });
const { metafile, outputFiles } = await build({
  ...BUNDLE,
  entryPoints: ["lib/cli.ts", "lib/index.ts", "lib/workers/worker.ts"],
  entryNames: "[name]",
  outdir: FOLDER,
  // A command loads its own parts alone, so that `publish` into folders does not wait for the SDKs.
  splitting: true,
  plugins: [
    withoutChildProcess,
    inStages(
      STAGES,
      APART.map((name) => `lib/${name}.ts`),
    ),
  ],
  define: { PACKED: JSON.stringify(PLACEHOLDER) },
  target: "node22",
  metafile: true,
  write: false,
});
await mkdir(FOLDER, { recursive: true });
const hash = createHash("sha256");
for (const { path, text } of outputFiles) hash.update(`${basename(path)}\n${text}`);
const digest = hash.digest("base64url");
for (const { path, text } of outputFiles) await writeFile(path, withoutWrappers(text).replaceAll(PLACEHOLDER, digest));

// Not bundled, so that nothing stands before their own lines: an older Node has to parse them.
for (const name of ["dripfeed.js", "oldnode.js"]) {
  const source = await readFile(`lib/${name}`, "utf8");
  await writeFile(`${FOLDER}/${name}`, source.replaceAll('.ts")', '.js")'));
}
await chmod(`${FOLDER}/dripfeed.js`, 0o755);

const flags = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--rewriteRelativeImportExtensions"];
execFileSync("tsc", ["--project", "infra/tsconfig.package.json", ...flags, "--outDir", `${FOLDER}/types`], {
  stdio: "inherit",
});
await finishDeclarations(`${FOLDER}/types`, "index.d.ts");
await writeFile(`${FOLDER}/LICENSES.txt`, await licensesOf(Object.keys(metafile.inputs)));
