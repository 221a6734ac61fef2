/** `webhook` at a function URL: signed requests enqueue a trigger. */
import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { type FunctionUrl, FunctionUrlAuthType, type Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import { lambda } from "./lambda.ts";
import type { Settings } from "./settings.ts";
import { type Buckets, DELIVERIES } from "./stores.ts";
import type { Triggers } from "./triggers.ts";

export interface Webhook {
  readonly function: LambdaFunction;
  readonly url: FunctionUrl;
  readonly secret: Secret;
}

export function webhook(scope: Construct, settings: Settings, { state }: Buckets, { queue }: Triggers): Webhook {
  const secret = new Secret(scope, "WebhookSecret", {
    description: `Signs the webhooks of ${settings.name}`,
    generateSecretString: { passwordLength: 48, excludePunctuation: true },
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Validations.of(secret).acknowledge({
    id: "AwsSolutions-SMG4",
    reason: "The sender has a copy, which AWS cannot rotate along with this one.",
  });
  const made = lambda(scope, settings, {
    name: "webhook",
    description: "CI enqueues a trigger over HTTPS, signed",
    timeout: Duration.seconds(10),
    memory: 512, // enough CPU to answer within a second from a cold start
    // Not by default: where the account's quota has no 100 left besides, Lambda refuses it, and with it a first deployment
    // (https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html). Without it the account's quota is the bound.
    concurrency: settings.webhookConcurrency,
    environment: {
      DRIPFEED_SECRET: secret.secretArn,
      DRIPFEED_QUEUE_URL: queue.queueUrl,
      DRIPFEED_STATE: `s3://${state.bucketName}`,
    },
    stores: [{ bucket: state, actions: ["s3:PutObject", "s3:DeleteObject"], keys: `${DELIVERIES}*` }],
    statements: [
      new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [queue.queueArn] }),
      new PolicyStatement({ actions: ["secretsmanager:GetSecretValue"], resources: [secret.secretArn] }),
    ],
  });
  Validations.of(made).acknowledge({
    id: "Serverless-LambdaDLQ",
    reason: "It is invoked synchronously: the caller sees a failure and repeats the request.",
  });
  // No IAM authentication: callers have no AWS credentials, and the function verifies their signature.
  const url = made.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
  return { function: made, url, secret };
}
