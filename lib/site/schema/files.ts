/** The schemas of what things are called in the public store: `files:` in `site.yaml`, and the `path` of a kind. */
import * as v from "valibot";
import { LIST_FILES, SLUG } from "../names.ts";
import { withoutSlashes } from "../rules.ts";
import { mapOf, text } from "./values.ts";

/** No dots, so that no folder has the name of a document. */
export const PATH = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*(?:\/[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*)*$/u;

const NAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}._-]*$/u;
const MAX_BYTES = 200;
const LISTS: readonly string[] = Object.values(LIST_FILES);

/** The extension says of what type a file is wherever no type is stored with it: in folders, and on most hosts. */
const fileName = (such: string, ...extensions: readonly string[]) =>
  v.pipe(
    text,
    v.transform((name) => name.normalize("NFC")),
    v.check(
      (name) => NAME.test(name) && extensions.some((extension) => name.endsWith(extension) && name !== extension),
      `must be a file name that ends in ${extensions.join(" or ")}, such as ${such}`,
    ),
    v.check((name) => !LISTS.includes(name.toLowerCase()), "is the name of a list of channels: name it otherwise"),
    v.check((name) => Buffer.byteLength(name) <= MAX_BYTES, "must be shorter"),
  );

export const files = mapOf(
  {
    rss: v.optional(fileName("index.xml", ".xml", ".rss")),
    atom: v.optional(fileName("feed.xml", ".xml", ".atom")),
    json: v.optional(fileName("index.json", ".json")),
    page: v.optional(fileName("feeds.html", ".html")),
  },
  "must hold names by format, such as rss: index.xml",
);

/** Folders that have a meaning of their own. */
const RESERVED = /^(?:archive|media|site)\//i;

/** A kind's folder: one part is `{slug}`. */
export const folder = v.pipe(
  text,
  v.transform((path) => `${withoutSlashes(path).normalize("NFC")}/`),
  v.check(
    (path) =>
      path.split("/").filter((part) => part === SLUG).length === 1 && PATH.test(path.replace(SLUG, "x").slice(0, -1)),
    `must be a path of letters, digits, - and _ in which ${SLUG} is one of the parts, such as tag/${SLUG}/`,
  ),
  v.check((path) => !RESERVED.test(path), "must not begin with archive/, media/ or site/, which hold something else"),
  v.check((path) => Buffer.byteLength(path) <= MAX_BYTES, "must be shorter"),
);
