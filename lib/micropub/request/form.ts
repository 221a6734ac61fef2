/** Forms, with files or without → what they ask for (Micropub, sections 3.1.1, 3.3.1 and 3.5). */
import { invalid } from "../../base/http/error.ts";
import { asRemoval, assertEntry, assertUrl } from "./parts.ts";
import type { CreateRequest, Mf2Json, RemovalRequest } from "./types.ts";

/** `category[]` or `category[0]` of a list, or `content[html]`, which some clients send for an object: its members are one value. */
const NAME = /^([^[\]]+)(?:\[([^[\]]*)\])?$/;
/** Names that say something of the request, and are no properties of the post (section 3.2). */
const RESERVED = new Set(["access_token", "h", "action", "url"]);

export function readForm(form: URLSearchParams | FormData): CreateRequest | RemovalRequest {
  const action = textIn(form, "action");
  if (action !== undefined && action !== "create") return asRemoval(action, assertUrl(textIn(form, "url")));
  assertEntry(textIn(form, "h"));
  const properties = new Map<string, Mf2Json[]>();
  const objects = new Map<string, Map<string, string>>();
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
    else if (value === "") continue;
    else if (member === "" || /^\d+$/.test(member)) add(properties, name, value);
    else objects.set(name, (objects.get(name) ?? new Map<string, string>()).set(member, value));
  }
  for (const [name, members] of objects) add<Mf2Json>(properties, name, Object.fromEntries(members));
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
