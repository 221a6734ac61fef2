/** The schema of `guard:` in `site.yaml`. */
import * as v from "valibot";
import { told } from "../fixes/fix.ts";
import { mapOf, mapOr, wholeNumber } from "./values.ts";

/** The most posts that may change in one run before it looks like an accident; `false`: any number. */
const allowance = (posts: number, percent: number) =>
  v.optional(
    mapOr(
      { posts: v.optional(wholeNumber(0, 1_000_000), posts), percent: v.optional(wholeNumber(0, 100), percent) },
      v.literal(
        false,
        told("must be false, or hold posts and percent", `write { posts: ${posts}, percent: ${percent} }, or false`),
      ),
    ),
    {},
  );

/** The most that a run may make before it looks like an accident; `false`: any amount. */
const amount = (number: number, perPost: number) =>
  v.optional(
    mapOr(
      { number: v.optional(wholeNumber(0, 1e15), number), perPost: v.optional(wholeNumber(0, 1e12), perPost) },
      v.literal(
        false,
        told("must be false, or hold number and perPost", `write { number: ${number}, perPost: ${perPost} }, or false`),
      ),
    ),
    {},
  );

/** `false`: no limit. */
const limit = (from: number, to: number, usual: number) =>
  v.optional(
    v.lazy((value) =>
      typeof value === "number"
        ? wholeNumber(from, to)
        : v.literal(false, told("must be false or a number", `write a whole number from ${from} to ${to}, or false`)),
    ),
    usual,
  );

export const guard = mapOf({
  gone: allowance(10, 10),
  ids: allowance(5, 1),
  updated: allowance(20, 20),
  published: allowance(20, 20),
  // CloudFront compresses no larger files.
  bytes: limit(1000, 1_000_000_000, 10_000_000),
  tags: limit(1, 1_000_000, 500),
  // A blog has a few new names a post at its first publication, and four documents a channel.
  channels: amount(5_000, 20),
  documents: amount(20_000, 100),
  written: amount(1_000_000_000, 2_000_000),
});
