/** Problems as GitHub shows them beside the lines of a pull request: workflow commands on standard output. */
import { relative, resolve } from "node:path";
import type { Problem } from "../model.ts";
import { visible } from "./text.ts";

/** `folder` holds the content; `root` is the repository's root folder, to which paths in annotations are relative. */
export function showAnnotations(problems: readonly Problem[], folder: string, root: string): string {
  return problems
    .map(({ severity, file, line, code, message, fix }) => {
      const path = relative(root, resolve(folder, file)).replaceAll("\\", "/");
      const where = [`file=${property(path)}`, ...(line === undefined ? [] : [`line=${line}`])];
      return `::${severity} ${[...where, `title=${property(code)}`].join(",")}::${data(`${message}\n${fix}`)}`;
    })
    .join("\n");
}

// The escapes of @actions/core, `command.ts`.
const data = (text: string): string =>
  visible(text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A"));
const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
