/** A template with the names that its resources would have: references become names and ARNs. */
import type { Deployment } from "../deployment.ts";

export const ACCOUNT = "123456789012";
export const REGION = "us-east-1";

/** Properties by which a resource gets its name; others have their id as name here. */
const NAMED_BY: { readonly [type: string]: string } = {
  "AWS::S3::Bucket": "BucketName",
  "AWS::SQS::Queue": "QueueName",
  "AWS::StepFunctions::StateMachine": "StateMachineName",
};

export interface ResolvedResource {
  readonly Type: string;
  readonly Properties: { readonly [name: string]: unknown };
}

export interface Resolved {
  /** By logical id, without intrinsic functions. */
  readonly resources: { readonly [id: string]: ResolvedResource };
  /** What `Ref` and an attribute of a resource are, by its logical id with or without the hash. Throws for one that does not exist. */
  ref(id: string): string;
  attribute(id: string, name: string): string;
}

export function resolve({ resources }: Pick<Deployment, "resources">): Resolved {
  const idOf = (name: string): string => {
    const found = name in resources ? name : Object.keys(resources).find((id) => withoutHash(id) === name);
    if (found === undefined) throw new Error(`the template has no ${name}`);
    return found;
  };

  function nameOf(id: string): string {
    const { Type, Properties = {} } = resources[id] ?? { Type: "", Properties: {} };
    const own = Properties[NAMED_BY[Type] ?? ""];
    const name = own === undefined ? withoutHash(id) : String(value(own));
    return Type === "AWS::SQS::Queue" ? `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}` : name;
  }

  function arnOf(id: string): string {
    const { Type = "", Properties = {} } = resources[id] ?? {};
    const name = nameOf(id);
    const [, service = "", kind = ""] = Type.split("::");
    switch (Type) {
      case "AWS::S3::Bucket":
        return `arn:aws:s3:::${name}`;
      case "AWS::SQS::Queue":
        return queueArn(name);
      case "AWS::SNS::Topic":
        return `arn:aws:sns:${REGION}:${ACCOUNT}:${name}`;
      case "AWS::IAM::Role":
        return `arn:aws:iam::${ACCOUNT}:role/${name}`;
      case "AWS::IAM::OIDCProvider":
        return `arn:aws:iam::${ACCOUNT}:oidc-provider/${String(value(Properties["Url"])).replace("https://", "")}`;
      case "AWS::Lambda::Function":
        return `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
      case "AWS::CloudFront::Distribution":
        return `arn:aws:cloudfront::${ACCOUNT}:distribution/${name}`;
      case "AWS::SecretsManager::Secret":
        return `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${name}-AbCdEf`;
      case "AWS::StepFunctions::StateMachine":
        return `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${name}`;
      default:
        return `arn:aws:${service.toLowerCase()}:${REGION}:${ACCOUNT}:${kind.toLowerCase()}/${name}`;
    }
  }

  const REF_IS_ARN = [
    "AWS::SNS::Topic",
    "AWS::SecretsManager::Secret",
    "AWS::IAM::OIDCProvider",
    "AWS::StepFunctions::StateMachine",
  ];
  const ref = (id: string): string => (REF_IS_ARN.includes(resources[id]?.Type ?? "") ? arnOf(id) : nameOf(id));

  function attribute(id: string, name: string): string {
    if (name === "Arn" || /^[A-Z]\w+Arn$/.test(name)) return arnOf(id);
    const type = resources[id]?.Type;
    if (type === "AWS::S3::Bucket" && name === "RegionalDomainName") return `${nameOf(id)}.s3.${REGION}.amazonaws.com`;
    if (type === "AWS::SQS::Queue" && name === "QueueName") return queueArn(nameOf(id)).split(":").at(-1) ?? "";
    return `${withoutHash(id)}.${name}`;
  }

  function value(given: unknown): unknown {
    if (Array.isArray(given)) return given.map(value);
    if (typeof given !== "object" || given === null) return given;
    const {
      Ref,
      "Fn::GetAtt": got,
      "Fn::Join": joined,
      "Fn::Sub": substituted,
    } = given as { readonly [name: string]: unknown };
    if (typeof Ref === "string") return PSEUDO[Ref] ?? ref(idOf(Ref));
    if (Array.isArray(got)) return attribute(idOf(String(got[0])), String(got[1]));
    if (Array.isArray(joined)) return (joined[1] as readonly unknown[]).map(value).join(String(joined[0]));
    if (substituted !== undefined) return substituteIn(substituted);
    return Object.fromEntries(Object.entries(given).map(([name, each]) => [name, value(each)]));
  }

  function substituteIn(given: unknown): string {
    const [text, own] = Array.isArray(given)
      ? [String(given[0]), given[1] as { readonly [name: string]: unknown }]
      : [String(given), {}];
    return text.replace(/\$\{([^!}][^}]*)\}/g, (_, name: string) => {
      if (own[name] !== undefined) return String(value(own[name]));
      const [id = "", attributeName] = name.split(/\.(?=[^:]*$)/);
      return String(value(attributeName ? { "Fn::GetAtt": [id, attributeName] } : { Ref: name }));
    });
  }

  const made = Object.entries(resources).map(([id, { Type, Properties = {} }]) => {
    return [id, { Type, Properties: value(Properties) as ResolvedResource["Properties"] }] as const;
  });
  return {
    resources: Object.fromEntries(made),
    ref: (id) => ref(idOf(id)),
    attribute: (id, name) => attribute(idOf(id), name),
  };
}

const PSEUDO: { readonly [name: string]: string } = {
  "AWS::AccountId": ACCOUNT,
  "AWS::Region": REGION,
  "AWS::Partition": "aws",
  "AWS::URLSuffix": "amazonaws.com",
};

const withoutHash = (id: string): string => id.replace(/[0-9A-F]{8}$/, "");

/** Of a queue by its URL: `https://…/123456789012/triggers`. */
export function queueArn(url: string): string {
  const [account = "", name = ""] = new URL(url).pathname.split("/").slice(-2);
  return `arn:aws:sqs:${REGION}:${account}:${name}`;
}

export const bucketArn = (name: unknown): string => `arn:aws:s3:::${name}`;

/** A value within a value, `undefined` where one on the way is missing. */
export const at = (value: unknown, ...names: readonly string[]): unknown =>
  names.reduce<unknown>((of, name) => (of as { readonly [name: string]: unknown } | undefined)?.[name], value);
