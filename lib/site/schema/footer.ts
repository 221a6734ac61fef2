/** The schema of `footer:` in `site.yaml`: what each entry ends with. */
import * as v from "valibot";
import { text } from "./values.ts";

const LONGEST = 2_000;

/** What may stand in braces. */
export const FOOTER_NAMES: readonly string[] = ["url", "title", "site"];

/** An address with a blank in it, which Markdown reads as none. */
const BLANK_IN_ADDRESS = /\]\([^\s()<>]+[ \t](?![ \t]*["'(])[^()<>\n]*\)/;

const NAME = /\{([a-z][\w-]*)\}/gi;

export const unknownNameIn = (footer: string): string | undefined =>
  [...footer.matchAll(NAME)].map(([, name = ""]) => name).find((name) => !FOOTER_NAMES.includes(name));

export const footer = v.pipe(
  text,
  v.maxLength(LONGEST, `must have at most ${LONGEST} characters`),
  v.check(
    (value) => unknownNameIn(value) === undefined,
    ({ input }) => `has {${unknownNameIn(input)}}, which stands for nothing`,
  ),
  v.check((value) => !BLANK_IN_ADDRESS.test(value), "has a blank in an address: write %20 in its place"),
);
