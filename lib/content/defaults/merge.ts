/** Front matter, and what is said for a post elsewhere: its own keys come first. */
import { KEYS } from "../facts/dialects.ts";
import { NESTING } from "../facts/holdingwords.ts";
import { withNested } from "../facts/nested.ts";
import { type Field, isMapValue, type MapValue, type NamedField } from "../frontmatter/types.ts";
import { type Fields, namesOf, textOf, withTaxonomies } from "../frontmatter/values.ts";

/** What is no default of several posts: two of one id would be one. */
const OWN: ReadonlySet<string> = new Set(KEYS.id);

/** For each key the others that say the same: whoever writes `image` does not have the `cover` of the folder. */
const SAME: ReadonlyMap<string, readonly string[]> = new Map(
  Object.values(KEYS).flatMap((names) => names.map((name) => [name, names] as const)),
);

export interface Merging {
  /** Lists that are added up, with what separates names in one text. */
  readonly added?: { readonly name: string; readonly separator: RegExp };
  /** Whether a field by itself holds a post back: then it stays, whatever else is said of the same fact. */
  readonly holdsBack: (named: NamedField) => boolean;
  /** Keys of what the name of the post's file says. */
  readonly inName: readonly string[];
}

/** Each layer counts where those before it say nothing. */
export function withDefaults(own: Fields, layers: readonly Fields[], { added, holdsBack, inName }: Merging): Fields {
  const fields = new Map(own);
  /** Keys that have a value, at the top or below one of those that nest: Hugo reads both as one. */
  const names = new Set<string>();
  const isGiven = (name: string) => names.has(name.toLowerCase());
  const note = (name: string, field: Field) => {
    if (field.value === null) return;
    names.add(name);
    if (NESTING.has(name) && isMapValue(field.value))
      for (const inner of field.value.members.keys()) names.add(inner.toLowerCase());
  };
  for (const [name, field] of fields) note(name, field);
  for (const layer of layers) {
    // What one layer says under two keys stays both, so what it adds is added at its end.
    const found: NamedField[] = [];
    for (const [name, field] of withNested(withTaxonomies(layer))) {
      if (OWN.has(name) || (inName.includes(name) && !holdsBack([name, field]))) continue;
      const former = fields.get(name);
      if (former && former.value !== null) {
        // `author: ""` says that there is none; of `draft: ""` nobody knows what it says.
        if (textOf(former) === undefined && holdsBack([name, field])) found.push([name, field]);
        else if (name === added?.name) found.push([name, addedUp(former, field, added.separator)]);
        else if (isMapValue(former.value) && isMapValue(field.value)) {
          found.push([name, { ...former, value: joined(former.value, without(field.value, isGiven)) }]);
        }
      } else if (NESTING.has(name) && isMapValue(field.value)) {
        found.push([name, { ...field, value: without(field.value, isGiven) }]);
      } else if (!isGiven(name) && (!saysSame(name, fields) || holdsBack([name, field]))) {
        found.push([name, field]);
      }
    }
    for (const [name, field] of found) {
      fields.set(name, field);
      note(name, field);
    }
  }
  return fields;
}

const saysSame = (name: string, fields: Fields): boolean =>
  (SAME.get(name) ?? []).some((other) => other !== name && (fields.get(other)?.value ?? null) !== null);

const without = ({ members, source }: MapValue, isGiven: (name: string) => boolean): MapValue => ({
  members: new Map([...members].filter(([name]) => !isGiven(name))),
  source,
});

/** Two maps as one, at any depth. */
function joined(first: MapValue, second: MapValue): MapValue {
  const members = new Map(first.members);
  for (const [name, value] of second.members) {
    const former = members.get(name) ?? null;
    if (former === null || former === "") members.set(name, value);
    else if (isMapValue(former) && isMapValue(value)) members.set(name, joined(former, value));
  }
  return { members, source: first.source };
}

/** What holds for the folder stands first. */
function addedUp(former: Field, field: Field, separator: RegExp): Field {
  const names = [...new Set([...namesOf(field, separator), ...namesOf(former, separator)])];
  return { ...former, value: names };
}
