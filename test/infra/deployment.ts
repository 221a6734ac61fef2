/** A deployment's template, for tests: the example site with every optional setting. */
import { readFileSync } from "node:fs";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { type Config, readSettings } from "../../infra/settings.ts";
import { dripfeedStack } from "../../infra/stack.ts";
import { present } from "../../lib/base/optional.ts";

export const CONFIG: Config = {
  name: "notes",
  content: "content",
  domain: "example.com",
  certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/0a1b-2c3d",
  alarmEmail: "lin@example.com",
  github: { subject: "repo:lin/blog:ref:refs/heads/main" },
};

const { context } = JSON.parse(readFileSync("cdk.json", "utf8")) as {
  readonly context: { readonly [flag: string]: unknown };
};

interface Resource {
  readonly Type: string;
  readonly Properties: { readonly [name: string]: unknown };
  readonly DeletionPolicy?: string;
}

export interface Deployment {
  readonly template: Template;
  /** By logical id. */
  readonly resources: { readonly [id: string]: Resource };
  of(type: string): readonly (readonly [id: string, properties: Resource["Properties"]])[];
}

/** Synthesised without credentials, unless they are those of an account. */
export function deployment(config: Config = CONFIG, credentials?: string): Deployment {
  const app = new App({ context });
  const settings = readSettings(config, 2026, credentials);
  const env = { region: "us-east-1", ...present({ account: settings.account }) };
  const template = Template.fromStack(dripfeedStack(app, settings, { env }));
  const { Resources } = template.toJSON() as { readonly Resources: Deployment["resources"] };
  return {
    template,
    resources: Resources,
    of: (type) =>
      Object.entries(Resources).flatMap(([id, each]) => (each.Type === type ? [[id, each.Properties]] : [])),
  };
}

export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

export const listOf = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);

/** What a role's policies allow: every action with every resource, as text. */
export function allowedTo({ of }: Deployment, role: string): readonly string[] {
  const policies = of("AWS::IAM::Policy").filter(([, { Roles }]) => JSON.stringify(Roles).includes(`"${role}`));
  const statements = policies.flatMap(([, { PolicyDocument }]) => {
    return (PolicyDocument as { readonly Statement: readonly Statement[] }).Statement;
  });
  return statements
    .flatMap(({ Action, Resource }) =>
      listOf(Action).flatMap((action) => listOf(Resource).map((resource) => `${action} ${named(resource)}`)),
    )
    .toSorted();
}

/** `{ "Fn::GetAtt": ["Content123", "Arn"] }` as `Content`. */
export function named(value: unknown): string {
  if (typeof value === "string") return value;
  const { "Fn::GetAtt": attribute, "Fn::Join": joined, Ref: ref } = value as { readonly [name: string]: unknown };
  if (Array.isArray(attribute)) return withoutHash(String(attribute[0]));
  if (Array.isArray(joined)) return (joined[1] as readonly unknown[]).map(named).join("");
  return PSEUDO[String(ref)] ?? withoutHash(String(ref));
}

const PSEUDO: { readonly [name: string]: string } = { "AWS::Region": "us-east-1", "AWS::Partition": "aws" };
const withoutHash = (id: string): string => id.replace(/[0-9A-F]{8}$/, "");
