/** The state machine that has the posts of a large site read and rendered by many functions at once; and that function, `prepare`. */
import { Aws, Duration, Validations } from "aws-cdk-lib";
import { Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { SqsQueue as QueueTarget } from "aws-cdk-lib/aws-events-targets";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnStateMachine } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import { FINDINGS } from "../lib/state/findings.ts";
import { ENTRIES } from "../lib/state/packs.ts";
import { writeTrigger } from "../lib/triggers/trigger.ts";
import { definitionOf } from "./definition.ts";
import { lambda } from "./lambda.ts";
import type { Settings } from "./settings.ts";
import type { Buckets } from "./stores.ts";
import type { Triggers } from "./triggers.ts";

/** An express workflow, as each child is, has five minutes (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html). */
const TIMEOUT = Duration.minutes(2);

/** A whole processor, and far more memory than 64 posts take. */
const MEMORY = 1769;

/** By name: its own role names it. */
export const machineArn = ({ name }: Pick<Settings, "name">): string =>
  `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:stateMachine:${name}-prepare`;

export function machine(
  scope: Construct,
  settings: Settings,
  { content, state }: Buckets,
  { queue, deadLetters }: Triggers,
): CfnStateMachine {
  const { name } = settings;
  const prepare = lambda(scope, settings, {
    name: "prepare",
    description: "Reads and renders a part of the posts, for rebuild to take up",
    timeout: TIMEOUT,
    memory: MEMORY,
    environment: {
      DRIPFEED_CONTENT: `s3://${content.bucketName}`,
      DRIPFEED_STATE: `s3://${state.bucketName}`,
    },
    stores: [
      { bucket: content, actions: ["s3:GetObject"], keys: "*" },
      { bucket: state, actions: ["s3:PutObject"], keys: `${FINDINGS}*` },
      { bucket: state, actions: ["s3:PutObject"], keys: `${ENTRIES}*` },
    ],
    statements: [],
  });
  Validations.of(prepare).acknowledge({
    id: "Serverless-LambdaDLQ",
    reason: "The state machine waits for its reply, and rebuild reads what it did not.",
  });
  const role = new Role(scope, "PrepareMachineRole", {
    assumedBy: new ServicePrincipal("states.amazonaws.com", {
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
    description: "For the state machine: list the content, invoke prepare, enqueue a trigger",
  });
  // As https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html has it.
  const executions = `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:execution:${name}-prepare:*`;
  for (const [actions, resource] of [
    [["s3:ListBucket"], content.bucketArn],
    [["lambda:InvokeFunction"], prepare.functionArn],
    [["sqs:SendMessage"], queue.queueArn],
    [["states:StartExecution"], machineArn(settings)],
    [["states:DescribeExecution", "states:StopExecution"], executions],
  ] as const) {
    role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [resource] }));
  }
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${name}-prepare:*]`,
    reason: "Executions of the children have names that Step Functions makes.",
  });
  const made = new CfnStateMachine(scope, "PrepareMachine", {
    stateMachineName: `${name}-prepare`,
    stateMachineType: "STANDARD",
    roleArn: role.roleArn,
    definition: definitionOf({ bucket: content.bucketName, prepare: prepare.functionArn, queue: queue.queueUrl }),
  });
  made.node.addDependency(role);
  Validations.of(made).acknowledge(
    {
      id: "AwsSolutions-SF1",
      reason:
        "It has two states, whose history Step Functions keeps for ninety days; what children do is in the log of prepare.",
    },
    { id: "AwsSolutions-SF2", reason: "The functions are traced; beside them the machine does nothing." },
    { id: "Serverless-StepFunctionStateMachineXray", reason: "The functions are traced; beside them it does nothing." },
  );
  enqueueOnFailures(scope, settings, { queue, deadLetters });
  return made;
}

/**
 * What no state can catch, as https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html advises. These events are
 * delivered by best effort (https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-states.html): where one is lost, the next full run
 * reads by itself. Children are express workflows, of which there are none.
 */
function enqueueOnFailures(
  scope: Construct,
  settings: Settings,
  { queue, deadLetters }: Pick<Triggers, "queue" | "deadLetters">,
): void {
  const message = RuleTargetInput.fromObject(JSON.parse(writeTrigger({ prepared: true })));
  new Rule(scope, "PrepareFailed", {
    description: "The state machine ended without a trigger: enqueues it",
    eventPattern: {
      source: ["aws.states"],
      detailType: ["Step Functions Execution Status Change"],
      detail: { stateMachineArn: [machineArn(settings)], status: ["FAILED", "TIMED_OUT", "ABORTED"] },
    },
    targets: [new QueueTarget(queue, { deadLetterQueue: deadLetters, message })],
  });
}
