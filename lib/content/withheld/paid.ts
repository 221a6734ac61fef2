/** Ghost: parts of a text that only members read, and the mark for the site's address in its exports. */
import { withoutEnding } from "../../base/text.ts";
import { isMapValue, type Value } from "../frontmatter/types.ts";
import type { Fields } from "../frontmatter/values.ts";
import { hasAt } from "../match.ts";
import type { WithheldPart } from "./ranges.ts";

const ADDRESS = /__GHOST_URL__|%%GHOST_URL%%/g;
const hasAddress = (text: string): boolean => text.includes("GHOST_URL") && text.search(ADDRESS) >= 0;

/** With the site's address in its place. `isCode` is asked for offsets in ascending order. */
export function withAddress(text: string, siteUrl: string, isCode: (text: string) => (at: number) => boolean): string {
  if (!hasAddress(text)) return text;
  const isShown = isCode(text);
  return text.replace(ADDRESS, (mark, at: number) => (isShown(at) ? mark : withoutEnding(siteUrl, "/")));
}

export function fieldsWithAddress(fields: Fields, siteUrl: string): Fields {
  if (![...fields.values()].some(({ source }) => hasAddress(source))) return fields;
  const site = withoutEnding(siteUrl, "/");
  const written = (text: string) => text.replace(ADDRESS, site);
  const addressed = (value: Value): Value => {
    if (value === null) return null;
    if (typeof value === "string") return written(value);
    if (!isMapValue(value)) return value.map(addressed);
    const members = [...value.members].map(([name, member]) => [name, addressed(member)] as const);
    return { members: new Map(members), source: written(value.source) };
  };
  return new Map(
    [...fields].map(([name, field]) => [
      name,
      { ...field, value: addressed(field.value), source: written(field.source) },
    ]),
  );
}

/** What follows it is for members. */
const PAID = /<!--\s{0,9}members-only\s{0,9}-->/gi;
const GATE = /<!--\s{0,9}kg-gated-block:(begin|end)/gi;
/** What either begins with. */
const MARK = /<!--\s{0,9}(?:members-only|kg-gated-block:)/iy;
const LONGEST_GATE = 600;

/** `isCode` is asked for offsets in ascending order. */
export function paidParts(text: string, isCode: (at: number) => boolean): readonly WithheldPart[] {
  if (!hasAt(text, "<!--", MARK)) return [];
  const marks = [...text.matchAll(PAID), ...text.matchAll(GATE)].sort((a, b) => a.index - b.index);
  const parts: WithheldPart[] = [];
  let open: number | undefined;
  for (const { 1: kind, index } of marks) {
    if (isCode(index)) continue;
    if (kind === undefined) return [...parts, { start: open ?? index, end: text.length }];
    const [options = "", closing] = text.slice(index, index + LONGEST_GATE).split("-->", 2);
    if (closing === undefined) continue;
    if (kind.toLowerCase() === "end") {
      if (open !== undefined) parts.push({ start: open, end: index + options.length + "-->".length });
      open = undefined;
    } else if (!/nonMember\s{0,9}:\s{0,9}true/i.test(options)) open ??= index;
  }
  return open === undefined ? parts : [...parts, { start: open, end: text.length }];
}
