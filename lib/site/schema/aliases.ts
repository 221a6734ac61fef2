/** The schemas of `aliases:`, `retired:` and `renamed:` in `site.yaml`. */
import * as v from "valibot";
import type { OwnKind } from "../../model.ts";
import { ALIAS_LISTS, type AliasList } from "../aliases.ts";
import { told } from "../fixes/fix.ts";
import { FIXED_KINDS } from "../kinds.ts";
import { type Renaming, renamingOf, sameName } from "../renamed.ts";
import type { Renamed } from "../types.ts";
import { channelPath, entriesFor } from "./channels.ts";
import { language, listOf, mapOf, oneOf, pairsOf, text, webUrl, words } from "./values.ts";

const NO_ALIAS = /[#\s\\]|\/\/|(?:^|\/)\.\.?(?:[/?]|$)/;
const aliasPath = v.pipe(
  text,
  v.check((value) => !NO_ALIAS.test(value), "must be a path such as feed/ or old/atom.xml"),
  v.transform((value) => value.replace(/^\/+/, "")),
);
const pairs = pairsOf(
  aliasPath,
  aliasPath,
  `must be one of ${ALIAS_LISTS.join(", ")}, or a path and its target, such as old/feed.xml: rss.xml`,
);
export const aliases = listOf(
  v.lazy((value) => (typeof value === "string" ? oneOf(...(ALIAS_LISTS as readonly [AliasList])) : pairs)),
  `must be a list of systems, or of paths and their targets`,
);

/** The target of a retired feed that has no successor. */
export const GONE = "gone";

export const retired = pairsOf(
  aliasPath,
  v.lazy((value) => (typeof value === "string" && /^https?:/i.test(value) ? webUrl : aliasPath)),
  told(
    "must be paths and what became of them",
    "write a path and its successor, or gone: `{ old/feed.xml: rss.xml, older.xml: gone }`",
  ),
);

const pairOf = (name: v.GenericSchema<string | readonly string[], string | readonly string[]>, such: string) => {
  const message = `must be the old name and the new one, such as ${such}`;
  return v.optional(
    v.pipe(
      v.array(name, message),
      v.length(2, message),
      v.transform(([from = "", to = ""]) => ({ from: [from].flat(), to: [to].flat() })),
    ),
  );
};
/** A path such as `Drinks/Tea`, or the list of its parts, which may then hold slashes. */
const categoryPath = v.lazy((value) =>
  Array.isArray(value)
    ? v.pipe(v.array(words), v.minLength(1, "must name a category"))
    : v.pipe(
        words,
        v.transform((path) => path.split("/").flatMap((part) => part.trim() || [])),
        v.minLength(1, "must name a category"),
      ),
);
const pairOfNames = pairOf(words, "[old, new]");
const renamedEntries = {
  ...entriesFor(FIXED_KINDS, pairOfNames),
  categories: pairOf(categoryPath, "[Drinks/Tea, Tea]"),
  languages: pairOf(language, "[zh, zh-CN]"),
  channels: pairOf(channelPath, "[old/path, new/path]"),
};

export type Pairs = { readonly [kind in Renamed["kind"]]?: Pick<Renamed, "from" | "to"> | undefined };

/** One after the other, each with the place at which it stands in the list. */
export function renamedIn(
  given: readonly Pairs[],
  own: readonly OwnKind[],
): readonly (Renamed & { readonly at: number })[] {
  const kinds = [...Object.keys(renamedEntries), ...own];
  return given.flatMap((pairs, at) =>
    kinds.flatMap((kind) => {
      const pair = pairs[kind];
      return pair ? [{ at, kind, ...pair }] : [];
    }),
  );
}

export const renamedWith = (own: readonly OwnKind[]) =>
  v.pipe(
    v.array(
      mapOf({ ...renamedEntries, ...entriesFor(own, pairOfNames) }),
      "must be a list, such as - tags: [old, new]",
    ),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const input = dataset.value as readonly Pairs[];
      const all = renamedIn(input, own);
      const renaming = renamingOf(all);
      for (const each of all) {
        const { at, kind, from, to } = each;
        const said = mistakeIn(each, renaming);
        if (said === undefined) continue;
        const value = input[at] ?? {};
        addIssue({
          message: `${from.join("/")}: ${to.join("/")} ${said}`,
          path: [
            { type: "array", origin: "value", input: dataset.value, key: at, value },
            { type: "object", origin: "value", input: value, key: kind, value: value[kind] },
          ],
        });
      }
    }),
  );

function mistakeIn(each: Renamed, { firstOf, present }: Renaming): string | undefined {
  if (sameName(each.from, each.to))
    return "is one name in two spellings, with one address: there is nothing to redirect";
  if (firstOf(each) !== each) return "is the second new name of one channel: keep one of the two";
  if (present(each) === undefined) return "leads back to the old name: a redirect from there would never end";
  return undefined;
}
