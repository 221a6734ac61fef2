/**
 * `write` behind the CDN, with `write: true` alone: what a phone or an app sends becomes posts and media in the content store.
 *
 * Its function URL asks for no IAM authentication. With it, the CDN's origin access control would sign each request, and "if you use
 * PUT or POST methods with your Lambda function URL, your users must compute the SHA256 of the body and include the payload hash value
 * of the request body in the x-amz-content-sha256 header": no app that speaks Micropub does
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html). So the CDN
 * adds a header with a secret, and without it the function answers 403 before anything else.
 */
import { CfnOutput, Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  OriginRequestPolicy,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { FunctionUrlOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { type FunctionUrl, FunctionUrlAuthType, type Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import { SITE_KEY } from "../lib/base/problems.ts";
import { KEPT, WRITING } from "../lib/base/writing.ts";
import { BY_THE_CDN } from "../lib/lambda/known.ts";
import { mediaFoldersOf } from "../lib/site/media.ts";
import { CATALOGS } from "../lib/state/objects.ts";
import type { Access } from "./allow.ts";
import { lambda } from "./lambda.ts";
import { keysOf } from "./postkeys.ts";
import type { Settings } from "./settings.ts";
import type { Buckets } from "./stores.ts";

export interface Writing {
  readonly function: LambdaFunction;
  readonly url: FunctionUrl;
  readonly secret: Secret;
}

export function write(scope: Construct, settings: Settings, { content, state }: Buckets): Writing | undefined {
  if (!settings.write) return undefined;
  const { site } = settings;
  const origin = new URL(site.feeds).origin;
  const secret = new Secret(scope, "WriteSecret", {
    description: `By which the CDN of ${settings.name} shows that a request came by it`,
    generateSecretString: { passwordLength: 48, excludePunctuation: true },
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Validations.of(secret).acknowledge({
    id: "AwsSolutions-SMG4",
    reason: "The CDN has a copy, which AWS cannot rotate along with this one.",
  });
  const posts = keysOf(site.posts);
  const media = new Set(mediaFoldersOf(site).values());
  const made = lambda(scope, settings, {
    name: "write",
    description: "Posts and media of phones and apps, by way of the CDN",
    timeout: Duration.seconds(29), // the CDN waits for thirty
    memory: 1769, // a whole processor: somebody waits for it, on a phone, and it is billed for a fraction of a second
    environment: {
      DRIPFEED_SECRET: secret.secretArn,
      DRIPFEED_CONTENT: `s3://${content.bucketName}`,
      DRIPFEED_STATE: `s3://${state.bucketName}`,
      DRIPFEED_ORIGIN: origin,
    },
    stores: [
      { bucket: content, actions: ["s3:GetObject"], keys: "*" },
      ...posts.map((keys): Access => ({ bucket: content, actions: ["s3:PutObject", "s3:DeleteObject"], keys })),
      ...[...media].map((folder): Access => ({ bucket: content, actions: [...OF_MEDIA], keys: `${folder}*` })),
      { bucket: state, actions: ["s3:GetObject"], keys: "head.json" },
      { bucket: state, actions: ["s3:GetObject"], keys: `${CATALOGS}*` },
      { bucket: state, actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], keys: `${KEPT}*` },
    ],
    statements: [
      new PolicyStatement({ actions: ["secretsmanager:GetSecretValue"], resources: [secret.secretArn] }),
      // Where posts may be anywhere, the site's settings stay out of reach of what a phone sends.
      ...(posts.some((keys) => keys.startsWith("*"))
        ? [
            new PolicyStatement({
              effect: Effect.DENY,
              actions: ["s3:PutObject", "s3:DeleteObject"],
              resources: [content.arnForObjects(SITE_KEY)],
            }),
          ]
        : []),
    ],
  });
  Validations.of(made).acknowledge({
    id: "Serverless-LambdaDLQ",
    reason: "It is invoked synchronously: the phone sees a failure and repeats the request.",
  });
  const url = made.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
  const output = (id: string, value: string, description: string) => new CfnOutput(scope, id, { value, description });
  output("WritePage", `${origin}${WRITING}`, "Where posts are written");
  output("WriteFunction", made.functionName, "The function that answers there");
  output("WriteSecretName", secret.secretName, "The secret by which it knows the CDN, in Secrets Manager");
  output("StateStore", `s3://${state.bucketName}`, "The state store, for dripfeed tokens");
  return { function: made, url, secret };
}

/** A file is put whole or in parts; one that is not what it was said to be goes again. */
const OF_MEDIA = ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"] as const;

/**
 * AWS's own: nothing is cached; all that a viewer sent is passed on but for the host, by which Lambda knows its URL. With it come "all
 * device type and viewer location headers", of which `CloudFront-Viewer-Address` is one: by it sign-in slows down whoever guesses codes
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html and
 * adding-cloudfront-headers.html beside it).
 */
const WRITE_POLICIES = {
  cachePolicy: CachePolicy.CACHING_DISABLED,
  originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
};

/** Of the distribution that the stack makes. The value is resolved by CloudFormation, and is in no template. */
export const writeBehavior = ({ url, secret }: Writing): { readonly [path: string]: BehaviorOptions } => ({
  [`${WRITING}*`]: {
    ...WRITE_POLICIES,
    origin: new FunctionUrlOrigin(url, { customHeaders: { [BY_THE_CDN]: secret.secretValue.unsafeUnwrap() } }),
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    allowedMethods: AllowedMethods.ALLOW_ALL,
    compress: false, // CloudFront compresses nothing that it does not cache: the function does
  },
});

/** Of a distribution of the owner's, to which they add the behavior. */
export function writeOutputs(scope: Construct, { url }: Writing): void {
  const output = (id: string, value: string, description: string) => new CfnOutput(scope, id, { value, description });
  output(
    "WriteUrl",
    url.url,
    `Its host is the origin of a behavior for ${WRITING}*, with a custom header ${BY_THE_CDN}`,
  );
  output("WriteCachePolicy", WRITE_POLICIES.cachePolicy.cachePolicyId, "The behavior's cache policy, CachingDisabled");
  output(
    "WriteOriginRequestPolicy",
    WRITE_POLICIES.originRequestPolicy.originRequestPolicyId,
    "Its origin request policy, AllViewerExceptHostHeader",
  );
}
