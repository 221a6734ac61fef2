/** The policies of a template: what each role is allowed, and who is allowed what by a resource. */
import { listOf } from "../deployment.ts";
import type { Resolved } from "./resolve.ts";

/** One statement for one action and one resource, so that each can be told apart. */
export interface Permission {
  readonly effect: "Allow" | "Deny";
  /** The role that has it, or the resource that it is attached to. */
  readonly of: string;
  /** Both with `*` and `?`. */
  readonly action: string;
  readonly resource: string;
  /** Whom a resource allows: `Service:s3.amazonaws.com`, `AWS:*`, `*`. `undefined`: the role itself. */
  readonly principals: readonly string[] | undefined;
  readonly conditions: { readonly [operator: string]: { readonly [key: string]: readonly string[] } };
}

export const nameOf = ({ of, action, resource, principals }: Permission): string =>
  principals ? `${of}: ${principals.join(", ")} ${action} ${resource}` : `${of}: ${action} ${resource}`;

/** Everything that allows or denies. Throws for what it does not know. */
export function policiesOf(template: Resolved): readonly Permission[] {
  return Object.entries(template.resources).flatMap(([id, { Type, Properties }]) => {
    const list = (name: string): readonly string[] => listOf(Properties[name] as string | readonly string[]);
    switch (Type) {
      case "AWS::IAM::Policy":
        if (Properties["Users"] || Properties["Groups"]) throw new Error(`${id} is of users or groups`);
        return list("Roles").flatMap((role) => statementsIn(Properties["PolicyDocument"], role));
      case "AWS::IAM::Role": {
        if (Properties["ManagedPolicyArns"])
          throw new Error(`${id} has policies that AWS manages, which are not known here`);
        const own = (Properties["Policies"] ?? []) as readonly { readonly PolicyDocument: unknown }[];
        return [
          ...own.flatMap(({ PolicyDocument }) => statementsIn(PolicyDocument, template.ref(id))),
          ...statementsIn(Properties["AssumeRolePolicyDocument"], template.ref(id), template.attribute(id, "Arn")),
        ];
      }
      case "AWS::IAM::ManagedPolicy":
      case "AWS::IAM::RolePolicy":
      case "AWS::IAM::UserPolicy":
      case "AWS::Lambda::LayerVersionPermission":
        throw new Error(`${id}: ${Type} is not known here`);
      case "AWS::S3::BucketPolicy":
      case "AWS::SQS::QueuePolicy":
      case "AWS::SNS::TopicPolicy":
        return statementsIn(Properties["PolicyDocument"], id, undefined);
      case "AWS::Lambda::Permission":
        return [ofFunction(id, Properties)];
      default:
        return [];
    }
  });
}

const KNOWN = ["Sid", "Effect", "Action", "Resource", "Principal", "Condition"];

/** `fixed`: the resource of a document that names none, as one of who may take on a role. */
function statementsIn(document: unknown, of: string, fixed?: string): readonly Permission[] {
  const { Statement } = document as { readonly Statement: readonly { readonly [name: string]: unknown }[] };
  return Statement.flatMap((statement) => {
    const unknown = Object.keys(statement).filter((name) => !KNOWN.includes(name));
    if (unknown.length > 0) throw new Error(`${of}: ${unknown.join(", ")} in a statement is not known here`);
    const { Effect, Action, Resource = fixed, Principal, Condition = {} } = statement;
    if (Effect !== "Allow" && Effect !== "Deny") throw new Error(`${of}: the effect ${Effect} is not known here`);
    const conditions = Object.fromEntries(
      Object.entries(Condition as { readonly [operator: string]: object }).map(([operator, keys]) => [
        operator,
        Object.fromEntries(
          Object.entries(keys).map(([key, values]) => [key.toLowerCase(), listOf(values).map(String)]),
        ),
      ]),
    );
    return listOf(Action as string | readonly string[]).flatMap((action) =>
      listOf(Resource as string | readonly string[]).map((resource) => ({
        effect: Effect,
        of,
        action,
        resource: String(resource),
        principals: Principal === undefined ? undefined : principalsIn(Principal),
        conditions,
      })),
    );
  });
}

function principalsIn(principal: unknown): readonly string[] {
  if (typeof principal === "string") return [principal];
  return Object.entries(principal as { readonly [kind: string]: string | readonly string[] }).flatMap(([kind, names]) =>
    listOf(names).map((name) => `${kind}:${name}`),
  );
}

/** The resource policy of a function, one statement for each such resource of CloudFormation. */
function ofFunction(id: string, properties: { readonly [name: string]: unknown }): Permission {
  const { Action, FunctionName, Principal, SourceArn, SourceAccount, ...rest } = properties;
  const { FunctionUrlAuthType, InvokedViaFunctionUrl, ...unknown } = rest;
  if (Object.keys(unknown).length > 0) throw new Error(`${id}: ${Object.keys(unknown).join(", ")} is not known here`);
  const condition = (operator: string, key: string, value: unknown) =>
    value === undefined ? {} : { [operator]: { [key]: [String(value)] } };
  const principal = String(Principal);
  return {
    effect: "Allow",
    of: id,
    action: String(Action),
    resource: String(FunctionName),
    principals: [principal === "*" ? "*" : principal.includes(".") ? `Service:${principal}` : `AWS:${principal}`],
    conditions: {
      ...condition("ArnLike", "aws:sourcearn", SourceArn),
      ...condition("StringEquals", "aws:sourceaccount", SourceAccount),
      ...condition("StringEquals", "lambda:functionurlauthtype", FunctionUrlAuthType),
      ...condition("Bool", "lambda:invokedviafunctionurl", InvokedViaFunctionUrl),
    },
  };
}
