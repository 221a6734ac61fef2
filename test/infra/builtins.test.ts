/** Node's modules in a bundle, taken without wrappers: the same values under the same names. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { withoutWrappers } from "../../infra/builtins.ts";
import { inFolders } from "../always/environment.ts";

const CODE = `import{sep as a,"join"as b}from"node:path";import c from"node:os";import*as d from"util";import"node:events";
import e,{basename}from"path";import{x}from"./other.mjs";export const values=[a,b("a","b"),c.EOL,d.types===undefined,e===undefined,basename("a/b"),x,'import{sep}from"node:path"'];`;

test("a bundle has the values that its imports would have given it", async () => {
  await inFolders(async (_, root) => {
    await writeFile(join(root, "other.mjs"), "export const x=1;");
    const valuesOf = async (name: string, code: string) => {
      await writeFile(join(root, name), code);
      return (await import(/* @vite-ignore */ pathToFileURL(join(root, name)).href)).values;
    };
    const code = withoutWrappers(CODE);
    expect(code.replace(/'.*'/, "").match(/from ?"[^"]*"/g)).toEqual(['from"./other.mjs"']);
    expect(await valuesOf("without.mjs", code)).toEqual(await valuesOf("with.mjs", CODE));
  });
});
