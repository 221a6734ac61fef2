/** The schema of channels in `site.yaml`: what a channel carries, the kinds, and the channels that the owner names. */
import * as v from "valibot";
import type { OwnKind } from "../../model.ts";
import { told } from "../fixes/fix.ts";
import { flagFix } from "../fixes/values.ts";
import { kindsWith } from "../kinds.ts";
import { withoutSlashes } from "../rules.ts";
import { folder, PATH } from "./files.ts";
import { language, listOf, mapOf, mapOr, namesOrOne, oneOf, text, wholeNumber, words } from "./values.ts";

export const content = oneOf("full", "summary");

const entries = wholeNumber(1, 1000);
export const limit = mapOr(
  {
    entries: v.optional(entries),
    days: v.optional(wholeNumber(1, 36_500)),
    bytes: v.optional(wholeNumber(1, 100_000_000)),
  },
  entries,
);
export const formats = v.pipe(
  listOf(oneOf("rss", "atom", "json"), "must be a list of rss, atom and json"),
  v.minLength(1, "must name at least one of rss, atom and json"),
  v.transform((given) => [...new Set(given)]),
);

const ruleEntries = {
  limit: v.optional(limit),
  content: v.optional(content),
  formats: v.optional(formats),
  title: v.optional(words),
  description: v.optional(words),
};
/** `false`: no channels of this kind. */
const kind = v.optional(
  mapOr(
    { ...ruleEntries, path: v.optional(folder) },
    v.boolean(told("must be true, false, or hold keys and values", flagFix)),
  ),
);
export const kindRules = (own: readonly OwnKind[]) => mapOf(entriesFor(kindsWith(own), kind));

/** The same schema for each of these keys. */
export const entriesFor = <Key extends string, Schema>(keys: readonly Key[], schema: Schema) =>
  Object.fromEntries(keys.map((key) => [key, schema])) as { readonly [key in Key]: Schema };

const RESERVED = /^(?:tags|categories|authors|languages|sections|archive|site)(?:\/|$)/i;
export const channelPath = v.pipe(
  text,
  v.transform((value) => withoutSlashes(value).normalize("NFC")),
  v.check((value) => PATH.test(value), "must be a path of letters, digits, - and _, such as rural-video"),
  v.check((value) => !RESERVED.test(value), "must not begin with the folder of a kind, such as tags/"),
  v.check((value) => Buffer.byteLength(value) <= 200, "must be shorter"),
);
const namedChannel = (own: readonly OwnKind[]) =>
  mapOf({
    path: channelPath,
    ...ruleEntries,
    language: v.optional(language),
    match: v.optional(oneOf("all", "any"), "any"),
    ...entriesFor(kindsWith(own), v.optional(namesOrOne)),
  });

export const namedChannelsWith = (own: readonly OwnKind[]) =>
  v.pipe(
    v.array(
      namedChannel(own),
      told("must be a list of channels", "write each after a dash: `- { path: rural-video, tags: [village] }`"),
    ),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      const input = dataset.value;
      const paths = new Set<string>();
      for (const [key, value] of input.entries()) {
        const path = value.path.toLowerCase(); // some file systems ignore case
        const [folder = ""] = path.split("/");
        const isTaken = paths.has(path) || own.includes(folder);
        const message = paths.has(path) ? "must have a path of its own" : `must not begin with the folder of ${folder}`;
        const at = { type: "array", origin: "value", input, key, value } as const;
        if (isTaken) addIssue({ message, input: value, path: [at] });
        paths.add(path);
      }
    }),
  );
