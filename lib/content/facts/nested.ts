/** Facts that themes read below a map of their own: `params` (Hugo), `extra` (Zola), the name of a theme (Hexo). */
import { memberFields, type NamedField } from "../frontmatter/types.ts";
import { type Fields, textOf } from "../frontmatter/values.ts";
import { KEYS } from "./dialects.ts";

/** What an id, a date or an address would be there is not known. */
const FACTS: ReadonlySet<string> = new Set([
  ...[...KEYS.authors, ...KEYS.image, ...KEYS.description, ...KEYS.external, ...KEYS.comments],
]);

const MAPS = "params extra butterfly anzhiyu fluid icarus matery next redefine shoka solitude stellar volantis".split(
  " ",
);

/** With these facts as fields of their own, where the post does not give them elsewhere. */
export function withNested(fields: Fields): Fields {
  const found: NamedField[] = [];
  for (const [written, field] of MAPS.flatMap((map) => memberFields(fields.get(map)))) {
    const name = written.toLowerCase();
    if (FACTS.has(name) && !isGiven(name, fields)) found.push([name, field]);
  }
  return found.length === 0 ? fields : new Map([...fields, ...found.toReversed()]);
}

/** Under this key or another that says the same. */
const isGiven = (name: string, fields: Fields): boolean =>
  Object.values(KEYS).some(
    (names: readonly string[]) => names.includes(name) && names.some((each) => textOf(fields.get(each)) !== undefined),
  );
