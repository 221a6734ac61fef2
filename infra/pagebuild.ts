/** The scripts of the writing page, as they are checked in: the command needs no bundler, and neither does a deployment. */
import { buildSync } from "esbuild";
import { GLOBAL, SHORT } from "../lib/write/page/words/short.ts";

const CLIENT = "lib/write/page/client";

/** The file that holds them. */
export const BUILT = "lib/write/page/built.ts";

const WORDS = Object.fromEntries([...SHORT].map(([name, short]) => [`words.${name}`, `${GLOBAL}.${short}`]));

/** The text of that file. */
export function builtPage(): string {
  return `/** Made by \`npm run page\` of the folder client/: the scripts of the writing page, minified. Not to be edited. */

export const SCRIPT = ${JSON.stringify(bundled("main"))};

export const WORKER = ${JSON.stringify(bundled("worker"))};
`;
}

function bundled(name: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [`${CLIENT}/${name}.ts`],
    tsconfig: `${CLIENT}/tsconfig.json`,
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    legalComments: "none",
    charset: "utf8",
    // `undefined` would be written as `void 0`, a hundred times.
    banner: { js: "let U;" },
    define: { ...WORDS, undefined: "U" },
    // Of phones that get updates no more: iOS 16, Android 10.
    target: ["safari16.4", "chrome111", "firefox115"],
  });
  return (outputFiles[0]?.text ?? "").trim();
}
