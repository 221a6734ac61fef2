/** Declarations as they are shipped: those that the library's own are made of, named as the files that they declare. */
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, normalize, relative } from "node:path";

const IMPORT = /((?:\bfrom |\bimport\()"\.[^"]+)\.ts"/g;

/** Removes from `folder` what `entry` does not reach by imports. */
export async function finishDeclarations(folder: string, entry: string): Promise<void> {
  const reached = new Set([entry]);
  for (const file of reached) {
    const text = await readFile(join(folder, file), "utf8");
    for (const [, written = ""] of text.matchAll(IMPORT)) {
      reached.add(normalize(join(dirname(file), `${written.slice(written.indexOf('"') + 1)}.d.ts`)));
    }
    await writeFile(join(folder, file), text.replaceAll(IMPORT, '$1.js"'));
  }
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    if (file.isFile() && !reached.has(relative(folder, path))) await rm(path);
  }
}
