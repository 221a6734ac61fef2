/** The scripts of the writing page, as they are checked in: the command needs no bundler, and neither does a deployment. */
import { buildSync, transformSync } from "esbuild";
import { GLOBAL, SHORT } from "../lib/write/page/words/short.ts";

const CLIENT = "lib/write/page/client";

/** The file that holds them. */
export const BUILT = "lib/write/page/built.ts";

/** Of phones that get updates no more: iOS 16, Android 10. */
const TARGET = ["safari16.4", "chrome111", "firefox115"];

/** What the page's script names often: its minifier shortens the names of this code, and not those of the browser. */
const OFTEN: Readonly<Record<string, string>> = {
  document: "D",
  navigator: "N",
  location: "L",
  addEventListener: "A",
  encodeURIComponent: "E",
  setTimeout: "T",
  clearTimeout: "C",
  "Object.entries": "O",
  "Object.fromEntries": "F",
  "Object.hasOwn": "H",
  "JSON.stringify": "J",
  "JSON.parse": "P",
  "Date.now": "I",
  "Number.isNaN": "K",
  "Object.keys": "Y",
  "Date.parse": "Q",
  "Math.round": "R",
  "Math.min": "M",
  "String.fromCharCode": "S",
  "URL.createObjectURL": "B",
  "URL.revokeObjectURL": "V",
  "URL.canParse": "G",
  "Number.isFinite": "X",
  confirm: "Z",
};

const WORDS = Object.fromEntries([...SHORT].map(([name, short]) => [`words.${name}`, `${GLOBAL}.${short}`]));

/** The text of that file. */
export function builtPage(): string {
  return `/** Made by \`npm run page\` of the folder client/: the scripts of the writing page, minified. Not to be edited. */

export const SCRIPT = ${JSON.stringify(bundled("main", OFTEN))};

export const WORKER = ${JSON.stringify(bundled("worker", {}))};
`;
}

function bundled(name: string, often: typeof OFTEN): string {
  const { outputFiles } = buildSync({
    entryPoints: [`${CLIENT}/${name}.ts`],
    tsconfig: `${CLIENT}/tsconfig.json`,
    bundle: true,
    write: false,
    define: { ...WORDS, ...often, undefined: "U" },
    ...{ format: "esm", legalComments: "none", charset: "utf8", target: TARGET },
  });
  const short = Object.entries(often).map(([long, letter]) => `,${letter}=${long}`);
  const { code } = transformSync(withArrows(outputFiles[0]?.text ?? ""), {
    // `undefined` would be written as `void 0`, a hundred times.
    banner: `let U${short.join("")};`,
    ...{ minify: true, format: "iife", charset: "utf8", target: TARGET },
  });
  return code.trim();
}

/** Where a function of a module begins, as the bundler writes them: at the beginning of a line. So does the bracket that ends it. */
const FUNCTION = /^(?=(?:async )?function \w)/m;
const END = "\n}\n";

/**
 * Functions become arrows, which are shorter, before all else of the bundle, where nothing runs yet. None of them has a `this`. And `let`
 * is shorter than `const`.
 */
function withArrows(bundle: string): string {
  const [before = "", ...parts] = bundle.split(FUNCTION);
  const functions = parts.map((part) => part.split(END));
  const arrows = functions.map(([own = ""]) =>
    own.replace(
      /^(async )?function (\w+)(\(.*) \{$/m,
      (_, kind = "", name, parameters) => `const ${name} = ${kind}${parameters} => {`,
    ),
  );
  const others = functions.map(([, ...rest]) => rest.join(END));
  return [...arrows.map((arrow) => arrow + END), before, ...others].join("").replace(/\bconst /g, "let ");
}
