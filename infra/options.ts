/** esbuild's options for one file with all its dependencies, for Lambda's Node. */
import type { BuildOptions } from "esbuild";

export const BUNDLE = {
  bundle: true,
  platform: "node",
  target: "node24",
  format: "esm",
  minify: true,
  legalComments: "none",
  // Bundled CommonJS packages load Node's own modules by `require`, which an ES module does not have.
  banner: { js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);" },
} as const satisfies BuildOptions;
