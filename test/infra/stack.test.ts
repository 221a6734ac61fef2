/** The stack: what triggers what, permissions, retention and alarms. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { allowedTo, CONFIG, deployment, listOf, named, type Statement } from "./deployment.ts";

const made = deployment();
const { of, resources } = made;

describe("stores", () => {
  test("are private, encrypted, and reachable only over TLS", () => {
    const buckets = of("AWS::S3::Bucket");
    expect(buckets.map(([id]) => named({ Ref: id })).toSorted()).toEqual(["Content", "Logs", "Public", "State"]);
    for (const [id, bucket] of buckets) {
      expect(bucket).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: { ServerSideEncryptionConfiguration: [{}] },
        OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      });
      const policies = of("AWS::S3::BucketPolicy").filter(([, { Bucket }]) => named(Bucket) === named({ Ref: id }));
      expect(JSON.stringify(policies)).toContain('"aws:SecureTransport":"false"');
    }
  });

  test("are retained when the stack is deleted, unless the owner sets deleteBuckets", () => {
    const policies = (all: typeof resources) =>
      Object.values(all).flatMap(({ Type, DeletionPolicy }) => (Type === "AWS::S3::Bucket" ? [DeletionPolicy] : []));
    // Those that a deployment makes which then fails are not, since they are empty and in the way of the next one.
    expect(policies(resources)).toEqual(Array.from({ length: 4 }, () => "RetainExceptOnCreate"));
    expect(new Set(policies(deployment({ ...CONFIG, deleteBuckets: true }).resources))).toEqual(new Set(["Delete"]));
  });

  test("keep noncurrent versions of content and state for 30 days; logs, deliveries and prepared findings expire", () => {
    const bucket = (name: string) => of("AWS::S3::Bucket").find(([id]) => named({ Ref: id }) === name)?.[1];
    for (const name of ["Content", "State"]) {
      expect(bucket(name)).toMatchObject({ VersioningConfiguration: { Status: "Enabled" } });
      expect(JSON.stringify(bucket(name))).toContain('"NoncurrentVersionExpiration":{"NoncurrentDays":30}');
    }
    expect(bucket("Public")).not.toHaveProperty("VersioningConfiguration");
    expect(JSON.stringify(bucket("Logs"))).toContain('"ExpirationInDays":30');
    expect(JSON.stringify(bucket("State"))).toContain('"ExpirationInDays":1,"Id":"deliveries","Prefix":"deliveries/"');
    expect(JSON.stringify(bucket("State"))).toContain('"ExpirationInDays":7,"Id":"findings","Prefix":"findings/"');
  });

  test("keep no delete marker of an object whose versions have all expired", () => {
    const expiring = of("AWS::S3::Bucket").filter(([, bucket]) => JSON.stringify(bucket).includes("DeleteMarker"));
    expect(expiring.map(([id]) => named({ Ref: id })).toSorted()).toEqual(["Content", "State"]);
    for (const [, { LifecycleConfiguration }] of expiring) {
      const { Rules } = LifecycleConfiguration as { readonly Rules: readonly { readonly Id: string }[] };
      // S3 takes no days in the same rule.
      expect(Rules.filter((rule) => "ExpiredObjectDeleteMarker" in rule)).toEqual([
        expect.objectContaining({ Id: "former versions", ExpiredObjectDeleteMarker: true }),
      ]);
    }
  });
});

/**
 * What https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html asks of a resource that
 * a deployment is to take over, and what follows from this: it is not changed, so what it refers to must have the same name again.
 */
