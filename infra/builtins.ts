/** Node's own modules in a bundle: taken as they are, without the wrapper that an `import` makes of each. */
import { builtinModules } from "node:module";
import { type ImportDeclaration, type ImportSpecifier, parse } from "acorn";

const isBuiltin = (source: unknown): boolean =>
  typeof source === "string" && (source.startsWith("node:") || builtinModules.includes(source));

/**
 * The code with `process.getBuiltinModule` instead of imports of Node's modules. An `import` asks each of their exports for its
 * value, by which `node:util` alone loads some twenty further modules: a tenth of a short command's time.
 */
export function withoutWrappers(code: string): string {
  const { body } = parse(code, { ecmaVersion: "latest", sourceType: "module" });
  const taken: string[] = [];
  let rest = "";
  let at = 0;
  for (const node of body) {
    if (node.type !== "ImportDeclaration" || !isBuiltin(node.source.value)) continue;
    taken.push(declarationOf(node));
    rest += code.slice(at, node.start);
    at = node.end;
  }
  // Before all else, as imports are.
  return taken.join("") + rest + code.slice(at);
}

function declarationOf({ specifiers, source }: ImportDeclaration): string {
  const module = `process.getBuiltinModule(${JSON.stringify(source.value)})`;
  const whole: string[] = [];
  const parts: string[] = [];
  for (const { local, ...specifier } of specifiers) {
    if (specifier.type !== "ImportSpecifier") whole.push(local.name);
    else parts.push(`${nameOf(specifier.imported)}:${local.name}`);
  }
  const names = [...whole, ...(parts.length > 0 ? [`{${parts.join()}}`] : [])];
  return names.length === 0 ? "" : `var ${names.map((name) => `${name}=${module}`).join()};`;
}

const nameOf = (imported: ImportSpecifier["imported"]): string =>
  imported.type === "Identifier" ? imported.name : JSON.stringify(imported.value);
