/** The calls that AWS's own services make because a template's resources ask for it, each with who asks. */
import { listOf } from "../deployment.ts";
import type { Call } from "./decide.ts";
import { roleOf, scheduled } from "./requests.ts";
import { ACCOUNT, at, bucketArn, REGION, type Resolved, type ResolvedResource } from "./resolve.ts";
import { callsOfStates } from "./states.ts";

type Properties = { readonly [name: string]: unknown };
type Made = readonly Call[];
type ByType = { readonly [type: string]: (properties: Properties, id: string, template: Resolved) => Made };

/** Throws for a type of resource of which it is not known here what it calls. */
export function callsByServices(template: Resolved): Made {
  return Object.entries(template.resources).flatMap(
    ([id, { Type, Properties }]: readonly [string, ResolvedResource]) => {
      if (CALLING_NOTHING.has(Type)) return [];
      const calls = BY_TYPE[Type];
      if (!calls) throw new Error(`${id}: what ${Type} calls is not known here`);
      return calls(Properties, id, template);
    },
  );
}

/** They are called, allow others, or only say something; what is done with them is asked for by other resources. */
const CALLING_NOTHING: ReadonlySet<string> = new Set([
  ...["AWS::CloudFront::Function", "AWS::CloudFront::OriginAccessControl"],
  "AWS::CloudWatch::Dashboard",
  ...["AWS::IAM::OIDCProvider", "AWS::IAM::Policy", "AWS::IAM::Role"],
  "AWS::Lambda::Permission",
  ...["AWS::Logs::DeliveryDestination", "AWS::Logs::DeliverySource", "AWS::Logs::LogGroup"],
  "AWS::S3::BucketPolicy",
  "AWS::SNS::TopicPolicy",
  "AWS::SQS::QueuePolicy",
  "AWS::Scheduler::ScheduleGroup",
  "AWS::SecretsManager::Secret",
]);

const service = (name: string, action: string, resource: string, context: Call["context"] = {}): Call => ({
  by: `Service:${name}.amazonaws.com`,
  action,
  resource,
  context,
});
const each = (value: unknown): readonly Properties[] => (Array.isArray(value) ? (value as readonly Properties[]) : []);

/** The function that a mapping names by its name or ARN. */
const functionsRole = ({ resources, ref }: Resolved, name: unknown): string => {
  const found = Object.entries(resources).find(
    ([id, { Type }]) => Type === "AWS::Lambda::Function" && (ref(id) === name || String(name).endsWith(`:${ref(id)}`)),
  );
  if (!found) throw new Error(`there is no function ${name}`);
  return roleOf(String(found[1].Properties["Role"]));
};

