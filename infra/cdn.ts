/** CloudFront in front of the public store and of the content store's media. All in us-east-1, where its log delivery must be. */
import { ArnFormat, Aws, CfnOutput, Duration, Stack, Validations } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  CacheCookieBehavior,
  CachedMethods,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource } from "aws-cdk-lib/aws-logs";
import { Bucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { present } from "../lib/base/optional.ts";
import { edgeCode } from "./edge/build.ts";
import type { Settings } from "./settings.ts";
import { type Buckets, CDN_LOGS } from "./stores.ts";

/** The objects of the content store that are served. */
const MEDIA = "media/*";

export interface Cdn {
  readonly distribution: Distribution;
  /** The functions at its edge. */
  readonly edge: readonly EdgeFunction[];
}

export function cdn(scope: Construct, { name, site, domain }: Settings, stores: Buckets): Cdn {
  const code = edgeCode(site);
  const edge = (id: string, text: string) =>
    new EdgeFunction(scope, id, { code: FunctionCode.fromInline(text), runtime: FunctionRuntime.JS_2_0 });
  const onRequest = edge("ViewerRequest", code.request);
  const onResponse = edge("ViewerResponse", code.response);

  const common = {
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
    cachedMethods: CachedMethods.CACHE_GET_HEAD,
    responseHeadersPolicy: headersPolicy(scope),
    compress: true,
  };
  const distribution = new Distribution(scope, "Cdn", {
    comment: name,
    httpVersion: HttpVersion.HTTP2_AND_3,
    defaultRootObject: "index.html",
    ...present({
      domainNames: domain && [domain.name],
      certificate: domain && Certificate.fromCertificateArn(scope, "Certificate", domain.certificateArn),
      minimumProtocolVersion: domain && SecurityPolicyProtocol.TLS_V1_2_2021,
    }),
    defaultBehavior: {
      ...common,
      origin: origin(scope, "Published", stores.public),
      cachePolicy: cachePolicy(scope, "Feeds", Duration.minutes(5)),
      functionAssociations: [
        { eventType: FunctionEventType.VIEWER_REQUEST, function: onRequest },
        { eventType: FunctionEventType.VIEWER_RESPONSE, function: onResponse },
      ],
    },
    additionalBehaviors: {
      [`/${MEDIA}`]: {
        ...common,
        origin: origin(scope, "MediaOfContent", stores.content),
        cachePolicy: cachePolicy(scope, "Media", Duration.days(1)),
      },
    },
    // Readers may request a new feed before it is published: its absence must not be cached for long.
    errorResponses: [403, 404].map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(10) })),
  });
  allowReading(stores.public, "*", distribution);
  allowReading(stores.content, MEDIA, distribution);
  logAccess(scope, name, stores, distribution);
  acknowledge(distribution, domain !== undefined);
  new CfnOutput(scope, "CdnDomain", {
    value: distribution.distributionDomainName,
    description: domain ? "Point the domain's CNAME (or ALIAS) here" : "The host of feeds in site.yaml",
  });
  return { distribution, edge: [onRequest, onResponse] };
}

/** Objects state how long they are cached. A minimum of 0 would disable the caching of compressed copies, hence one second. */
const cachePolicy = (scope: Construct, id: string, defaultTtl: Duration) =>
  new CachePolicy(scope, `${id}Cache`, {
    defaultTtl,
    minTtl: Duration.seconds(1),
    maxTtl: Duration.days(365),
    enableAcceptEncodingBrotli: true,
    enableAcceptEncodingGzip: true,
    // The function at the edge has reduced each request to the key of an object.
    queryStringBehavior: CacheQueryStringBehavior.none(),
    headerBehavior: CacheHeaderBehavior.none(),
    cookieBehavior: CacheCookieBehavior.none(),
  });

/** Without a content security policy: pages carry theirs in a `meta` element. */
const headersPolicy = (scope: Construct) =>
  new ResponseHeadersPolicy(scope, "Headers", {
    corsBehavior: {
      accessControlAllowCredentials: false,
      accessControlAllowHeaders: ["*"],
      accessControlAllowMethods: ["GET", "HEAD", "OPTIONS"],
      accessControlAllowOrigins: ["*"],
      accessControlExposeHeaders: ["ETag", "Link", "Content-Range"],
      originOverride: true,
    },
    securityHeadersBehavior: {
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.SAMEORIGIN, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
    },
  });

/**
 * Imported by its attributes, so that the CDK leaves the bucket's policy alone: it would allow every object to be read, and
 * the content store holds posts beside the media.
 */
const origin = (scope: Construct, id: string, { bucketArn, bucketRegionalDomainName }: Bucket) =>
  S3BucketOrigin.withOriginAccessControl(
    Bucket.fromBucketAttributes(scope, id, { bucketArn, bucketRegionalDomainName }),
  );

/**
 * With s3:ListBucket a missing key answers 404 instead of 403. Viewers cannot list: query strings are not forwarded, and no
 * request reaches the root of the bucket.
 */
function allowReading(bucket: Bucket, keys: string, distribution: Distribution): void {
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

/**
 * What `audience` counts by, and nothing else, since each line has somebody's address in it: no referrer, no cookies, no country.
 * The names are those of AWS's "Standard logging reference".
 */
const LOG_FIELDS = [
  // The time of day is for people who look for what happened.
  ...["date", "time"],
  // A line that is delivered twice counts once.
  "x-edge-request-id",
  // Readers that do not say how many they are count by address and User-Agent.
  ...["c-ip", "cs(User-Agent)"],
  // The name that was asked for; `cs(Host)` would be that of the distribution.
  ...["cs-method", "x-host-header", "cs-uri-stem", "cs-uri-query"],
  // Whether so much of an episode was sent that it counts as a download.
  ...["sc-status", "sc-bytes", "sc-range-start", "sc-range-end"],
];

/**
 * Standard logging, version 2. Tab-separated lines name their fields once for each file, where JSON does in every line: they are
 * read in two thirds of the time.
 */
function logAccess(scope: Construct, name: string, { logs }: Buckets, distribution: Distribution): void {
  const source = new CfnDeliverySource(scope, "AccessLogs", {
    name: `${name}-cdn`,
    logType: "ACCESS_LOGS",
    resourceArn: distribution.distributionArn,
  });
  const destination = new CfnDeliveryDestination(scope, "AccessLogsBucket", {
    // The format of a destination cannot be changed: another one has another name, so that it can be made before the former goes.
    name: `${name}-cdn-w3c`,
    outputFormat: "w3c",
    destinationResourceArn: logs.arnForObjects(CDN_LOGS.slice(0, -1)),
  });
  logs.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal("delivery.logs.amazonaws.com")],
      actions: ["s3:PutObject"],
      resources: [logs.arnForObjects(`${CDN_LOGS}*`)],
      conditions: {
        StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID },
        ArnLike: {
          "aws:SourceArn": Stack.of(scope).formatArn({
            service: "logs",
            resource: "delivery-source",
            resourceName: `${name}-cdn`,
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        },
      },
    }),
  );
  const delivery = new CfnDelivery(scope, "AccessLogsDelivery", {
    deliverySourceName: source.name,
    deliveryDestinationArn: destination.attrArn,
    s3SuffixPath: "{yyyy}/{MM}/{dd}",
    recordFields: LOG_FIELDS,
    fieldDelimiter: "\t",
  });
  delivery.addResourceDependency(source);
  if (logs.policy) destination.node.addDependency(logs.policy);
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
