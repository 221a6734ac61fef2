/** Front matter and text → the file of a post. */

import type { FieldValues } from "./types.ts";
import { keyText, valueText } from "./values.ts";

export function fileText(fields: FieldValues, body: string, form: "yaml" | "toml"): string {
  const fence = form === "toml" ? "+++" : "---";
  const top: string[] = [];
  const tables = new Map<string, string[]>();
  for (const [path, value] of fields) {
    const [name = "", inner] = path.split(".", 2);
    const line = `${keyText(inner ?? name, form)}${form === "toml" ? " = " : ": "}${valueText(value, form)}`;
    if (inner === undefined) top.push(line);
    else tables.set(name, [...(tables.get(name) ?? []), line]);
  }
  const below = [...tables].flatMap(([name, lines]) => ["", `[${name}]`, ...lines]);
  return [fence, ...top, ...below, fence, "", ...(body === "" ? [] : [body, ""])].join("\n");
}
