/**
 * package.json while npm packs it. What is packed is bundled, so whoever installs it needs none of what a checkout depends on:
 * `prune` takes that out, and `restore` puts the checkout's own back. npm has done both when it asks what to tell the registry, so what
 * is published is the packed file: `publish` refuses anything else.
 */
import { copyFile, readFile, rename, writeFile } from "node:fs/promises";

const MANIFEST = "package.json";
const CHECKOUTS = "dist/checkout.json";
const OF_CHECKOUTS = ["scripts", "dependencies", "devDependencies", "allowScripts"];

const [, , step] = process.argv;

if (step === "publish") {
  if (process.env["npm_config_dry_run"] !== "true") {
    process.stderr.write("publish what is packed: npm publish $(npm pack --silent)\n");
    process.exitCode = 1;
  }
} else if (step === "prune") {
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
