/**
 * Requests → the calls that IAM decides on, each an action on a resource. Which actions an operation needs is in a table of each service:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_s3.html, `list_scheduler.html`, and so on.
 */

import type { ReadRequest } from "../../support/models/request.ts";
import { listOf } from "../deployment.ts";
import type { Call } from "./decide.ts";
import { ACCOUNT, queueArn, REGION } from "./resolve.ts";

/** `status` of the answer. Throws for an operation that is not known here. */
export function callsOf({ service, operation, input }: ReadRequest, by: string, status: number): readonly Call[] {
  const name = operation.name.replace(/\d{4}_\d\d_\d\d$/, "");
  const text = (member: string): string => String(input[member] ?? "");
  const call = (action: string, resource: string, context: Call["context"] = {}): Call => ({
    by,
    action,
    resource,
    context,
  });
  const bucket = `arn:aws:s3:::${text("Bucket")}`;
  const object = `${bucket}/${text("Key")}`;
  switch (`${service} ${name}`) {
    case "s3 GetObject":
    case "s3 HeadObject":
      // Only who may list a bucket is told that a key is missing; anybody else is denied it:
      // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
      return [call("s3:GetObject", object), ...(status === 404 ? [call("s3:ListBucket", bucket)] : [])];
    case "s3 PutObject":
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
    case "s3 CreateMultipartUpload":
    case "s3 UploadPart":
    case "s3 CompleteMultipartUpload":
      return [call("s3:PutObject", object)];
    case "s3 AbortMultipartUpload":
      return [call("s3:AbortMultipartUpload", object)];
    case "s3 ListParts":
      return [call("s3:ListMultipartUploadParts", object)];
    case "s3 DeleteObject":
      // With a condition it reads, too: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-deletes.html
      return [
        call("s3:DeleteObject", object),
        ...(input["IfMatch"] === undefined ? [] : [call("s3:GetObject", object)]),
      ];
    case "s3 ListObjectsV2":
      return [call("s3:ListBucket", bucket, input["Prefix"] === undefined ? {} : { "s3:prefix": text("Prefix") })];
    case "sqs SendMessage":
      return [call("sqs:SendMessage", queueArn(text("QueueUrl")))];
    case "secretsmanager GetSecretValue":
      return [call("secretsmanager:GetSecretValue", text("SecretId"))];
    case "cloudfront CreateInvalidation":
    case "cloudfront GetInvalidation":
      return [call(`cloudfront:${name}`, `arn:aws:cloudfront::${ACCOUNT}:distribution/${text("DistributionId")}`)];
    case "states StartExecution":
    case "states ListExecutions":
      return [call(`states:${name}`, text("stateMachineArn"))];
    case "scheduler CreateSchedule":
    case "scheduler UpdateSchedule": {
      const schedule = `arn:aws:scheduler:${REGION}:${ACCOUNT}:schedule/${text("GroupName")}/${text("Name")}`;
      const { RoleArn, Arn } = input["Target"] as { readonly RoleArn: string; readonly Arn: string };
      return [
        call(`scheduler:${name}`, schedule),
        call("iam:PassRole", RoleArn, { "iam:passedtoservice": "scheduler.amazonaws.com" }),
        ...scheduled(text("GroupName"), RoleArn, Arn),
      ];
    }
    default:
      throw new Error(`which permissions ${service} ${name} needs is not known here`);
  }
}

/** What the scheduler does when the time has come: it takes on the role, and with it calls the target. */
export function scheduled(group: string, role: string, target: string): readonly Call[] {
  const [, , service = ""] = target.split(":");
  const action = { sqs: "sqs:SendMessage", lambda: "lambda:InvokeFunction", states: "states:StartExecution" }[service];
  if (!action) throw new Error(`how the scheduler calls ${target} is not known here`);
  return [
    {
      by: "Service:scheduler.amazonaws.com",
      action: "sts:AssumeRole",
      resource: role,
      // Of the group, not of the schedule: https://docs.aws.amazon.com/scheduler/latest/UserGuide/doc-history.html
      context: {
        "aws:sourceaccount": ACCOUNT,
        "aws:sourcearn": `arn:aws:scheduler:${REGION}:${ACCOUNT}:schedule-group/${group}`,
      },
    },
    { by: roleOf(role), action, resource: target, context: {} },
  ];
}

export const roleOf = (arn: string): string => listOf(arn.split("/")).at(-1) ?? "";
