/** Problems of keys and values in `site.yaml`, with their lines. */
import type * as v from "valibot";
import { type Document, isCollection, isMap, isNode, isScalar, type LineCounter, type Pair, type YAMLMap } from "yaml";
import { nearest } from "../base/nearest.ts";
import { present } from "../base/optional.ts";
import { SITE_KEY, siteProblem } from "../base/problems.ts";
import type { Problem } from "../model.ts";
import { fixOf } from "./fixes/fix.ts";
import { keyMeant } from "./fixes/keys.ts";
import type { Misplaced } from "./places.ts";
import { FOOTER_NAMES, unknownNameIn } from "./schema/footer.ts";
import type { UnknownKey } from "./schema/unknown.ts";
import { keysBelow } from "./schema.ts";

type LineOf = (path: readonly string[]) => number | undefined;

/** `authors.ada.name`, `posts[0]` */
const nameOf = (path: readonly string[]): string =>
  path.reduce((whole, part) => (/^\d+$/.test(part) ? `${whole}[${part}]` : `${whole}.${part}`), "").slice(1);

/** Each with the key that was meant as its fix, if that can be known. */
export function unknownKeyProblems(unknown: readonly UnknownKey[], lineOf: LineOf): readonly Problem[] {
  const below = unknown.length > 0 ? keysBelow() : new Map<string, readonly string[]>();
  return unknown.map((each) => unknownKeyProblem(each, below, lineOf));
}

function unknownKeyProblem(
  { path, allowed }: UnknownKey,
  below: ReadonlyMap<string, readonly string[]>,
  lineOf: LineOf,
): Problem {
  const line = lineOf(path);
  const keys = `the keys are ${allowed.join(", ")}`;
  const remove = path[0] === "kinds" && path.length === 2 ? "remove it, or name it under `taxonomies`" : "remove it";
  const fix = keyMeant(path, allowed, below) ?? `${remove}; ${keys}`;
  return siteProblem("site-key", `${nameOf(path)} is no key of ${SITE_KEY}`, {
    ...present({ line }),
    fix,
  });
}

/** What to write for a key that every site has. */
const ADDED: { readonly [name: string]: string } = {
  title: "the name of the site: `title: My site`",
  url: "its address: `url: https://example.com/`",
  since: "a year since which the domain is yours, such as that of the first post: `since: 2020`",
};

export function issueProblem(issue: v.BaseIssue<unknown>, lineOf: LineOf): Problem {
  const path = (issue.path ?? []).map(({ key }) => String(key));
  const line = lineOf(path);
  if (issue.input === undefined) {
    return siteProblem("site-value", `${nameOf(path)} is missing`, {
      ...present({ line }),
      fix: `add ${ADDED[nameOf(path)] ?? `\`${path.at(-1)}: …\``}`,
    });
  }
  const fix = fixWithin(path, issue.input) ?? fixOf(issue);
  return siteProblem("site-value", `${nameOf(path)} ${issue.message}`, present({ line, fix }));
}

export const misplacedProblem = ({ path, message, fix }: Misplaced, lineOf: LineOf): Problem =>
  siteProblem("site-value", `${nameOf(path)} ${message}`, { fix, ...present({ line: lineOf(path) }) });

/** Of a value within a key whose values are the owner's own. */
function fixWithin([key, name = "slideshare"]: readonly string[], input: unknown): string | undefined {
  if (key === "footer" && typeof input === "string") {
    const unknown = unknownNameIn(input);
    const near = unknown && nearest(unknown, FOOTER_NAMES);
    const names = `there are {${FOOTER_NAMES.join("}, {")}}`;
    return unknown && (near === undefined ? `remove it; ${names}` : `write {${near}} instead; ${names}`);
  }
  if (key !== "templates") return undefined;
  return `write \`${name}: drop\`, \`${name}: content\`, or the text itself: \`${name}: '<a href="https://example.com/{0}">{title}</a>'\``;
}

/** `accent: #2a9d83`: YAML takes the colour for a comment, and so the key for one without a value. */
export function bareColourProblems({ contents }: Document.Parsed, lineOf: LineOf): readonly Problem[] {
  if (!isMap(contents)) return [];
  return contents.items.flatMap(({ key, value }) => {
    const isBare = isScalar(value) && value.value === null && /^(?:[\da-f]{3}){1,2}\s*$/i.test(value.comment ?? "");
    if (!isScalar(key) || !isBare) return [];
    const name = String(key.value);
    const line = lineOf([name]);
    const fix = `write ${name}: "#${value.comment?.trim()}"`;
    return [
      siteProblem("site-value", `${name} has no value, since YAML takes a bare # for a comment`, {
        fix,
        ...present({ line }),
      }),
    ];
  });
}

/** Finds the line of the deepest part of a path that the file has. */
export function lineFinder(document: Document.Parsed, lines: LineCounter): LineOf {
  const pairs = new Map<YAMLMap, ReadonlyMap<string, Pair>>();
  const pairsOf = (map: YAMLMap) => {
    const known = pairs.get(map) ?? pairsByName(map);
    pairs.set(map, known);
    return known;
  };
  return (path) => {
    let node: unknown = document.contents;
    let offset: number | undefined;
    for (const part of path) {
      if (!isCollection(node)) break;
      if (isMap(node)) {
        const pair = pairsOf(node).get(part);
        if (!pair) break;
        if (isNode(pair.key)) offset = pair.key.range?.[0];
        node = pair.value;
      } else {
        node = node.items[Number(part)];
        if (isNode(node)) offset = node.range?.[0];
      }
    }
    return offset === undefined ? undefined : lines.linePos(offset).line;
  };
}

/** Of keys that are one as text (`1` and `"1"`) the first. */
function pairsByName({ items }: YAMLMap): ReadonlyMap<string, Pair> {
  const named = items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair] as const] : []));
  return new Map(named.toReversed());
}
