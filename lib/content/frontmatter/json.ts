/** JSON → fields: read as the YAML that it is (YAML 1.2, section 1.3), without what YAML has besides. */
import { type Document, type Scalar, visit } from "yaml";
import { type FieldsResult, readAsYaml, type Syntax } from "./yaml.ts";

const SYNTAX: Syntax = { name: "JSON", code: "front-matter-json", fixes: false, refuse: foreign };

/** The lines of `text` are the file's. A comma too many does no harm. Throws on what is nested beyond reason. */
export function readJson(key: string, text: string): FieldsResult {
  return readAsYaml(key, text, SYNTAX);
}

/** What YAML takes for words may have been meant for a comment, and then hides the key that follows. */
function foreign(document: Document): ReadonlyMap<number, string> {
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
