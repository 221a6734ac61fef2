/** The CDN, `announce` and the webhook: permissions, caching and events. */
import { describe, expect, test } from "vitest";
import { allowedTo, CONFIG, deployment, listOf, named, type Statement } from "./deployment.ts";

const made = deployment();
const { of } = made;
const distribution = (all = made) => all.of("AWS::CloudFront::Distribution")[0]?.[1]["DistributionConfig"] as Config;

interface Behavior {
  readonly CachePolicyId: unknown;
  readonly PathPattern?: string;
  readonly FunctionAssociations?: readonly { readonly EventType: string; readonly FunctionARN: unknown }[];
  readonly [name: string]: unknown;
}
interface Config {
  readonly DefaultCacheBehavior: Behavior;
  readonly CacheBehaviors: readonly Behavior[];
  readonly Origins: readonly { readonly DomainName: unknown; readonly OriginAccessControlId: unknown }[];
  readonly [name: string]: unknown;
}

const statementsOf = (bucket: string): readonly Statement[] =>
  of("AWS::S3::BucketPolicy")
    .filter(([, { Bucket }]) => named(Bucket) === bucket)
    .flatMap(([, { PolicyDocument }]) => (PolicyDocument as { readonly Statement: readonly Statement[] }).Statement);

const allowedOn = (bucket: string) =>
  statementsOf(bucket)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Action, Principal, Resource }) =>
      listOf(Action).flatMap((action) =>
        listOf(Resource).map((resource) => {
          const { Service } = Principal as { readonly Service: string };
          return `${Service} ${action} ${named(resource)}`;
        }),
      ),
    )
    .toSorted();

describe("the CDN", () => {
  test("reads the public store, and only media of the content store; no other principal is granted access", () => {
    const cloudfront = "cloudfront.amazonaws.com";
    expect(allowedOn("Public")).toEqual([`${cloudfront} s3:GetObject Public/*`, `${cloudfront} s3:ListBucket Public`]);
    expect(allowedOn("Content")).toEqual([
      `${cloudfront} s3:GetObject Content/media/*`,
      `${cloudfront} s3:ListBucket Content`,
    ]);
    expect(allowedOn("State")).toEqual([]);
    for (const bucket of ["Public", "Content"]) {
      for (const { Effect, Condition } of statementsOf(bucket)) {
        if (Effect === "Allow") expect(JSON.stringify(Condition)).toMatch(/SourceArn.*distribution\//);
      }
    }
    expect(distribution().Origins.map(({ OriginAccessControlId }) => OriginAccessControlId)).not.toContain(undefined);
  });

  test("offers HTTP/2, HTTP/3 and IPv6, and under the owner's domain TLS 1.2 or newer", () => {
    expect(distribution()).toMatchObject({
      HttpVersion: "http2and3",
      IPV6Enabled: true,
      Aliases: ["example.com"],
      DefaultRootObject: "index.html",
      ViewerCertificate: { MinimumProtocolVersion: "TLSv1.2_2021", SslSupportMethod: "sni-only" },
      DefaultCacheBehavior: { ViewerProtocolPolicy: "redirect-to-https", Compress: true },
    });
    const { domain: _, certificateArn: __, ...rest } = CONFIG;
    expect(distribution(deployment(rest))).not.toHaveProperty("Aliases");
  });

  test("caches objects for as long as they state, at least a second, compressed, by their key alone", () => {
    const policies = of("AWS::CloudFront::CachePolicy");
    expect(policies).toHaveLength(2);
    for (const [, { CachePolicyConfig }] of policies) {
      expect(CachePolicyConfig).toMatchObject({
        MinTTL: 1,
        ParametersInCacheKeyAndForwardedToOrigin: {
          EnableAcceptEncodingBrotli: true,
          EnableAcceptEncodingGzip: true,
          CookiesConfig: { CookieBehavior: "none" },
          HeadersConfig: { HeaderBehavior: "none" },
          QueryStringsConfig: { QueryStringBehavior: "none" },
        },
      });
    }
  });

  test("runs the edge functions before and after the cache for feeds; media are served as they are", () => {
    const { DefaultCacheBehavior, CacheBehaviors } = distribution();
    const associated = DefaultCacheBehavior.FunctionAssociations?.map(({ EventType, FunctionARN }) => [
      EventType,
      named(FunctionARN),
    ]);
    expect(associated).toEqual([
      ["viewer-request", "ViewerRequest"],
      ["viewer-response", "ViewerResponse"],
    ]);
    expect(CacheBehaviors.map(({ PathPattern, FunctionAssociations }) => [PathPattern, FunctionAssociations])).toEqual([
      ["/media/*", undefined],
    ]);
    for (const [, each] of of("AWS::CloudFront::Function")) {
      expect(each).toMatchObject({ AutoPublish: true, FunctionConfig: { Runtime: "cloudfront-js-2.0" } });
    }
  });

  test("sends CORS and security headers", () => {
    const [[, { ResponseHeadersPolicyConfig }] = ["", {}]] = of("AWS::CloudFront::ResponseHeadersPolicy");
    expect(ResponseHeadersPolicyConfig).toMatchObject({
      CorsConfig: { AccessControlAllowOrigins: { Items: ["*"] }, AccessControlAllowCredentials: false },
      SecurityHeadersConfig: {
        ContentTypeOptions: { Override: true },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000 },
        FrameOptions: { FrameOption: "SAMEORIGIN" },
        ReferrerPolicy: {},
      },
    });
  });

  test("caches the absence of an object for ten seconds only", () => {
    expect(distribution()["CustomErrorResponses"]).toEqual([
      { ErrorCachingMinTTL: 10, ErrorCode: 403 },
      { ErrorCachingMinTTL: 10, ErrorCode: 404 },
    ]);
  });

  test("logs requests by standard logging version 2 into the log bucket", () => {
    expect(of("AWS::Logs::DeliverySource")).toMatchObject([[expect.any(String), { LogType: "ACCESS_LOGS" }]]);
    expect(of("AWS::Logs::Delivery")).toHaveLength(1);
    expect(of("AWS::Logs::DeliveryDestination")).toMatchObject([
      // The format of a destination that is deployed cannot be changed: one of another format needs another name.
      [expect.any(String), { Name: "notes-cdn-w3c", OutputFormat: "w3c" }],
    ]);
    expect(allowedOn("Logs")).toContain("delivery.logs.amazonaws.com s3:PutObject Logs/cdn/*");
    expect(distribution()).not.toHaveProperty("Logging");
  });

  test("logs what the audience is counted by, and nothing else of who asked", () => {
    const [[, delivery] = ["", {}]] = of("AWS::Logs::Delivery");
    expect(delivery).toMatchObject({ FieldDelimiter: "\t", S3SuffixPath: "{yyyy}/{MM}/{dd}" });
    expect(delivery["RecordFields"]).toEqual([
      ...["date", "time", "x-edge-request-id", "c-ip", "cs(User-Agent)", "cs-method", "x-host-header", "cs-uri-stem"],
      ...["cs-uri-query", "sc-status", "sc-bytes", "sc-range-start", "sc-range-end"],
    ]);
  });
});

