/** Bundles the command line into the one file that the packed package consists of. */
import { chmod } from "node:fs/promises";
import { build } from "esbuild";
import { BUNDLE } from "./options.ts";

const FILE = "dist/dripfeed.mjs";

await build({
  ...BUNDLE,
  entryPoints: ["lib/dripfeed.js"],
  outfile: FILE,
});
await chmod(FILE, 0o755);
