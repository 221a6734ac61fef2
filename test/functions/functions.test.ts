/** Triggers and `rebuild`, on events as AWS sends them. */
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { handlerFor } from "../../functions/rebuild.ts";
import { sealJson } from "../../lib/state/sealed.ts";
import { showReport } from "../../lib/terminal/report.ts";
import { sentAt } from "../../lib/triggers/sent.ts";
import { readTrigger, writeTrigger } from "../../lib/triggers/trigger.ts";
import { AWS_ENVIRONMENT, type Served, serve } from "../support/loopback.ts";
import { post, SITE } from "../support/world.ts";

const event = async (name: string): Promise<unknown> => JSON.parse(await readFile(`test/events/${name}.json`, "utf8"));
const sqs = (...bodies: unknown[]) => ({
  Records: bodies.map((body) => ({
    eventSource: "aws:sqs",
    body: typeof body === "string" ? body : JSON.stringify(body),
  })),
});

const s3Test = async () => sqs(await event("s3-test"));

const STORE = "s3://my-content/blog";

describe("a trigger", () => {
  test("of S3 names its key, form-decoded and without the store's prefix", async () => {
    expect(readTrigger(await event("s3-put"), STORE)).toEqual({ hints: ["posts/a+b.md"] });
    expect(readTrigger(await event("s3-delete"), STORE)).toEqual({ hints: ["posts/old.md"] });
    expect(readTrigger(await event("sqs-s3-put"), STORE)).toEqual({ hints: ["posts/精准 滴灌.md"] });
  });

  test("of EventBridge or Ceph names its key as it is", async () => {
    expect(readTrigger(await event("eventbridge-put"), STORE)).toEqual({ hints: ["posts/精准+滴灌 100%.md"] });
    expect(readTrigger(sqs(await event("eventbridge-put")), STORE)).toEqual({ hints: ["posts/精准+滴灌 100%.md"] });
    expect(readTrigger(await event("ceph-put"), STORE)).toEqual({ hints: ["posts/a+b 100%.md"] });
  });

  test("of several records names each key once", async () => {
    const batch = sqs(await event("s3-put"), await event("s3-delete"), await event("s3-put"));
    expect(readTrigger(batch, STORE)).toEqual({ hints: ["posts/a+b.md", "posts/old.md"] });
  });

  test("of another bucket or outside the prefix gives no hint", async () => {
    expect(readTrigger(await event("s3-put"), "s3://other/blog")).toEqual({ hints: [] });
    expect(readTrigger(await event("s3-put"), "s3://my-content/blo")).toEqual({ hints: [] });
    expect(readTrigger(await event("s3-put"), "s3://my-content")).toEqual({ hints: ["blog/posts/a+b.md"] });
  });

  test("that is not understood asks for a full scan", async () => {
    for (const odd of [undefined, null, 42, "text", [], {}, { Records: [] }, { Records: [null] }, { detail: {} }]) {
      expect(readTrigger(odd, STORE)).toEqual({});
    }
    expect(readTrigger(await event("s3-test"), STORE)).toEqual({});
    expect(readTrigger(sqs(await event("s3-test")), STORE)).toEqual({});
    expect(readTrigger(sqs("not json"), STORE)).toEqual({});
    expect(readTrigger(sqs(await event("s3-put"), "not json"), STORE)).toEqual({});
    const brokenKey = {
      Records: [{ eventSource: "aws:s3", s3: { bucket: { name: "my-content" }, object: { key: "%E6%zz" } } }],
    };
    expect(readTrigger(brokenKey, STORE)).toEqual({});
  });

  test("by hand may ask for keys, a full scan, a dry run and force", () => {
    expect(readTrigger({ full: true, dryRun: true, force: true }, STORE)).toEqual({ dryRun: true, force: true });
    expect(readTrigger({ keys: ["posts/a.md"] }, STORE)).toEqual({ hints: ["posts/a.md"] });
    expect(readTrigger({ full: true, keys: ["posts/a.md"] }, STORE)).toEqual({});
    expect(readTrigger({ dryRun: "yes" }, STORE)).toEqual({});
  });
});

