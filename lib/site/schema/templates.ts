/** The schemas of `templates:` and `variables:` in `site.yaml`: what the owner's own tags and values stand for. */
import * as v from "valibot";
import { foldedName } from "../../base/names.ts";
import { isMap, text } from "./values.ts";

const LONGEST_TEMPLATE = 5_000;
const MOST_TEMPLATES = 1_000;

/** What to write, after the name of an entry. */
const MEANINGS = "drop, content, or in quotes the HTML or Markdown that it stands for";

/** A single word is `drop` or `content`, perhaps misspelt: as a text to show it would be in every post. */
const isMeaning = (value: string): boolean => value === "drop" || value === "content" || !/^[a-z]+$/i.test(value);

const template = v.pipe(
  v.string(`must be ${MEANINGS}`),
  text,
  v.maxLength(LONGEST_TEMPLATE, `must have at most ${LONGEST_TEMPLATE} characters`),
  v.check(isMeaning, `must be ${MEANINGS}`),
  v.check(
    (value) => !/\{%|\{\{/.test(value),
    "can hold no {{ … }} and no {% … %}: its arguments are {0}, {1}, {name} and {content}, and there is no logic",
  ),
);

/** By the name of a tag, shortcode, include, component or container. */
export const templates = v.pipe(
  v.record(v.string(), template, "must hold names, each with drop, content or a text"),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const names = Object.keys(dataset.value);
    if (names.length > MOST_TEMPLATES) addIssue({ message: `must have at most ${MOST_TEMPLATES} names` });
    const known = new Map<string, string>();
    for (const name of names) {
      const first = known.get(foldedName(name));
      if (first === undefined) known.set(foldedName(name), name);
      else addIssue({ message: `cannot have both ${first} and ${name}, which are one name`, ...at(dataset, name) });
    }
  }),
);

/** The place of an issue about one key. */
function at({ value }: { readonly value: { readonly [key: string]: string } }, key: string) {
  const item: v.ObjectPathItem = { type: "object", origin: "key", input: value, key, value: value[key] };
  return { path: [item] as [v.ObjectPathItem] };
}

/** Maps within maps. */
const DEEPEST = 10;
const MOST_VALUES = 10_000;
const LONGEST_VALUE = 20_000;

export type Variables = { readonly [name: string]: string | number | boolean | Variables };

/** Texts, numbers and maps of them. What does not fit is named by its path. */
export const variables = v.pipe(
  v.custom<Variables>(isMap, "must hold names and values"),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    let values = 0;
    const check = (map: object, above: readonly v.ObjectPathItem[]): void => {
      for (const [key, value] of Object.entries(map)) {
        const item: v.ObjectPathItem = { type: "object", origin: "value", input: { ...map }, key, value };
        const path: [v.ObjectPathItem, ...v.ObjectPathItem[]] = [...above, item] as never;
        values += 1;
        if (values === MOST_VALUES + 1) addIssue({ message: `has more than ${MOST_VALUES} values up to here`, path });
        if (values > MOST_VALUES) return;
        if (isMap(value)) {
          if (path.length < DEEPEST) check(value, path);
          else addIssue({ message: `is nested more than ${DEEPEST} levels deep`, path });
        } else if (typeof value === "string" ? value.length > LONGEST_VALUE : !isScalar(value)) {
          addIssue({
            message: `must be a text of at most ${LONGEST_VALUE} characters, a number, or keys with such values`,
            path,
          });
        }
      }
    };
    check(dataset.value, []);
  }),
);

const isScalar = (value: unknown): boolean => typeof value === "number" || typeof value === "boolean";
