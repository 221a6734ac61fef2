/** Problems of keys and values in `site.yaml`, with their lines. */
import { closest, distance } from "fastest-levenshtein";
import type * as v from "valibot";
import { type Document, isCollection, isMap, isNode, isScalar, type LineCounter, type Pair, type YAMLMap } from "yaml";
import { present } from "../base/optional.ts";
import { SITE_KEY, siteProblem } from "../base/problems.ts";
import type { Problem } from "../model.ts";
import type { Misplaced } from "./places.ts";
import { FOOTER_NAMES, unknownNameIn } from "./schema/footer.ts";
import type { UnknownKey } from "./schema/unknown.ts";

type LineOf = (path: readonly string[]) => number | undefined;

/** `authors.ada.name`, `posts[0]` */
const nameOf = (path: readonly string[]): string =>
  path.reduce((whole, part) => (/^\d+$/.test(part) ? `${whole}[${part}]` : `${whole}.${part}`), "").slice(1);

const MAX_RESEMBLING = 50;

/** With the nearest allowed key as its fix, if there is one. */
export function unknownKeyProblem({ path, allowed }: UnknownKey, lineOf: LineOf): Problem {
  const line = lineOf(path);
  const key = path.at(-1) ?? "";
  // A key that is far longer than all of them is near to none.
  const nearest = key.length <= MAX_RESEMBLING ? closest(key, [...allowed]) : undefined;
  const isClose =
    nearest !== undefined && distance(key.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, key.length / 3);
  const keys = `the keys are ${allowed.join(", ")}`;
  const remove = path[0] === "kinds" && path.length === 2 ? "remove it, or name it under `taxonomies`" : "remove it";
  const fix = isClose ? `write ${nearest} instead` : `${remove}; ${keys}`;
  return siteProblem("site-key", `${nameOf(path)} is no key of ${SITE_KEY}`, {
    ...present({ line }),
    fix,
  });
}

export function issueProblem(issue: v.BaseIssue<unknown>, lineOf: LineOf): Problem {
  const path = (issue.path ?? []).map(({ key }) => String(key));
  const line = lineOf(path);
  if (issue.input === undefined) {
    return siteProblem("site-value", `${nameOf(path)} is missing`, {
      ...present({ line }),
      fix: `add ${nameOf(path)} to ${SITE_KEY}`,
    });
  }
  return siteProblem(
    "site-value",
    `${nameOf(path)} ${issue.message}`,
    present({ line, fix: fixOf(path, issue.input) }),
  );
}

export const misplacedProblem = ({ path, message, fix }: Misplaced, lineOf: LineOf): Problem =>
  siteProblem("site-value", `${nameOf(path)} ${message}`, { fix, ...present({ line: lineOf(path) }) });

/** Of a value within a key whose values are the owner's own. */
function fixOf([key, name = "slideshare"]: readonly string[], input: unknown): string | undefined {
  if (key === "footer" && typeof input === "string") {
    const unknown = unknownNameIn(input)?.slice(0, MAX_RESEMBLING);
    return (
      unknown && `write {${closest(unknown, [...FOOTER_NAMES])}} instead; there are {${FOOTER_NAMES.join("}, {")}}`
    );
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
