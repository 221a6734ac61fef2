/** Bundles each Lambda function into one file under `dist/` that runs with nothing installed beside it. */
import { readdir, stat } from "node:fs/promises";
import { build } from "esbuild";

const names = (await readdir("functions")).filter((name) => name.endsWith(".ts")).map((name) => name.slice(0, -3));

await build({
  entryPoints: names.map((name) => `functions/${name}.ts`),
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  target: "node24",
  format: "esm",
  minify: true,
  legalComments: "none",
  // CommonJS packages inside an ES module still ask for Node's own modules by `require`.
  banner: { js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);" },
});

for (const name of names) {
  const { size } = await stat(`dist/${name}.mjs`);
  process.stdout.write(`dist/${name}.mjs  ${(size / 1024).toFixed(0)} KiB\n`);
}