const BY_TYPE: ByType = {
  // Lambda runs a function, writes its log and traces and keeps its failed events in the name of its role:
  // https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
  "AWS::Lambda::Function": ({ Role, LoggingConfig, TracingConfig, DeadLetterConfig }) => {
    const by = roleOf(String(Role));
    const log = at(LoggingConfig, "LogGroup");
    const dead = at(DeadLetterConfig, "TargetArn");
    return [
      service("lambda", "sts:AssumeRole", String(Role)),
      ...(log === undefined
        ? []
        : ["logs:CreateLogStream", "logs:PutLogEvents"].map((action) => ({
            by,
            action,
            resource: logOf(log),
            context: {},
          }))),
      ...(at(TracingConfig, "Mode") === "Active"
        ? ["xray:PutTraceSegments", "xray:PutTelemetryRecords"].map((action) => ({
            by,
            action,
            resource: "*",
            context: {},
          }))
        : []),
      ...(dead === undefined ? [] : [{ by, action: "sqs:SendMessage", resource: String(dead), context: {} }]),
    ];
  },

  // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
  "AWS::Lambda::EventSourceMapping": ({ FunctionName, EventSourceArn }, _, template) =>
    ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"].map((action) => ({
      by: functionsRole(template, FunctionName),
      action,
      resource: String(EventSourceArn),
      context: {},
    })),

  // Both since October 2025: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
  "AWS::Lambda::Url": ({ TargetFunctionArn, AuthType }) => {
    const context = { "lambda:functionurlauthtype": String(AuthType) };
    return [
      { by: "*", action: "lambda:InvokeFunctionUrl", resource: String(TargetFunctionArn), context },
      {
        by: "*",
        action: "lambda:InvokeFunction",
        resource: String(TargetFunctionArn),
        context: { "lambda:invokedviafunctionurl": "true" },
      },
    ];
  },

  "AWS::Scheduler::Schedule": ({ GroupName, Target }) =>
    scheduled(String(GroupName), String(at(Target, "RoleArn")), String(at(Target, "Arn"))),

  // By policies of the targets: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
  "AWS::Events::Rule": ({ Targets }, id, template) => {
    const context = { "aws:sourcearn": template.attribute(id, "Arn") };
    return each(Targets).flatMap(({ Arn, RoleArn, DeadLetterConfig }) => {
      const target = String(Arn);
      const action = { lambda: "lambda:InvokeFunction", sqs: "sqs:SendMessage" }[target.split(":")[2] ?? ""];
      if (!action || RoleArn !== undefined) throw new Error(`${id}: how events reach ${target} is not known here`);
      const dead = at(DeadLetterConfig, "Arn");
      return [
        service("events", action, target, context),
        ...(dead === undefined ? [] : [service("events", "sqs:SendMessage", String(dead), context)]),
      ];
    });
  },

  // Who sends to a queue or topic with a key of KMS has to be allowed that key, too; with keys of SQS's own nobody has:
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html
  "AWS::SQS::Queue": withoutKey,
  "AWS::SNS::Topic": withoutKey,

  "AWS::SNS::Subscription": ({ Protocol }, id) => {
    if (Protocol !== "email") throw new Error(`${id}: what a subscription by ${Protocol} calls is not known here`);
    return [];
  },

  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html and
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
  "AWS::S3::Bucket": ({ NotificationConfiguration, LoggingConfiguration }, id, template) => {
    const context = { "aws:sourcearn": template.attribute(id, "Arn"), "aws:sourceaccount": ACCOUNT };
    const logs = at(LoggingConfiguration, "DestinationBucketName");
    const key = `${at(LoggingConfiguration, "LogFilePrefix")}2026-12-01-10-00-00-0123456789ABCDEF`;
    return [
      ...each(at(NotificationConfiguration, "QueueConfigurations")).map(({ Queue }) =>
        service("s3", "sqs:SendMessage", String(Queue), context),
      ),
      ...(logs === undefined ? [] : [service("logging.s3", "s3:PutObject", `${bucketArn(logs)}/${key}`, context)]),
    ];
  },

  // A behaviour's paths are keys of its origin; S3 says that one is missing only to who may list:
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
  "AWS::CloudFront::Distribution": ({ DistributionConfig }, id, template) => {
    const context = { "aws:sourcearn": template.attribute(id, "Arn") };
    const behaviors = [
      { ...(at(DistributionConfig, "DefaultCacheBehavior") as Properties), PathPattern: "/*" },
      ...each(at(DistributionConfig, "CacheBehaviors")),
    ];
    return behaviors.flatMap(({ TargetOriginId, PathPattern }) => {
      const origin = each(at(DistributionConfig, "Origins")).find(({ Id }) => Id === TargetOriginId);
      const [, bucket] = /^(.+)\.s3\.[\w-]+\.amazonaws\.com$/.exec(String(origin?.["DomainName"])) ?? [];
      if (bucket === undefined) return [];
      const key = String(PathPattern).replace(/^\//, "").replaceAll("*", "any");
      return [
        service("cloudfront", "s3:GetObject", `${bucketArn(bucket)}/${key}`, context),
        service("cloudfront", "s3:ListBucket", bucketArn(bucket), context),
      ];
    });
  },

  "AWS::StepFunctions::StateMachine": ({ RoleArn, Definition, DefinitionString }, id, template) => {
    const machine = template.attribute(id, "Arn");
    return [
      service("states", "sts:AssumeRole", String(RoleArn), { "aws:sourceaccount": ACCOUNT, "aws:sourcearn": machine }),
      ...callsOfStates(Definition ?? JSON.parse(String(DefinitionString)), roleOf(String(RoleArn)), machine),
    ];
  },

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions-V2.html
  "AWS::Logs::Delivery": ({ DeliverySourceName }, _, { resources }) => {
    const destinations = Object.values(resources).filter(({ Type }) => Type === "AWS::Logs::DeliveryDestination");
    return destinations.map(({ Properties }) =>
      service(
        "delivery.logs",
        "s3:PutObject",
        `${Properties["DestinationResourceArn"]}/2026/12/01/E1.2026-12-01-10.gz`,
        {
          "aws:sourcearn": `arn:aws:logs:${REGION}:${ACCOUNT}:delivery-source:${DeliverySourceName}`,
          "aws:sourceaccount": ACCOUNT,
        },
      ),
    );
  },

  // https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
  "AWS::CloudWatch::Alarm": ({ AlarmActions = [], OKActions = [] }, id) =>
    [...listOf(AlarmActions as readonly string[]), ...listOf(OKActions as readonly string[])].map((topic) =>
      service("cloudwatch", "sns:Publish", topic, {
        "aws:sourceaccount": ACCOUNT,
        "aws:sourcearn": `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:${id}`,
      }),
    ),
};

const logOf = (group: unknown): string => `arn:aws:logs:${REGION}:${ACCOUNT}:loggroup/${group}`;

function withoutKey({ KmsMasterKeyId }: Properties, id: string): Made {
  if (KmsMasterKeyId !== undefined) throw new Error(`${id}: who may use its key is not known here`);
  return [];
}
