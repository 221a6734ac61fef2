/** What is wrong with a value, by its shape: members that are unknown or missing, types, enumerations, patterns and lengths. */
import { type Member, type Model, type Shape, shapeOf, type Traits } from "./model.ts";

/** `at` says where the value is: `Target.RoleArn`. */
export function problemsOfValue(model: Model, member: Member, value: unknown, at: string): readonly string[] {
  const shape = shapeOf(model, member);
  switch (shape.type) {
    case "structure":
      return isRecord(value) ? ofStructure(model, shape, value, at) : [`${at} is no structure`];
    case "list":
      return Array.isArray(value)
        ? [
            ...bounded(shape, value.length, at, "items"),
            ...value.flatMap((each, i) =>
              shape.member ? problemsOfValue(model, shape.member, each, `${at}[${i}]`) : [],
            ),
          ]
        : [`${at} is no list`];
    case "map":
      return isRecord(value)
        ? Object.entries(value).flatMap(([key, each]) => [
            ...(shape.key ? problemsOfValue(model, shape.key, key, `the key ${key} of ${at}`) : []),
            ...(shape.value ? problemsOfValue(model, shape.value, each, `${at}.${key}`) : []),
          ])
        : [`${at} is no map`];
    case "string":
      return typeof value === "string" ? ofText(shape, value, at) : [`${at} is no string`];
    case "integer":
    case "long":
      return Number.isInteger(value) ? bounded(shape, value as number, at, "") : [`${at} is no integer`];
    case "float":
    case "double":
      return typeof value === "number" ? bounded(shape, value, at, "") : [`${at} is no number`];
    case "boolean":
      return typeof value === "boolean" ? [] : [`${at} is no boolean`];
    case "timestamp":
      return value instanceof Date || typeof value === "number" ? [] : [`${at} is no time`];
    case "blob":
      return [];
    default:
      throw new Error(`a shape of type ${shape.type} is not known here`);
  }
}

/** The members of a structure, all of them known, and those that are required. */
export function ofStructure(
  model: Model,
  { members = {}, required = [] }: Shape,
  value: { readonly [name: string]: unknown },
  at: string,
): readonly string[] {
  const below = (name: string) => (at === "" ? name : `${at}.${name}`);
  return [
    ...required
      .filter((name) => value[name] === undefined || value[name] === null)
      .map((name) => `${below(name)} is missing`),
    ...Object.entries(value).flatMap(([name, each]) => {
      const member = members[name];
      if (!member) return [`${below(name)} is unknown`];
      return each === undefined || each === null ? [] : problemsOfValue(model, member, each, below(name));
    }),
  ];
}

function ofText(shape: Shape, text: string, at: string): readonly string[] {
  const problems = [...bounded(shape, [...text].length, at, "characters")];
  if (shape.enum && !shape.enum.includes(text)) problems.push(`${at} is "${text}", none of ${shape.enum.join(", ")}`);
  // Patterns are searched for: https://smithy.io/2.0/spec/constraint-traits.html#pattern-trait
  if (shape.pattern !== undefined && !new RegExp(shape.pattern).test(text)) {
    problems.push(`${at} is "${text}", which does not match ${shape.pattern}`);
  }
  return problems;
}

function bounded({ min, max }: Shape, size: number, at: string, unit: string): readonly string[] {
  const said = `${at} has ${size} ${unit}`.trimEnd();
  if (min !== undefined && size < min) return [`${said}, fewer than ${min}`];
  return max !== undefined && size > max ? [`${said}, more than ${max}`] : [];
}

/** A header, a parameter or the text of an element as what it stands for; as it is where it cannot be read. */
export function fromText({ type, timestampFormat }: Shape, text: string, traits: Traits = {}): unknown {
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : text;
  if (type === "integer" || type === "long") return /^-?\d+$/.test(text) ? Number(text) : text;
  if (type === "float" || type === "double")
    return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
  if (type !== "timestamp") return text;
  const format = traits.timestampFormat ?? timestampFormat ?? (traits.location === "header" ? "rfc822" : "iso8601");
  const isWritten = {
    iso8601: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
    rfc822: /^\w{3}, \d\d \w{3} \d{4} [\d:]+ GMT$/,
    unixTimestamp: /^\d/,
  };
  return isWritten[format].test(text) ? new Date(format === "unixTimestamp" ? Number(text) * 1000 : text) : text;
}

export const isRecord = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
