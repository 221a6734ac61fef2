/** A form of the Query protocol → the value that it stands for by its shape. */
import { type Member, type Model, shapeOf } from "./model.ts";
import { fromText } from "./values.ts";
import type { Read } from "./xml.ts";

/** https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export function readForm(model: Model, member: Member, form: URLSearchParams): Read {
  const rest = new Map([...form].filter(([name]) => name !== "Action" && name !== "Version"));
  const value = below(model, member, rest, "");
  return { value, problems: [...rest.keys()].map((name) => `${name} is unknown`) };
}

/** Takes what it reads out of `rest`. */
function below(model: Model, member: Member, rest: Map<string, string>, at: string): unknown {
  const shape = shapeOf(model, member);
  const prefix = at === "" ? "" : `${at}.`;
  const isThere = (start: string) => rest.has(start) || [...rest.keys()].some((name) => name.startsWith(`${start}.`));
  if (shape.type === "structure") {
    const present = Object.entries(shape.members ?? {}).filter(([name, each]) =>
      isThere(prefix + (each.locationName ?? name)),
    );
    return Object.fromEntries(
      present.map(([name, each]) => [name, below(model, each, rest, prefix + (each.locationName ?? name))]),
    );
  }
  const numbered = (of: string): readonly string[] => {
    const found: string[] = [];
    while (isThere(`${of}.${found.length + 1}`)) found.push(`${of}.${found.length + 1}`);
    return found;
  };
  if (shape.type === "list") {
    return numbered(`${prefix}member`).map((each) => shape.member && below(model, shape.member, rest, each));
  }
  if (shape.type === "map") {
    const entries = numbered(`${prefix}entry`).map((each) => [
      String(shape.key && below(model, shape.key, rest, `${each}.key`)),
      shape.value && below(model, shape.value, rest, `${each}.value`),
    ]);
    return Object.fromEntries(entries);
  }
  const text = rest.get(at) ?? "";
  rest.delete(at);
  return fromText(shape, text, member);
}
