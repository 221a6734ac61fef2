/** The types of front matter: where it stands in a file, what is wrong with it, and the values in it. */
import type { ProblemCode } from "../../base/problems.ts";
import type { Problem } from "../../model.ts";

/** The language of the front matter; `hexo-json` is members of JSON without their braces. */
export type FrontMatterForm = "yaml" | "toml" | "json" | "hexo-json" | "none";

export interface FrontMatterBlock {
  readonly form: Exclude<FrontMatterForm, "none">;
  /** The line of the file at which the front matter begins. */
  readonly line: number;
  /** In its language; its first line is `line` of the file. */
  readonly text: string;
  /** The offset at which the body begins. */
  readonly bodyAt: number;
}

/** Lines of front matter that may hold keys, though it cannot be read as a whole. */
export type KeyLines = Pick<FrontMatterBlock, "form" | "line" | "text">;

/** What is wrong with text that is meant as front matter and cannot be read as such. */
export interface FenceProblem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly line: number;
  readonly fix?: string;
  readonly keys: KeyLines;
}

/** The first line of a file that is not blank. */
export interface Opening {
  readonly file: string;
  readonly start: number;
  readonly line: number;
  /** Without white space at its end. */
  readonly text: string;
}

export type Value = string | null | readonly Value[] | MapValue;

export interface MapValue {
  readonly members: ReadonlyMap<string, Value>;
  /** As written, for a `- a: b` that was meant as text. */
  readonly source: string;
}

export const isMapValue = (value: Value): value is MapValue =>
  typeof value === "object" && value !== null && "members" in value;

export interface Field {
  readonly value: Value;
  /** The value as written. */
  readonly source: string;
  /** Of the file. */
  readonly line: number;
  /** Another file than the post's, from which the field comes. */
  readonly file?: string;
}

/** A value within that of a field, as a field of its own. */
export const asField = (value: Value, { line, file }: Pick<Field, "line" | "file">): Field => ({
  value,
  source: sourceOf(value),
  line,
  ...(file !== undefined && { file }),
});

/** The members of a map, each as a field of its own; none of another value. */
export const memberFields = (field: Field | undefined): readonly NamedField[] =>
  field && isMapValue(field.value)
    ? [...field.value.members].map(([name, value]) => [name, asField(value, field)] as const)
    : [];

function sourceOf(value: Value): string {
  if (value === null || typeof value === "string") return value ?? "";
  return isMapValue(value) ? value.source : `[${value.map(sourceOf).join(", ")}]`;
}

/** By its key in lower case. */
export type NamedField = readonly [name: string, field: Field];

export interface FieldsResult {
  /** By key in lower case. */
  readonly fields: ReadonlyMap<string, Field>;
  /** What keys that are given again said before. */
  readonly repeated?: readonly NamedField[];
  readonly problems: readonly Problem[];
}
