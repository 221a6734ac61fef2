/** Zola: a section that is a draft, with all that is below it. */
import { flagOf } from "../frontmatter/values.ts";
import { keeping, readFrontMatterOf } from "./file.ts";
import type { Defaults, DefaultsInput } from "./types.ts";

/** https://www.getzola.org/documentation/content/section/: nothing else is handed down. */
export function readZola({ key, place, outside }: DefaultsInput): Defaults {
  const parts = key.split("/").slice(0, -1);
  const root = parts.indexOf("content") + 1;
  const sections = parts.flatMap((_, i) => {
    if (parts.length - i < root) return [];
    const folder = `${parts.slice(0, parts.length - i).join("/")}/`;
    // A section in a language of its own is another page; where there is none, that of all counts.
    for (const name of place.language === undefined ? ["_index"] : [`_index.${place.language}`, "_index"]) {
      const text = outside.textOf(`${folder}${name}.md`);
      if (text !== undefined) return [readSection(`${folder}${name}.md`, text)];
    }
    return [];
  });
  return {
    layers: sections.flatMap(({ layers }) => layers),
    problems: sections.flatMap(({ problems }) => problems),
  };
}

const readSection = keeping((key, text): Defaults => {
  const { fields, problems } = readFrontMatterOf(key, text);
  const drafts = fields.filter(([name, field]) => name === "draft" && flagOf(field) !== false);
  return { layers: drafts.map((draft) => new Map([draft])), problems };
});
