/** Zola: a section that is a draft, with all that is below it. */
import { flagOf } from "../frontmatter/values.ts";
import { keeping, readFrontMatterOf } from "./file.ts";
import type { Defaults, DefaultsInput } from "./types.ts";

/** https://www.getzola.org/documentation/content/section/: nothing else is handed down. */
export function readZola({ key, outside }: DefaultsInput): Defaults {
  const parts = key.split("/").slice(0, -1);
  const root = parts.indexOf("content") + 1;
  const sections = parts.flatMap((_, i) => {
    const file = `${parts.slice(0, parts.length - i).join("/")}/_index.md`;
    const text = parts.length - i < root ? undefined : outside.textOf(file);
    return text === undefined ? [] : [readSection(file, text)];
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
