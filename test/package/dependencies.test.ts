/** `dependencies` are what the command and the library run on, and no more. */
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

/** Imports of what is left when types are stripped. */
const IMPORT = /^(?:import|export) (?!type\b)(?:[^"';]*? from )?"([^"]+)"|\bimport\("([^"]+)"\)/gm;

/** The packages that a file needs, directly or not. */
function packagesOf(...entries: readonly string[]): readonly string[] {
  const files = new Set(entries);
  const packages = new Set<string>();
  for (const file of files) {
    for (const [, from, loaded] of readFileSync(file, "utf8").matchAll(IMPORT)) {
      const target = from ?? loaded ?? "";
      if (target.startsWith(".")) files.add(normalize(join(dirname(file), target)));
      else if (!target.startsWith("node:")) packages.add(/^(?:@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target);
    }
  }
  return [...packages].toSorted();
}

const { dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8"));

test("dependencies are the packages that the command and the library import", () => {
  // `invoke` calls functions on this machine, so theirs are among them.
  const needed = packagesOf("lib/dripfeed.js", "lib/index.ts", "lib/workers/worker.ts");
  expect(needed.length).toBeGreaterThan(15);
  expect(Object.keys(dependencies).toSorted()).toEqual(needed);
});

test("what functions alone import is a development dependency, since they are deployed as bundles", () => {
  const needed = packagesOf(...["rebuild", "announce", "audience", "webhook"].map((name) => `functions/${name}.ts`));
  const known = Object.keys({ ...dependencies, ...devDependencies });
  expect(needed.filter((name) => !known.includes(name))).toEqual([]);
});

test("no package is in both lists", () => {
  expect(Object.keys(dependencies).filter((name) => name in devDependencies)).toEqual([]);
});
