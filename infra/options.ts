/** How a function becomes one file: with all it needs, for Lambda's Node. */
import type { BuildOptions } from "esbuild";

export const BUNDLE = {
  bundle: true,
  platform: "node",
  target: "node24",
  format: "esm",
  minify: true,
  legalComments: "none",
  // CommonJS packages inside an ES module still ask for Node's own modules by `require`.
  banner: { js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);" },
} as const satisfies BuildOptions;
