/** The schema of `taxonomies:` in `site.yaml`. */
import * as v from "valibot";
import type { OwnKind } from "../../model.ts";
import { isMap, listOf, text } from "./values.ts";

/** Each post may be in channels of each. */
const MOST = 20;
const NAME = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{M}\p{N}_-]*$/u;
/** Kinds that there are, the keys that posts have them under, folders of ours, and what every object has. */
const TAKEN =
  /^(?:tags?|categor(?:y|ies)|authors?|languages?|lang|sections?|channels?|archives?|site|title|date|media|constructor)$/;

const taxonomy = v.pipe(
  text,
  v.transform((name) => name.normalize("NFC")),
  v.regex(NAME, "must be a key of front matter in small letters, such as series"),
  v.check((name) => !TAKEN.test(name), "has a meaning of its own: name another key"),
  v.check((name) => Buffer.byteLength(name) <= 100, "must be shorter"),
);

export const taxonomies = v.pipe(
  listOf(taxonomy, "must be a list of keys of front matter, such as [series]"),
  v.maxLength(MOST, `must have at most ${MOST} names`),
  v.transform((names) => [...new Set(names)]),
);

/** The owner's own kinds in values that need not be valid: other keys of the file may name them. */
export function ownKindsIn(given: unknown): readonly OwnKind[] {
  const named = isMap(given) ? given["taxonomies"] : undefined;
  if (!Array.isArray(named)) return [];
  return [
    ...new Set(
      named
        .slice(0, MOST)
        .flatMap((each) => v.safeParse(taxonomy, each))
        .flatMap((each) => (each.success ? each.output : [])),
    ),
  ];
}