describe("the buckets of a former deployment can be taken over", () => {
  const known = deployment(CONFIG, "123456789012");
  const buckets = known.of("AWS::S3::Bucket");

  test("since their names are literal where the account is known, and they are retained", () => {
    expect(buckets.map(([, { BucketName }]) => BucketName).toSorted()).toEqual(
      ["content", "logs", "public", "state"].map((store) => `notes-${store}-123456789012-us-east-1`),
    );
    const policies = buckets.map(([id]) => known.resources[id]?.DeletionPolicy);
    expect(new Set(policies)).toEqual(new Set(["RetainExceptOnCreate"]));
  });

  test("and go on notifying and logging, since all that they refer to has a name of the owner's choice", () => {
    const referred = (value: unknown): readonly string[] => {
      if (typeof value !== "object" || value === null) return [];
      const { Ref: ref, "Fn::GetAtt": attribute } = value as {
        readonly Ref?: string;
        readonly "Fn::GetAtt"?: string[];
      };
      return [ref ?? attribute?.[0] ?? [], ...Object.values(value).map(referred)].flat();
    };
    const names = new Set(buckets.flatMap(([, properties]) => referred(properties)));
    expect([...names].map((id) => named({ Ref: id })).toSorted()).toEqual(["Logs", "Triggers"]);
    for (const id of names) {
      const { BucketName, QueueName } = known.resources[id]?.Properties ?? {};
      expect([id, typeof (BucketName ?? QueueName)]).toEqual([id, "string"]);
    }
  });

  test("and their policies, which a deployment cannot take over, are not retained", () => {
    const retained = Object.values(known.resources).filter(({ DeletionPolicy }) =>
      DeletionPolicy?.startsWith("Retain"),
    );
    expect(new Set(retained.map(({ Type }) => Type))).toEqual(new Set(["AWS::S3::Bucket"]));
  });

  test("and where the account is not known the template is one for every account", () => {
    const names = of("AWS::S3::Bucket").map(([, { BucketName }]) => named(BucketName));
    expect(names).toContain("notes-content-AWS::AccountId-us-east-1");
  });
});

describe("a content bucket of the owner's", () => {
  const given = deployment({ ...CONFIG, contentBucket: "posts-of-lin" });

  test("is not made, and its objects are read as those of the stack's own would be", () => {
    expect(
      given
        .of("AWS::S3::Bucket")
        .map(([id]) => named({ Ref: id }))
        .toSorted(),
    ).toEqual(["Logs", "Public", "State"]);
    expect(allowedTo(given, "RebuildRole")).toEqual(
      expect.arrayContaining(["s3:GetObject arn:aws:s3:::posts-of-lin/*", "s3:ListBucket arn:aws:s3:::posts-of-lin"]),
    );
  });

  test("triggers runs by EventBridge, which leaves its other notifications as they are", () => {
    const [, rule] = given.of("AWS::Events::Rule").find(([id]) => id.startsWith("ContentChanged")) ?? [];
    expect(rule).toMatchObject({
      EventPattern: {
        source: ["aws.s3"],
        "detail-type": ["Object Created", "Object Deleted"],
        detail: { bucket: { name: ["posts-of-lin"] } },
      },
    });
    const [target] = (rule?.["Targets"] ?? []) as readonly { readonly Arn: unknown }[];
    expect(named(target?.Arn)).toBe("Triggers");
  });
});

