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
  banner: {
    js: "const require=n=>{const m=process.getBuiltinModule(n);if(m)return m;throw Error(n+' is not bundled')};",
  },
} as const satisfies BuildOptions;
