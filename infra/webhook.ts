/** `webhook`, at a URL of its own: whoever can sign triggers a run. */
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
    description: `Signs what triggers a run of ${settings.name}`,
    generateSecretString: { passwordLength: 48, excludePunctuation: true },
    removalPolicy: RemovalPolicy.DESTROY,
  });
  Validations.of(secret).acknowledge({
    id: "AwsSolutions-SMG4",
    reason: "The other side has a copy, which nobody here could change with it.",
  });
  const made = lambda(scope, settings, {
    name: "webhook",
    description: "CI triggers a run over HTTPS, signed",
    timeout: Duration.seconds(10),
    memory: 512, // for a quick start: it answers within a second
    environment: {
      DRIPFEED_SECRET: secret.secretArn,
      DRIPFEED_QUEUE_URL: queue.queueUrl,
      DRIPFEED_STATE: `s3://${state.bucketName}`,
    },
    stores: [{ bucket: state, actions: ["s3:PutObject", "s3:DeleteObject"], keys: `${DELIVERIES}*` }],
    may: [
      new PolicyStatement({ actions: ["sqs:SendMessage"], resources: [queue.queueArn] }),
      new PolicyStatement({ actions: ["secretsmanager:GetSecretValue"], resources: [secret.secretArn] }),
    ],
  });
  Validations.of(made).acknowledge({
    id: "Serverless-LambdaDLQ",
    reason: "Whoever calls it waits for the answer, and calls again.",
  });
  // Whoever signs needs no account of AWS.
  const url = made.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
  return { function: made, url, secret };
}
