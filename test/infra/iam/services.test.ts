/** That the policies of the template allow what AWS's own services have to do, whatever the settings, and nothing else. */
import { describe, expect, test } from "vitest";
import type { Config } from "../../../infra/settings.ts";
import { CONFIG, deployment } from "../deployment.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import { type Call, decide } from "./decide.ts";
import { policiesOf } from "./policies.ts";
import { roleOf } from "./requests.ts";
import { resolve } from "./resolve.ts";
import { callsByServices } from "./services.ts";

interface Setting {
  readonly name: string;
  readonly given: Config;
  /** What the template cannot allow. */
  readonly refused?: readonly string[];
  /** Calls of what the template does not have. */
  readonly others?: readonly Call[];
}

// The CDK allows these to whoever may send to a queue; they tell the queue's settings, and nothing of its messages.
const ADDED_BY_CDK = /^\w+: Service:events\.amazonaws\.com sqs:GetQueue(?:Attributes|Url) /;

/** But for what roles may that functions and people use. */
function coverage(given: Config, others: readonly Call[] = []): Coverage {
  const made = resolve(deployment(given));
  const roles = Object.values(made.resources).flatMap(({ Type, Properties }) =>
    Type === "AWS::Lambda::Function" ? [roleOf(String(Properties["Role"]))] : [],
  );
  const { refused, unused } = coverageOf([...callsByServices(made), ...others], policiesOf(made));
  const isOfOthers = (each: string): boolean => [...roles, "GitHubRole"].some((role) => each.startsWith(`${role}: `));
  return { refused, unused: unused.filter((each) => !ADDED_BY_CDK.test(each) && !isOfOthers(each)) };
}

test("AWS's services may do all that the resources of a deployment ask of them, and nothing that none asks for", () => {
  expect(coverage(CONFIG)).toEqual({ refused: [], unused: [] });
});

describe("they may do so", () => {
  const { github: _, ...BARE } = CONFIG;
  const { domain: __, certificateArn: ___, ...WITHOUT_DOMAIN } = CONFIG;
  const OWN = "E2QWRUHAPOMQZL";
  const ofLinsBucket = [
    "Service:cloudfront.amazonaws.com: s3:GetObject arn:aws:s3:::lin-posts/media/any",
    "Service:cloudfront.amazonaws.com: s3:ListBucket arn:aws:s3:::lin-posts",
  ];
  const settings: readonly Setting[] = [
    { name: "with none", given: { name: "notes", content: "content" } },
    { name: "without CI on GitHub", given: BARE },
    { name: "with posts written on phones", given: { ...CONFIG, write: true } },
    { name: "with a state machine", given: { ...CONFIG, parallel: true } },
    {
      name: "with a bucket of the owner's, whose policy is theirs",
      given: { ...CONFIG, contentBucket: "lin-posts" },
      refused: ofLinsBucket,
    },
    {
      name: "with a bucket of the owner's and a state machine",
      given: { ...CONFIG, contentBucket: "lin-posts", parallel: true },
      refused: ofLinsBucket,
    },
    {
      // The template does not have it; its owner adds behaviors of the feeds, and of media where they want them.
      name: "with a distribution of the owner's",
      given: { ...WITHOUT_DOMAIN, distribution: { id: OWN } },
      others: [
        ["s3:GetObject", "notes-public-123456789012-us-east-1/rss.xml"],
        ["s3:ListBucket", "notes-public-123456789012-us-east-1"],
        ["s3:GetObject", "notes-content-123456789012-us-east-1/media/a.png"],
        ["s3:ListBucket", "notes-content-123456789012-us-east-1"],
      ].map(([action = "", resource]) => ({
        by: "Service:cloudfront.amazonaws.com",
        action,
        resource: `arn:aws:s3:::${resource}`,
        context: { "aws:sourcearn": `arn:aws:cloudfront::123456789012:distribution/${OWN}` },
      })),
    },
  ];

  test.each(settings.map((each) => [each.name, each] as const))("%s", (_, { given, refused = [], others }) => {
    expect(coverage(given, others)).toEqual({ refused, unused: [] });
  });
});

test("an event reaches a queue only from the rule that the queue's policy names", () => {
  const made = resolve(deployment({ ...CONFIG, contentBucket: "lin-posts" }));
  const sends = callsByServices(made).filter(
    ({ by, action }) => by === "Service:events.amazonaws.com" && action === "sqs:SendMessage",
  );
  const queues = ["Triggers", "DeadTriggers"].map((id) => made.attribute(id, "Arn"));
  expect(sends.map(({ resource }) => resource)).toEqual(expect.arrayContaining(queues));
  const policies = policiesOf(made);
  for (const call of sends) {
    const other = { "aws:sourcearn": "arn:aws:events:us-east-1:123456789012:rule/other" };
    expect(decide(call, policies).isAllowed).toBe(true);
    expect(decide({ ...call, context: other }, policies).isAllowed).toBe(false);
  }
});

test("what a resource calls is not taken for nothing where it is not known", () => {
  const calls = (Type: string, Properties = {}) =>
    callsByServices(resolve({ resources: { Some: { Type, Properties } } }));
  expect(calls("AWS::SQS::Queue")).toEqual([]);
  for (const [type, properties] of [
    ["AWS::Pipes::Pipe", {}],
    ["AWS::SQS::Queue", { KmsMasterKeyId: "alias/own" }],
    ["AWS::SNS::Subscription", { Protocol: "lambda" }],
    ["AWS::Events::Rule", { Targets: [{ Arn: "arn:aws:kinesis:us-east-1:123456789012:stream/s" }] }],
  ] as const) {
    expect(() => calls(type, properties)).toThrow(/not known here/);
  }
});

test("a state machine does in its role what its definition says", () => {
  const invoke = {
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Parameters: { FunctionName: "f" },
    End: true,
  };
  const map = {
    Type: "Map",
    ItemReader: { Resource: "arn:aws:states:::s3:listObjectsV2", Parameters: { Bucket: "b" } },
    ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED" }, StartAt: "Invoke", States: { Invoke: invoke } },
    End: true,
  };
  const made = (States: object) =>
    callsByServices(
      resolve({
        resources: {
          Machine: {
            Type: "AWS::StepFunctions::StateMachine",
            Properties: { StateMachineName: "m", RoleArn: "arn:aws:iam::123456789012:role/R", Definition: { States } },
          },
        },
      }),
    ).map(({ by, action, resource }) => `${by} ${action} ${resource}`);
  const machine = "arn:aws:states:us-east-1:123456789012:stateMachine:m";
  const child = "arn:aws:states:us-east-1:123456789012:execution:m:child";
  expect(made({ Map: map })).toEqual([
    "Service:states.amazonaws.com sts:AssumeRole arn:aws:iam::123456789012:role/R",
    "R s3:ListBucket arn:aws:s3:::b",
    `R states:StartExecution ${machine}`,
    `R states:DescribeExecution ${child}`,
    `R states:StopExecution ${child}`,
    "R lambda:InvokeFunction f",
  ]);
  expect(() => made({ Other: { Type: "Task", Resource: "arn:aws:states:::sns:publish" } })).toThrow(/not known here/);
});
