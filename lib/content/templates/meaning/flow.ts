/** Statements of Liquid and Nunjucks: assignments are noted, conditions and loops are not evaluated. */
import { words } from "../../../base/text.ts";
import type { Construct, ConstructNode, Tools } from "../types.ts";
import { evaluate } from "./values/variables.ts";

/** Tags around a condition or a loop. */
export const DECIDING: ReadonlySet<string> = new Set(
  words("if unless for case switch tablerow ifchanged ifasync asynceach asyncall"),
);
/** Tags between the branches of a condition. */
export const BRANCHES: ReadonlySet<string> = new Set(["else", "elsif", "elseif", "elif", "when"]);
/** Tags that show nothing, nor what stands between them. */
export const UNSEEN: ReadonlySet<string> = new Set(words("macro schema javascript css style stylesheet doc"));
/** Tags without an end that show nothing. */
const SILENT = new Set(words("assign set increment decrement import from break continue extends layout seo"));

/** Tags that call what is defined elsewhere, or define it. */
const CALLING = new Set(["macro", "call", "block", "extends", "import", "from", "cycle", "paginate"]);

/** Whether what a text shows depends on what is computed. */
export const isLogic = ({ family, name }: Construct): boolean =>
  family === "tag" && (DECIDING.has(name) || CALLING.has(name));

/** Executes a statement that shows nothing, and notes what it assigns; false when it is not such a statement. */
export function isDone(key: string, rest: string, tools: Tools): boolean {
  if (!SILENT.has(key)) return false;
  const [, name, expression] = /^([\w$.-]+)\s*=([\s\S]*)$/.exec(rest) ?? [];
  if (name === undefined || expression === undefined) return true;
  const value = evaluate(expression, tools);
  if (value === undefined) tools.named.delete(name);
  else tools.named.set(name, value);
  return true;
}

export interface Choice {
  readonly nodes: readonly ConstructNode[];
  readonly start: number;
  readonly end: number;
  /** It shows values, which may depend on the condition or the loop. */
  readonly hasValues: boolean;
}

/** The first branch; that of a `case` begins at its first `when`. */
export function choiceOf({ construct, close, children }: ConstructNode): Choice | undefined {
  if (!close) return undefined;
  const isBranch = (node: ConstructNode): boolean =>
    node.construct.family === "tag" && BRANCHES.has(node.construct.name);
  const isCase = construct.name === "case" || construct.name === "switch";
  const first = isCase ? children.findIndex(isBranch) + 1 : 0;
  const next = children.findIndex((node, i) => i >= first && isBranch(node));
  const nodes = children.slice(first, next < 0 ? undefined : next);
  const start = isCase ? (children[first - 1]?.construct.end ?? close.start) : construct.end;
  return { nodes, start, end: children[next]?.construct.start ?? close.start, hasValues: nodes.some(hasValue) };
}

const hasValue = ({ construct, children }: ConstructNode): boolean =>
  construct.family === "value" || children.some(hasValue);
