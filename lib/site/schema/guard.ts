/** The schema of `guard:` in `site.yaml`. */
import * as v from "valibot";
import { mapOf, mapOr, wholeNumber } from "./values.ts";

/** The most posts that may change in one run before it looks like an accident; `false`: any number. */
const allowance = (posts: number, percent: number) =>
  v.optional(
    mapOr(
      { posts: v.optional(wholeNumber(0, 1_000_000), posts), percent: v.optional(wholeNumber(0, 100), percent) },
      v.literal(false, "must be false, or hold posts and percent"),
    ),
    {},
  );
export const guard = mapOf({
  gone: allowance(10, 10),
  ids: allowance(5, 1),
  updated: allowance(20, 20),
  published: allowance(20, 20),
  // CloudFront compresses no larger files.
  bytes: v.optional(
    v.lazy((value) =>
      typeof value === "number" ? wholeNumber(1000, 1_000_000_000) : v.literal(false, "must be false or a number"),
    ),
    10_000_000,
  ),
});
