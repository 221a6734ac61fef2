/** JSON → fields: read as YAML, of which it is a subset (YAML 1.2 §1.3); what only YAML allows is refused. */
import { type Scalar, visit } from "yaml";
import type { YamlDocument } from "../../base/yaml.ts";
import type { FieldsResult } from "./types.ts";
import { readAsYaml, type Syntax } from "./yaml.ts";

const SYNTAX: Syntax = { name: "JSON", code: "front-matter-json", fixes: false, refuse: notJson };

/** The lines of `text` are those of the file. A trailing comma is accepted. Throws `YamlTooLarge`. */
export function readJson(key: string, text: string): FieldsResult {
  return readAsYaml(key, text, SYNTAX);
}

/** What is YAML and not JSON, by offset. YAML reads `// comment` as text, which would hide the key that follows. */
function notJson(document: YamlDocument): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  visit(document, {
    Alias: (_, { range }) => void found.set(range?.[0] ?? 0, "JSON has no aliases"),
    Scalar: (_, scalar) => {
      if (isJson(scalar)) return;
      const written = scalar.source ? JSON.stringify(scalar.source) : "nothing";
      found.set(scalar.range?.[0] ?? 0, `${written} is neither a text in double quotes nor a number`);
    },
    Pair: (_, { key, value }) => {
      if (value === null) found.set((key as Scalar).range?.[0] ?? 0, "a name has no value");
    },
  });
  return found;
}

function isJson({ type, source = "" }: Scalar): boolean {
  return type === "QUOTE_DOUBLE" || (type === "PLAIN" && /^(?:null|true|false|-?\d[\d.eE+-]*)$/.test(source));
}
