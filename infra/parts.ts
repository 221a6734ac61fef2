/** What esbuild is told of the parts of the package: few files to load at the start, and nothing that is not used. */
import { dirname, resolve } from "node:path";
import type { Plugin } from "esbuild";

/** Leaves out `node:child_process`, which Commander imports for programs whose commands are files of their own. */
export const withoutChildProcess: Plugin = {
  name: "without-child-process",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      importer.includes("/node_modules/commander/") ? { path, namespace: "unused" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: "export default {};" }));
  },
};

/**
 * Few files for what a command loads in `stages`, one after the other. esbuild cuts what several parts share into a file for each
 * combination of them, and each file takes a millisecond to load. So each stage imports those before it, which are loaded by then,
 * and every other part that is loaded when it is needed imports all stages, but for those that stand `apart`.
 */
export function inStages(stages: readonly (readonly string[])[], apart: readonly string[]): Plugin {
  const all = stages.map((files) => files.map((file) => resolve(file)));
  const alone = new Set(apart.map((file) => resolve(file)));
  return {
    name: "in-stages",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ kind, path, resolveDir }) => {
        const file = resolve(resolveDir, path);
        return kind === "dynamic-import" && !alone.has(file) ? { path: file, namespace: "stage" } : undefined;
      });
      onLoad({ filter: /.*/, namespace: "stage" }, ({ path }) => {
        const stage = all.findIndex((files) => files.includes(path));
        const before = (stage < 0 ? all : all.slice(0, stage + 1)).flat().filter((file) => file !== path);
        const imports = before.map((file) => `import ${JSON.stringify(file)};`);
        return {
          contents: [`export * from ${JSON.stringify(path)};`, ...imports].join("\n"),
          resolveDir: dirname(path),
        };
      });
    },
  };
}