test("of SQS messages the first was sent since when readers wait; of no other event it is known", async () => {
  const sent = (...times: readonly unknown[]) => ({
    Records: times.map((SentTimestamp) => ({ eventSource: "aws:sqs", attributes: { SentTimestamp } })),
  });
  expect(sentAt(await event("sqs-s3-put"))).toEqual(new Date(1793607625611));
  expect(sentAt(sent("2000000000000", "1900000000000", "odd", undefined))).toEqual(new Date(1900000000000));
  for (const odd of [undefined, null, 42, {}, { full: true }, { Records: [] }, { Records: [null, {}] }, sent("")]) {
    expect(sentAt(odd)).toBeUndefined();
  }
});

test("a message that was enqueued again says since when readers wait; one of the state machine cannot", () => {
  const first = new Date(1_900_000_000_000);
  const later = "2000000000000";
  const sent = (...bodies: readonly string[]) => ({
    Records: bodies.map((body) => ({ eventSource: "aws:sqs", body, attributes: { SentTimestamp: later } })),
  });
  const again = writeTrigger({ hints: [], since: first });
  expect(sentAt(sent("{}", again))).toEqual(first);
  expect(sentAt(sent(again.replace("2030", "odd")))).toEqual(new Date(Number(later)));
  expect(sentAt(sent(writeTrigger({ since: new Date(2_100_000_000_000) })))).toEqual(new Date(Number(later)));
  expect(sentAt(sent("{}", writeTrigger({ prepared: true })))).toBeUndefined();
  expect(sentAt(sent(writeTrigger({ prepared: true, since: first })))).toEqual(first);
});

describe("a written trigger", () => {
  test("reads back the same, from a queue too", () => {
    const hints = ["posts/精准 滴灌+1.md", "site.yaml"];
    expect(readTrigger(JSON.parse(writeTrigger({ hints })), STORE)).toEqual({ hints });
    expect(readTrigger(sqs(writeTrigger({ hints }), writeTrigger({ hints: ["a.md"] })), STORE)).toEqual({
      hints: [...hints, "a.md"],
    });
    expect(readTrigger(sqs(writeTrigger({})), STORE)).toEqual({});
  });

  test("has only characters that SQS takes, whatever the keys", () => {
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
    const taken = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;
    const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
    const odd = fc.constantFrom("\0", "\ufffe", "\uffff", "\ud800", "\udfff", "\u007f", "\\", "滴");
    const keys = fc.array(fc.array(fc.oneof(unit, odd)).map((units) => units.join("")));
    fc.assert(
      fc.property(keys, (hints) => {
        const message = writeTrigger({ hints });
        expect(message).toMatch(taken);
        expect(JSON.parse(message)).toEqual({ keys: hints });
      }),
    );
  });

  test("with no keys asks for what is due", () => {
    expect(readTrigger(sqs(writeTrigger({ hints: [] })), STORE)).toEqual({ hints: [] });
  });

  test("with more keys than a message holds asks for a full scan", () => {
    const hints = Array.from({ length: 5000 }, (_, i) => `posts/${String(i).padStart(60, "0")}.md`);
    expect(Buffer.byteLength(writeTrigger({ hints: hints.slice(0, 2500) }))).toBeLessThan(256 * 1024);
    expect(readTrigger(JSON.parse(writeTrigger({ hints })), STORE)).toEqual({});
  });

  test("from a queue cannot ask for a dry run", () => {
    expect(readTrigger(sqs({ keys: ["a.md"], dryRun: true }), STORE)).toEqual({ hints: ["a.md"] });
  });

  test("keeps what was meant, also beside others and without the keys for which it has no room", () => {
    const forced = writeTrigger({ hints: [], force: true });
    expect(readTrigger(sqs(forced, writeTrigger({ hints: ["a.md"] })), STORE)).toEqual({
      hints: ["a.md"],
      force: true,
    });
    const hints = Array.from({ length: 5000 }, (_, i) => `posts/${String(i).padStart(60, "0")}.md`);
    expect(readTrigger(sqs(writeTrigger({ hints, force: true })), STORE)).toEqual({ force: true });
  });
});

