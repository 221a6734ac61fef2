/**
 * package.json while npm packs it. What is packed is bundled, so whoever installs it needs none of what a checkout depends on:
 * `prune` takes that out, and `restore` puts the checkout's own back.
 */
import { copyFile, readFile, rename, writeFile } from "node:fs/promises";

const MANIFEST = "package.json";
const CHECKOUTS = "dist/checkout.json";
const OF_CHECKOUTS = ["scripts", "dependencies", "devDependencies", "allowScripts"];

if (process.argv[2] === "prune") {
  const manifest = JSON.parse(await readFile(MANIFEST, "utf8"));
  for (const key of OF_CHECKOUTS) delete manifest[key];
  // npm compares it with the workflow that attests where the package comes from.
  const repository = process.env["GITHUB_REPOSITORY"];
  if (repository) manifest.repository = { type: "git", url: `git+https://github.com/${repository}.git` };
  await copyFile(MANIFEST, CHECKOUTS);
  await writeFile(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
} else {
  await rename(CHECKOUTS, MANIFEST);
}
