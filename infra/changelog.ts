/** Prints what CHANGELOG.md says of a version, given as its tag: the notes of a release. */
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

/** Throws where the tag is not that of `version`, and where the changelog has no dated section of it. */
export function releaseNotes(changelog: string, version: string, tag: string): string {
  if (tag !== `v${version}`) throw new Error(`the tag ${tag} is not v${version}, the version of package.json`);
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.startsWith(`${version} `) || text.startsWith(`[${version}] `));
  const [heading = "", ...lines] = section?.split("\n") ?? [];
  if (!/ \d{4}-\d\d-\d\d$/.test(heading.trimEnd())) {
    throw new Error(
      `CHANGELOG.md has no section of it: write "## ${version} - <year>-<month>-<day>" in place of Unreleased`,
    );
  }
  const notes = lines.join("\n").trim();
  if (notes === "") throw new Error(`the section ${heading} of CHANGELOG.md is empty`);
  return notes;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { version } = JSON.parse(await readFile("package.json", "utf8"));
  const changelog = await readFile("CHANGELOG.md", "utf8");
  process.stdout.write(`${releaseNotes(changelog, version, process.argv[2] ?? "")}\n`);
}
