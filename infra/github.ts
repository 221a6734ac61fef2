/** CI on GitHub: a role that may push content and trigger a run, and nothing else. */
import { OidcProviderNative, PolicyStatement, Role, WebIdentityPrincipal } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { allow } from "./allow.ts";
import type { Settings } from "./settings.ts";

const ISSUER = "token.actions.githubusercontent.com";

export function github(
  scope: Construct,
  { github: allowed }: Settings,
  { content, rebuild }: { readonly content: IBucket; readonly rebuild: LambdaFunction },
): Role | undefined {
  if (!allowed) return undefined;
  const provider =
    allowed.provider ??
    new OidcProviderNative(scope, "GitHub", { url: `https://${ISSUER}`, clientIds: ["sts.amazonaws.com"] })
      .oidcProviderArn;
  const role = new Role(scope, "GitHubRole", {
    description: "For CI: push content and trigger a run",
    assumedBy: new WebIdentityPrincipal(provider, {
      StringEquals: { [`${ISSUER}:aud`]: "sts.amazonaws.com" },
      StringLike: { [`${ISSUER}:sub`]: allowed.subjects },
    }),
  });
  allow(
    role,
    [{ bucket: content, actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], keys: "*" }],
    [new PolicyStatement({ actions: ["lambda:InvokeFunction"], resources: [rebuild.functionArn] })],
  );
  return role;
}
