/**
 * `node test/bench/machine.ts [posts] [--at-once processes]`: a first publication whose posts are read and rendered by many functions,
 * as the state machine's definition has it; prints the time of each step, and the most memory of each function.
 *
 * The bundled functions run in processes of their own, in folders, so without the latency of S3.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { systemClock } from "../../lib/clock.ts";
import { preparePosts } from "../../lib/publish/prepare.ts";
import { loadSite } from "../../lib/publish/sitefile.ts";
import type { Report } from "../../lib/publish/types.ts";
import { countedStore } from "../../lib/stores/counted.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { machineDefinition } from "../infra/machinedefinition.ts";
import { type Environment, openEnvironment, packFunction, pooled } from "../real/chain/lambda.ts";
import { execute } from "../support/statemachine.ts";
import { writeFolders } from "./folders.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "at-once": { type: "string", default: "2" } },
});
const posts = Number(positionals[0] ?? 20_000);
const print = (text: string) => process.stdout.write(`${text}\n`);
const ARN = "arn:aws:states:us-east-1:123456789012:stateMachine:notes-prepare";

const messages: string[] = [];
/** SQS and Step Functions. */
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { MessageBody = "" } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  const action = String(request.headers["x-amz-target"]).replace(/.*\./, "");
  if (action === "SendMessage") messages.push(MessageBody);
  const MD5OfMessageBody = createHash("md5").update(MessageBody).digest("hex");
  const answers: { readonly [action: string]: object } = {
    SendMessage: { MessageId: "1", MD5OfMessageBody },
    ListExecutions: { executions: [] },
    StartExecution: { executionArn: `${ARN}:1`, startDate: 1_790_000_000 },
  };
  response.writeHead(200, { "content-type": "application/x-amz-json-1.0" });
  response.end(JSON.stringify(answers[action]));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const folder = mkdtempSync(join(tmpdir(), "dripfeed-machine-"));
const open: Environment[] = [];
async function functionOf(name: "rebuild" | "prepare"): Promise<Environment> {
  const made = await openEnvironment({
    name,
    folder: join(folder, name),
    timeout: 900_000,
    log: () => undefined,
    variables: {
      PATH: "/usr/bin:/bin",
      // As Lambda bounds the heap of a function of 1,769 MB, about.
      NODE_OPTIONS: "--max-old-space-size=1592",
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "bench",
      AWS_SECRET_ACCESS_KEY: "bench",
      AWS_ENDPOINT_URL_SQS: origin,
      AWS_ENDPOINT_URL_SFN: origin,
      DRIPFEED_CONTENT: join(folder, "content"),
      DRIPFEED_PUBLIC: join(folder, "public"),
      DRIPFEED_STATE: join(folder, "state"),
      DRIPFEED_QUEUE_URL: origin,
      DRIPFEED_MACHINE: ARN,
      DRIPFEED_MACHINE_POSTS: "1000",
    },
  });
  open.push(made);
  return made;
}

const delivered = (body: string) => ({ Records: [{ eventSource: "aws:sqs", body }] });

/** What one batch asks of the content store. */
async function requestsOfBatch(keys: readonly string[]): Promise<void> {
  const content = countedStore(folderStore(join(folder, "content")));
  const read = await loadSite(content, new Date());
  if (!read.ok) return;
  const given = { content, state: memoryStore(), site: read.site, clock: systemClock, log: () => undefined };
  const { posts, rendered } = await preparePosts({ ...given, keys });
  const { get, list } = content.operations;
  print(`one batch: ${keys.length} keys, ${posts} posts, ${rendered} rendered; ${get} gets, ${list} listings`);
}

try {
  writeFolders(folder, posts, 1, false);
  for (const name of ["rebuild", "prepare"]) await packFunction(name, join(folder, name));
  const content = folderStore(join(folder, "content"));
  const keys: string[] = [];
  for await (const { key } of content.list("")) keys.push(key);
  await requestsOfBatch(keys.slice(0, 500));

  let start = performance.now();
  const lap = () => {
    const seconds = (performance.now() - start) / 1000;
    start = performance.now();
    return seconds.toFixed(1);
  };
  const rebuild = await functionOf("rebuild");
  const first = (await rebuild.invoke({ full: true })) as Report;
  print(`rebuild: leaves ${first.scanned?.total} posts to the machine, ${lap()} s, ${rebuild.peak()} MiB`);

  const all = await Promise.all(Array.from({ length: Number(values["at-once"]) }, () => functionOf("prepare")));
  const prepare = pooled(all);
  const { batches } = await execute(
    machineDefinition(),
    {},
    {
      async *list() {
        for (const Key of keys) yield { Key };
      },
      invoke: (_, payload) => prepare(payload),
      async send(_, message) {
        messages.push(message);
      },
    },
  );
  const most = Math.max(...all.map((each) => each.peak() ?? 0));
  print(
    `prepare: ${batches.begun} batches by ${all.length} at once, ${batches.failed} failed, ${lap()} s, ${most} MiB at most`,
  );

  const writer = await functionOf("rebuild");
  for (let message = messages.shift(); message !== undefined; message = messages.shift()) {
    const report = (await writer.invoke(delivered(message))) as Report;
    const { rendered, cached } = report.entries;
    const what = `${report.put.length} documents, ${rendered} entries rendered and ${cached} taken up`;
    print(
      `rebuild: ${what}, ${report.operations.content.get} gets of content, ${lap()} s, ${writer.peak()} MiB at most`,
    );
    if (report.refused) throw new Error(report.refused.message);
  }
} finally {
  for (const each of open) await each.close();
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
}
