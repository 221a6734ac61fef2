/** Bundles the command line into the one file that the packed package consists of. */
import { chmod } from "node:fs/promises";
import { build } from "esbuild";
import { BUNDLE } from "./options.ts";

const FILE = "dist/dripfeed.cjs";

await build({
  ...BUNDLE,
  entryPoints: ["lib/dripfeed.js"],
  outfile: FILE,
  // An ES module of an older Node would end at what `node:` modules lack there, before it could say what is needed.
  format: "cjs",
  target: "node20",
  banner: { js: "const $url=require('node:url').pathToFileURL(__filename).href;" },
  define: { "import.meta.url": "$url" },
});
await chmod(FILE, 0o755);
