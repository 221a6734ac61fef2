/** The code of a Lambda function: its file, and parts that are loaded when they are needed, without `node_modules`. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { buildSync } from "esbuild";
import { withoutWrappers } from "./builtins.ts";
import { BUNDLE } from "./options.ts";

/** Writes `<name>.mjs` into `folder`, and the parts of it; gives the names of all these files. */
export function writeFunction(folder: string, name: string): readonly string[] {
  const { outputFiles } = buildSync({
    ...BUNDLE,
    entryPoints: [join(import.meta.dirname, `../functions/${name}.ts`)],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    splitting: true,
    write: false,
  });
  mkdirSync(folder, { recursive: true });
  const files = outputFiles.map(({ path, text }) =>
    writeUnlessSame(join(folder, basename(path)), withoutWrappers(text)),
  );
  // Parts of a former bundle have other names.
  for (const file of readdirSync(folder)) {
    if (/^[\w-]+-[A-Z0-9]{8}\.mjs$/.test(file) && !files.includes(file)) rmSync(join(folder, file), { force: true });
  }
  return files;
}

/** An identical file is not written again: parallel tests read it. */
function writeUnlessSame(file: string, code: string): string {
  if (!existsSync(file) || readFileSync(file, "utf8") !== code) writeFileSync(file, code);
  return basename(file);
}
