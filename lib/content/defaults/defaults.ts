/** What is said of a post elsewhere than in its file: by its site generator's files, then by `defaults` in `site.yaml`. */
import { SITE_KEY } from "../../base/problems.ts";
import type { DialectName, Problem } from "../../model.ts";
import { fitsPath } from "../../site/rules.ts";
import type { SiteDefaults } from "../../site/types.ts";
import { parseDate } from "../facts/dates.ts";
import { DIALECTS, KEYS } from "../facts/dialects.ts";
import { holderAmong } from "../facts/visibility.ts";
import { asField, type Field, type NamedField, type Value } from "../frontmatter/types.ts";
import { type Fields, textOf } from "../frontmatter/values.ts";
import { readEleventy } from "./eleventy.ts";
import { readHugo } from "./hugo.ts";
import { readJekyll } from "./jekyll.ts";
import { type Merging, withDefaults } from "./merge.ts";
import type { Defaults, DefaultsInput } from "./types.ts";
import { readZola } from "./zola.ts";

/** By dialect; the others have none. */
const READERS: ReadonlyMap<DialectName, (input: DefaultsInput) => Defaults> = new Map([
  ["hugo", readHugo],
  ["jekyll", readJekyll],
  ["eleventy", readEleventy],
  ["zola", readZola],
]);

/** Those whose lists of tags are added up. */
const ADDING: ReadonlySet<string> = new Set(["eleventy"]);

export interface FolderDefaults extends Pick<Defaults, "problems"> {
  /** The keys of the posts that the file is part of, if it is none by itself. */
  readonly partOf: readonly string[];
  /** The fields of a post, and of the defaults what they leave open. */
  readonly complete: (own: Fields) => Fields;
}

const NONE: FolderDefaults = { problems: [], partOf: [], complete: (own) => own };

/** Of a file that is kept back for its place nothing is asked. */
export function folderDefaults(input: DefaultsInput): FolderDefaults {
  const { key, dialect, place, site } = input;
  if (place.aside || fitsPath(site.exclude.paths, key)) return NONE;
  const { layers, problems, partOf = [] } = readGenerators(input);
  const own = site.defaults.filter(({ paths }) => fitsPath(paths, key)).map(fieldsOf);
  if (layers.length === 0 && own.length === 0) return { ...NONE, problems, partOf };
  const isDate = (field: Field) => parseDate(textOf(field) ?? "", site.timezone) !== undefined;
  const holdsBack = (named: NamedField) => holderAmong([named], place, isDate) !== undefined;
  const inName = [
    ...(place.language === undefined ? [] : KEYS.language),
    ...(place.date === undefined ? [] : KEYS.date),
  ];
  const adding: Merging = { holdsBack, inName, added: { name: "tags", separator: DIALECTS[dialect].separator.plural } };
  return {
    problems,
    partOf,
    complete: (fields) => {
      const generated = withDefaults(fields, layers, ADDING.has(dialect) ? adding : { holdsBack, inName });
      // Of several that fit the last one counts, as of a key that is given twice.
      return withDefaults(generated, own.toReversed(), { holdsBack, inName });
    },
  };
}

/** Front matter seldom tells Hugo's posts from Zola's: where the site does not say which it is, what either holds back is. */
const ALIKE: readonly DialectName[] = ["hugo", "zola"];

function readGenerators(input: DefaultsInput): Defaults {
  const { dialect, site } = input;
  const isGuessed = site.dialect === undefined && ALIKE.includes(dialect);
  const read = (isGuessed ? ALIKE : [dialect]).flatMap((each) => READERS.get(each)?.(input) ?? []);
  return {
    layers: read.flatMap(({ layers }) => layers),
    problems: withoutTwins(read.flatMap(({ problems }) => problems)),
    partOf: read.flatMap(({ partOf = [] }) => partOf),
  };
}

/** Both may have read the same file. */
const withoutTwins = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((each) => [JSON.stringify(each), each] as const)).values(),
];

const fields = new WeakMap<SiteDefaults, Fields>();

function fieldsOf(given: SiteDefaults): Fields {
  const known = fields.get(given);
  if (known) return known;
  const made = new Map(
    Object.entries(given.values).map(([name, value]) => {
      const line = given.lines[name] ?? 1;
      return [name.toLowerCase(), asField(toValue(value), { line, file: SITE_KEY })] as const;
    }),
  );
  fields.set(given, made);
  return made;
}

/** As front matter would have it, where each scalar is the text that was written. */
function toValue(given: unknown): Value {
  if (given === null || given === undefined) return null;
  if (Array.isArray(given)) return given.map(toValue);
  if (typeof given !== "object") return String(given);
  const members = Object.entries(given).map(([name, member]) => [name, toValue(member)] as const);
  return { members: new Map(members), source: JSON.stringify(given) };
}