describe("triggers", () => {
  const [queue = ["", {}]] = of("AWS::SQS::Queue").filter(([id]) => named({ Ref: id }) === "Triggers");

  test("are enqueued for every object put into or removed from the content bucket", () => {
    const [, content] = of("AWS::S3::Bucket").find(([id]) => named({ Ref: id }) === "Content") ?? [];
    const { QueueConfigurations } = (content?.["NotificationConfiguration"] ?? { QueueConfigurations: [] }) as {
      readonly QueueConfigurations: readonly { readonly Event: string; readonly Queue: unknown }[];
    };
    expect(QueueConfigurations.map(({ Event, Queue }) => [Event, named(Queue)])).toEqual([
      ["s3:ObjectCreated:*", "Triggers"],
      ["s3:ObjectRemoved:*", "Triggers"],
    ]);
  });

  test("are enqueued only by that bucket and by roles of the stack", () => {
    const policies = of("AWS::SQS::QueuePolicy").filter(([, { Queues }]) => named(listOf(Queues)[0]) === "Triggers");
    const statements = policies.flatMap(
      ([, { PolicyDocument }]) => (PolicyDocument as { readonly Statement: readonly Statement[] }).Statement,
    );
    const allowing = statements.filter(({ Effect }) => Effect === "Allow");
    expect(allowing.map(({ Action, Principal }) => [Action, Principal])).toEqual([
      ["sqs:SendMessage", { Service: "s3.amazonaws.com" }],
    ]);
    const { ArnEquals, StringEquals } = (allowing[0]?.Condition ?? {}) as { readonly [name: string]: object };
    expect(named(Object.values(ArnEquals ?? {})[0])).toBe("arn:aws:s3:::notes-content-AWS::AccountId-us-east-1");
    expect(StringEquals).toEqual({ "aws:SourceAccount": { Ref: "AWS::AccountId" } });
    expect(statements.filter(({ Effect }) => Effect === "Deny")).toMatchObject([
      { Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ]);
  });

  test("that failed are delivered again after longer than a run can take, five times, and then kept for two weeks", () => {
    const [, rebuild] = of("AWS::Lambda::Function").find(([id]) => named({ Ref: id }) === "Rebuild") ?? [];
    const timeout = Number(rebuild?.["Timeout"]);
    expect(timeout).toBeLessThanOrEqual(300);
    expect(queue[1]).toMatchObject({ VisibilityTimeout: 360, RedrivePolicy: { maxReceiveCount: 5 } });
    expect(timeout + 15).toBeLessThan(360);
    expect(queue[1]).not.toHaveProperty("FifoQueue");
    const [, dead] = of("AWS::SQS::Queue").find(([id]) => named({ Ref: id }) === "DeadTriggers") ?? [];
    expect(dead).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 3600 });
  });

  test("are collected for 15 seconds, at most 10,000 of them, for at most two concurrent runs", () => {
    const [[, mapping] = ["", {}]] = of("AWS::Lambda::EventSourceMapping");
    expect(mapping).toMatchObject({
      BatchSize: 10_000,
      MaximumBatchingWindowInSeconds: 15,
      ScalingConfig: { MaximumConcurrency: 2 },
    });
    expect([named(mapping["EventSourceArn"]), named(mapping["FunctionName"])]).toEqual(["Triggers", "Rebuild"]);
  });

  test("for a full run are enqueued once a day", () => {
    const [, daily = {}] = of("AWS::Scheduler::Schedule").find(([id]) => id === "Daily") ?? [];
    expect(daily).toMatchObject({ ScheduleExpression: "cron(17 3 * * ? *)", Target: { Input: '{"full":true}' } });
    expect(named((daily["Target"] as { readonly Arn: unknown }).Arn)).toBe("Triggers");
  });
});

describe("functions", () => {
  test("run on arm64 and Node 24, each with a role of its own and a log group whose lines expire", () => {
    const functions = of("AWS::Lambda::Function");
    for (const [, each] of functions) {
      expect(each).toMatchObject({
        Runtime: "nodejs24.x",
        Architectures: ["arm64"],
        TracingConfig: { Mode: "Active" },
      });
    }
    const roles = functions.map(([, { Role }]) => named(Role));
    expect(new Set(roles).size).toBe(functions.length);
    for (const [, log] of of("AWS::Logs::LogGroup")) expect(log).toMatchObject({ RetentionInDays: 30 });
  });

  test("rebuild may read content, write public and state, receive and send triggers, and set one timer; nothing else", () => {
    expect(allowedTo(made, "RebuildRole")).toEqual(
      [
        ...["Content", "Public", "State"].flatMap((store) => [`s3:GetObject ${store}/*`, `s3:ListBucket ${store}`]),
        ...["Public", "State"].flatMap((store) => [`s3:DeleteObject ${store}/*`, `s3:PutObject ${store}/*`]),
        ...["ReceiveMessage", "DeleteMessage", "GetQueueAttributes", "SendMessage"].map(
          (name) => `sqs:${name} Triggers`,
        ),
        "scheduler:CreateSchedule arn:aws:scheduler:us-east-1:AWS::AccountId:schedule/notes/due",
        "scheduler:UpdateSchedule arn:aws:scheduler:us-east-1:AWS::AccountId:schedule/notes/due",
        "iam:PassRole TimerRole",
        "logs:CreateLogStream RebuildLog",
        "logs:PutLogEvents RebuildLog",
        "xray:PutTelemetryRecords *",
        "xray:PutTraceSegments *",
      ].toSorted(),
    );
  });

  test("reserve nothing of the account's concurrency, which may be too little, unless the owner sets it for the webhook", () => {
    const reserved = (all: typeof made) =>
      all.of("AWS::Lambda::Function").flatMap(([id, { ReservedConcurrentExecutions }]) => {
        return ReservedConcurrentExecutions === undefined ? [] : [[named({ Ref: id }), ReservedConcurrentExecutions]];
      });
    expect(reserved(made)).toEqual([]);
    expect(reserved(deployment({ ...CONFIG, webhookConcurrency: 5 }))).toEqual([["Webhook", 5]]);
  });

  test("the timer may enqueue triggers, and nothing else", () => {
    expect(allowedTo(made, "TimerRole")).toEqual(["sqs:SendMessage Triggers"]);
  });
});

