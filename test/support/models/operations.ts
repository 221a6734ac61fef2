/** Which operation of a service a request asks for. */
import { headerOf, type WireRequest } from "./exchange.ts";
import { type Model, type Operation, type Shape, shapeOf } from "./model.ts";

export interface Asked {
  readonly operation: Operation;
  readonly input: Shape;
  /** What stands in the path, by the names in its template. */
  readonly labels: { readonly [name: string]: string };
  readonly query: URLSearchParams;
}

export const EMPTY: Shape = { type: "structure" };

/** `undefined`: the service has no such operation. */
export function operationOf(model: Model, request: WireRequest): Asked | undefined {
  const { protocol, targetPrefix } = model.metadata;
  const { pathname, searchParams: query } = new URL(request.path, "http://aws");
  const named = (name: string | null | undefined): Asked | undefined => {
    const operation = model.operations[name ?? ""];
    return (
      operation && { operation, labels: {}, query, input: operation.input ? shapeOf(model, operation.input) : EMPTY }
    );
  };
  if (protocol === "query") return named(new URLSearchParams(request.body).get("Action"));
  if (protocol === "json") {
    const [prefix, name] = (headerOf(request.headers, "x-amz-target") ?? "").split(".");
    return prefix === targetPrefix && request.method === "POST" ? named(name) : undefined;
  }
  const fitting = Object.values(model.operations).flatMap((operation) => {
    if (operation.http.method !== request.method) return [];
    const input = operation.input ? shapeOf(model, operation.input) : EMPTY;
    const [path = "", literals = ""] = operation.http.requestUri.split("?");
    const labels = labelsIn(path, pathname);
    const fixed = [...new URLSearchParams(literals)].filter(([name]) => name !== "x-id");
    const needed = Object.entries(input.members ?? {}).filter(
      ([name, { location }]) => input.required?.includes(name) && (location === "querystring" || location === "header"),
    );
    const fits =
      labels !== undefined &&
      fixed.every(([name, value]) => query.get(name) === value) &&
      needed.every(([name, { location, locationName = name }]) =>
        location === "header"
          ? headerOf(request.headers, locationName.toLowerCase()) !== undefined
          : query.has(locationName),
      );
    return fits ? [{ operation, input, labels, query, weight: fixed.length + needed.length }] : [];
  });
  // A copy is a put with one header more, a part of an upload one with two parameters more.
  return fitting.toSorted((a, b) => b.weight - a.weight)[0];
}

interface Template {
  readonly names: readonly string[];
  readonly pattern: RegExp;
}
const templates = new Map<string, Template>();

/** `/{Bucket}/{Key+}`: of the last label everything that follows, if it ends with a plus. */
function readTemplate(template: string): Template {
  const known = templates.get(template);
  if (known) return known;
  const names: string[] = [];
  const pattern = template
    .replace(/\/$/, "")
    .split(/(\{[^}]+\})/)
    .map((part) => {
      if (!part.startsWith("{")) return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      names.push(part.slice(1, -1).replace("+", ""));
      return part.endsWith("+}") ? "(.+)" : "([^/]+)";
    });
  const read = { names, pattern: new RegExp(`^${pattern.join("")}/?$`) };
  templates.set(template, read);
  return read;
}

function labelsIn(template: string, path: string): Asked["labels"] | undefined {
  const { names, pattern } = readTemplate(template);
  const values = pattern.exec(path)?.slice(1);
  return values && Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(values[i] ?? "")]));
}
