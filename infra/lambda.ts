/** A Lambda function: its bundled files, with a role and a log group of its own. */

import { join } from "node:path";
import { type Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { present } from "../lib/base/optional.ts";
import { type Access, allow } from "./allow.ts";
import { writeFunction } from "./functions.ts";
import type { Settings } from "./settings.ts";

export interface LambdaProps {
  /** The file in `functions/`, without its ending. */
  readonly name: string;
  readonly description: string;
  readonly timeout: Duration;
  /** Megabytes. */
  readonly memory: number;
  readonly environment: { readonly [name: string]: string };
  /** Permissions on stores; with `statements`, all that it has besides writing its log and traces. */
  readonly stores: readonly Access[];
  readonly statements: readonly PolicyStatement[];
  /** How many run at once, at most: reserved of the account's quota. */
  readonly concurrency?: number | undefined;
  /** Receives the events of asynchronous invocations that failed. */
  readonly deadLetters?: IQueue;
}

export function lambda(scope: Construct, { name: site, retention }: Settings, props: LambdaProps): LambdaFunction {
  const { name, description, timeout, memory, environment, stores, statements, concurrency, deadLetters } = props;
  const id = name.charAt(0).toUpperCase() + name.slice(1);
  const logGroup = new LogGroup(scope, `${id}Log`, {
    retention: retention.logs as RetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    description: `Permissions of ${name}`,
  });
  allow(role, stores, statements);
  role.addToPolicy(
    new PolicyStatement({
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [logGroup.logGroupArn],
    }),
  );
  const made = new LambdaFunction(scope, id, {
    description,
    timeout,
    role,
    logGroup,
    memorySize: memory,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: Code.fromAsset(bundled(name)),
    handler: `${name}.handler`,
    environment: { ...environment, DRIPFEED_SITE: site },
    tracing: Tracing.ACTIVE,
    loggingFormat: LoggingFormat.TEXT, // the functions write JSON lines themselves, metrics included
    ...present({ deadLetterQueue: deadLetters, reservedConcurrentExecutions: concurrency }),
  });
  Validations.of(role).acknowledge({
    id: "AwsSolutions-IAM5[Resource::*]",
    reason: "X-Ray has no resource-level permissions for writing traces.",
  });
  return made;
}

/** The folder with the bundled function. */
function bundled(name: string): string {
  const folder = join("dist", "lambda", name);
  writeFunction(folder, name);
  return folder;
}