test("announce is invoked by each change of the head, and every quarter of an hour to check what is served", () => {
  const rules = of("AWS::Events::Rule").map(([id, { EventPattern, ScheduleExpression, Targets }]) => {
    const [{ Arn, Input, DeadLetterConfig }] = Targets as readonly [{ readonly [name: string]: unknown }];
    const { Arn: dead } = DeadLetterConfig as { readonly Arn: unknown };
    return [named({ Ref: id }), ScheduleExpression ?? "", Boolean(EventPattern), named(Arn), Input, named(dead)];
  });
  expect(rules).toEqual([
    ["HeadChanged", "", true, "Announce", undefined, "DeadTriggers"],
    ["OutboxRetried", "rate(15 minutes)", false, "Announce", '{"check":true}', "DeadTriggers"],
  ]);
});

describe("audience", () => {
  const propertiesOf = (type: string, name: string) => of(type).find(([id]) => named({ Ref: id }) === name)?.[1] ?? {};

  test("is invoked once a day, after midnight in UTC, by a schedule that may invoke it, and nothing else", () => {
    const daily = propertiesOf("AWS::Scheduler::Schedule", "DailyAudience");
    expect(daily).toMatchObject({ GroupName: "notes", ScheduleExpression: "cron(43 5 * * ? *)" });
    const { Arn, RoleArn } = daily["Target"] as { readonly Arn: unknown; readonly RoleArn: unknown };
    expect([named(Arn), named(RoleArn)]).toEqual(["Audience", "DailyAudienceRole"]);
    expect(allowedTo(made, "DailyAudienceRole")).toEqual(["lambda:InvokeFunction Audience"]);
  });

  test("has a whole processor and the longest time that Lambda gives; failed events go to the dead letter queue", () => {
    const audience = propertiesOf("AWS::Lambda::Function", "Audience");
    expect(audience).toMatchObject({ MemorySize: 1769, Timeout: 900 });
    const { TargetArn } = audience["DeadLetterConfig"] as { readonly TargetArn: unknown };
    expect(named(TargetArn)).toBe("DeadTriggers");
  });

  test("may read the CDN's logs and what tells channels and recordings, and keep what it counts; nothing else", () => {
    expect(allowedTo(made, "AudienceRole")).toEqual(
      [
        ...["s3:GetObject Logs/cdn/*", "s3:ListBucket Logs", "s3:GetObject Content/site.yaml", "s3:ListBucket Content"],
        ...["s3:GetObject Public/feeds.json", "s3:ListBucket Public", "s3:ListBucket State"],
        ...["head.json", "catalogs/*", "entries/*", "audience/*"].map((keys) => `s3:GetObject State/${keys}`),
        ...["s3:PutObject State/audience/*", "sqs:SendMessage DeadTriggers"],
        ...["logs:CreateLogStream AudienceLog", "logs:PutLogEvents AudienceLog"],
        ...["xray:PutTelemetryRecords *", "xray:PutTraceSegments *"],
      ].toSorted(),
    );
  });

  test("may not list the logs of who read the buckets, which are beside those of the CDN", () => {
    const statements = of("AWS::IAM::Policy").flatMap(
      ([, { PolicyDocument }]) => (PolicyDocument as { readonly Statement: readonly Statement[] }).Statement,
    );
    const listing = statements.filter(
      ({ Action, Resource }) => Action === "s3:ListBucket" && named(listOf(Resource)[0]) === "Logs",
    );
    expect(listing.map(({ Condition }) => Condition)).toEqual([{ StringLike: { "s3:prefix": ["cdn/*"] } }]);
  });

  test("reads logs where the CDN puts them, and is told of every store", () => {
    const { Variables } = propertiesOf("AWS::Lambda::Function", "Audience")["Environment"] as {
      readonly Variables: { readonly [name: string]: unknown };
    };
    expect(Object.entries(Variables).map(([name, value]) => [name, named(value)])).toEqual([
      ["DRIPFEED_CONTENT", "s3://Content"],
      ["DRIPFEED_PUBLIC", "s3://Public"],
      ["DRIPFEED_STATE", "s3://State"],
      ["DRIPFEED_LOGS", "s3://Logs/cdn"],
      ["DRIPFEED_SITE", "notes"],
    ]);
  });
});

