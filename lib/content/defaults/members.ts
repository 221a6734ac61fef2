/** The members of a map as fields of their own, each with the line of the file on which it stands. */
import { visibleName } from "../frontmatter/invisible.ts";
import { asField, type Field, type MapValue } from "../frontmatter/types.ts";
import type { Fields } from "../frontmatter/values.ts";

/** A key at the start of a line, perhaps the first of an item, in quotes, or of a table. */
const KEY = /^[ \t]*(?:-[ \t]+)*\[{0,2}["']?([\w.-]{1,100})["']?\]{0,2}[ \t]*(?:[:=]|$)/;

/**
 * A function that makes such fields of the maps of a file, to be called in their order: values have no lines, so that each key is
 * looked for below the one before.
 */
export function memberFields(text: string): (map: MapValue, within: Field) => Fields {
  const places = Map.groupBy(
    text.split("\n").flatMap((line, i) => {
      const name = KEY.exec(line)?.[1];
      return name === undefined ? [] : [{ name: lastPart(name), line: i + 1 }];
    }),
    ({ name }) => name,
  );
  const used = new Map<string, number>();
  return ({ members }, within) => {
    const fields = new Map<string, Field>();
    for (const [written, value] of members) {
      const name = visibleName(written);
      const found = places.get(name) ?? [];
      let next = used.get(name) ?? 0;
      while ((found[next]?.line ?? Number.POSITIVE_INFINITY) < within.line) next += 1;
      const line = found[next]?.line;
      used.set(name, line === undefined ? next : next + 1);
      fields.set(name, asField(value, { ...within, line: line ?? within.line }));
    }
    return fields;
  };
}

const lastPart = (name: string): string => visibleName(name.slice(name.lastIndexOf(".") + 1));
