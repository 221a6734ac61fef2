/** `webhook` with marks in a real object store: many instances at once. */
import { createHash, createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { handlerFor } from "../../functions/webhook.ts";
import { type Served, serve } from "../support/loopback.ts";
import { endpoint, newPlace } from "./s3.ts";

const JSON_TYPE = { "content-type": "application/x-amz-json-1.0" };
let aws: Served;

beforeAll(async () => {
  vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  aws = await serve(({ headers, body }) => {
    if (!String(headers["x-amz-target"]).startsWith("secretsmanager.")) {
      const MD5OfMessageBody = createHash("md5").update(JSON.parse(body).MessageBody).digest("hex");
      return { headers: JSON_TYPE, body: JSON.stringify({ MessageId: "1", MD5OfMessageBody }) };
    }
    if (body.includes("AWSCURRENT")) return { headers: JSON_TYPE, body: JSON.stringify({ SecretString: "secret" }) };
    return { status: 400, headers: JSON_TYPE, body: JSON.stringify({ __type: "ResourceNotFoundException" }) };
  });
  vi.stubEnv("AWS_ENDPOINT_URL_SQS", aws.origin);
  vi.stubEnv("AWS_ENDPOINT_URL_SECRETS_MANAGER", aws.origin);
  vi.stubEnv("AWS_ENDPOINT_URL_S3", endpoint);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await aws.close();
});

test("of fifty equal requests at once, under as many ids, one triggers a run at once at most, and any others one at the slot's end", async () => {
  const state = await newPlace();
  // In one slot, however long it takes.
  vi.useFakeTimers({ now: Math.floor(Date.now() / 300_000) * 300_000 + 1_000, toFake: ["Date"] });
  const body = '{"keys":["posts/a.md"]}';
  const signature = `sha256=${createHmac("sha256", "secret").update(body).digest("hex")}`;
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) => {
      const headers = {
        "content-type": "application/json",
        "x-hub-signature-256": signature,
        "x-github-delivery": `${i}`,
      };
      const call = handlerFor({
        DRIPFEED_SECRET: "arn:secret",
        DRIPFEED_QUEUE_URL: `${aws.origin}/1/triggers`,
        DRIPFEED_STATE: state.url,
      });
      return call({ headers, body, isBase64Encoded: false }, { awsRequestId: `r${i}` });
    }),
  );
  vi.useRealTimers();
  expect(new Set(answers.map((answer) => answer.statusCode))).toEqual(new Set([202]));
  const sent = aws.asked.filter(({ headers }) => headers["x-amz-target"] === "AmazonSQS.SendMessage");
  const delays = sent.map(({ body }) => JSON.parse(body).DelaySeconds ?? 0);
  expect(delays.filter((delay) => delay === 0).length).toBeLessThanOrEqual(1);
  // The gateway answers 500 to those who lose a race, who then cannot know whose mark it is.
  expect(new Set(delays.filter((delay) => delay !== 0))).toEqual(new Set([300]));
  expect(Object.keys(await state.objects())).toEqual([
    expect.stringMatching(/^deliveries\/[0-9a-f]{64}-\d+-first$/),
    expect.stringMatching(/^deliveries\/[0-9a-f]{64}-\d+-last$/),
  ]);
});
