/** `site.yaml` → Site, or all its problems at once, each with its line. */
import * as v from "valibot";
import { isMap } from "yaml";
import { present } from "../base/optional.ts";
import { SITE_KEY, siteProblem, yamlFix } from "../base/problems.ts";
import { lineOfLaughs, MAX_YAML_ERRORS, type ParsedYaml, parseYaml, repeatedKeys, YamlTooLarge } from "../base/yaml.ts";
import type { Problem } from "../model.ts";
import { completeSite } from "./complete.ts";
import { misplacedIn } from "./places.ts";
import { bareColourProblems, issueProblem, lineFinder, misplacedProblem, unknownKeyProblems } from "./problems.ts";
import { ownKindsIn } from "./schema/taxonomies.ts";
import { isMap as isPlainMap } from "./schema/values.ts";
import { siteSchema, unknownKeys } from "./schema.ts";
import { MAX_SITE_BYTES } from "./size.ts";
import type { Site } from "./types.ts";

export type SiteResult =
  | { readonly ok: true; readonly site: Site }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** One mistake may be made in every line. */
const MAX_PROBLEMS = 1_000;

interface Parsed {
  readonly from: readonly [bytes: Uint8Array, store: string, year: number];
  readonly result: SiteResult;
}

/** The last result: as long as the file is unchanged, callers get the same object, and may cache by it. */
let latest: Parsed | undefined;

/**
 * Takes the bytes of `site.yaml`, or nothing where `store` (a name, for the message) has none, and the present year.
 * Never throws.
 */
export function parseSite(bytes: Uint8Array | undefined, store: string, year: number): SiteResult {
  if (!bytes) return parse(bytes, store, year);
  if (latest && isSame(latest.from, [bytes, store, year])) return latest.result;
  const result = parse(bytes, store, year);
  latest = { from: [bytes.slice(), store, year], result };
  return result;
}

const isSame = ([bytes, ...rest]: Parsed["from"], [others, ...more]: Parsed["from"]): boolean =>
  rest.every((each, i) => each === more[i]) && Buffer.compare(bytes, others) === 0;

function parse(bytes: Uint8Array | undefined, store: string, year: number): SiteResult {
  const fail = (...problems: Problem[]): SiteResult => ({ ok: false, problems });
  if (!bytes) return fail(siteProblem("site-missing", `${store} has no ${SITE_KEY}`));

  if (bytes.length > MAX_SITE_BYTES) {
    const fix = "shorten its longest list: aliases, retired and renamed may hold patterns, exclude folders";
    return fail(siteProblem("too-slow", `the file has more than ${MAX_SITE_BYTES / 1_000_000} MB`, { fix }));
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return fail(siteProblem("site-encoding", "the file is not valid UTF-8"));
  }

  let parsed: ParsedYaml;
  try {
    parsed = parseYaml(text);
  } catch (error) {
    return fail(unreadable((error as Error).message, error instanceof YamlTooLarge ? error.line : undefined));
  }
  const { document, lines } = parsed;
  const repeated = repeatedKeys(document);
  const errors =
    repeated.length === 0 ? document.errors : [...document.errors, ...repeated].sort((a, b) => a.pos[0] - b.pos[0]);
  if (errors.length > 0) {
    return fail(
      ...errors.slice(0, MAX_YAML_ERRORS).map(({ code, message, pos }) => {
        const fix = yamlFix(code);
        const at = { line: lines.linePos(pos[0]).line, ...present({ fix }) };
        return siteProblem("site-yaml", `the YAML cannot be read: ${message}`, at);
      }),
    );
  }
  if (!isMap(document.contents)) {
    return fail(siteProblem("site-yaml", "the file must hold keys and values, such as `title: My site`", { line: 1 }));
  }

  const tooLong = lineOfLaughs(parsed);
  if (tooLong !== undefined) return fail(unreadable("its aliases repeat too much", tooLong));
  let given: unknown;
  try {
    given = document.toJS({ maxAliasCount: -1 });
  } catch (error) {
    return fail(unreadable((error as Error).message.split("\n", 1)[0] ?? "", undefined)); // an alias of nothing
  }
  const lineOf = lineFinder(document, lines);
  const result = v.safeParse(siteSchema(year, ownKindsIn(given)), withoutNulls(given));
  const site = result.success ? completeSite(result.output, lineOf) : undefined;
  const problems = [
    ...unknownKeyProblems(unknownKeys(given).slice(0, MAX_PROBLEMS), lineOf),
    ...bareColourProblems(document, lineOf),
    ...(result.issues ?? []).slice(0, MAX_PROBLEMS).map((issue) => issueProblem(issue, lineOf)),
    ...(site ? misplacedIn(site).map((each) => misplacedProblem(each, lineOf)) : []),
  ];
  if (site && problems.length === 0) return { ok: true, site };
  return { ok: false, problems: problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)).slice(0, MAX_PROBLEMS) };
}

const unreadable = (why: string, line: number | undefined): Problem =>
  siteProblem("site-yaml", `the YAML cannot be read: ${why}`, present({ line }));

/** A key without a value (`description:`) counts as absent, but for a name of the owner's, which must mean something. */
function withoutNulls(value: unknown, isTop = true): unknown {
  if (!isPlainMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [key, isTop && key === "templates" ? withTexts(member) : withoutNulls(member, false)]),
  );
}

const withTexts = (templates: unknown): unknown =>
  isPlainMap(templates)
    ? Object.fromEntries(Object.entries(templates).map(([name, text]) => [name, text ?? ""]))
    : templates;
