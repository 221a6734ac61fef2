/** The schemas of `aliases:` and `retired:` in `site.yaml`. */
import * as v from "valibot";
import { ALIAS_LISTS, type AliasList } from "../aliases.ts";
import { isMap, oneOf, text, webUrl } from "./values.ts";

const NO_ALIAS = /[#\s\\]|\/\/|(?:^|\/)\.\.?(?:[/?]|$)/;
const aliasPath = v.pipe(
  text,
  v.check((value) => !NO_ALIAS.test(value), "must be a path such as feed/ or old/atom.xml"),
  v.transform((value) => value.replace(/^\/+/, "")),
);
const pairs = v.pipe(
  v.custom<{ readonly [from: string]: unknown }>(
    (value) => isMap(value),
    `must be one of ${ALIAS_LISTS.join(", ")}, or a path and its target, such as old/feed.xml: rss.xml`,
  ),
  v.record(aliasPath, aliasPath),
);
export const aliases = v.array(
  v.lazy((value) => (typeof value === "string" ? oneOf(...(ALIAS_LISTS as readonly [AliasList])) : pairs)),
  "must be a list",
);

/** The target of a retired feed that has no successor. */
export const GONE = "gone";

export const retired = v.pipe(
  v.custom<{ readonly [from: string]: unknown }>(
    (value) => isMap(value),
    "must be paths and what became of them, such as old/feed.xml: rss.xml, or old/feed.xml: gone",
  ),
  v.record(
    aliasPath,
    v.lazy((value) => (typeof value === "string" && /^https?:/i.test(value) ? webUrl : aliasPath)),
  ),
);
