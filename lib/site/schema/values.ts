/** Schemas of the single values in `site.yaml`, each with the message for a value that does not fit. */
import * as v from "valibot";
import { encodedHref } from "../../base/href.ts";
import { listInWords } from "../../base/text.ts";
import { baseUrlFix, emailFix, urlFix } from "../fixes/address.ts";
import { told, toldAs } from "../fixes/fix.ts";
import { languageFix, tagIn } from "../fixes/languages.ts";
import { choiceFix, colourFix, flagFix, keysFix, listFix, numberFix, textFix } from "../fixes/values.ts";
import { isAbbreviation, zoneFix } from "../fixes/zones.ts";

export const KEYS_AND_VALUES = "must hold keys and values";
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

export const text = v.pipe(
  v.string(told("must be text", textFix)),
  v.trim(),
  v.nonEmpty(told("must not be empty", "write it, or remove the key")),
  v.check((value) => value.isWellFormed() && !CONTROL.test(value), "must hold no control characters"),
);

/** Text on one line. */
export const words = v.pipe(
  text,
  v.transform((value) => value.replace(/[ \t\r\n]+/g, " ")),
);

const anyUrl = (fixOf: (written: string) => string) =>
  v.pipe(
    text,
    v.check(
      (value) => /^https?:\/\//i.test(value) && URL.canParse(value),
      told("must be a URL that starts with https://", fixOf),
    ),
  );

export const webUrl = v.pipe(
  anyUrl(urlFix),
  v.transform((value) => encodedHref(new URL(value))),
);

/** Bytes. A page has some addresses ten times, and is to have less than 30,000. */
const LONGEST = 500;

const isShort = (value: string): boolean => Buffer.byteLength(value) <= LONGEST;
const TOO_LONG = told(`must have at most ${LONGEST} bytes`, () => "write a shorter address");

/** Of a picture that is on every page. */
export const iconUrl = v.pipe(webUrl, v.check(isShort, TOO_LONG));

/** Never written in another way, since ids of channels may be made from it. */
export const baseUrl = v.pipe(
  anyUrl(baseUrlFix),
  v.transform((value) => new URL(value).href),
  v.check((value) => !/[?#]/.test(value), told("must have no ? and no #", baseUrlFix)),
  v.check(
    (value) => !new URL(value).username && !new URL(value).password,
    "must have no user and no password, since all can read it",
  ),
  v.check(isShort, TOO_LONG),
  v.transform((value) => (value.endsWith("/") ? value : `${value}/`)),
);

const COLOUR = 'must be a colour in quotes, such as "#2a9d83"';

/** Six digits in small letters; three mean each one twice (CSS Color 4 §5.2). */
export const colour = v.pipe(
  v.string(told(COLOUR, colourFix)),
  v.trim(),
  v.regex(/^#(?:[\da-f]{3}){1,2}$/i, told(COLOUR, colourFix)),
  v.transform((value) => (value.length === 4 ? value.replace(/[^#]/g, "$&$&") : value).toLowerCase()),
);

export const email = v.pipe(text, v.email(told("must be an e-mail address", emailFix)));

export const language = v.pipe(
  text,
  v.check(
    (value) => tagIn(value) !== undefined,
    told("must be a language tag such as en or zh-CN (BCP 47)", languageFix),
  ),
  v.transform((value) => tagIn(value) ?? value),
);

export const timezone = v.pipe(
  text,
  v.check(isTimezone, told("must be an IANA time zone such as Asia/Shanghai or Europe/Paris", zoneFix)),
);

export const flag = v.boolean(told("must be true or false", flagFix));

export const oneOf = <const Names extends readonly string[]>(...names: Names) =>
  v.picklist(
    names,
    told(`must be ${listInWords(names, "or")}`, (given) => choiceFix(given, names)),
  );

export const wholeNumber = (from: number, to: number) => {
  const because = (message: string) => told(message, (given) => numberFix(given, from, to));
  return v.pipe(
    v.number(because("must be a number")),
    v.integer(because("must be a whole number")),
    v.minValue(from, because(`must be at least ${from}`)),
    v.maxValue(to, because(`must be at most ${to}`)),
  );
};

export const listOf = <const Item extends v.GenericSchema>(item: Item, message: string) =>
  v.array(item, told(message, listFix));

export const names = listOf(words, "must be a list of names");
/** A list of names, or a single name. */
export const namesOrOne = v.lazy((value) =>
  Array.isArray(value)
    ? names
    : v.pipe(
        words,
        v.transform((name) => [name]),
      ),
);

/**
 * A map with these entries. valibot alone would accept a list. Unknown keys are accepted here, since `unknownKeys`
 * reports all of them at once.
 */
export const mapOf = <const Entries extends v.ObjectEntries>(entries: Entries, message = KEYS_AND_VALUES) =>
  v.pipe(
    v.custom<{ readonly [key: string]: unknown }>(
      (value) => isMap(value),
      told(message, keysFix(Object.keys(entries))),
    ),
    v.looseObject(entries, message),
  );

type Texts = v.GenericSchema<unknown, string>;

/** A map of paths or names. valibot's `record` would leave out `prototype` and `constructor`, which may be among them. */
export const pairsOf = (name: Texts, value: Texts, message: v.ErrorMessage<v.CustomIssue>) =>
  v.pipe(
    v.custom<{ readonly [name: string]: unknown }>((given) => isMap(given), message),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const input: { [name: string]: unknown } = dataset.value;
      const pairs = Object.entries(input).map(([key, each]): readonly [string, string] | undefined => {
        const [read, found] = [v.safeParse(name, key), v.safeParse(value, each)];
        for (const issue of [...(read.issues ?? []), ...(found.issues ?? [])])
          addIssue({
            message: toldAs(issue),
            input: issue.input,
            path: [{ type: "object", origin: "value", input, key, value: each }],
          });
        return read.success && found.success ? [read.output, found.output] : undefined;
      });
      const whole = pairs.filter((pair) => pair !== undefined);
      return whole.length < pairs.length ? NEVER : Object.fromEntries(whole);
    }),
  );

/** A map with these entries, or a simpler value in its place. */
export const mapOr = <
  const Entries extends v.ObjectEntries,
  Other extends v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>,
>(
  entries: Entries,
  other: Other,
) => v.lazy((value) => (isMap(value) ? mapOf(entries) : other));

export function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTimezone(name: string): boolean {
  if (isAbbreviation(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
