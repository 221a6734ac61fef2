/** Statements of Liquid and Nunjucks: what they name is remembered, what they decide cannot be. */
import type { Tools } from "./call.ts";
import type { Node } from "./tree.ts";
import { evaluate } from "./variables.ts";

/** They stand around a choice or a repetition. */
export const DECIDING: ReadonlySet<string> = new Set([
  ...["if", "unless", "for", "case", "switch", "tablerow", "ifchanged", "ifasync", "asynceach", "asyncall"],
]);
/** They part the branches of one. */
export const BRANCHES: ReadonlySet<string> = new Set(["else", "elsif", "elseif", "elif", "when"]);
/** They show nothing, and what they hold belongs to them. */
export const UNSEEN: ReadonlySet<string> = new Set([
  "macro",
  "schema",
  "javascript",
  "css",
  "style",
  "stylesheet",
  "doc",
]);
/** They show nothing. */
const SILENT = new Set([
  ...["assign", "set", "increment", "decrement", "import", "from", "break", "continue", "extends", "layout", "seo"],
]);

/** Whether the statement is done with, having said nothing. */
export function isDone(key: string, rest: string, { context, named }: Tools): boolean {
  if (!SILENT.has(key)) return false;
  const [, name, expression] = /^([\w$.-]+)\s*=([\s\S]*)$/.exec(rest) ?? [];
  if (name === undefined || expression === undefined) return true;
  const value = evaluate(expression, context, named);
  if (value === undefined) named.delete(name);
  else named.set(name, value);
  return true;
}

export interface Choice {
  readonly nodes: readonly Node[];
  readonly start: number;
  readonly end: number;
  /** It shows something that is known only where it is decided. */
  readonly hasValues: boolean;
}

/** The first branch; of a `case` what stands before its first `when` is none. */
export function choiceOf({ piece, close, children }: Node): Choice | undefined {
  if (!close) return undefined;
  const isBranch = (node: Node): boolean => node.piece.family === "tag" && BRANCHES.has(node.piece.name);
  const isCase = piece.name === "case" || piece.name === "switch";
  const first = isCase ? children.findIndex(isBranch) + 1 : 0;
  const next = children.findIndex((node, i) => i >= first && isBranch(node));
  const nodes = children.slice(first, next < 0 ? undefined : next);
  const start = isCase ? (children[first - 1]?.piece.end ?? close.start) : piece.end;
  return { nodes, start, end: children[next]?.piece.start ?? close.start, hasValues: nodes.some(hasValue) };
}

const hasValue = ({ piece, children }: Node): boolean => piece.family === "value" || children.some(hasValue);
