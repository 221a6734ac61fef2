/** A folder of no generator that is known: notes, or Markdown beside a `README.md` and a `package.json`. */
import { present } from "../../base/optional.ts";
import { readConfig } from "../config.ts";
import type { Found, SiteFolder } from "../types.ts";
import { addressOf, authorOf, languageOf } from "../values.ts";

const NOTES = /^(?:\.obsidian|\.foam|logseq)\//;

/** `name` is that of the folder, the title of last resort. */
export async function readPlain(folder: SiteFolder, name: string): Promise<Found> {
  const text = (await folder.read("package.json")) ?? "{}";
  const settings = readConfig([{ file: "package.json", text }]);
  const author = settings.textAt("author", "name") ?? settings.textAt("author");
  // https://docs.npmjs.com/cli/configuring-npm/package-json#people-fields-author-contributors
  const person = author?.value.split(/[<(]/)[0]?.trim();
  const email = /<([^<>]{1,200})>/.exec(author?.value ?? "")?.[1];
  const one = authorOf(person || undefined, settings.textAt("author", "email")?.value ?? email);
  const heading = /^#[ \t]{1,9}(.{1,200})$/m.exec((await folder.read("README.md")) ?? "")?.[1]?.trim();
  const isNotes = folder.paths.some((path) => NOTES.test(path));
  const hasPosts = folder.paths.some((path) => /^_?posts\//.test(path));
  const templates = folder.paths.find((path) => /^templates\//i.test(path))?.split("/")[0];
  return {
    generator: isNotes ? "a folder of notes" : "a folder of Markdown",
    ...present({
      title: heading
        ? { value: heading, from: "README.md" }
        : name
          ? { value: name, from: "the folder's name" }
          : undefined,
      url: addressOf(settings.textAt("homepage")),
      description: settings.textAt("description"),
      language: languageOf(settings.textAt("language")),
      authors: author && one && { value: [one], from: author.from },
      roots: hasPosts ? undefined : { value: [""], from: "all Markdown of the folder" },
      fileDates: isNotes ? { value: true, from: "notes have no date" } : undefined,
      exclude: isNotes && templates !== undefined ? { value: [templates], from: "templates of notes" } : undefined,
    }),
    feeds: [],
    remarks: settings.remarks,
  };
}