describe("CI on GitHub", () => {
  test("may push content and trigger a run, and nothing else", () => {
    expect(allowedTo(made, "GitHubRole")).toEqual(
      [
        ...["DeleteObject", "GetObject", "PutObject"].map((action) => `s3:${action} Content/*`),
        ...["lambda:InvokeFunction Rebuild", "s3:ListBucket Content"],
      ].toSorted(),
    );
  });

  test("must match the whole subject and the audience of AWS", () => {
    const [, role] = of("AWS::IAM::Role").find(([id]) => named({ Ref: id }) === "GitHubRole") ?? [];
    expect(role?.["AssumeRolePolicyDocument"]).toMatchObject({
      Statement: [
        {
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
            StringLike: { "token.actions.githubusercontent.com:sub": ["repo:lin/blog:ref:refs/heads/main"] },
          },
        },
      ],
    });
    expect(of("AWS::IAM::OIDCProvider")).toHaveLength(1);
  });

  test("uses the account's identity provider if it is given, and gets no role without the github setting", () => {
    const provider = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
    const { subject } = CONFIG.github ?? { subject: "" };
    const given = deployment({ ...CONFIG, github: { subject, provider } });
    expect(given.of("AWS::IAM::OIDCProvider")).toEqual([]);
    const { github: _, ...rest } = CONFIG;
    const without = deployment(rest);
    expect(without.of("AWS::IAM::Role").filter(([id]) => id.startsWith("GitHub"))).toEqual([]);
  });
});

