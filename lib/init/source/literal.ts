/** An expression of source → the value that it is literally. */
import type { AnyNode } from "acorn";
import { oneLine } from "../../base/text.ts";
import type { Said } from "../types.ts";

/** What an expression stands for; `undefined` where only running it would tell. */
export type Literal = string | number | boolean | null | readonly Literal[] | LiteralMap | undefined;

export interface LiteralMap {
  readonly members: ReadonlyMap<string, LiteralMember>;
}

export interface LiteralMember {
  readonly value: Literal;
  readonly line: number;
}

export const isLiteralMap = (value: Literal): value is LiteralMap =>
  typeof value === "object" && value !== null && "members" in value;

export const memberAt = (value: Literal, ...path: readonly string[]): LiteralMember | undefined => {
  let at: LiteralMember | undefined = { value, line: 1 };
  for (const name of path) at = at && isLiteralMap(at.value) ? at.value.members.get(name) : undefined;
  return at?.value === undefined ? undefined : at;
};

/** The text of a member on one line, with its place. */
export function said(member: LiteralMember | undefined, file: string): Said | undefined {
  const text = typeof member?.value === "string" ? oneLine(member.value).toWellFormed() : "";
  return member && text ? { value: text, from: `${file}:${member.line}` } : undefined;
}

export interface Scope {
  readonly names: Map<string, AnyNode>;
  /** Names of other files: the file, and the name there. */
  readonly imports: Map<string, readonly [file: string, name: string]>;
}

/** Characters of what is put together: a name that is used twice may double a text again and again. */
const LONGEST = 10_000;
const short = (text: string): string | undefined => (text.length > LONGEST ? undefined : text);

export function literalOf(
  node: AnyNode,
  evaluate: (inner: AnyNode | null | undefined) => Literal,
  scope: Scope,
  foreign: (name: string) => Literal,
): Literal {
  const typed = node as unknown as { readonly type: string; readonly expression: AnyNode };
  if (/^TS(?:As|Satisfies|NonNull|TypeAssertion)/.test(typed.type)) return evaluate(typed.expression);
  switch (node.type) {
    case "Literal":
      return typeof node.value === "object" || typeof node.value === "bigint" ? null : node.value;
    case "TemplateLiteral": {
      const parts = node.expressions.map(evaluate);
      if (parts.some((part) => typeof part !== "string" && typeof part !== "number")) return undefined;
      return short(
        node.quasis.map(({ value }, i) => `${value.cooked ?? ""}${i < parts.length ? parts[i] : ""}`).join(""),
      );
    }
    case "ArrayExpression":
      return node.elements.map((each) => evaluate(each));
    case "ObjectExpression":
      return { members: membersOf(node, evaluate) };
    case "Identifier":
      return scope.names.has(node.name) ? evaluate(scope.names.get(node.name)) : foreign(node.name);
    case "MemberExpression":
      return node.property.type === "Identifier" && !node.computed
        ? memberAt(evaluate(node.object), node.property.name)?.value
        : undefined;
    case "BinaryExpression": {
      const [left, right] = node.operator === "+" ? [evaluate(node.left as AnyNode), evaluate(node.right)] : [];
      return typeof left === "string" && typeof right === "string" ? short(left + right) : undefined;
    }
    case "LogicalExpression":
      return evaluate(node.left) ?? evaluate(node.right);
    case "ParenthesizedExpression":
      return evaluate(node.expression);
    case "CallExpression": {
      // `defineConfig({ … })` gives what it is given; so, for what is asked of it, does `glob({ base })` of Astro.
      const [first] = node.arguments;
      const name = node.callee.type === "Identifier" ? node.callee.name : "";
      return /^(?:define[A-Z]|glob$)/.test(name) ? evaluate(first) : undefined;
    }
    case "ArrowFunctionExpression":
    case "FunctionExpression":
    case "FunctionDeclaration":
      return evaluate(returnedBy(node.body));
    default:
      return undefined;
  }
}

/** What a function gives in its last statement: Eleventy's configuration is one. */
function returnedBy(body: AnyNode): AnyNode | undefined {
  if (body.type !== "BlockStatement") return body;
  const last = body.body.findLast((statement) => statement.type === "ReturnStatement");
  return last?.type === "ReturnStatement" ? (last.argument ?? undefined) : undefined;
}

function membersOf(
  { properties }: AnyNode & { readonly type: "ObjectExpression" },
  evaluate: (inner: AnyNode) => Literal,
): ReadonlyMap<string, LiteralMember> {
  const members = new Map<string, LiteralMember>();
  for (const property of properties) {
    if (property.type === "SpreadElement") {
      const spread = evaluate(property.argument);
      if (isLiteralMap(spread)) for (const [name, member] of spread.members) members.set(name, member);
    } else if (!property.computed) {
      const { key, value, loc } = property;
      const name = key.type === "Identifier" ? key.name : key.type === "Literal" ? String(key.value) : undefined;
      if (name !== undefined) members.set(name, { value: evaluate(value as AnyNode), line: loc?.start.line ?? 1 });
    }
  }
  return members;
}
