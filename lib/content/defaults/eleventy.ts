/** Eleventy: data files of posts and of folders. Those in JSON are read; those that are code are told, and never run. */
import { problem } from "../../base/problems.ts";
import { keeping, readJsonFile } from "./file.ts";
import type { Defaults, DefaultsInput } from "./types.ts";

const readData = keeping(readJsonFile);

const CODE = ["js", "cjs", "mjs", "ts"];
/** What may be a page of its own beside a data file `index`. */
const PAGES = ["md", "njk", "html", "liquid"];

/** https://www.11ty.dev/docs/data-template-dir/: that of the post counts first, then that of folders from the inside out. */
export function readEleventy({ key, outside }: DefaultsInput): Defaults {
  const [folder, name] = splitPath(key.replace(/\.[^./]*$/, ""));
  const bases = [`${folder}${name}`];
  for (let at = folder; at !== ""; ) {
    const [above, own] = splitPath(at.slice(0, -1));
    bases.push(`${at}${own}`);
    // With another setting all folders call theirs `index`; else it is that of the page of this name.
    if (name !== "index" && isOfFolder(`${at}index`, outside)) bases.push(`${at}index`);
    at = above;
  }
  const layers: Defaults["layers"][number][] = [];
  const problems: Defaults["problems"][number][] = [];
  for (const base of bases) {
    for (const ending of CODE) {
      const file = `${base}.11tydata.${ending}`;
      if (outside.sizeOf(file) !== undefined) problems.push(codeProblem(file, base));
    }
    for (const file of [`${base}.11tydata.json`, `${base}.json`]) {
      // One listing tells of all files of a base; most of them are not there.
      const text = outside.sizeOf(file) === undefined ? undefined : outside.textOf(file);
      if (text === undefined) continue;
      const read = readData(file, text);
      layers.push(new Map(read.fields));
      problems.push(...read.problems);
    }
  }
  return { layers, problems };
}

function isOfFolder(base: string, { sizeOf }: DefaultsInput["outside"]): boolean {
  const files = ["json", ...CODE].filter((ending) => sizeOf(`${base}.11tydata.${ending}`) !== undefined);
  return files.length > 0 && PAGES.filter((ending) => sizeOf(`${base}.${ending}`) !== undefined).length === 0;
}

const codeProblem = (file: string, base: string) =>
  problem(
    "defaults-code",
    file,
    "it is code, which is never run: posts that it hides are published all the same",
    1,
    `write what it says as JSON in ${base}.11tydata.json, or under \`defaults:\` in site.yaml`,
  );

function splitPath(path: string): readonly [folder: string, name: string] {
  const end = path.lastIndexOf("/") + 1;
  return [path.slice(0, end), path.slice(end)];
}