describe("alarms", () => {
  const alarms = of("AWS::CloudWatch::Alarm");

  test("have a description and notify the topic, which sends mail", () => {
    for (const [id, { AlarmDescription, AlarmActions }] of alarms) {
      expect([id, String(AlarmDescription).length > 20, named(listOf(AlarmActions)[0])]).toEqual([id, true, "Alarms"]);
    }
    expect(of("AWS::SNS::Subscription")).toMatchObject(
      [["", { Protocol: "email", Endpoint: "lin@example.com" }]].map(([, each]) => [expect.any(String), each]),
    );
  });

  test("are those in docs/aws-running.md, and no others", () => {
    const listed = readFileSync("docs/aws-running.md", "utf8").split("\n| alarm |")[1]?.split("\n\n")[0] ?? "";
    const rows = listed.split("\n").slice(2);
    const names = rows.flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`(\w+)`/g)].map(([, name]) => name));
    const all = deployment({ ...CONFIG, write: true }).of("AWS::CloudWatch::Alarm");
    expect(names.toSorted()).toEqual(all.map(([id]) => named({ Ref: id })).toSorted());
  });

  test("tell that something is mended, but for that on dead letters, whose end says only that no more came", () => {
    const silent = alarms.filter(([, { OKActions }]) => named(listOf(OKActions ?? "")[0]) !== "Alarms");
    expect(silent.map(([id]) => named({ Ref: id }))).toEqual(["DeadLetters"]);
    expect(alarms.filter(([, { InsufficientDataActions }]) => InsufficientDataActions !== undefined)).toEqual([]);
  });

  test("on what the functions measure have the site as their dimension, and keep their state between runs", () => {
    const own = alarms.filter(([, { Namespace }]) => Namespace === "Dripfeed");
    expect(own.map(([, { MetricName }]) => MetricName).toSorted()).toEqual(
      ["Problems", "Refused", "TimerFailed", "OutboxPaths", "Stale"].toSorted(),
    );
    for (const [, { Dimensions, TreatMissingData }] of own) {
      expect([Dimensions, TreatMissingData]).toEqual([[{ Name: "Site", Value: "notes" }], "ignore"]);
    }
  });

  interface AlarmMetric {
    readonly Expression?: string;
    readonly MetricStat?: {
      readonly Stat: string;
      readonly Metric: {
        readonly Namespace: string;
        readonly MetricName: string;
        readonly Dimensions: readonly { readonly Name: string; readonly Value: unknown }[];
      };
    };
  }
  const metricsOf = (alarm: string): readonly AlarmMetric[] =>
    alarms.flatMap(([id, { Metrics = [] }]) => (named({ Ref: id }) === alarm ? (Metrics as AlarmMetric[]) : []));
  /** The CDK makes the names of these functions. */
  const plain = (name: string) => name.replace(/^us-east-1notes|[0-9A-F]{8}$/g, "");
  const shown = ({ MetricStat }: AlarmMetric) =>
    MetricStat
      ? [
          `${MetricStat.Metric.Namespace} ${MetricStat.Metric.MetricName} ${MetricStat.Stat}`,
          ...MetricStat.Metric.Dimensions.map(({ Name, Value }) => `${Name}=${plain(named(Value))}`).toSorted(),
        ].join(" ")
      : "";

  test.each([
    ["CdnRefusals", "4xxErrorRate", 50],
    ["CdnFailures", "5xxErrorRate", 5],
  ])("%s is on the rate of the whole distribution, and waits for enough requests", (alarm, metric, threshold) => {
    expect(metricsOf(alarm).map(shown).filter(Boolean).toSorted()).toEqual([
      `AWS/CloudFront ${metric} Average DistributionId=Cdn Region=Global`,
      "AWS/CloudFront Requests Sum DistributionId=Cdn Region=Global",
    ]);
    expect(metricsOf(alarm).flatMap(({ Expression = [] }) => Expression)).toEqual(["IF(requests >= 100, rate, 0)"]);
    const [, alarmed] = alarms.find(([id]) => named({ Ref: id }) === alarm) ?? [];
    expect(alarmed).toMatchObject({ Threshold: threshold, EvaluationPeriods: 1, TreatMissingData: "notBreaching" });
  });

  test("Uncounted waits for two days in which the CDN was asked and no request was counted", () => {
    expect(metricsOf("Uncounted").map(shown).filter(Boolean).toSorted()).toEqual([
      "AWS/CloudFront Requests Sum DistributionId=Cdn Region=Global",
      "Dripfeed AudienceRequests Maximum Site=notes",
    ]);
    expect(metricsOf("Uncounted").flatMap(({ Expression = [] }) => Expression)).toEqual([
      "IF(requests >= 100, counted <= 0 * requests, 0)",
    ]);
    const [, alarmed] = alarms.find(([id]) => named({ Ref: id }) === "Uncounted") ?? [];
    expect(alarmed).toMatchObject({ Threshold: 1, EvaluationPeriods: 2, TreatMissingData: "notBreaching" });
  });

  test("WebhookErrors is on what the function's URL answers, since a function that answers 503 has not failed", () => {
    expect(metricsOf("WebhookErrors").map(shown).filter(Boolean).toSorted()).toEqual([
      "AWS/Lambda Url5xxCount Sum FunctionName=Webhook",
      "AWS/Lambda UrlRequestCount Sum FunctionName=Webhook",
    ]);
  });

  test("each function that can fail has an alarm on every call of it having failed", () => {
    const onErrors = alarms.flatMap(([id]) =>
      metricsOf(named({ Ref: id })).some((each) => shown(each).startsWith("AWS/Lambda Errors "))
        ? [named({ Ref: id })]
        : [],
    );
    expect(onErrors).toEqual(["RebuildErrors", "AnnounceErrors", "AudienceErrors"]);
  });

  test("EdgeErrors is on every way in which a function at the edge can fail", () => {
    expect(metricsOf("EdgeErrors").map(shown).filter(Boolean).toSorted()).toEqual(
      ["ViewerRequest", "ViewerResponse"]
        .flatMap((each) =>
          ["FunctionExecutionErrors", "FunctionThrottles", "FunctionValidationErrors"].map(
            (metric) => `AWS/CloudFront ${metric} Sum FunctionName=${each} Region=Global`,
          ),
        )
        .toSorted(),
    );
  });
});

