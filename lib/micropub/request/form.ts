/** Forms, with files or without → what they ask for (Micropub 3.3.1, 3.3.2, 3.5.2). */
import { invalid } from "../answers.ts";
import { asRemoval, assertEntry, assertUrl } from "./parts.ts";
import type { CreateRequest, Mf2Json, RemovalRequest } from "./types.ts";

/** `category[]`, or `content[html]`, which some clients send for an object. */
const NAME = /^([^[\]]+)(?:\[([^[\]]*)\])?$/;
/** What is said of the request itself. Section 3.2: the token is never kept. */
const RESERVED = new Set(["access_token", "h", "action", "url"]);

export function readForm(form: URLSearchParams | FormData): CreateRequest | RemovalRequest {
  const action = textIn(form, "action");
  if (action !== undefined && action !== "create") return asRemoval(action, assertUrl(textIn(form, "url")));
  assertEntry(textIn(form, "h"));
  const properties = new Map<string, Mf2Json[]>();
  const commands = new Map<string, string[]>();
  const files: (readonly [property: string, file: File])[] = [];
  for (const [written, value] of form) {
    const [, name = "", member = ""] = NAME.exec(written) ?? [];
    if (name === "")
      throw invalid(`${JSON.stringify(written.slice(0, 100))} is no name of a property: write name or name[]`);
    if (RESERVED.has(name)) continue;
    if (typeof value !== "string") {
      // A field for files that was left empty comes with an empty one.
      if (value.size > 0 || value.name !== "") files.push([name, value]);
    } else if (name.startsWith("mp-")) add(commands, name, value);
    else if (value !== "") addProperty(properties, name, member, value);
  }
  return { action: "create", properties, commands, files };
}

function textIn(form: URLSearchParams | FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function add<T>(values: Map<string, T[]>, name: string, value: T): void {
  const same = values.get(name);
  if (same) same.push(value);
  else values.set(name, [value]);
}

/** Members of one property are one object; a number or nothing in the brackets makes a list. */
function addProperty(properties: Map<string, Mf2Json[]>, name: string, member: string, value: string): void {
  if (member === "" || /^\d+$/.test(member)) {
    add(properties, name, value);
    return;
  }
  const same = properties.get(name);
  const last = same?.at(-1);
  const isObject = typeof last === "object" && last !== null && !Array.isArray(last);
  const object = isObject ? { ...last, [member]: value } : { [member]: value };
  properties.set(name, [...(isObject ? (same ?? []).slice(0, -1) : (same ?? [])), object]);
}
