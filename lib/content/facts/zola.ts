/** What front matter says in Zola's own way, as fields like those of other generators. */
import { memberFields, type NamedField } from "../frontmatter/types.ts";
import { type Fields, flagOf, textOf } from "../frontmatter/values.ts";
import { KEYS } from "./dialects.ts";
import { mayHoldBack } from "./holdingwords.ts";
import { foldKey } from "./members.ts";

/** Facts that Zola has keys for: what a theme finds under the same names in `[extra]` is something else. */
const OWN = new Set<string>([
  ...[KEYS.title, KEYS.date, KEYS.publishDate, KEYS.tags, KEYS.categories].flat(),
  ...[KEYS.slug, KEYS.permalink, KEYS.canonical, KEYS.id, ["abbrlink"]].flat(),
]);

/** With the facts in `[extra]`, where words that hold a post back are read as they stand; with the address that Zola makes of `path`, and hidden where Zola writes no page. */
export function fieldsOfZola(fields: Fields): Fields {
  const all = new Map([...extraIn(fields), ...fields]);
  const path = fields.get("path");
  const written = textOf(path);
  if (path && written !== undefined) all.set("path", { ...path, value: asAddress(written) });
  const render = fields.get("render");
  if (render && flagOf(render) === false) all.set("hidden", { ...render, value: "true" });
  return all;
}

/** Below the site's address, and with a slash at its end. */
const asAddress = (path: string): string => `${path.startsWith("/") ? "" : "/"}${path}${path.endsWith("/") ? "" : "/"}`;

const extraIn = (fields: Fields): readonly NamedField[] =>
  memberFields(fields.get("extra")).flatMap(([written, field]) => {
    const name = written.toLowerCase();
    return OWN.has(name) || mayHoldBack(foldKey(name)) ? [] : [[name, field] as const];
  });
