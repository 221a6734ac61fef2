/** A configuration that is code, read as source: the values that stand in it literally. Nothing of it is run. */
import { tsPlugin } from "@sveltejs/acorn-typescript";
import { type AnyNode, Parser, type Program } from "acorn";
import type { SiteFolder } from "../types.ts";
import { type Literal, type LiteralMember, literalOf, memberAt, type Scope } from "./literal.ts";

export interface Script {
  readonly file: string;
  readonly text: string;
  /** What a call of the function of that name is given, each call with its line. */
  readonly calls: readonly ScriptCall[];
  /** Names that the file exports; `default` is among them, also where it is `module.exports`. */
  readonly exported: ReadonlyMap<string, LiteralMember>;
  /** The files of the site that it imports. */
  readonly imported: readonly Script[];
}

export interface ScriptCall {
  readonly name: string;
  readonly line: number;
  readonly values: readonly Literal[];
}

/** Characters; more than any configuration has. */
const LONGEST = 250_000;
/** Of a folder; a site has its values in a few. */
const MOST_FILES = 1_000;
const MOST_STEPS = 20_000;

const TypeScript = Parser.extend(tsPlugin());

function parseProgram(text: string): Program | undefined {
  if (text.length > LONGEST) return undefined;
  const options = {
    sourceType: "module",
    ecmaVersion: "latest",
    locations: true,
    allowReturnOutsideFunction: true,
  } as const;
  for (const parser of [TypeScript, Parser]) {
    try {
      return parser.parse(text, options);
    } catch {
      // The next one may read it: to TypeScript `<` after a name begins a list of types.
    }
  }
  return undefined;
}

function fenced(text: string): string {
  const start = text.indexOf("---\n");
  const end = text.indexOf("\n---", start + 3);
  return start < 0 || end < 0 || text.slice(0, start).trim() !== "" ? "" : text.slice(start + 4, end);
}

/** The part of an Astro page between its fences, else the text. */
const codeOf = (file: string, text: string): string => (file.endsWith(".astro") ? fenced(text) : text);

/** What was read of a folder already; `undefined` too while it is read, for files that import each other. */
const read = new WeakMap<SiteFolder, Map<string, Script | undefined>>();

/** `undefined` for what cannot be parsed. Of one folder, one call after the other. */
export async function readScript(folder: SiteFolder, file: string): Promise<Script | undefined> {
  const known = read.get(folder) ?? new Map<string, Script | undefined>();
  read.set(folder, known);
  if (known.has(file) || known.size >= MOST_FILES) return known.get(file);
  known.set(file, undefined);
  const script = await parseScript(folder, file);
  known.set(file, script);
  return script;
}

