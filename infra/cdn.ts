/** CloudFront in front of the public store and of the content store's media. All in us-east-1, where its log delivery must be. */
import { CfnOutput } from "aws-cdk-lib";
import {
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionRuntime,
  type IDistribution,
  S3OriginAccessControl,
} from "aws-cdk-lib/aws-cloudfront";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { type AtEdge, newDistribution, POLICIES } from "./distribution.ts";
import { edgeCode } from "./edge/build.ts";
import { MEDIA_PATH } from "./edge/event.ts";
import type { Settings } from "./settings.ts";
import type { Buckets } from "./stores.ts";
import { type Writing, writeOutputs } from "./write.ts";

interface Cdn {
  /** Made by the stack, or the owner's own. */
  readonly distribution: IDistribution;
  /** The functions at its edge. */
  readonly edge: readonly EdgeFunction[];
}

export function cdn(scope: Construct, settings: Settings, stores: Buckets, writing: Writing | undefined): Cdn {
  const code = edgeCode(settings.site);
  const edge = (id: string, text: string) =>
    new EdgeFunction(scope, id, { code: FunctionCode.fromInline(text), runtime: FunctionRuntime.JS_2_0 });
  const made = {
    onRequest: edge("ViewerRequest", code.request),
    onResponse: edge("ViewerResponse", code.response),
    access: new S3OriginAccessControl(scope, "Access"),
  };
  const distribution = settings.distribution
    ? ownersDistribution(scope, settings.distribution.id, stores, made)
    : newDistribution(scope, settings, stores, made, writing);
  if (settings.distribution && writing) writeOutputs(scope, writing);
  allowReading(stores.public, "*", distribution);
  allowReading(stores.content, `${MEDIA_PATH.slice(1)}*`, distribution);
  return { distribution, edge: [made.onRequest, made.onResponse] };
}

/** Its owner adds the origin and the behavior: the outputs name what they need for that. */
function ownersDistribution(
  scope: Construct,
  distributionId: string,
  stores: Buckets,
  { onRequest, onResponse, access }: AtEdge,
): IDistribution {
  const output = (id: string, value: string, description: string) => new CfnOutput(scope, id, { value, description });
  output("OriginDomain", stores.public.bucketRegionalDomainName, "The origin of the behavior for feeds");
  output("MediaOriginDomain", stores.content.bucketRegionalDomainName, "The origin of a behavior for /media/*");
  output("OriginAccessControl", access.originAccessControlId, "The origin access control of both origins");
  output("ViewerRequestFunction", onRequest.functionArn, "For the behavior's viewer requests");
  output("ViewerResponseFunction", onResponse.functionArn, "For the behavior's viewer responses");
  output("BehaviorCachePolicy", POLICIES.cachePolicy.cachePolicyId, "The behavior's cache policy, CachingOptimized");
  output(
    "BehaviorHeadersPolicy",
    POLICIES.responseHeadersPolicy.responseHeadersPolicyId,
    "Its response headers policy, CORS-with-preflight-and-SecurityHeadersPolicy",
  );
  // The name by which viewers reach it is that of `feeds`: nothing here asks for it by CloudFront's.
  return Distribution.fromDistributionAttributes(scope, "Cdn", { distributionId, domainName: "" });
}

/**
 * With s3:ListBucket a missing key answers 404 instead of 403. Viewers cannot list: query strings are not forwarded, and no
 * request reaches the root of the bucket. A bucket of the owner's gets its policy from them.
 */
function allowReading(bucket: IBucket, keys: string, distribution: IDistribution): void {
  const caller = {
    principals: [new ServicePrincipal("cloudfront.amazonaws.com")],
    conditions: { StringEquals: { "AWS:SourceArn": distribution.distributionArn } },
  };
  bucket.addToResourcePolicy(
    new PolicyStatement({ ...caller, actions: ["s3:GetObject"], resources: [bucket.arnForObjects(keys)] }),
  );
  bucket.addToResourcePolicy(
    new PolicyStatement({ ...caller, actions: ["s3:ListBucket"], resources: [bucket.bucketArn] }),
  );
}
