/** CloudFront in front of the public store and of the content store's media. All in us-east-1, where its log delivery must be. */
import { CfnOutput, Duration, Validations } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  CachedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  type IDistribution,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Bucket, type IBucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { present } from "../lib/base/optional.ts";
import { edgeCode } from "./edge/build.ts";
import { MEDIA_PATH } from "./edge/event.ts";
import type { Settings } from "./settings.ts";
import type { Buckets } from "./stores.ts";

interface Cdn {
  /** Made by the stack, or the owner's own. */
  readonly distribution: IDistribution;
  /** The functions at its edge. */
  readonly edge: readonly EdgeFunction[];
}

interface Edge {
  readonly onRequest: EdgeFunction;
  readonly onResponse: EdgeFunction;
  /** With it the distribution proves to a bucket that it is the one that asks. */
  readonly access: S3OriginAccessControl;
}

/**
 * AWS's own policies, since an account may have twenty of its own of each kind. Objects state how long they are cached, at least
 * a second, and the function at the edge has reduced each request to the key of an object: nothing else is in the cache's key.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 *
 * Pages carry a content security policy in a `meta` element, so of the headers no policy has one.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html
 */
const POLICIES = {
  cachePolicy: CachePolicy.CACHING_OPTIMIZED,
  responseHeadersPolicy: ResponseHeadersPolicy.CORS_ALLOW_ALL_ORIGINS_WITH_PREFLIGHT_AND_SECURITY_HEADERS,
};

export function cdn(scope: Construct, settings: Settings, stores: Buckets): Cdn {
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
    : newDistribution(scope, settings, stores, made);
  allowReading(stores.public, "*", distribution);
  allowReading(stores.content, `${MEDIA_PATH.slice(1)}*`, distribution);
  return { distribution, edge: [made.onRequest, made.onResponse] };
}

function newDistribution(
  scope: Construct,
  { name, domain }: Settings,
  stores: Buckets,
  { onRequest, onResponse, access }: Edge,
): Distribution {
  const common = {
    ...POLICIES,
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
    cachedMethods: CachedMethods.CACHE_GET_HEAD,
    compress: true,
  };
  const functionAssociations = [
    { eventType: FunctionEventType.VIEWER_REQUEST, function: onRequest },
    { eventType: FunctionEventType.VIEWER_RESPONSE, function: onResponse },
  ];
  const made = new Distribution(scope, "Cdn", {
    comment: name,
    httpVersion: HttpVersion.HTTP2_AND_3,
    defaultRootObject: "index.html",
    ...present({
      domainNames: domain && [domain.name, ...domain.further],
      certificate: domain && Certificate.fromCertificateArn(scope, "Certificate", domain.certificateArn),
      minimumProtocolVersion: domain && SecurityPolicyProtocol.TLS_V1_2_2021,
    }),
    defaultBehavior: {
      ...common,
      origin: origin(scope, "Published", stores.public, access),
      functionAssociations,
    },
    additionalBehaviors: {
      // The functions answer preflights, which S3 would refuse, and let other sites' pages read what players need.
      [`${MEDIA_PATH}*`]: {
        ...common,
        origin: origin(scope, "MediaOfContent", stores.content, access),
        functionAssociations,
      },
    },
    // Readers may request a new feed before it is published: its absence must not be cached for long.
    errorResponses: [403, 404].map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(10) })),
  });
  acknowledge(made, domain !== undefined);
  const output = (id: string, value: string, description: string) => new CfnOutput(scope, id, { value, description });
  const use = domain ? "Point the CNAME (or ALIAS) of each domain here" : "The host of feeds in site.yaml";
  output("CdnDomain", made.distributionDomainName, use);
  output("DistributionId", made.distributionId, "The distribution, for policies of your own");
  return made;
}

/** Its owner adds the origin and the behavior: the outputs name what they need for that. */
function ownersDistribution(
  scope: Construct,
  distributionId: string,
  stores: Buckets,
  { onRequest, onResponse, access }: Edge,
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
 * Imported by its attributes, so that the CDK leaves the bucket's policy alone: it would allow every object to be read, and
 * the content store holds posts beside the media.
 */
const origin = (
  scope: Construct,
  id: string,
  { bucketArn, bucketRegionalDomainName }: IBucket,
  originAccessControl: S3OriginAccessControl,
) =>
  S3BucketOrigin.withOriginAccessControl(
    Bucket.fromBucketAttributes(scope, id, { bucketArn, bucketRegionalDomainName }),
    { originAccessControl },
  );

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

function acknowledge(distribution: Distribution, hasDomain: boolean): void {
  Validations.of(distribution).acknowledge(
    {
      id: "Annotation::@aws-cdk/aws-cloudfront-origins:updateImportedBucketPolicyOac",
      reason: "allowReading() writes the policies of both buckets, each for the keys that are served.",
    },
    { id: "AwsSolutions-CFR1", reason: "Feeds are public in every country." },
    {
      id: "AwsSolutions-CFR2",
      reason: "The documents are static and cached; a firewall would cost more than everything else.",
    },
    {
      id: "AwsSolutions-CFR3",
      reason: "Access is logged by standard logging version 2, which the rule does not check.",
    },
    ...(hasDomain
      ? []
      : [
          {
            id: "AwsSolutions-CFR4",
            reason: "Without a domain the certificate is CloudFront's own, whose TLS policy cannot be changed.",
          },
        ]),
  );
}
