/**
 * Golden folders: a `site.yaml`, posts, and the documents they give. A new case is a new folder.
 * `GOLDEN=write npx vitest run test/golden.test.ts` writes the documents anew; read the difference before it is kept.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { world } from "./world.ts";

const ROOT = "test/golden";

function filesOf(folder: string): { readonly [name: string]: string } {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(names.map((name) => [name.slice(folder.length + 1), readFileSync(name, "utf8")]));
}

test.each(readdirSync(ROOT))("%s gives the documents beside it", async (name) => {
  const { "site.yaml": siteYaml = "", ...files } = filesOf(join(ROOT, name));
  const posts = Object.entries(files).filter(([key]) => key.startsWith("posts/"));
  const site = await world(Object.fromEntries(posts), siteYaml);
  const report = await site.publish();
  expect(report.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const documents = await site.dump(site.public);
  if (process.env["GOLDEN"] === "write") {
    for (const [path, text] of Object.entries(documents)) {
      const file = join(ROOT, name, "public", path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
  const golden = Object.entries(filesOf(join(ROOT, name))).filter(([key]) => key.startsWith("public/"));
  expect(golden.length).toBeGreaterThan(0);
  expect(documents).toEqual(Object.fromEntries(golden.map(([key, text]) => [key.slice("public/".length), text])));
});
