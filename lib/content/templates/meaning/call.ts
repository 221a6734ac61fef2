/** What renderers share: tables of them, and reading the arguments of a call. */
import { words } from "../../../base/text.ts";
import { addressMark } from "../../links/marks.ts";
import { NO_ARGUMENTS } from "../syntax/arguments.ts";
import type { Call, LinkToPost, Output, Render, Tools } from "../types.ts";

export const kept: Output = { kept: true };

/** A table by key, from rows that give several names one renderer. */
export function table(...rows: readonly (readonly [names: string, render: Render])[]): ReadonlyMap<string, Render> {
  return new Map(rows.flatMap(([names, render]) => words(names).map((name) => [name, render] as const)));
}

/** The value of the first of these arguments that has one. */
export function namedOf({ args }: Call, ...names: readonly string[]): string | undefined {
  return names.map((name) => args.named.get(name)).find((value) => value !== undefined && value.trim() !== "");
}

/** A mark for the URL of a post that is named by its file, with its fragment. */
export function targetOf(reference: string, tools: Tools, more: Partial<LinkToPost> = {}): string {
  const { lost, refer, warn, written } = tools;
  const at = reference.indexOf("#");
  const [file, fragment] = at < 0 ? [reference, ""] : [reference.slice(0, at), reference.slice(at)];
  if (file === "" && fragment !== "") return fragment;
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(file)) return reference;
  const number = refer({ written: file.trim(), sought: "anywhere", ...more });
  if (number !== undefined) return `${addressMark(number)}${fragment}`;
  warn(`the target of ${written} is not known`, "template-link", { subject: `target ${reference}` });
  return lost;
}

/** The same call with these arguments alone, for tags that have an order of arguments of their own. */
export function callOf(call: Call, named: { readonly [name: string]: string | undefined }): Call {
  const given = Object.entries(named).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return { ...call, args: { ...NO_ARGUMENTS, named: new Map(given) } };
}
