/**
 * `node test/bench/first.ts [posts] [--timeout seconds]`: the first publication of a large site by the deployed function, in
 * several runs, each within the function's time-out; prints how many posts an hour that makes.
 *
 * In folders, so without the latency of S3. For one core, as the function has: `taskset -c 0 node …`.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { handlerFor } from "../../functions/rebuild.ts";
import { writeFolders } from "./folders.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { timeout: { type: "string", default: "300" } },
});
const posts = Number(positionals[0] ?? 20_000);
const timeout = Number(values.timeout) * 1000;
const print = (text: string) => process.stdout.write(`${text}\n`);

let enqueued: string | undefined;
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { MessageBody } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  enqueued = MessageBody;
  const MD5OfMessageBody = createHash("md5").update(MessageBody).digest("hex");
  response.writeHead(200, { "content-type": "application/x-amz-json-1.0" });
  response.end(JSON.stringify({ MessageId: "1", MD5OfMessageBody }));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
Object.assign(process.env, {
  AWS_ENDPOINT_URL_SQS: origin,
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "bench",
  AWS_SECRET_ACCESS_KEY: "bench",
});

const folder = mkdtempSync(join(tmpdir(), "dripfeed-first-"));
try {
  const { content } = writeFolders(folder, posts, 1);
  const handler = handlerFor({
    DRIPFEED_CONTENT: content,
    DRIPFEED_PUBLIC: join(folder, "public"),
    DRIPFEED_STATE: join(folder, "state"),
    DRIPFEED_QUEUE_URL: origin,
  });
  process.stderr.write = () => true;
  const began = performance.now();
  let event: unknown = { full: true };
  for (let run = 1; ; run++) {
    enqueued = undefined;
    const start = performance.now();
    const report = await handler(event, {
      awsRequestId: `run-${run}`,
      getRemainingTimeInMillis: () => timeout - (performance.now() - start),
    });
    const took = (performance.now() - start) / 1000;
    const memory = (process.memoryUsage.rss() / 2 ** 20).toFixed(0);
    print(
      `run ${run}: ${report.put.length} documents in ${took.toFixed(1)} s, ${memory} MiB${report.unfinished ? ", unfinished" : ""}`,
    );
    if (report.refused) throw new Error(report.refused.message);
    if (enqueued === undefined) break;
    event = { Records: [{ eventSource: "aws:sqs", body: enqueued }] };
  }
  const seconds = (performance.now() - began) / 1000;
  const most = (process.resourceUsage().maxRSS / 1024).toFixed(0);
  const anHour = Math.round((posts / seconds) * 3600).toLocaleString("en");
  print(`${posts.toLocaleString("en")} posts in ${seconds.toFixed(1)} s, ${most} MiB at most: ${anHour} posts an hour`);
} finally {
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
