/** YAML or JSON → fields: every scalar is the text that the author wrote, every field has its line. */
import { isMap, isScalar, type Node } from "yaml";
import { type ProblemCode, problem } from "../../base/problems.ts";
import { MAX_YAML_ERRORS, type ParsedYaml, parseYaml, type YamlDocument } from "../../base/yaml.ts";
import type { Problem } from "../../model.ts";
import { visibleName } from "./invisible.ts";
import { withIndentedTexts } from "./margin.ts";
import { type Member, nodeReader, textOfScalar } from "./nodes.ts";
import { diagnose, repairOf } from "./repairs.ts";
import type { Field, FieldsResult, NamedField } from "./types.ts";

/** One unclosed bracket can be a thousand errors. */
const MAX_PROBLEMS = 10;
/** A message of the YAML library may quote all the text that follows. */
const MAX_MESSAGE = 200;

/** YAML, or a subset of it. */
export interface Syntax {
  readonly name: string;
  readonly code: ProblemCode;
  /** Whether the fix of a line that cannot be read shows it in YAML. */
  readonly fixes: boolean;
  /** What the YAML library accepts and this syntax does not allow, by offset. */
  readonly refuse?: (document: YamlDocument) => ReadonlyMap<number, string>;
}

const YAML: Syntax = { name: "YAML", code: "front-matter-yaml", fixes: true };

interface Parsed extends ParsedYaml {
  readonly text: string;
}

/** The lines of `text` are those of the file. Throws `YamlTooLarge`. */
export function readYaml(key: string, text: string): FieldsResult {
  const parsed = parse(text);
  if (parsed.document.errors.length === 0) return fieldsOf(key, parsed, YAML);
  const tab = text.search(TAB);
  const spaced = tab < 0 ? text : text.replace(TABS, (tabs) => "  ".repeat(tabs.length));
  const [repaired] = [spaced, withIndentedTexts(spaced)].flatMap((each) => {
    const again = each === text ? parsed : parse(each);
    return again.document.errors.length === 0 ? [again] : [];
  });
  const result = fieldsOf(key, repaired ?? parsed, YAML);
  if (!repaired || tab < 0) return result;
  const { line } = parsed.lines.linePos(tab);
  const warning = problem("front-matter-tab", key, "the line is indented with a tab", line);
  return { ...result, problems: [warning, ...result.problems] };
}

/** Hexo replaces these by spaces before it parses. */
const TAB = /(?<=\n)\t/;
const TABS = /(?<=\n)\t+/g;

/** Like `readYaml`, for a syntax that YAML contains. */
export function readAsYaml(key: string, text: string, syntax: Syntax): FieldsResult {
  return fieldsOf(key, parse(text), syntax);
}

/** Without dates, octal numbers, and `no` that is false. */
const parse = (text: string): Parsed => ({ text, ...parseYaml(text, { schema: "failsafe" }) });

function errorsOf(key: string, { text, document, lines }: Parsed, syntax: Syntax): readonly Problem[] {
  // One for each line: further errors on a line follow from the first.
  const found = new Map<number, Problem>();
  const report = (line: number, message: string, fix?: string) => {
    if (found.has(line) || found.size === MAX_PROBLEMS) return;
    const shown = message.slice(0, MAX_MESSAGE);
    found.set(line, problem(syntax.code, key, `the ${syntax.name} cannot be read: ${shown}`, line, fix));
  };
  for (const error of document.errors.slice(0, MAX_YAML_ERRORS)) {
    const { line, fix } = diagnose(error, text, lines.linePos(error.pos[0]).line);
    report(line, error.message, syntax.fixes ? fix : undefined);
  }
  for (const [offset, message] of syntax.refuse?.(document) ?? []) report(lines.linePos(offset).line, message);
  return [...found.values()];
}

function fieldsOf(key: string, parsed: Parsed, syntax: Syntax): FieldsResult {
  const { text, document, lines } = parsed;
  const problems = [...errorsOf(key, parsed, syntax)];
  const report = (code: ProblemCode, message: string, offset: number, fix?: string) =>
    problems.push(problem(code, key, message, lines.linePos(offset).line, fix));

  const root = document.contents as Node | null;
  if (problems.length > 0 || root === null || (isScalar(root) && textOfScalar(root) === null)) {
    return { fields: new Map(), problems };
  }
  if (!isMap(root)) {
    const offset = root.range?.[0] ?? 0;
    report(
      "front-matter-keys",
      "the front matter holds no keys",
      offset,
      repairOf(text.slice(offset).split("\n", 1)[0]),
    );
    return { fields: new Map(), problems };
  }

  const { pairsOf, sourceOf, toValue } = nodeReader(document, text);
  const fields = new Map<string, Field>();
  const repeated: NamedField[] = [];
  const add = ({ name, value, offset }: Member) => {
    const source = value === null ? "" : sourceOf(value);
    const read = toValue(value, 0);
    if (read === null && name === "title" && /^title:[ \t]+#/.test(text.slice(offset, offset + 100)))
      report("title-comment", "the title is empty: behind a space, # begins a comment", offset);
    fields.set(visibleName(name), { value: read, source, line: lines.linePos(offset).line });
  };
  let at = root.range?.[0] ?? 0;
  try {
    const { own, merged } = pairsOf(root, 0);
    for (const member of own) {
      at = member.offset;
      const lower = visibleName(member.name);
      const former = fields.get(lower);
      if (former) repeated.push([lower, former]);
      if (former && problems.length < MAX_PROBLEMS) report("duplicate-key", `${lower} is given twice`, at);
      add(member);
    }
    for (const member of merged) {
      at = member.offset;
      if (!fields.has(visibleName(member.name))) add(member);
    }
  } catch (error) {
    report(syntax.code, `the ${syntax.name} cannot be read: ${(error as Error).message}`, at);
  }
  return { fields, repeated, problems };
}
