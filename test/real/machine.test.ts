/**
 * The posts of a large site, read and rendered by many functions at once: the bundled functions in clean processes, on the gateway's
 * buckets, driven by the state machine's own definition.
 */
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forEachAtOnce } from "../../lib/base/concurrency.ts";
import type { Report } from "../../lib/publish/types.ts";
import { syntheticPosts } from "../bench/posts.ts";
import { CONFIG } from "../infra/deployment.ts";
import { machineDefinition } from "../infra/machinedefinition.ts";
import { type Served, serve } from "../support/loopback.ts";
import { type Execution, execute, type Services } from "../support/statemachine.ts";
import { post } from "../support/world.ts";
import { type Environment, openEnvironment, packFunction, pooled } from "./chain/lambda.ts";
import { type Recorded, record } from "./chain/permissions.ts";
import { type Between, openProxy } from "./chain/proxy.ts";
import { endpoint, newPlace, type Place } from "./s3.ts";

const POSTS = 1500;
/** So many that the run leaves them to the machine. */
const AT_LEAST = 1000;
const YAML = `title: Field notes
url: https://example.com/
feeds: https://feeds.example.com/
since: 2008
timezone: Asia/Shanghai
archives: year
pages: false
kinds: { tags: false, categories: false, authors: false, languages: false, sections: false }
`;

const machine = () => recorded.template.ref("PrepareMachine");

let folder: string;
let content: Place;
let server: Served;
let proxy: Between;
/** Stores of a run alone, of one after all functions did their part, and of one after one of them failed. */
let stores: readonly { readonly published: Place; readonly state: Place }[];
let recorded: Recorded;
const open: Environment[] = [];
const messages: string[] = [];
let started = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-machine-"));
  for (const name of ["rebuild", "prepare"]) await packFunction(name, join(folder, name));
  server = await serve(({ headers, body }) => {
    const [service, action] = String(headers["x-amz-target"]).split(".");
    const answer = (value: object) => ({
      headers: { "content-type": "application/x-amz-json-1.0" },
      body: JSON.stringify(value),
    });
    if (service === "AmazonSQS" && action === "SendMessage") {
      const { MessageBody } = JSON.parse(body);
      messages.push(MessageBody);
      return answer({ MessageId: "1", MD5OfMessageBody: createHash("md5").update(MessageBody).digest("hex") });
    }
    if (service !== "AWSStepFunctions" || JSON.parse(body).stateMachineArn !== machine()) return { status: 400 };
    if (action === "ListExecutions") return answer({ executions: [] });
    if (action !== "StartExecution") return { status: 400 };
    started += 1;
    return answer({
      executionArn: `${machine().replace(":stateMachine:", ":execution:")}:1`,
      startDate: 1_790_000_000,
    });
  });
  proxy = await openProxy(endpoint);
  content = await newPlace();
  stores = await Promise.all([1, 2, 3].map(async () => ({ published: await newPlace(), state: await newPlace() })));
  const triggers = `${server.origin}/123456789012/triggers`;
  const names = {
    Content: content.bucket,
    Public: stores.map(({ published }) => published.bucket),
    State: stores.map(({ state }) => state.bucket),
    Triggers: triggers,
  };
  recorded = record(names, { ...CONFIG, parallel: true });
  await content.put("site.yaml", YAML);
  await forEachAtOnce([...syntheticPosts(POSTS, 7)], ({ key, text }) => content.put(key, text));
  await content.put("posts/linked.md", post({ title: "Linked" }, `See [the other](other.md).\n`));
  await content.put(
    "posts/other.md",
    post({ title: "Other", image: "/media/leaf.jpg" }, "![A leaf](/media/leaf.jpg)\n"),
  );
  await content.put("media/leaf.jpg", "a leaf");
}, 300_000);

afterAll(async () => {
  for (const each of open) await each.close();
  for (const each of [server, proxy]) await each?.close();
  await rm(folder, { recursive: true, force: true });
});

async function functionOf(name: "rebuild" | "prepare", variables: { readonly [name: string]: string }) {
  const made = await openEnvironment({
    name,
    folder: join(folder, name),
    timeout: 300_000,
    log: () => undefined,
    variables: {
      PATH: "/usr/bin:/bin",
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "testtest",
      AWS_ENDPOINT_URL_S3: proxy.origin,
      AWS_ENDPOINT_URL_SQS: server.origin,
      AWS_ENDPOINT_URL_SFN: server.origin,
      DRIPFEED_CONTENT: content.url,
      DRIPFEED_QUEUE_URL: `${server.origin}/123456789012/triggers`,
      ...recorded.nameOfRole(name === "rebuild" ? "RebuildRole" : "PrepareRole"),
      ...variables,
    },
  });
  open.push(made);
  return made;
}

