/** Grants permissions to a role, and acknowledges every `*` among them with its reason. */
import { Validations } from "aws-cdk-lib";
import { PolicyStatement, type Role } from "aws-cdk-lib/aws-iam";
import type { IBucket } from "aws-cdk-lib/aws-s3";

type ObjectAction =
  | "s3:GetObject"
  | "s3:PutObject"
  | "s3:DeleteObject"
  | "s3:AbortMultipartUpload"
  | "s3:ListMultipartUploadParts";

/** Actions allowed on the objects of a bucket whose keys match a pattern. */
export interface Access {
  readonly bucket: IBucket;
  readonly actions: readonly ObjectAction[];
  /** A key, in which `*` stands for any text. */
  readonly keys: string;
  /** The only prefix that may be listed, where keys are listed before they are read. Without it all keys of the bucket may be. */
  readonly listed?: string;
}

export function allow(role: Role, accesses: readonly Access[], statements: readonly PolicyStatement[] = []): void {
  for (const { bucket, actions, keys } of accesses) {
    role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [bucket.arnForObjects(keys)] }));
    if (keys.includes("*")) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${arnOf(bucket)}/${keys}]`,
        reason: "Keys are made of file names and taxonomy that authors choose: they cannot be listed.",
      });
    }
  }
  // Without s3:ListBucket on all of a bucket S3 answers 403 for a missing key, which looks like a store that fails.
  const read = accesses.filter(({ actions }) => actions.includes("s3:GetObject"));
  for (const [bucket, of] of Map.groupBy(read, ({ bucket }) => bucket)) {
    const prefixes = of.map(({ listed = "" }) => `${listed}*`);
    const conditions = prefixes.includes("*") ? {} : { conditions: { StringLike: { "s3:prefix": prefixes } } };
    role.addToPolicy(new PolicyStatement({ actions: ["s3:ListBucket"], resources: [bucket.bucketArn], ...conditions }));
  }
  for (const statement of statements) role.addToPolicy(statement);
}

/** The bucket's ARN as cdk-nag writes it in the id of a finding: `<Content1234.Arn>`, or whole where the owner named the bucket. */
function arnOf({ bucketArn, stack }: IBucket): string {
  const arn = stack.resolve(bucketArn) as string | { readonly "Fn::GetAtt": readonly string[] };
  return typeof arn === "string" ? arn : `<${arn["Fn::GetAtt"].join(".")}>`;
}
