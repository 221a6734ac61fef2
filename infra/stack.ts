/** The stack of a deployment, in the order in which a change passes through it. */
import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { PAGE_KEY } from "../lib/audience/kept.ts";
import { logAccess } from "./accesslogs.ts";
import { announce as makeAnnounce } from "./announce.ts";
import { audience as makeAudience } from "./audience.ts";
import { cdn } from "./cdn.ts";
import { github } from "./github.ts";
import { machine } from "./machine.ts";
import { rebuild as makeRebuild } from "./rebuild.ts";
import type { Settings } from "./settings.ts";
import { buckets } from "./stores.ts";
import { triggers as makeTriggers } from "./triggers.ts";
import { watch } from "./watch.ts";
import { webhook as makeWebhook } from "./webhook.ts";
import { write } from "./write.ts";

export function dripfeedStack(scope: Construct, settings: Settings, props: StackProps = {}): Stack {
  const stack = new Stack(scope, settings.name, {
    description: "Dripfeed: feeds on a CDN that follow their content",
    ...props,
  });
  const stores = buckets(stack, settings);
  const triggers = makeTriggers(stack, settings, stores.content);
  if (settings.parallel) machine(stack, settings, stores, triggers);
  const rebuild = makeRebuild(stack, settings, stores, triggers);
  const writing = write(stack, settings, stores);
  const { distribution, edge } = cdn(stack, settings, stores, writing);
  logAccess(stack, settings, stores, distribution);
  const announce = makeAnnounce(stack, settings, { stores, distribution, deadLetters: triggers.deadLetters });
  const webhook = makeWebhook(stack, settings, stores, triggers);
  const audience = makeAudience(stack, settings, stores, triggers);
  const functions = [rebuild, announce, audience];
  const answering = { webhook: webhook.function, write: writing?.function };
  watch(stack, settings, { triggers, functions, ...answering, distribution, edge });
  const role = github(stack, settings, { content: stores.content, rebuild });

  const output = (id: string, value: string, description: string) => new CfnOutput(stack, id, { value, description });
  output("ContentStore", `s3://${stores.content.bucketName}`, "The content store, for dripfeed push");
  output("RebuildFunction", rebuild.functionName, "The function to trigger a run by hand with: aws lambda invoke");
  output("AnnounceFunction", announce.functionName, "The function to check by hand what the CDN serves");
  output("AudienceFunction", audience.functionName, "The function to count by hand who reads which feed");
  output("WebhookFunction", webhook.function.functionName, "The function that answers at WebhookUrl");
  output("LogStore", `s3://${stores.logs.bucketName}`, "The CDN's access logs, below cdn/");
  output("AudiencePage", `s3://${stores.state.bucketName}/${PAGE_KEY}`, "Who reads which feed, for aws s3 cp");
  output("DeadLettersUrl", triggers.deadLetters.queueUrl, "The queue of messages that failed five times");
  output("DeadLettersArn", triggers.deadLetters.queueArn, "The same, to redrive them from");
  output("TriggersArn", triggers.queue.queueArn, "The queue of triggers, to redrive them to");
  output("WebhookUrl", webhook.url.url, "Where CI or a content system enqueues a trigger, signed");
  output("WebhookSecretName", webhook.secret.secretName, "The secret for signatures, in Secrets Manager");
  if (role) output("GitHubRoleArn", role.roleArn, "The role for CI on GitHub");
  return stack;
}
