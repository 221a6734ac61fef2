/** The shape of the owner's config: which keys there are, and the type of each. */
import * as v from "valibot";
import { foldedWord, nearest } from "../lib/base/nearest.ts";
import { type UnknownKey, unknownKeysIn } from "../lib/site/schema/unknown.ts";

const unquoted = (what: string) => (issue: v.BaseIssue<unknown>) =>
  `${what}${typeof issue.input === "string" ? ", without quotes" : ""}`;
const text = v.string("text, in quotes");
const flag = v.boolean(unquoted("true or false"));
const number = v.number(unquoted("a number"));
const texts = v.array(text, ({ input }) => `a list, ${shown([input])}`);

/** `Config` of `settings.ts` as it is when it runs: types are stripped, not checked. */
const SCHEMA = v.looseObject(
  {
    name: text,
    content: text,
    account: v.optional(text),
    domain: v.optional(text),
    furtherDomains: v.optional(texts),
    certificateArn: v.optional(text),
    distribution: v.optional(
      v.looseObject({ id: text, logSource: v.optional(text) }, 'keys and values, { id: "E2QWRUHAPOMQZL" }'),
    ),
    contentBucket: v.optional(text),
    alarmEmail: v.optional(text),
    github: v.optional(
      v.looseObject(
        { subject: v.union([text, texts], "text, in quotes, or a list of such"), provider: v.optional(text) },
        'keys and values, { subject: "repo:you/blog:ref:refs/heads/main" }',
      ),
    ),
    retention: v.optional(
      v.looseObject(
        { logs: v.optional(number), versions: v.optional(number) },
        "keys and values, { logs: 30, versions: 30 }",
      ),
    ),
    posts: v.optional(number),
    memory: v.optional(number),
    parallel: v.optional(flag),
    webhookConcurrency: v.optional(number),
    write: v.optional(flag),
    dashboard: v.optional(flag),
    deleteBuckets: v.optional(flag),
  },
  'keys and values, { name: "dripfeed", content: "content" }',
);

/** Of what every config has. */
const EXAMPLES: { readonly [path: string]: string } = {
  name: 'such as "dripfeed"',
  content: 'the folder that site.yaml is in, such as "content"',
  "distribution.id": 'such as "E2QWRUHAPOMQZL"',
  "github.subject": 'such as "repo:you/blog:ref:refs/heads/main"',
};

export type Given = Partial<v.InferOutput<typeof SCHEMA>>;

export interface Shape {
  /** The keys whose values have their type. */
  readonly sound: Given;
  /** The others that are given, or missing. */
  readonly misshapen: ReadonlySet<string>;
  /** Each as text, those of unknown keys included. */
  readonly problems: readonly string[];
}

export function shapeOf(config: unknown): Shape {
  const { issues = [] } = v.safeParse(SCHEMA, config);
  const misshapen = new Set(issues.map(({ path }) => String(path?.[0].key)));
  const sound = Object.fromEntries(Object.entries(config ?? {}).filter(([key]) => !misshapen.has(key)));
  return {
    sound,
    misshapen,
    problems: [...unknownKeysIn(SCHEMA, config, []).map(unknownKey), ...issues.map(misshape)],
  };
}

const KEYS_WITHIN = Object.entries(SCHEMA.entries).flatMap(([key, part]) =>
  "wrapped" in part && "entries" in part.wrapped
    ? Object.keys(part.wrapped.entries).map((inner) => [key, inner] as const)
    : [],
);

function unknownKey({ path, allowed }: UnknownKey): string {
  const [key = "", ...within] = path.toReversed();
  const near = nearest(key, allowed);
  const elsewhere = KEYS_WITHIN.find(([, inner]) => foldedWord(inner) === foldedWord(key))?.join(".");
  const meant = near === undefined ? elsewhere : [...within.toReversed(), near].join(".");
  const fix = meant === undefined ? `the keys are ${allowed.join(", ")}` : `write ${meant}`;
  return `${path.join(".")} is no key of config; ${fix}`;
}

function misshape({ path, input, message }: v.BaseIssue<unknown>): string {
  if (!path) return `config ${shown(input)}: ${message}`;
  const keys = path.map(({ key }) => String(key));
  const name = keys.join(".").replace(/\.(\d+)$/, "[$1]");
  return input === undefined
    ? `${name} is missing: ${EXAMPLES[name] ?? message}`
    : `${name} ${shown(input)}: ${message}`;
}

/** As it is written in the config. */
export const shown = (value: unknown): string => JSON.stringify(value) ?? String(value);
