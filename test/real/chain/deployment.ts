/**
 * A deployment on one machine: buckets with their notifications, the queue, bundled functions in clean processes, a CDN that keeps
 * documents until they are invalidated, and a hub.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PutBucketNotificationConfigurationCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import type { Config } from "../../../infra/settings.ts";
import { chooseRun, sizeOfPosts } from "../../../infra/size.ts";
import { type Served, serve } from "../../support/loopback.ts";
import { type Listed, listedIn, newHome, newsboat } from "../newsboat.ts";
import { endpoint, newPlace, type Place } from "../s3.ts";
import { openAnnouncer } from "./announcer.ts";
import { type Cdn, freePort, openCdn } from "./cdn.ts";
import { openCloudfront } from "./cloudfront.ts";
import { type Environment, openEnvironment, packFunction } from "./lambda.ts";
import { type Recorded, record } from "./permissions.ts";
import { openProxy } from "./proxy.ts";
import { openQueue, type Queue } from "./queue.ts";

const DISTRIBUTION = "E1A2B3C4D5E6F7";

export interface DeploymentOptions {
  /** `feeds`: where the CDN serves. */
  readonly siteYaml: (feeds: string, hub: string) => string;
  /** The host by which the CDN is reached; `localhost` where a browser has to trust it. */
  readonly host?: "127.0.0.1" | "localhost";
  /** Of `rebuild`. */
  readonly processes?: number;
  /** What the template is made of that allows what the functions do. */
  readonly config?: Config;
  /** Is shown each line that `rebuild` logs, and the process that does. */
  readonly seen?: (line: string, environment: Environment) => void;
}

export interface Deployment {
  readonly folder: string;
  readonly content: Place;
  readonly published: Place;
  readonly state: Place;
  readonly queue: Queue;
  readonly cdn: Cdn;
  readonly hub: Served;
  readonly announcing: Environment;
  readonly recorded: Recorded;
  /** The gateway, behind a server that records what is asked of it. */
  readonly gateway: string;
  /** What the functions logged. */
  readonly log: string[];
  /** Opens another function, with the variables that all have in common, and these. */
  openFunction(name: string, variables: { readonly [name: string]: string }): Promise<Environment>;
  /** No trigger and no announcement is under way. */
  isQuiet(): boolean;
  until(what: string, holds: () => Promise<boolean>, ms?: number): Promise<void>;
  /** The entries that a new subscriber of a feed reads. */
  readBy(path: string): Promise<readonly Listed[]>;
  close(): Promise<void>;
}

/** Pseudo-random numbers, the same on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export async function openDeployment(options: DeploymentOptions): Promise<Deployment> {
  const { siteYaml: write, host = "127.0.0.1", processes = 2, config, seen } = options;
  const log: string[] = [];
  const folder = await mkdtemp(join(tmpdir(), "dripfeed-chain-"));
  const closing: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const closed = <T extends { close(): Promise<void> }>(each: T): T => {
    closing.unshift(() => each.close());
    return each;
  };
  const [content, published, state] = await Promise.all([newPlace(), newPlace(), newPlace()]);
  const hub = closed(await serve(() => ({ status: 202 })));
  const port = await freePort();
  const siteYaml = write(`http://${host}:${port}/`, `${hub.origin}/`);
  const queue = closed(await openQueue(seeded(42)));
  const proxy = closed(await openProxy(endpoint));
  const triggers = `${queue.origin}/123456789012/triggers`;
  const names = { Content: content.bucket, Public: published.bucket, State: state.bucket };
  const recorded = record({ ...names, Cdn: DISTRIBUTION, Triggers: triggers }, config);
  const common = {
    PATH: "/usr/bin:/bin",
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "testtest",
    AWS_ENDPOINT_URL_S3: proxy.origin,
    AWS_ENDPOINT_URL_SQS: queue.origin,
    DRIPFEED_CONTENT: content.url,
    DRIPFEED_PUBLIC: published.url,
    DRIPFEED_STATE: state.url,
    DRIPFEED_QUEUE_URL: triggers,
    DRIPFEED_SITE: "notes",
  };
  const open = async (name: string, variables: { readonly [name: string]: string }, timeout: number) => {
    const role = recorded.nameOfRole(`${name.charAt(0).toUpperCase()}${name.slice(1)}Role`);
    const environment: Environment = await openEnvironment({
      name,
      folder: join(folder, name),
      timeout,
      variables: { ...common, ...role, ...variables },
      log(line) {
        log.push(line);
        if (name === "rebuild") seen?.(line, environment);
      },
    });
    return closed(environment);
  };
  await packFunction("rebuild", join(folder, "rebuild"));
  const { minutes } = chooseRun(sizeOfPosts(100), { isSaid: true });
  queue.connect(await Promise.all(Array.from({ length: processes }, () => open("rebuild", {}, minutes * 60_000))));

  await allowReading(published, "*");
  await allowReading(content, "media/*");
  const buckets = { bucket: published.bucket, media: content.bucket };
  const cdn = closed(await openCdn({ port, host, siteYaml, endpoint, ...buckets, folder }));
  const cloudfront = closed(await openCloudfront(cdn.invalidate));
  await packFunction("announce", join(folder, "announce"));
  const ofCdn = { AWS_ENDPOINT_URL_CLOUDFRONT: cloudfront.origin, DRIPFEED_DISTRIBUTION: DISTRIBUTION };
  const announcing = await open("announce", ofCdn, 60_000);
  const announcer = closed(await openAnnouncer(() => announcing));
  await notify("triggers", content, queue.origin);
  await notify("heads", state, announcer.origin);
  await content.put("site.yaml", siteYaml);

  return {
    ...{ folder, content, published, state, queue, cdn, hub, announcing, recorded, log },
    gateway: proxy.origin,
    async openFunction(name, variables) {
      await packFunction(name, join(folder, name));
      return open(name, variables, 60_000);
    },
    isQuiet: () => queue.isIdle() && announcer.isIdle(),
    async until(what, holds, ms = 30_000) {
      const deadline = Date.now() + ms;
      while (!(await holds())) {
        if (Date.now() > deadline) {
          const last = JSON.stringify(queue.deliveries.slice(-3));
          throw new Error(`not within ${ms / 1000} s: ${what}\n${log.slice(-20).join("")}${last}`);
        }
        await sleep(200);
      }
    },
    async readBy(path) {
      const home = await newHome(folder, cdn.url + path);
      await newsboat(home, "-x", "reload");
      return listedIn(home);
    },
    async close() {
      for (const each of closing) await each();
    },
  };
}

/** On AWS only the CDN may read; here it has no principal, so everybody may. */
async function allowReading({ bucket, client }: Place, keys: string): Promise<void> {
  const allow = (Action: string, Resource: string) => ({ Effect: "Allow", Principal: "*", Action, Resource });
  const Statement = [
    allow("s3:GetObject", `arn:aws:s3:::${bucket}/${keys}`),
    allow("s3:ListBucket", `arn:aws:s3:::${bucket}`),
  ];
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
}

async function notify(name: string, { bucket, client }: Place, to: string): Promise<void> {
  const sns = new SNSClient({ endpoint });
  const { TopicArn } = await sns.send(
    new CreateTopicCommand({ Name: name, Attributes: { "push-endpoint": to, "use-ssl": "false" } }),
  );
  const Events = ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"] as const;
  const TopicConfigurations = [{ Id: name, TopicArn, Events: [...Events] }];
  await client.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: bucket,
      NotificationConfiguration: { TopicConfigurations },
    }),
  );
}
