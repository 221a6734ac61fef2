/** Sites for hosts, and whatever an owner can type as an alias. */
import fc from "fast-check";
import { parseSite } from "../../lib/site/site.ts";
import type { Site } from "../../lib/site/types.ts";

export const HEAD = "title: T\nurl: https://example.com/\nfeeds: https://example.com/feeds/\nsince: 2020\n";

export function siteFrom(yaml: string): Site {
  const read = parseSite(new TextEncoder().encode(yaml), "content", 2026);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.site;
}

/** Signs that configurations take for their own, among others. */
const sign = fc.oneof(
  fc.constantFrom(
    ..."\"'`$\\{}()[]<>;:#!?*=&%@|^~+,. \t\n\r/ab",
    "$" + "{x}",
    "{env.HOME}",
    "$1",
    "%0a",
    "%7B",
    "旧",
    ":splat",
  ),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 2 }),
);
const typed = fc.array(sign, { minLength: 1, maxLength: 8 }).map((signs) => signs.join(""));

const accepted = (yaml: string): boolean => parseSite(new TextEncoder().encode(yaml), "content", 2026).ok;

/** Lines of `site.yaml` with aliases and retired addresses that it accepts. */
export const anyAliases: fc.Arbitrary<string> = fc
  .array(fc.tuple(typed, fc.oneof(typed, fc.constantFrom("rss.xml", "tags/*/rss.xml", "https://example.org/*"))), {
    minLength: 1,
    maxLength: 40,
  })
  .map((pairs) => {
    const known = pairs.filter(([from, to]) => accepted(`${HEAD}retired: ${JSON.stringify({ [from]: to })}\n`));
    const half = Math.ceil(known.length / 2);
    const aliases = known.slice(0, half).filter(([, to]) => !to.startsWith("http"));
    return `aliases: [${JSON.stringify(Object.fromEntries(aliases))}]\nretired: ${JSON.stringify(Object.fromEntries(known.slice(half)))}\n`;
  })
  .filter((lines) => accepted(HEAD + lines));
