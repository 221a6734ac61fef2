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

  test("has no policies of its own, of which an account may have twenty: caching and headers are those of AWS's", () => {
    expect([...of("AWS::CloudFront::CachePolicy"), ...of("AWS::CloudFront::ResponseHeadersPolicy")]).toEqual([]);
    const { DefaultCacheBehavior, CacheBehaviors } = distribution();
    for (const { CachePolicyId, ResponseHeadersPolicyId } of [DefaultCacheBehavior, ...CacheBehaviors]) {
      // CachingOptimized: as objects state, at least a second, compressed, by nothing but the path.
      expect(CachePolicyId).toBe("658327ea-f89d-4fab-a63d-7e88639e58f6");
      // CORS-with-preflight-and-SecurityHeadersPolicy
      expect(ResponseHeadersPolicyId).toBe("eaab4381-ed33-4a86-88ca-d9558dc6cd63");
    }
  });

  test("runs the edge functions before and after the cache for feeds, and for media, whose preflights and headers for pages of other sites they add", () => {
    const { DefaultCacheBehavior, CacheBehaviors } = distribution();
    const associated = DefaultCacheBehavior.FunctionAssociations?.map(({ EventType, FunctionARN }) => [
      EventType,
      named(FunctionARN),
    ]);
    expect(associated).toEqual([
      ["viewer-request", "ViewerRequest"],
      ["viewer-response", "ViewerResponse"],
    ]);
    const ofMedia = CacheBehaviors.map(({ PathPattern, AllowedMethods, FunctionAssociations = [] }) => [
      ...[PathPattern, AllowedMethods],
      ...FunctionAssociations.map(({ EventType, FunctionARN }) => [EventType, named(FunctionARN)]),
    ]);
    expect(ofMedia).toEqual([
      [
        "/media/*",
        ["GET", "HEAD", "OPTIONS"],
        ["viewer-request", "ViewerRequest"],
        ["viewer-response", "ViewerResponse"],
      ],
    ]);
    for (const [, each] of of("AWS::CloudFront::Function")) {
      expect(each).toMatchObject({ AutoPublish: true, FunctionConfig: { Runtime: "cloudfront-js-2.0" } });
    }
  });

  test("answers under further domains, too, so that the feeds of a former one go on", () => {
    const further = deployment({ ...CONFIG, furtherDomains: ["feeds.example.org", "old.example.net"] });
    expect(distribution(further)["Aliases"]).toEqual(["example.com", "feeds.example.org", "old.example.net"]);
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

describe("a distribution of the owner's", () => {
  const given = deployment({ name: "notes", content: "content", distribution: { id: "E2QWRUHAPOMQZL" } });

  test("is used instead of one of the stack's: it may read, is invalidated, logged and watched", () => {
    expect(given.of("AWS::CloudFront::Distribution")).toEqual([]);
    const arn = '":distribution/E2QWRUHAPOMQZL"';
    for (const type of ["AWS::S3::BucketPolicy", "AWS::IAM::Policy", "AWS::Logs::DeliverySource"]) {
      expect([type, JSON.stringify(given.of(type)).includes(arn)]).toEqual([type, true]);
    }
    const [, announce] = given.of("AWS::Lambda::Function").find(([id]) => id.startsWith("Announce")) ?? [];
    expect(announce?.["Environment"]).toMatchObject({ Variables: { DRIPFEED_DISTRIBUTION: "E2QWRUHAPOMQZL" } });
    expect(JSON.stringify(given.of("AWS::CloudWatch::Alarm"))).toContain('"E2QWRUHAPOMQZL"');
  });

  test("gets from its owner what the outputs name: an origin, its access control, functions and policies", () => {
    const { Outputs } = given.template.toJSON() as {
      readonly Outputs: { readonly [name: string]: { Value: unknown } };
    };
    const names = [
      "OriginDomain",
      "MediaOriginDomain",
      "OriginAccessControl",
      "ViewerRequestFunction",
      "ViewerResponseFunction",
    ];
    expect(names.map((name) => named(Outputs[name]?.Value))).toEqual([
      ...["Public", "Content", "Access", "ViewerRequest", "ViewerResponse"],
    ]);
    expect(Outputs["BehaviorCachePolicy"]?.Value).toBe("658327ea-f89d-4fab-a63d-7e88639e58f6");
  });

  test("that is logged already keeps its delivery source, of which it can have one only", () => {
    const distribution = { id: "E2QWRUHAPOMQZL", logSource: "shop-cdn" };
    const logged = deployment({ name: "notes", content: "content", distribution });
    expect(logged.of("AWS::Logs::DeliverySource")).toEqual([]);
    expect(logged.of("AWS::Logs::Delivery")).toMatchObject([
      ["AccessLogsDelivery", { DeliverySourceName: "shop-cdn" }],
    ]);
    expect(JSON.stringify(logged.of("AWS::S3::BucketPolicy"))).toContain(":delivery-source:shop-cdn");
  });
});
