/** The distribution that the stack makes: the public store behind it, the content store's media, and what runs at its edge. */
import { CfnOutput, Duration, Validations } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  CachedMethods,
  CachePolicy,
  Distribution,
  type Function as EdgeFunction,
  FunctionEventType,
  HttpVersion,
  ResponseHeadersPolicy,
  type S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { Bucket, type IBucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { present } from "../lib/base/optional.ts";
import { MEDIA_PATH } from "./edge/event.ts";
import type { Settings } from "./settings.ts";
import type { Buckets } from "./stores.ts";
import { type Writing, writeBehavior } from "./write.ts";

export interface AtEdge {
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
export const POLICIES = {
  cachePolicy: CachePolicy.CACHING_OPTIMIZED,
  responseHeadersPolicy: ResponseHeadersPolicy.CORS_ALLOW_ALL_ORIGINS_WITH_PREFLIGHT_AND_SECURITY_HEADERS,
};

export function newDistribution(
  scope: Construct,
  { name, domain }: Settings,
  stores: Buckets,
  { onRequest, onResponse, access }: AtEdge,
  writing: Writing | undefined,
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
      ...(writing && writeBehavior(writing)),
    },
    // Readers may request a new feed before it is published: its absence must not be cached for long.
    errorResponses: [403, 404].map((httpStatus) => ({ httpStatus, ttl: absence(httpStatus, writing) })),
  });
  acknowledge(made, domain !== undefined);
  const output = (id: string, value: string, description: string) => new CfnOutput(scope, id, { value, description });
  const use = domain ? "Point the CNAME (or ALIAS) of each domain here" : "The host of feeds in site.yaml";
  output("CdnDomain", made.distributionDomainName, use);
  output("DistributionId", made.distributionId, "The distribution, for policies of your own");
  return made;
}

/**
 * Of all behaviors. What `write` refuses to one person, another may be allowed: of 403, unlike 404, CloudFront "ignores no-store"
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html).
 */
const absence = (httpStatus: number, writing: Writing | undefined): Duration =>
  Duration.seconds(writing && httpStatus === 403 ? 0 : 10);

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
