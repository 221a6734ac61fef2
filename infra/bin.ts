/** Bundles the command line into the one file of the packed package. */
import { chmod } from "node:fs/promises";
import { build } from "esbuild";
import { BUNDLE } from "./options.ts";

const FILE = "dist/dripfeed.cjs";

await build({
  ...BUNDLE,
  entryPoints: ["lib/dripfeed.js"],
  outfile: FILE,
  // CommonJS: an older Node would fail on the imports of an ES module before it could print which version is needed.
  format: "cjs",
  target: "node20",
  banner: { js: "const $url=require('node:url').pathToFileURL(__filename).href;" },
  define: { "import.meta.url": "$url" },
});
await chmod(FILE, 0o755);
