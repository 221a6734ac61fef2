/** What is wrong with a template by CloudFormation's own schemas of its resources, which a package of the CDK carries. */
import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import type { PropertyType, Resource, ResourceProperties } from "@aws-cdk/service-spec-types";

const database = loadAwsServiceSpecSync();
const found = new Map<string, Resource | undefined>();

/** `undefined`: CloudFormation has no such type. */
export function specificationOf(type: string): Resource | undefined {
  if (!found.has(type)) {
    const all = database.lookup("resource", "cloudFormationType", "equals", type);
    found.set(type, all.length === 0 ? undefined : all.only());
  }
  return found.get(type);
}

export interface TemplateText {
  readonly Resources: {
    readonly [id: string]: { readonly Type: string; readonly Properties?: { readonly [name: string]: unknown } };
  };
  readonly Parameters?: { readonly [name: string]: unknown };
}

const PSEUDO = ["AccountId", "Partition", "Region", "StackId", "StackName", "URLSuffix", "NoValue", "NotificationARNs"];

/** Types that do not exist, properties that are unknown, missing or of another type, references to nothing. */
export function problemsOfTemplate(template: TemplateText): readonly string[] {
  return Object.entries(template.Resources).flatMap(([id, { Type, Properties = {} }]) => {
    // Those of a stack's own functions have any properties.
    if (Type.startsWith("Custom::"))
      return Properties["ServiceToken"] ? [] : [`${id} (${Type}): ServiceToken is missing`];
    const specification = specificationOf(Type);
    if (!specification) return [`${id}: there is no type ${Type}`];
    return ofProperties(template, specification.properties, Properties, "").map(
      (problem) => `${id} (${Type}): ${problem}`,
    );
  });
}

function ofProperties(template: TemplateText, known: ResourceProperties, given: object, at: string): readonly string[] {
  const missing = Object.entries(known).filter(([name, { required }]) => required && !(name in given));
  return [
    ...missing.map(([name]) => `${at}${name} is missing`),
    ...Object.entries(given).flatMap(([name, value]) => {
      const property = known[name];
      if (!property) return [`${at}${name} is unknown`];
      const types = [property.type, ...(property.previousTypes ?? [])];
      return bestOf(types.map((type) => ofValue(template, type, value, at + name)));
    }),
  ];
}

/** A value needs to be of one of several types: what is wrong with it by the one that fits best. */
const bestOf = (each: readonly (readonly string[])[]): readonly string[] =>
  each.toSorted((a, b) => a.length - b.length)[0] ?? [];

function ofValue(template: TemplateText, type: PropertyType, value: unknown, at: string): readonly string[] {
  const intrinsic = intrinsicOf(template, value, at);
  if (intrinsic) return intrinsic;
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const wrong = [`${at} is ${JSON.stringify(value)?.slice(0, 60)}, no ${type.type}`];
  switch (type.type) {
    case "string":
    case "date-time":
      // CloudFormation takes numbers and booleans for text.
      if (typeof value === "object") return wrong;
      if (type.type === "string" && type.allowedValues && !type.allowedValues.includes(String(value))) {
        return [`${at} is "${value}", none of ${type.allowedValues.join(", ")}`];
      }
      return [];
    case "number":
    case "integer":
      if (typeof value !== "number" || (type.type === "integer" && !Number.isInteger(value))) return wrong;
      return type.type === "integer" && type.allowedValues && !type.allowedValues.includes(value)
        ? [`${at} is ${value}, none of ${type.allowedValues.join(", ")}`]
        : [];
    case "boolean":
      return typeof value === "boolean" ? [] : wrong;
    case "json":
      return isObject || Array.isArray(value) ? inJson(template, value, at) : wrong;
    case "null":
      return value === null ? [] : wrong;
    case "tag":
      return isObject && "Key" in value && "Value" in value ? [] : wrong;
    case "array":
      return Array.isArray(value)
        ? value.flatMap((each, i) => ofValue(template, type.element, each, `${at}[${i}]`))
        : wrong;
    case "map":
      return isObject
        ? Object.entries(value).flatMap(([key, each]) => ofValue(template, type.element, each, `${at}.${key}`))
        : wrong;
    case "union":
      return bestOf(type.types.map((each) => ofValue(template, each, value, at)));
    case "ref":
      return isObject
        ? ofProperties(template, database.get("typeDefinition", type.reference.$ref).properties, value, `${at}.`)
        : wrong;
  }
}

/** What intrinsic functions refer to exists; `undefined` for any other value. */
function intrinsicOf(
  { Resources, Parameters = {} }: TemplateText,
  value: unknown,
  at: string,
): readonly string[] | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const [[name, argument] = ["", undefined], ...others] = Object.entries(value);
  if (others.length > 0 || (name !== "Ref" && !name.startsWith("Fn::"))) return undefined;
  if (name === "Ref") {
    const to = String(argument);
    const exists = to in Resources || to in Parameters || PSEUDO.some((each) => to === `AWS::${each}`);
    return exists ? [] : [`${at} refers to ${to}, which does not exist`];
  }
  if (name === "Fn::GetAtt") {
    const [to = "", attribute = ""] = argument as readonly string[];
    const type = Resources[to]?.Type ?? "";
    const known = specificationOf(type);
    if (type.startsWith("Custom::") || (known && attribute in known.attributes)) return [];
    return [`${at} refers to ${to}.${attribute}, which does not exist`];
  }
  return inJson({ Resources, Parameters }, argument, at);
}

/** Intrinsic functions below a value of which nothing else is known. */
function inJson(template: TemplateText, value: unknown, at: string): readonly string[] {
  const intrinsic = intrinsicOf(template, value, at);
  if (intrinsic) return intrinsic;
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => inJson(template, each, `${at}.${key}`));
}

/** The properties whose change makes CloudFormation delete a resource and create another. */
export const replacing = (type: string): readonly string[] =>
  Object.entries(specificationOf(type)?.properties ?? {})
    .flatMap(([name, { causesReplacement }]) => (causesReplacement === "yes" ? [name] : []))
    .toSorted();