describe("rebuild", () => {
  const folders: string[] = [];
  const lines: string[] = [];
  beforeEach(() => {
    lines.length = 0;
    vi.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });

  async function environment() {
    const folder = await mkdtemp(join(tmpdir(), "dripfeed-rebuild-"));
    folders.push(folder);
    const stores = {
      DRIPFEED_CONTENT: "content",
      DRIPFEED_PUBLIC: join(folder, "public"),
      DRIPFEED_STATE: join(folder, "state"),
    };
    return { folder, stores };
  }

  test("publishes on any event and returns the report", async () => {
    const { folder, stores } = await environment();
    const report = await handlerFor(stores)(await event("sqs-s3-put"), { awsRequestId: "request-1" });
    expect(report.put.length).toBeGreaterThan(3);
    expect(await readdir(join(folder, "public"))).toEqual(
      expect.arrayContaining(["atom.xml", "feed.json", "rss.xml", "tags"]),
    );
    const logged = lines.map((line) => JSON.parse(line)).filter((line) => !("_aws" in line));
    expect(logged.map(({ message }) => message)).toEqual(["triggered", "done"]);
    for (const line of logged) expect(line).toMatchObject({ requestId: "request-1", level: "info" });
  });

  test("writes nothing in a dry run", async () => {
    const { folder, stores } = await environment();
    const report = await handlerFor(stores)({ full: true, dryRun: true }, { awsRequestId: "request-2" });
    expect(report).toMatchObject({ dryRun: true });
    expect(await readdir(folder)).toEqual([]);
  });

  test("names every missing setting in one error", async () => {
    const handler = handlerFor({ DRIPFEED_PUBLIC: "public" });
    await expect(handler({}, { awsRequestId: "request-3" })).rejects.toThrow(/DRIPFEED_CONTENT, DRIPFEED_STATE/);
  });

  async function whileAnotherWrites() {
    const made = await environment();
    const until = new Date(Date.now() + 60_000).toISOString();
    const head = { format: 1, outbox: { paths: [] }, lease: { run: "other", until, intent: "intents/other.json" } };
    await mkdir(join(made.folder, "state"));
    await writeFile(join(made.folder, "state/head.json"), sealJson("head.json", head));
    return made;
  }

  /** Directs the clients of SQS and the scheduler to a server on loopback. */
  async function withServer(answer: Parameters<typeof serve>[0], work: (server: Served) => Promise<void>) {
    const server = await serve(answer);
    for (const [name, value] of Object.entries(AWS_ENVIRONMENT)) vi.stubEnv(name, value);
    vi.stubEnv("AWS_ENDPOINT_URL_SQS", server.origin);
    vi.stubEnv("AWS_ENDPOINT_URL_SCHEDULER", server.origin);
    try {
      await work(server);
    } finally {
      vi.unstubAllEnvs();
      await server.close();
    }
  }

  const aShortTime = { getRemainingTimeInMillis: () => 600 };
  const taken = ({ body }: { readonly body: string }) => {
    const { MessageBody = "" } = JSON.parse(body);
    const MD5OfMessageBody = createHash("md5").update(MessageBody).digest("hex");
    return {
      headers: { "content-type": "application/x-amz-json-1.0" },
      body: JSON.stringify({ MessageId: "1", MD5OfMessageBody }),
    };
  };

  test("enqueues its hints again with a delay when another run is writing, and accepts the message", async () => {
    const { stores } = await whileAnotherWrites();
    await withServer(taken, async ({ asked, origin }) => {
      const rebuild = handlerFor({
        ...stores,
        DRIPFEED_CONTENT: "content",
        DRIPFEED_QUEUE_URL: `${origin}/1/triggers`,
      });
      const started = Date.now();
      const report = await rebuild(sqs({ keys: ["posts/a.md"] }), { awsRequestId: "request-5", ...aShortTime });
      expect(Date.now() - started).toBeLessThan(10_000); // half of what was left, not the usual minute and a half
      expect(report.refused?.code).toBe("busy");
      expect(asked.map(({ body }) => JSON.parse(body))).toEqual([
        { QueueUrl: `${origin}/1/triggers`, DelaySeconds: 60, MessageBody: '{"keys":["posts/a.md"]}' },
      ]);
    });
  });

  test("fails when another run is writing and it has no queue, so that the sender delivers the trigger again", async () => {
    const { stores } = await whileAnotherWrites();
    const running = handlerFor(stores)(sqs("{}"), { awsRequestId: "request-5", ...aShortTime });
    await expect(running).rejects.toThrow(/another run/);
  });

  test("by hand reports that another run is writing, and enqueues nothing", async () => {
    const { stores } = await whileAnotherWrites();
    const report = await handlerFor(stores)({ full: true }, { awsRequestId: "request-5", ...aShortTime });
    expect(report.refused?.code).toBe("busy");
  });

  test("that runs out of time commits what it has and enqueues a trigger, until everything is published", async () => {
    const { folder, stores } = await environment();
    const content = join(folder, "content");
    await mkdir(join(content, "posts"), { recursive: true });
    await writeFile(join(content, "site.yaml"), SITE);
    const tags = Array.from({ length: 400 }, (_, i) => `t${i}`);
    await writeFile(join(content, "posts/a.md"), post({ tags: `[${tags.join(", ")}]` }));
    await withServer(taken, async ({ asked, origin }) => {
      const rebuild = handlerFor({ ...stores, DRIPFEED_CONTENT: content, DRIPFEED_QUEUE_URL: origin });
      const first = await rebuild(sqs({ full: true }), { awsRequestId: "1", getRemainingTimeInMillis: () => 1 });
      expect([first.unfinished, first.put.length]).toEqual([true, 500]);
      const second = await rebuild(sqs(asked[0] ? JSON.parse(asked[0].body).MessageBody : ""), {
        awsRequestId: "2",
        getRemainingTimeInMillis: () => 1,
      });
      expect([second.unfinished, second.put.length, second.operations.content.list]).toEqual([true, 500, 0]);
      const third = await rebuild(sqs({ keys: [] }), { awsRequestId: "3", getRemainingTimeInMillis: () => 300_000 });
      expect([third.unfinished, third.put.length]).toEqual([undefined, 206]);
      expect(asked.map(({ body }) => JSON.parse(body).MessageBody)).toEqual(['{"keys":[]}', '{"keys":[]}']);
    });
    const again = await handlerFor({ ...stores, DRIPFEED_CONTENT: content })({ full: true }, { awsRequestId: "4" });
    expect(again.put).toEqual([]);
  });

  test("that has no time to read all posts enqueues a full run, which goes on", async () => {
    const { folder, stores } = await environment();
    const content = join(folder, "content");
    await mkdir(join(content, "posts"), { recursive: true });
    await writeFile(join(content, "site.yaml"), SITE);
    // Two portions of a thousand, and one post more.
    for (let n = 0; n < 2001; n++) await writeFile(join(content, `posts/${n}.md`), post({ title: `No ${n}` }));
    await withServer(taken, async ({ asked, origin }) => {
      const timer = {
        DRIPFEED_TIMER: "n",
        DRIPFEED_TIMER_GROUP: "g",
        DRIPFEED_TIMER_ROLE: "r",
        DRIPFEED_QUEUE_ARN: "q",
      };
      const rebuild = handlerFor({ ...stores, DRIPFEED_CONTENT: content, DRIPFEED_QUEUE_URL: origin, ...timer });
      const noTime = { getRemainingTimeInMillis: () => 0 };
      const first = await rebuild(sqs({ keys: ["posts/1.md"] }), { awsRequestId: "1", ...noTime });
      expect([first.unfinished, first.scanned, first.put]).toEqual([true, { read: 1000, total: 2001 }, []]);
      const metrics = lines.map((line) => JSON.parse(line)).filter((line) => "_aws" in line);
      // It does not know what is due, so it says nothing of the timer.
      expect(metrics).toHaveLength(1);
      for (const name of ["Refused", "Problems", "Warnings", "Posts"]) expect(metrics[0]).not.toHaveProperty(name);
      expect(metrics[0]).toMatchObject({ Put: 0, Overtaken: 0 });
      const second = await rebuild(sqs(asked[0] ? JSON.parse(asked[0].body).MessageBody : ""), {
        awsRequestId: "2",
        ...noTime,
      });
      expect([second.unfinished, second.scanned]).toEqual([true, { read: 2000, total: 2001 }]);
      expect(asked.map(({ body }) => JSON.parse(body).MessageBody)).toEqual(['{"full":true}', '{"full":true}']);
      const third = await rebuild(sqs({ full: true }), { awsRequestId: "3", getRemainingTimeInMillis: () => 300_000 });
      expect([third.unfinished, third.records.public]).toEqual([undefined, 2001]);
    });
  });

  test("sets the timer for what is due, rounded up to the minute, and creates it if it is missing", async () => {
    const { folder, stores } = await environment();
    const content = join(folder, "content");
    await mkdir(join(content, "posts"), { recursive: true });
    await writeFile(join(content, "site.yaml"), SITE);
    await writeFile(join(content, "posts/a.md"), post({}));
    await writeFile(join(content, "posts/b.md"), post({ title: "B", date: "2199-05-01T10:20:30Z" }));
    const timer = {
      DRIPFEED_TIMER: "next",
      DRIPFEED_TIMER_GROUP: "triggers",
      DRIPFEED_TIMER_ROLE: "arn:aws:iam::123456789012:role/timer",
      DRIPFEED_QUEUE_ARN: "arn:queue",
    };
    const missing = {
      status: 404,
      headers: { "content-type": "application/json", "x-amzn-errortype": "ResourceNotFoundException" },
      body: JSON.stringify({ Message: "no such schedule" }),
    };
    const made = {
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ScheduleArn: "arn:aws:scheduler:us-east-1:123456789012:schedule/triggers/next" }),
    };
    await withServer(
      ({ method }) => (method === "PUT" ? missing : made),
      async ({ asked }) => {
        const rebuild = handlerFor({ ...stores, DRIPFEED_CONTENT: content, ...timer });
        await rebuild({ full: true }, { awsRequestId: "1" });
        await rebuild({ full: true }, { awsRequestId: "2" }); // already set
        expect(asked.map(({ method, path }) => [method, path])).toEqual([
          ["PUT", "/schedules/next"],
          ["POST", "/schedules/next"],
        ]);
        expect(JSON.parse(asked[1]?.body ?? "")).toMatchObject({
          ScheduleExpression: "at(2199-05-01T10:21:00)",
          ScheduleExpressionTimezone: "UTC",
          ActionAfterCompletion: "DELETE",
          GroupName: "triggers",
          Target: { Arn: "arn:queue", RoleArn: "arn:aws:iam::123456789012:role/timer", Input: '{"keys":[]}' },
        });
      },
    );
  });

  test("publishes though the timer cannot be set, and reports it", async () => {
    const { folder, stores } = await environment();
    const content = join(folder, "content");
    await mkdir(join(content, "posts"), { recursive: true });
    await writeFile(join(content, "site.yaml"), SITE);
    await writeFile(join(content, "posts/a.md"), post({}));
    await writeFile(join(content, "posts/b.md"), post({ title: "B", date: "2199-05-01T10:20:30Z" }));
    const role = "arn:aws:iam::123456789012:role/timer";
    const timer = {
      DRIPFEED_TIMER: "n",
      DRIPFEED_TIMER_GROUP: "g",
      DRIPFEED_TIMER_ROLE: role,
      DRIPFEED_QUEUE_ARN: "q",
    };
    const denied = {
      status: 403,
      headers: { "content-type": "application/json", "x-amzn-errortype": "AccessDeniedException" },
      body: JSON.stringify({ Message: "no" }),
    };
    await withServer(
      () => denied,
      async () => {
        const rebuild = handlerFor({ ...stores, DRIPFEED_CONTENT: content, DRIPFEED_SITE: "notes", ...timer });
        const report = await rebuild({ full: true }, { awsRequestId: "1" });
        expect(report.put.length).toBeGreaterThan(3);
      },
    );
    const logged = lines.map((line) => JSON.parse(line));
    const failures = logged.filter(({ level }) => level === "error").map(({ message }) => message);
    expect(failures).toEqual([expect.stringMatching(/^the timer for 2199-05-01T10:20:30Z is not set/)]);
    expect(logged.filter((line) => "_aws" in line)).toMatchObject([
      { Site: "notes", Posts: 1, Problems: 0, Refused: 0 },
      { Site: "notes", TimerFailed: 1 },
    ]);
  });

  test("writes the metrics of problems and refusals, on which alarms are, in CloudWatch's embedded format", async () => {
    const { folder, stores } = await environment();
    const content = join(folder, "content");
    await mkdir(join(content, "posts"), { recursive: true });
    await writeFile(join(content, "site.yaml"), SITE);
    await writeFile(join(content, "posts/a.md"), post({}));
    await writeFile(join(content, "posts/bad.md"), "---\ntitle: [\n---\n");
    const rebuild = handlerFor({ ...stores, DRIPFEED_CONTENT: content, DRIPFEED_SITE: "notes" });
    await rebuild({ full: true }, { awsRequestId: "1" });
    await rm(join(content, "posts"), { recursive: true });
    const refused = await rebuild({ full: true }, { awsRequestId: "2" });
    expect(refused.refused?.code).toBe("empty-site");
    const measured = lines.map((line) => JSON.parse(line)).filter((line) => "_aws" in line);
    expect(measured).toMatchObject([
      { Site: "notes", Problems: 1, Refused: 0, Put: 6 },
      { Site: "notes", Problems: 0, Refused: 1, Put: 0 },
    ]);
    const [{ _aws }] = measured;
    expect(_aws.CloudWatchMetrics[0]).toMatchObject({ Namespace: "Dripfeed", Dimensions: [["Site"]] });
    expect(_aws.CloudWatchMetrics[0].Metrics).toContainEqual({ Name: "Refused", Unit: "Count" });
  });

  const measured = () => lines.map((line) => JSON.parse(line)).filter((line) => "_aws" in line);

  test("before the first push neither fails nor refuses, and its report says how to push", async () => {
    const { folder, stores } = await environment();
    await mkdir(join(folder, "content"));
    const rebuild = handlerFor({ ...stores, DRIPFEED_CONTENT: join(folder, "content"), DRIPFEED_SITE: "notes" });
    for (const event of [await s3Test(), { full: true }]) {
      const report = await rebuild(event, { awsRequestId: "1" });
      expect(report).not.toHaveProperty("refused");
      expect(await showReport(report)).toMatch(
        /no site\.yaml yet, so there is nothing to publish[\s\S]*push <folder> .*content/,
      );
    }
    // The first of the files that a push puts.
    await mkdir(join(folder, "content/posts"));
    await writeFile(join(folder, "content/posts/a.md"), post({}));
    expect(await rebuild(sqs({ keys: ["posts/a.md"] }), { awsRequestId: "2" })).not.toHaveProperty("refused");
    expect(measured()).toHaveLength(3);
    for (const each of measured()) expect(each).toMatchObject({ Refused: 0, Overtaken: 0, Problems: 0, Posts: 0 });
    expect(lines.map((line) => JSON.parse(line)).filter(({ level }) => level === "error")).toEqual([]);
  });

  test("refuses content without a site.yaml once there was a catalog, and one that cannot be used on the first day, too", async () => {
    const { folder, stores } = await environment();
    const content = join(folder, "content");
    await mkdir(content);
    await writeFile(join(content, "site.yaml"), "titel: x\n");
    const rebuild = handlerFor({ ...stores, DRIPFEED_CONTENT: content });
    expect((await rebuild({ full: true }, { awsRequestId: "1" })).refused?.code).toBe("site-unusable");
    await writeFile(join(content, "site.yaml"), SITE);
    await mkdir(join(content, "posts"));
    await writeFile(join(content, "posts/a.md"), post({}));
    expect(await rebuild({ full: true }, { awsRequestId: "2" })).not.toHaveProperty("refused");
    await rm(content, { recursive: true });
    await mkdir(content);
    expect((await rebuild({ full: true }, { awsRequestId: "3" })).refused?.code).toBe("site-unusable");
    expect(measured().map(({ Refused }) => Refused)).toEqual([1, 0, 1]);
  });

  test("measures 0 in the run that is well again, so that alarms end, and nothing in one that another overtook", async () => {
    const { folder, stores } = await environment();
    const content = join(folder, "content");
    await mkdir(join(content, "posts"), { recursive: true });
    await writeFile(join(content, "site.yaml"), "titel: x\n");
    await writeFile(join(content, "posts/a.md"), post({}));
    await writeFile(join(content, "posts/b.md"), post({ title: "B", date: "2199-05-01T10:20:30Z" }));
    await writeFile(join(content, "posts/bad.md"), "---\ntitle: [\n---\n");
    const timer = {
      DRIPFEED_TIMER: "n",
      DRIPFEED_TIMER_GROUP: "g",
      DRIPFEED_TIMER_ROLE: "arn:aws:iam::123456789012:role/timer",
      DRIPFEED_QUEUE_ARN: "q",
    };
    const denied = {
      status: 403,
      headers: { "content-type": "application/json", "x-amzn-errortype": "AccessDeniedException" },
      body: JSON.stringify({ Message: "no" }),
    };
    const set = {
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ScheduleArn: "arn:aws:scheduler:us-east-1:123456789012:schedule/g/n" }),
    };
    let isDenied = true;
    const run = async (id: string) => {
      lines.length = 0;
      await handlerFor({ ...stores, DRIPFEED_CONTENT: content, ...timer })(
        { full: true },
        { awsRequestId: id, ...aShortTime },
      );
      return Object.assign({}, ...measured()) as { readonly [name: string]: unknown };
    };
    await withServer(
      () => (isDenied ? denied : set),
      async () => {
        // It does not know what is due, so it says nothing of the timer.
        const unusable = await run("1");
        expect([unusable["Refused"], "TimerFailed" in unusable]).toEqual([1, false]);
        await writeFile(join(content, "site.yaml"), SITE);
        expect(await run("2")).toMatchObject({ Refused: 0, Problems: 1, TimerFailed: 1 });
        await rm(join(content, "posts/bad.md"));
        isDenied = false;
        expect(await run("3")).toMatchObject({ Refused: 0, Problems: 0, TimerFailed: 0 });
        const head = JSON.parse(await readFile(join(folder, "state/head.json"), "utf8"));
        const until = new Date(Date.now() + 60_000).toISOString();
        const { digest: _, ...value } = { ...head, lease: { run: "other", until, intent: "intents/other.json" } };
        await writeFile(join(folder, "state/head.json"), sealJson("head.json", value));
        const overtaken = await run("4");
        expect(overtaken["Overtaken"]).toBe(1);
        for (const name of ["Refused", "Problems", "TimerFailed", "Put"]) expect(overtaken).not.toHaveProperty(name);
      },
    );
  });

  test("logs an error with its request id before it throws it", async () => {
    const { folder, stores } = await environment();
    await writeFile(join(folder, "state"), "a file where a folder should be");
    await expect(handlerFor(stores)({}, { awsRequestId: "request-4" })).rejects.toThrow();
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({
      level: "error",
      requestId: "request-4",
      name: "StoreError",
    });
  });
});