test("roles of the scheduler can be assumed for schedules of the stack's own group, and no others", () => {
  const trusted = of("AWS::IAM::Role").flatMap(([id, { AssumeRolePolicyDocument }]) => {
    const { Statement } = AssumeRolePolicyDocument as { readonly Statement: readonly Statement[] };
    return Statement.filter(({ Principal }) => JSON.stringify(Principal).includes("scheduler.amazonaws.com")).map(
      ({ Condition }) =>
        [named({ Ref: id }), Condition as { readonly StringEquals: { readonly [key: string]: unknown } }] as const,
    );
  });
  expect(trusted.map(([id]) => id).toSorted()).toEqual(["DailyAudienceRole", "TimerRole"]);
  for (const [, { StringEquals }] of trusted) {
    expect(Object.entries(StringEquals).map(([key, value]) => [key, named(value)])).toEqual([
      ["aws:SourceAccount", "AWS::AccountId"],
      ["aws:SourceArn", "arn:aws:scheduler:us-east-1:AWS::AccountId:schedule-group/notes"],
    ]);
  }
  expect(of("AWS::Scheduler::ScheduleGroup").map(([, { Name }]) => Name)).toEqual(["notes"]);
  for (const [, { GroupName }] of of("AWS::Scheduler::Schedule")) expect(GroupName).toBe("notes");
});

describe("the dashboard", () => {
  const [[, { DashboardName, DashboardBody }] = ["", {}]] = of("AWS::CloudWatch::Dashboard");

  test("shows every alarm, and of the functions only what they measure, with at most the fifty metrics that are free", () => {
    expect(DashboardName).toBe("notes-feeds");
    const { "Fn::Join": [, parts] = [] } = DashboardBody as { readonly "Fn::Join"?: readonly [string, unknown[]] };
    const text = (parts ?? []).map((part) => (typeof part === "string" ? part : named(part))).join("");
    const { widgets } = JSON.parse(text) as {
      readonly widgets: readonly {
        readonly properties: {
          readonly alarms?: readonly string[];
          readonly metrics?: readonly (readonly unknown[])[];
        };
      }[];
    };
    const alarms = widgets.flatMap(({ properties }) => properties.alarms ?? []);
    expect(alarms.toSorted()).toEqual(
      of("AWS::CloudWatch::Alarm")
        .map(([id]) => named({ "Fn::GetAtt": [id, "Arn"] }))
        .toSorted(),
    );
    const metrics = widgets.flatMap(({ properties }) => properties.metrics ?? []);
    expect([metrics.length > 15, metrics.length <= 50]).toEqual([true, true]);
    const own = metrics.flatMap(([namespace, name]) => (namespace === "Dripfeed" ? [String(name)] : []));
    const files = ["run", "announcement", "count"].map((name) => `lib/lambda/outcome/${name}.ts`);
    const written = files.map((file) => readFileSync(file, "utf8")).join("");
    expect(own.filter((name) => !written.includes(`${name}: `))).toEqual([]);
  });

  test("can be left out", () => {
    expect(deployment({ ...CONFIG, dashboard: false }).of("AWS::CloudWatch::Dashboard")).toEqual([]);
  });
});

test("no role can be assumed by every principal", () => {
  const trusted = of("AWS::IAM::Role").map(([id, { AssumeRolePolicyDocument }]) => {
    const { Statement } = AssumeRolePolicyDocument as { readonly Statement: readonly Statement[] };
    return [named({ Ref: id }), JSON.stringify(Statement.map(({ Principal }) => Principal))];
  });
  for (const [id, principals] of trusted) expect([id, principals?.includes('"*"')]).toEqual([id, false]);
});
