/** What a state machine does in its role, by its definition. */
import type { Call } from "./decide.ts";
import { at, bucketArn, queueArn } from "./resolve.ts";

type Properties = { readonly [name: string]: unknown };

/**
 * Of a definition in the Amazon States Language:
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-integration-iam-templates.html, and of a map whose children are executions of
 * their own https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
 */
export function callsOfStates(definition: unknown, by: string, machine: string): readonly Call[] {
  const call = (action: string, resource: unknown): Call => ({ by, action, resource: String(resource), context: {} });
  return Object.values((at(definition, "States") ?? {}) as { readonly [name: string]: Properties }).flatMap(
    (state): readonly Call[] => {
      const { Type, Resource, Parameters, ItemReader, ItemProcessor } = state;
      if (Type === "Task" && Resource === "arn:aws:states:::lambda:invoke") {
        return [call("lambda:InvokeFunction", at(Parameters, "FunctionName"))];
      }
      if (Type === "Task" && Resource === "arn:aws:states:::sqs:sendMessage") {
        return [call("sqs:SendMessage", queueArn(String(at(Parameters, "QueueUrl"))))];
      }
      if (Type !== "Map") throw new Error(`what a state of ${Type} ${Resource ?? ""} calls is not known here`);
      const reader = at(ItemReader, "Resource");
      if (reader !== undefined && reader !== "arn:aws:states:::s3:listObjectsV2")
        throw new Error(`${reader} is not known here`);
      const execution = `${machine.replace(":stateMachine:", ":execution:")}:child`;
      const isDistributed = at(ItemProcessor, "ProcessorConfig", "Mode") === "DISTRIBUTED";
      return [
        ...(reader === undefined ? [] : [call("s3:ListBucket", bucketArn(at(ItemReader, "Parameters", "Bucket")))]),
        ...(isDistributed
          ? [
              call("states:StartExecution", machine),
              ...["states:DescribeExecution", "states:StopExecution"].map((action) => call(action, execution)),
            ]
          : []),
        ...callsOfStates(ItemProcessor, by, machine),
      ];
    },
  );
}