describe("announce", () => {
  test("is invoked when the head is put and every 15 minutes; failed events go to the dead letter queue", () => {
    const rules = of("AWS::Events::Rule").map(([, rule]) => rule);
    expect(rules).toMatchObject([
      {
        EventPattern: {
          source: ["aws.s3"],
          "detail-type": ["Object Created"],
          detail: { object: { key: ["head.json"] } },
        },
      },
      { ScheduleExpression: "rate(15 minutes)" },
    ]);
    for (const { Targets } of rules) {
      const [{ Arn, DeadLetterConfig }] = Targets as [
        { readonly Arn: unknown; readonly DeadLetterConfig: { readonly Arn: unknown } },
      ];
      expect([named(Arn), named(DeadLetterConfig.Arn)]).toEqual(["Announce", "DeadTriggers"]);
    }
    const [, state] = of("AWS::S3::Bucket").find(([id]) => named({ Ref: id }) === "State") ?? [];
    expect(state?.["NotificationConfiguration"]).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
  });

  test("may read site.yaml and the public store, write the head and what it announces, and invalidate; nothing else", () => {
    expect(allowedTo(made, "AnnounceRole")).toEqual(
      [
        ...["s3:GetObject Content/site.yaml", "s3:ListBucket Content", "s3:GetObject Public/*", "s3:ListBucket Public"],
        ...["s3:GetObject State/head.json", "s3:PutObject State/head.json", "s3:ListBucket State"],
        ...["s3:GetObject State/announcing.json", "s3:PutObject State/announcing.json"],
        ...["CreateInvalidation", "GetInvalidation"].map(
          (action) => `cloudfront:${action} arn:aws:cloudfront::AWS::AccountId:distribution/Cdn`,
        ),
        ...["sqs:SendMessage DeadTriggers", "logs:CreateLogStream AnnounceLog", "logs:PutLogEvents AnnounceLog"],
        ...["xray:PutTelemetryRecords *", "xray:PutTraceSegments *"],
      ].toSorted(),
    );
  });
});

describe("the webhook", () => {
  test("is the only public function, and verifies signatures itself", () => {
    expect(of("AWS::Lambda::Url")).toMatchObject([[expect.any(String), { AuthType: "NONE" }]]);
    const open = of("AWS::Lambda::Permission").filter(([, { Principal }]) => Principal === "*");
    expect(open.map(([, { FunctionName }]) => named(FunctionName)).every((name) => name === "Webhook")).toBe(true);
    expect(open.length).toBeGreaterThan(0);
  });

  test("may read its secret, mark deliveries, and enqueue triggers; nothing else", () => {
    expect(allowedTo(made, "WebhookRole")).toEqual(
      [
        ...["s3:PutObject State/deliveries/*", "s3:DeleteObject State/deliveries/*", "sqs:SendMessage Triggers"],
        ...["secretsmanager:GetSecretValue WebhookSecret", "logs:CreateLogStream WebhookLog"],
        ...["logs:PutLogEvents WebhookLog", "xray:PutTelemetryRecords *", "xray:PutTraceSegments *"],
      ].toSorted(),
    );
  });

  test("has a generated secret", () => {
    expect(of("AWS::SecretsManager::Secret")).toMatchObject([
      [expect.any(String), { GenerateSecretString: { PasswordLength: 48, ExcludePunctuation: true } }],
    ]);
  });
});