const delivered = (body: string) => ({ Records: [{ eventSource: "aws:sqs", body }] });

/** As Step Functions runs it, with one process for each function at once. */
async function runMachine(state: Place, failing: (batch: number) => boolean = () => false): Promise<Execution> {
  const prepare = pooled(await Promise.all([1, 2].map(() => functionOf("prepare", { DRIPFEED_STATE: state.url }))));
  let batch = 0;
  const services: Services = {
    async *list(bucket) {
      expect(bucket).toBe("Content");
      for await (const { key, size, etag } of content.store.list("")) yield { Key: key, Size: size, Etag: etag };
    },
    async invoke(name, payload) {
      expect(name).toBe("Prepare");
      if (failing(batch++)) throw Object.assign(new Error("lost"), { name: "Lambda.Unknown" });
      return prepare(payload);
    },
    async send(queue, message) {
      expect(queue).toBe("Triggers");
      messages.push(message);
    },
  };
  return execute(machineDefinition(), {}, services);
}

/** What one run publishes by itself. */
async function publishedAlone({ published, state }: (typeof stores)[number]) {
  const rebuild = await functionOf("rebuild", { DRIPFEED_PUBLIC: published.url, DRIPFEED_STATE: state.url });
  const report = (await rebuild.invoke({ full: true })) as Report;
  expect(report.unfinished).toBeUndefined();
  return { published, report };
}

async function textsOf({ store }: Place): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for await (const { key } of store.list("")) {
    const object = await store.get(key);
    if (typeof object === "object") texts.set(key, createHash("sha256").update(object.body).digest("hex"));
  }
  return texts;
}

test("functions at once and the run after them publish what one run alone would, also where some of them fail", async () => {
  const [own, ...others] = stores;
  if (!own) throw new Error("there are no stores");
  const alone = await publishedAlone(own);
  const expected = await textsOf(alone.published);
  expect(expected.size).toBeGreaterThan(50);
  for (const [i, { published, state }] of others.entries()) {
    const failing = (batch: number) => i === 1 && batch === 1;
    messages.length = 0;
    started = 0;
    const rebuild = await functionOf("rebuild", {
      DRIPFEED_PUBLIC: published.url,
      DRIPFEED_STATE: state.url,
      DRIPFEED_MACHINE: machine(),
      DRIPFEED_MACHINE_POSTS: String(AT_LEAST),
    });
    const first = (await rebuild.invoke(delivered('{"full":true}'))) as Report;
    expect(first.scanned).toEqual({ read: 0, total: POSTS + 2, handedOver: true });
    expect([started, messages]).toEqual([1, []]);

    const { batches } = await runMachine(state, failing);
    expect(batches).toEqual({ begun: 4, failed: failing(1) ? 1 : 0 });
    expect(messages).toEqual(['{"full":true,"prepared":true}']);

    const second = (await rebuild.invoke(delivered(messages[0] ?? ""))) as Report;
    expect([second.unfinished, started, messages.length]).toEqual([undefined, 1, 1]);
    if (!failing(1)) {
      // The site, the ids, one post that links to another, and a look whether these moved.
      expect(second.operations.content.get).toBeLessThan(20);
      expect(second.entries.rendered).toBe(1);
    }
    expect(second.entries.rendered + second.entries.cached).toBe(alone.report.entries.rendered);
    expect(await textsOf(published)).toEqual(expected);
    for await (const { key } of state.store.list("findings/")) expect(key).toBeUndefined();
    const third = (await rebuild.invoke(delivered('{"full":true}'))) as Report;
    expect([third.put, third.operations.state.put, started]).toEqual([[], 0, 1]);
  }
}, 300_000);

test("they ask for nothing that the template does not allow, and the children's role allows nothing that they do not ask for", () => {
  const { refused, unused } = recorded.coverage();
  expect(refused).toEqual([]);
  expect(recorded.calls.map(({ by }) => by)).toEqual(expect.arrayContaining(["RebuildRole", "PrepareRole"]));
  expect(unused.filter((each) => /^Prepare|Machine/.test(each))).toEqual([]);
});
