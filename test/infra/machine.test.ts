/** The state machine of large sites, in the template. */
import { describe, expect, test } from "vitest";
import { allowedTo, CONFIG, deployment, named } from "./deployment.ts";

const plain = deployment();
const made = deployment({ ...CONFIG, parallel: true });
const functionsIn = ({ of }: typeof made) => of("AWS::Lambda::Function").map(([id]) => named({ Ref: id }));
const variablesOf = ({ of }: typeof made, name: string): { readonly [name: string]: unknown } => {
  const [, { Environment } = {}] = of("AWS::Lambda::Function").find(([id]) => named({ Ref: id }) === name) ?? [];
  return (Environment as { readonly Variables?: { readonly [name: string]: unknown } } | undefined)?.Variables ?? {};
};

test("there is none unless the config asks for it, and no function that only it invokes", () => {
  expect(plain.of("AWS::StepFunctions::StateMachine")).toEqual([]);
  expect(functionsIn(plain)).not.toContain("Prepare");
  expect(variablesOf(plain, "Rebuild")).not.toHaveProperty("DRIPFEED_MACHINE");
  expect(allowedTo(plain, "RebuildRole").filter((each) => each.startsWith("states:"))).toEqual([]);
});

describe("the machine", () => {
  const ARN = "arn:aws:states:us-east-1:AWS::AccountId:stateMachine:notes-prepare";

  test("has the name by which rebuild and its own role know it", () => {
    const [[, properties] = []] = made.of("AWS::StepFunctions::StateMachine");
    expect(properties).toMatchObject({ StateMachineName: "notes-prepare", StateMachineType: "STANDARD" });
    expect(named(variablesOf(made, "Rebuild")["DRIPFEED_MACHINE"])).toBe(ARN);
  });

  test("may list the content, invoke prepare, enqueue a trigger and run its children; nothing else", () => {
    const execution = "arn:aws:states:us-east-1:AWS::AccountId:execution:notes-prepare:*";
    expect(allowedTo(made, "PrepareMachineRole")).toEqual([
      "lambda:InvokeFunction Prepare",
      "s3:ListBucket Content",
      "sqs:SendMessage Triggers",
      `states:DescribeExecution ${execution}`,
      `states:StartExecution ${ARN}`,
      `states:StopExecution ${execution}`,
    ]);
  });

  test("is begun by rebuild, which looks first whether it runs", () => {
    const added = allowedTo(made, "RebuildRole").filter((each) => !allowedTo(plain, "RebuildRole").includes(each));
    expect(added).toEqual([`states:ListExecutions ${ARN}`, `states:StartExecution ${ARN}`]);
  });

  test("invokes a function that reads the content and writes only what is prepared", () => {
    expect(allowedTo(made, "PrepareRole").filter((each) => !/^(?:logs|xray):/.test(each))).toEqual([
      "s3:GetObject Content/*",
      "s3:ListBucket Content",
      "s3:PutObject State/entries/*",
      "s3:PutObject State/findings/*",
    ]);
  });

  test("that ends otherwise than it should has a run triggered by EventBridge", () => {
    const rules = made
      .of("AWS::Events::Rule")
      .filter(([, { EventPattern }]) => /aws\.states/.test(JSON.stringify(EventPattern)));
    expect(rules).toHaveLength(1);
    const [[, rule] = []] = rules;
    const { EventPattern, Targets } = rule as unknown as {
      readonly EventPattern: { readonly detail: { readonly stateMachineArn: readonly unknown[] } };
      readonly Targets: readonly {
        readonly Arn: unknown;
        readonly Input: string;
        readonly DeadLetterConfig: { readonly Arn: unknown };
      }[];
    };
    expect(EventPattern).toMatchObject({
      source: ["aws.states"],
      "detail-type": ["Step Functions Execution Status Change"],
      detail: { status: ["FAILED", "TIMED_OUT", "ABORTED"] },
    });
    expect(EventPattern.detail.stateMachineArn.map(named)).toEqual([ARN]);
    expect(Targets.map(({ Arn, Input, DeadLetterConfig }) => [named(Arn), Input, named(DeadLetterConfig.Arn)])).toEqual(
      [["Triggers", '{"full":true,"prepared":true}', "DeadTriggers"]],
    );
  });

  test("ends after an hour at the latest, and triggers a run whatever becomes of its children", () => {
    const [[, properties] = []] = made.of("AWS::StepFunctions::StateMachine");
    expect(properties?.["Definition"]).toMatchObject({
      TimeoutSeconds: 3600,
      States: {
        Prepare: {
          ToleratedFailurePercentage: 100,
          Catch: [{ ErrorEquals: ["States.ALL"], Next: "Trigger" }],
          Next: "Trigger",
        },
        Trigger: { Parameters: { MessageBody: '{"full":true,"prepared":true}' }, End: true },
      },
    });
    // CloudFormation takes no null.
    expect(JSON.stringify(properties)).not.toContain("null");
  });
});
