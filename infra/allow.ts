/** Permissions, each as narrow as it goes, and the reason for every `*` that is left. */
import { Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement, type Role } from "aws-cdk-lib/aws-iam";
import type { Bucket } from "aws-cdk-lib/aws-s3";

/** What may be done with objects of a bucket, named by a pattern of their keys. */
export interface Access {
  readonly bucket: Bucket;
  readonly actions: readonly ("s3:GetObject" | "s3:PutObject" | "s3:DeleteObject")[];
  /** `*` stands for anything. */
  readonly keys: string;
}

export function allow(role: Role, accesses: readonly Access[], statements: readonly PolicyStatement[] = []): void {
  for (const { bucket, actions, keys } of accesses) {
    role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [bucket.arnForObjects(keys)] }));
    if (keys.endsWith("*")) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::<${attributeOf(bucket)}>/${keys}]`,
        reason: "Keys are made of what authors write: no list of them could be given.",
      });
    }
  }
  // Without it a missing key answers 403, which reads as a store that fails.
  const read = accesses.filter(({ actions }) => actions.includes("s3:GetObject"));
  for (const bucket of new Set(read.map(({ bucket }) => bucket))) {
    role.addToPolicy(new PolicyStatement({ actions: ["s3:ListBucket"], resources: [bucket.bucketArn] }));
  }
  for (const statement of statements) role.addToPolicy(statement);
}

/** As the rules name it: `Content1234.Arn`. */
function attributeOf(bucket: Bucket): string {
  const { "Fn::GetAtt": parts } = Stack.of(bucket).resolve(bucket.bucketArn) as { "Fn::GetAtt": readonly string[] };
  return parts.join(".");
}
