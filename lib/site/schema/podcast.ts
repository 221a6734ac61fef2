/** The schema of `podcast:` in `site.yaml`. */
import * as v from "valibot";
import { told, write } from "../fixes/fix.ts";
import { categoryMeant, categoryPath, isItunesCategory, PODCAST_MEDIUMS } from "../podcast.ts";
import { email, flag, listOf, mapOf, oneOf, text, webUrl, words } from "./values.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const CATEGORIES =
  "write one of https://podcasters.apple.com/support/1691-apple-podcasts-categories, in English; some are within another";
const itunesCategory = v.pipe(
  words,
  v.check(
    isItunesCategory,
    told("must be a category of Apple's, such as `Technology` or `Arts > Books`", (given: string) => {
      const meant = categoryMeant(given);
      return meant === undefined ? CATEGORIES : write(meant);
    }),
  ),
  v.transform(categoryPath),
);
const person = mapOf({
  name: words,
  role: v.optional(words),
  group: v.optional(words),
  image: v.optional(webUrl),
  url: v.optional(webUrl),
});
export const podcast = mapOf({
  channel: v.optional(text, "site"),
  guid: v.optional(v.pipe(text, v.regex(UUID, told("must be a UUID", "leave it out: one is made, and kept")))),
  medium: v.optional(oneOf(...PODCAST_MEDIUMS), "podcast"),
  categories: v.pipe(
    listOf(itunesCategory, "must be a list of categories"),
    v.minLength(1, told("must name a category", "write [Technology], or another of Apple's")),
  ),
  explicit: v.optional(flag, false),
  type: v.optional(oneOf("episodic", "serial"), "episodic"),
  image: v.optional(webUrl),
  author: v.optional(words),
  owner: v.optional(mapOf({ name: v.optional(words), email })),
  locked: v.optional(flag),
  funding: v.optional(v.array(mapOf({ url: webUrl, text: v.optional(words) }), "must be a list"), []),
  persons: v.optional(v.array(person, "must be a list of people"), []),
  newFeedUrl: v.optional(webUrl),
  complete: v.optional(flag),
});
