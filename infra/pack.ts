/**
 * Builds what is published to npm, in `dist/package/`: the command and the library as bundles without dependencies, which share
 * their parts, with declarations and the licenses of what is bundled.
 */
import { execFileSync } from "node:child_process";
import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { finishDeclarations } from "./declarations.ts";
import { licensesOf } from "./licenses.ts";
import { BUNDLE } from "./options.ts";

const FOLDER = "dist/package";

await rm(FOLDER, { recursive: true, force: true });
const { metafile } = await build({
  ...BUNDLE,
  entryPoints: ["lib/cli.ts", "lib/index.ts", "lib/workers/renderer.ts"],
  entryNames: "[name]",
  outdir: FOLDER,
  // A command loads its own parts alone, so that `publish` into folders does not wait for the SDKs.
  splitting: true,
  target: "node22",
  metafile: true,
});

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
