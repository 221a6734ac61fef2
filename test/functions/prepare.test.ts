/** `prepare`, and how `rebuild` leaves posts to the state machine that invokes it. */
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { handlerFor as prepareFor } from "../../functions/prepare.ts";
import { handlerFor as rebuildFor } from "../../functions/rebuild.ts";
import { readTrigger, writeTrigger } from "../../lib/triggers/trigger.ts";
import { CONFIG, deployment } from "../infra/deployment.ts";
import { machineDefinition } from "../infra/machinedefinition.ts";
import { AWS_ENVIRONMENT, type Served, serve } from "../support/loopback.ts";
import { type Execution, execute } from "../support/statemachine.ts";
import { post, WHOLE_SITE } from "../support/world.ts";

const ARN = "arn:aws:states:us-east-1:123456789012:stateMachine:notes-prepare";
const sqs = (...bodies: readonly string[]) => ({
  Records: bodies.map((body) => ({ eventSource: "aws:sqs", body })),
});

const folders: string[] = [];
const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(String(line)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** A site of three posts in folders, and of drafts. */
async function stores(yaml = WHOLE_SITE, drafts = 0) {
  const folder = await mkdtemp(join(tmpdir(), "dripfeed-prepare-"));
  folders.push(folder);
  const content = join(folder, "content");
  await mkdir(join(content, "posts"), { recursive: true });
  await writeFile(join(content, "site.yaml"), yaml);
  for (const name of ["a", "b", "c"]) await writeFile(join(content, `posts/${name}.md`), post({ title: name }));
  for (let n = 0; n < drafts; n++)
    await writeFile(join(content, `posts/draft-${n}.md`), post({ title: `Draft ${n}`, draft: "true" }));
  return {
    DRIPFEED_CONTENT: content,
    DRIPFEED_PUBLIC: join(folder, "public"),
    DRIPFEED_STATE: join(folder, "state"),
  };
}

describe("prepare", () => {
  test("reads those of the objects of its batch that are posts, and says how many", async () => {
    const names = await stores();
    const keys = ["media/talk.jpg", "posts/a.md", "posts/b.md", "posts/gone.md", "site.yaml"];
    const report = await prepareFor(names)({ Items: keys.map((Key) => ({ Key })) }, { awsRequestId: "1" });
    expect(report).toEqual({ posts: 3, read: 3, rendered: 2 });
    expect((await readdir(names.DRIPFEED_STATE)).toSorted()).toEqual(["entries", "findings"]);
  });

  test("fails where site.yaml cannot be used: rebuild says what is wrong with it", async () => {
    const names = await stores("title: [\n");
    await expect(prepareFor(names)({ Items: [] }, { awsRequestId: "1" })).rejects.toThrow(/site.yaml cannot be used/);
  });

  test("names every missing setting in one error", async () => {
    await expect(prepareFor({})({ Items: [] }, { awsRequestId: "1" })).rejects.toThrow(
      /DRIPFEED_CONTENT, DRIPFEED_STATE/,
    );
  });
});

describe("a trigger that says that all is prepared", () => {
  test("is written and read as such, alone and among others", () => {
    const message = writeTrigger({ prepared: true });
    expect(message).toBe('{"full":true,"prepared":true}');
    expect(readTrigger(sqs(message), "s3://content")).toEqual({ prepared: true });
    expect(readTrigger(sqs('{"keys":["posts/a.md"]}', message), "s3://content")).toEqual({ prepared: true });
    expect(readTrigger(sqs('{"full":true}'), "s3://content")).toEqual({});
  });
});

describe("rebuild with a state machine", () => {
  /** Step Functions and SQS. */
  async function withAws(
    answer: (action: string) => object | undefined,
    work: (server: Served, actions: () => readonly string[]) => Promise<void>,
  ): Promise<void> {
    const server = await serve(({ headers, body }) => {
      const action = String(headers["x-amz-target"]).replace(/.*\./, "");
      const { MessageBody = "" } = JSON.parse(body);
      const taken = { MessageId: "1", MD5OfMessageBody: createHash("md5").update(MessageBody).digest("hex") };
      const given = action === "SendMessage" ? taken : answer(action);
      const headersOf = { "content-type": "application/x-amz-json-1.0" };
      if (!given) return { status: 400, headers: headersOf, body: '{"__type":"StateMachineDoesNotExist"}' };
      return { headers: headersOf, body: JSON.stringify(given) };
    });
    for (const [name, value] of Object.entries(AWS_ENVIRONMENT)) vi.stubEnv(name, value);
    vi.stubEnv("AWS_ENDPOINT_URL_SQS", server.origin);
    vi.stubEnv("AWS_ENDPOINT_URL_SFN", server.origin);
    try {
      await work(server, () => server.asked.map(({ headers }) => String(headers["x-amz-target"]).replace(/.*\./, "")));
    } finally {
      await server.close();
    }
  }

  const machine = async (server: Served, posts: number) => ({
    ...(await stores(WHOLE_SITE, 997)),
    DRIPFEED_QUEUE_URL: server.origin,
    DRIPFEED_MACHINE: ARN,
    DRIPFEED_MACHINE_POSTS: String(posts),
  });
  const started = { executionArn: `${ARN}:1`, startDate: 1_790_000_000 };
  const execution = { executionArn: `${ARN}:1`, stateMachineArn: ARN, name: "1", status: "RUNNING", startDate: 1 };

  test("begins it where there are many posts to read, and enqueues nothing: the machine does", async () => {
    await withAws(
      (action) => (action === "ListExecutions" ? { executions: [] } : started),
      async (server, actions) => {
        const report = await rebuildFor(await machine(server, 1000))(sqs("{}"), { awsRequestId: "1" });
        expect(report.scanned).toEqual({ read: 0, total: 1000, handedOver: true });
        expect(actions()).toEqual(["ListExecutions", "StartExecution"]);
        // Two runs that find none begin one, since both give it this name.
        const name = expect.stringMatching(/^\d{4}-\d\d-\d\d-\d\d-\d$/);
        expect(JSON.parse(server.asked[1]?.body ?? "")).toEqual({ stateMachineArn: ARN, name });
      },
    );
  });

  test("reads for a run that is meant to be forced, since the machine cannot say so to the next", async () => {
    await withAws(
      () => undefined,
      async (server, actions) => {
        const report = await rebuildFor(await machine(server, 1000))(
          { full: true, force: true },
          { awsRequestId: "1" },
        );
        expect([report.scanned, report.records.public, actions()]).toEqual([undefined, 3, []]);
      },
    );
  });

  test("refuses a number of posts that is none, or too small to be worth it, by its name", async () => {
    const names = { ...(await stores()), DRIPFEED_MACHINE: ARN };
    for (const odd of ["many", "999", "1e4", "10000.5", "-10000"]) {
      await expect(
        rebuildFor({ ...names, DRIPFEED_MACHINE_POSTS: odd })(sqs("{}"), { awsRequestId: "1" }),
      ).rejects.toThrow(`DRIPFEED_MACHINE_POSTS is ${odd}: write a whole number of at least 1000`);
    }
  });

  test("says nothing of the timer where it left them: what is due is not known", async () => {
    const timer = {
      DRIPFEED_TIMER: "due",
      DRIPFEED_TIMER_GROUP: "notes",
      DRIPFEED_TIMER_ROLE: "arn:aws:iam::123456789012:role/timer",
      DRIPFEED_QUEUE_ARN: "arn:aws:sqs:us-east-1:123456789012:triggers",
    };
    await withAws(
      (action) => (action === "ListExecutions" ? { executions: [execution] } : undefined),
      async (server) => {
        await rebuildFor({ ...(await machine(server, 1000)), ...timer })(sqs("{}"), { awsRequestId: "1" });
        const measured = lines.filter((line) => line.includes("CloudWatchMetrics")).join("");
        expect(measured).toContain("Overtaken");
        expect(measured).not.toContain("TimerFailed");
      },
    );
  });

  test("leaves them to it where it runs already", async () => {
    await withAws(
      (action) => (action === "ListExecutions" ? { executions: [execution] } : undefined),
      async (server, actions) => {
        const report = await rebuildFor(await machine(server, 1000))(sqs('{"keys":["posts/a.md"]}'), {
          awsRequestId: "1",
        });
        expect(report.scanned?.handedOver).toBe(true);
        expect(actions()).toEqual(["ListExecutions"]);
      },
    );
  });

  const DAY = 24 * 60 * 60;
  const stopped = (status: string, ago: number) => ({
    executions: [{ ...execution, status, stopDate: Date.now() / 1000 - ago }],
  });

  test.each(["FAILED", "TIMED_OUT", "ABORTED"])(
    "reads them by itself where the machine ended as %s within a day, and the log says so; begins it again after that",
    async (status) => {
      let ago = DAY - 60;
      await withAws(
        (action) => (action === "ListExecutions" ? stopped(status, ago) : started),
        async (server, actions) => {
          const report = await rebuildFor(await machine(server, 1000))(sqs("{}"), { awsRequestId: "1" });
          expect([report.unfinished, report.records.public]).toEqual([undefined, 3]);
          expect(lines.join("")).toContain(`the state machine ended as ${status}, so this run reads`);
          expect(JSON.parse(server.asked[0]?.body ?? "")).toEqual({ stateMachineArn: ARN, maxResults: 1 });
          ago = DAY + 60;
          const later = await rebuildFor(await machine(server, 1000))(sqs("{}"), { awsRequestId: "2" });
          expect(later.scanned?.handedOver).toBe(true);
          expect(actions()).toEqual(["ListExecutions", "ListExecutions", "StartExecution"]);
        },
      );
    },
  );

  test("begins it again where it succeeded before, however short ago", async () => {
    await withAws(
      (action) => (action === "ListExecutions" ? stopped("SUCCEEDED", 1) : started),
      async (server, actions) => {
        const report = await rebuildFor(await machine(server, 1000))(sqs("{}"), { awsRequestId: "1" });
        expect([report.scanned?.handedOver, ...actions()]).toEqual([true, "ListExecutions", "StartExecution"]);
      },
    );
  });

  const definition = machineDefinition();
  const rules = deployment({ ...CONFIG, parallel: true }).of("AWS::Events::Rule");
  /** What EventBridge enqueues for an execution that ended so. */
  const enqueuedFor = ({ status }: Execution): readonly string[] =>
    rules
      .map(([, rule]) => JSON.parse(JSON.stringify(rule)))
      .filter(({ EventPattern }) => EventPattern?.source[0] === "aws.states")
      .filter(({ EventPattern }) => EventPattern.detail.status.includes(status))
      .flatMap(({ Targets }) => Targets.map(({ Input }: { readonly Input: string }) => Input));

  test.each([
    ["takes too long", "TIMED_OUT", { elapsed: 3601, answer: { rendered: 3 } }],
    ["has more to say than a state may", "FAILED", { elapsed: 1, answer: { rendered: "x".repeat(200_000) } }],
  ])(
    "publishes all the same where the machine %s, by the trigger that this enqueues, or by the next full run",
    async (_, status, given) => {
      let executions: readonly object[] = [];
      await withAws(
        (action) => {
          if (action === "ListExecutions") return { executions };
          executions = [execution];
          return started;
        },
        async (server, actions) => {
          const environments = [await machine(server, 1000), await machine(server, 1000)];
          for (const [i, environment] of environments.entries()) {
            executions = [];
            const rebuild = rebuildFor(environment);
            const first = await rebuild(sqs("{}"), { awsRequestId: "1" });
            expect([first.scanned?.handedOver, first.put]).toEqual([true, []]);
            const sent: string[] = [];
            let elapsed = 0;
            const ended = await execute(
              definition,
              {},
              {
                async *list() {
                  for (let n = 0; n < 600; n++) yield { Key: `posts/${n}.md` }; // two batches
                },
                async invoke() {
                  elapsed = given.elapsed;
                  return given.answer;
                },
                async send(_queue, message) {
                  sent.push(message);
                },
                elapsed: () => elapsed,
              },
            );
            expect([ended.status, sent]).toEqual([status, []]);
            ({ executions } = stopped(ended.status, 1));
            const enqueued = enqueuedFor(ended);
            expect(enqueued).toEqual(['{"full":true,"prepared":true}']);
            // EventBridge gets these events by best effort alone.
            const second = await rebuild(sqs(i === 0 ? (enqueued[0] ?? "") : "{}"), { awsRequestId: "2" });
            expect([second.unfinished, second.records.public]).toEqual([undefined, 3]);
          }
          const begun = ["ListExecutions", "StartExecution"];
          expect(actions()).toEqual([...begun, ...begun, "ListExecutions"]);
        },
      );
    },
  );

  test("reads them by itself where it cannot begin it, and the log says why", async () => {
    await withAws(
      () => undefined,
      async (server) => {
        const report = await rebuildFor(await machine(server, 1000))(sqs("{}"), { awsRequestId: "1" });
        expect([report.unfinished, report.records.public]).toEqual([undefined, 3]);
        expect(lines.join("")).toContain("the state machine did not begin, so this run reads");
      },
    );
  });

  test("reads few posts by itself, and any that were not prepared once all that can be is", async () => {
    await withAws(
      () => undefined,
      async (server, actions) => {
        const few = await rebuildFor(await machine(server, 1001))(sqs("{}"), { awsRequestId: "1" });
        const prepared = await rebuildFor(await machine(server, 1000))(sqs(writeTrigger({ prepared: true })), {
          awsRequestId: "2",
        });
        expect([few.records.public, prepared.records.public, actions()]).toEqual([3, 3, []]);
      },
    );
  });
});
