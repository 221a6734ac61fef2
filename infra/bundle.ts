/** Bundles each Lambda function into one file under `dist/` that runs without `node_modules`. */
import { readdir, stat } from "node:fs/promises";
import { build } from "esbuild";
import { BUNDLE } from "./options.ts";

const names = (await readdir("functions")).filter((name) => name.endsWith(".ts")).map((name) => name.slice(0, -3));

await build({
  entryPoints: names.map((name) => `functions/${name}.ts`),
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  ...BUNDLE,
});

for (const name of names) {
  const { size } = await stat(`dist/${name}.mjs`);
  process.stdout.write(`dist/${name}.mjs  ${(size / 1024).toFixed(0)} KiB\n`);
}
