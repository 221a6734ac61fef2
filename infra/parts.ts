/** What esbuild is told of the parts of the package: few files to load at the start, and nothing that is not used. */
import { dirname, resolve } from "node:path";
import type { Plugin } from "esbuild";

/** Commander has it for programs whose commands are files of their own. */
export const withoutChildren: Plugin = {
  name: "without-children",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      importer.includes("/node_modules/commander/") ? { path, namespace: "unused" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "unused" }, () => ({ contents: "export default {};" }));
  },
};

/**
 * `rungs` are loaded one after the other. What several of them need would be cut into a file for each combination, and each file
 * takes a millisecond: so each rung comes with those before it, and what else is loaded when it is needed with all of them, but
 * for what stands `apart`. Nothing more is loaded by it, since whoever takes a rung stands on those before.
 */
export function ladder(rungs: readonly (readonly string[])[], apart: readonly string[]): Plugin {
  const all = rungs.map((files) => files.map((file) => resolve(file)));
  const alone = new Set(apart.map((file) => resolve(file)));
  return {
    name: "ladder",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ kind, path, resolveDir }) => {
        const file = resolve(resolveDir, path);
        return kind === "dynamic-import" && !alone.has(file) ? { path: file, namespace: "rung" } : undefined;
      });
      onLoad({ filter: /.*/, namespace: "rung" }, ({ path }) => {
        const rung = all.findIndex((files) => files.includes(path));
        const below = (rung < 0 ? all : all.slice(0, rung + 1)).flat().filter((file) => file !== path);
        const imports = below.map((file) => `import ${JSON.stringify(file)};`);
        return {
          contents: [`export * from ${JSON.stringify(path)};`, ...imports].join("\n"),
          resolveDir: dirname(path),
        };
      });
    },
  };
}