async function parseScript(folder: SiteFolder, file: string): Promise<Script | undefined> {
  const text = (await folder.read(file))?.replace(/\r\n?/g, "\n");
  const program = text === undefined ? undefined : parseProgram(codeOf(file, text));
  if (text === undefined || !program) return undefined;
  const scope: Scope = { names: new Map(), imports: new Map() };
  const exports: (readonly [string, AnyNode])[] = [];
  const calls: (readonly [string, AnyNode & { readonly type: "CallExpression" }])[] = [];
  let steps = 0;
  const visit = (node: AnyNode): void => {
    if (++steps > MOST_STEPS) return;
    note(node, scope, exports, calls, file, folder);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(program);

  const others = new Map<string, Script | undefined>();
  for (const [other] of scope.imports.values()) others.set(other, await readScript(folder, other));
  const foreign = (name: string): Literal => {
    const [from, theirs] = scope.imports.get(name) ?? [];
    const script = from === undefined ? undefined : others.get(from);
    if (!script || theirs === undefined) return undefined;
    return theirs === "*"
      ? { members: script.exported }
      : (script.exported.get(theirs) ?? memberOfDefault(script, theirs))?.value;
  };
  let budget = MOST_STEPS;
  const evaluate = (node: AnyNode | null | undefined, level = 0): Literal =>
    !node || level > 50 || --budget < 0
      ? undefined
      : literalOf(node, (inner) => evaluate(inner, level + 1), scope, foreign);
  return {
    file,
    text,
    imported: [...others.values()].flatMap((script) => script ?? []),
    calls: calls.map(([name, { arguments: given, loc }]) => ({
      name,
      line: loc?.start.line ?? 1,
      values: given.map((each) => evaluate(each)),
    })),
    exported: new Map(
      exports.map(([name, node]) => [name, { value: evaluate(node), line: node.loc?.start.line ?? 1 }]),
    ),
  };
}

const memberOfDefault = ({ exported }: Script, name: string) => memberAt(exported.get("default")?.value, name);

function childrenOf(node: AnyNode): readonly AnyNode[] {
  return Object.values(node)
    .flatMap((value: unknown) => (Array.isArray(value) ? value : [value]))
    .filter(
      (value): value is AnyNode => typeof value === "object" && value !== null && "type" in value && "start" in value,
    );
}

function note(
  node: AnyNode,
  scope: Scope,
  exports: (readonly [string, AnyNode])[],
  calls: (readonly [string, AnyNode & { readonly type: "CallExpression" }])[],
  file: string,
  folder: SiteFolder,
): void {
  if (node.type === "VariableDeclarator" && node.init) {
    const required = requiredBy(node.init);
    const target = required === undefined ? undefined : resolved(folder, file, required);
    if (node.id.type === "Identifier") {
      if (target !== undefined) scope.imports.set(node.id.name, [target, "default"]);
      else if (!scope.names.has(node.id.name)) scope.names.set(node.id.name, node.init);
    }
  } else if (node.type === "ImportDeclaration" && typeof node.source.value === "string") {
    const target = resolved(folder, file, node.source.value);
    for (const each of target === undefined ? [] : node.specifiers) {
      const theirs =
        each.type === "ImportSpecifier"
          ? each.imported.type === "Identifier"
            ? each.imported.name
            : String(each.imported.value)
          : each.type === "ImportDefaultSpecifier"
            ? "default"
            : "*";
      if (target !== undefined) scope.imports.set(each.local.name, [target, theirs]);
    }
  } else if (node.type === "ExportDefaultDeclaration") exports.push(["default", node.declaration as AnyNode]);
  else if (node.type === "ExportNamedDeclaration" && node.declaration?.type === "VariableDeclaration") {
    for (const { id } of node.declaration.declarations) if (id.type === "Identifier") exports.push([id.name, id]);
  } else if (node.type === "ExportNamedDeclaration") {
    for (const { exported, local } of node.specifiers) {
      if (exported.type === "Identifier" && local.type === "Identifier") exports.push([exported.name, local]);
    }
  } else if (node.type === "AssignmentExpression" && node.left.type === "MemberExpression") {
    const { object, property } = node.left;
    if (object.type === "Identifier" && property.type === "Identifier") {
      if (object.name === "module" && property.name === "exports") exports.push(["default", node.right]);
      else if (object.name === "exports") exports.push([property.name, node.right]);
    }
  } else if (node.type === "CallExpression") {
    const { callee } = node;
    const last = callee.type === "MemberExpression" ? callee.property : callee;
    if (last.type === "Identifier") calls.push([last.name, node]);
  }
}

function requiredBy(node: AnyNode): string | undefined {
  if (node.type !== "CallExpression" || node.callee.type !== "Identifier" || node.callee.name !== "require")
    return undefined;
  const [given] = node.arguments;
  return given?.type === "Literal" && typeof given.value === "string" ? given.value : undefined;
}

const ENDINGS = ["", ".ts", ".js", ".mjs", ".mts", ".cjs", ".json", "/index.ts", "/index.js"];

/** The file of the site that an import names: beside the file, or below `src/` by one of the usual short names. */
function resolved(folder: SiteFolder, file: string, name: string): string | undefined {
  const known = new Set(folder.paths);
  const bases = /^\.{1,2}\//.test(name)
    ? [joined(file.split("/").slice(0, -1), name)]
    : /^[@~#]?\/?/.exec(name)?.[0]
      ? [joined(["src"], name.replace(/^[@~#]\/?/, "")), joined([], name.replace(/^[@~#]\/?/, ""))]
      : /^src\//.test(name)
        ? [name]
        : [];
  return bases
    .flatMap((base) => ENDINGS.flatMap((ending) => [base + ending, base.replace(/\.js$/, ".ts") + ending]))
    .find((path) => known.has(path) && !path.endsWith(".json"));
}

function joined(folders: readonly string[], name: string): string {
  const parts = [...folders];
  for (const part of name.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
