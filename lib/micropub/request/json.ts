/** JSON → what it asks for (Micropub, sections 3.3.2, 3.4 and 3.5). Each property is a list of values, even of one. */
import { invalid } from "../../base/http/error.ts";
import { asRemoval, assertEntry, assertUrl } from "./parts.ts";
import type { CreateRequest, Mf2Json, MicropubRequest, Properties, UpdateRequest } from "./types.ts";

type JsonObject = { readonly [name: string]: unknown };

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function readJsonRequest(value: unknown): MicropubRequest {
  if (!isObject(value)) throw invalid("the request is no JSON object");
  const { url, replace, add, delete: removed } = value;
  const isUpdate = url !== undefined && [replace, add, removed].some((each) => each !== undefined);
  const { action = isUpdate ? "update" : undefined } = value;
  if (action === undefined || action === "create") return createOf(value);
  if (action === "update") return updateOf(value, assertUrl(url));
  return asRemoval(typeof action === "string" ? action : "", assertUrl(url));
}

function createOf({ type = ["h-entry"], properties }: JsonObject): CreateRequest {
  const [first]: readonly unknown[] = Array.isArray(type) ? type : [type];
  assertEntry(typeof first === "string" ? first.replace(/^h-/, "") : "");
  const all = [...propertiesOf(properties, "properties")];
  const isCommand = ([name]: readonly [string, unknown]) => name.startsWith("mp-");
  return {
    action: "create",
    properties: new Map(all.filter((each) => !isCommand(each) && each[0] !== "access_token")),
    commands: new Map(all.filter(isCommand).map(([name, values]) => [name, values.map(commandOf(name))])),
    files: [],
  };
}

const commandOf = (name: string) => (value: unknown) => {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  throw invalid(`\`${name}\` is no text`);
};

function updateOf(value: JsonObject, url: string): UpdateRequest {
  const { replace, add, delete: removed } = value;
  if (replace === undefined && add === undefined && removed === undefined) {
    throw invalid("an update says what changes: send `replace`, `add` or `delete`");
  }
  return {
    action: "update",
    url,
    replace: propertiesOf(replace ?? {}, "replace", true),
    add: propertiesOf(add ?? {}, "add"),
    remove: removedOf(removed ?? []),
  };
}

/** Names of properties, or values by property. */
function removedOf(value: unknown): UpdateRequest["remove"] {
  if (!Array.isArray(value)) return propertiesOf(value, "delete");
  if (value.every((name) => typeof name === "string")) return new Map(value.map((name) => [name, undefined]));
  throw invalid('`delete` is a list of names: ["category"], or values by name: {"category": ["one"]}');
}

/** Properties with lists of values; in an update a list may be empty, which removes the property. */
function propertiesOf(value: unknown, where: string, mayBeEmpty = false): Properties {
  if (!isObject(value)) throw invalid(`\`${where}\` is no object of properties: {"category": ["one", "two"]}`);
  const entries = Object.entries(value).map(([name, values]) => {
    if (!Array.isArray(values)) {
      throw invalid(`\`${where}.${shown(name)}\` is no list: write [ ] around its value, also where it is one alone`);
    }
    return [name, values.map((each) => mf2Of(each, `${where}.${shown(name)}`, 0))] as const;
  });
  return new Map(entries.filter(([, values]) => mayBeEmpty || values.length > 0));
}

const shown = (name: string): string => name.slice(0, 100);

const MAX_DEPTH = 20;

function mf2Of(value: unknown, where: string, depth: number): Mf2Json {
  if (depth > MAX_DEPTH) throw invalid(`\`${where}\` is nested too deep`);
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  if (Array.isArray(value)) return value.map((each) => mf2Of(each, where, depth + 1));
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([name, each]) => [name, mf2Of(each, where, depth + 1)]),
  );
}
