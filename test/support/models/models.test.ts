/** What AWS's models say of requests and answers: right ones pass, and of wrong ones is told what is wrong. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, test } from "vitest";
import { type Answer, AWS_ENVIRONMENT, serve } from "../loopback.ts";
import { problemsOfAnswer } from "./answer.ts";
import type { WireRequest } from "./exchange.ts";
import { modelOf, shapeOf } from "./model.ts";
import { readRequest } from "./request.ts";
import { wrongSoFar } from "./watch.ts";

/** Signed for a service. */
function request(service: string, given: Partial<WireRequest>): WireRequest {
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIA/20261201/us-east-1/${service}/aws4_request, Signature=0`;
  return { method: "POST", path: "/", body: "", ...given, headers: { authorization, ...given.headers } };
}
const json = (service: string, target: string, body: object) =>
  request(service, { headers: { "x-amz-target": target }, body: JSON.stringify(body) });
const problemsOf = (given: WireRequest) => readRequest(given)?.problems;

const schedule = {
  ClientToken: "t",
  FlexibleTimeWindow: { Mode: "OFF" },
  ScheduleExpression: "at(2026-12-01T00:00:00)",
  Target: { Arn: "arn:aws:sqs:us-east-1:123456789012:q", RoleArn: "arn:aws:iam::123456789012:role/r" },
};
const create = (body: object, path = "/schedules/due") => request("scheduler", { path, body: JSON.stringify(body) });
const NAMESPACE = "http://cloudfront.amazonaws.com/doc/2020-05-31/";
const invalidate = (xml: string) =>
  request("cloudfront", { path: "/2020-05-31/distribution/E1/invalidation", body: xml });
const batch = (paths: string, xmlns = NAMESPACE) =>
  `<InvalidationBatch xmlns="${xmlns}"><Paths><Quantity>1</Quantity>${paths}</Paths><CallerReference>r</CallerReference></InvalidationBatch>`;

describe("a request", () => {
  test("to nobody at AWS is not read", () => {
    expect(readRequest({ method: "POST", path: "/", headers: {}, body: "hub.mode=publish" })).toBeUndefined();
  });

  test.each([
    ["S3 GetObject", request("s3", { method: "GET", path: "/b/posts/%E6%BB%B4.md?x-id=GetObject" })],
    ["S3 ListObjectsV2", request("s3", { method: "GET", path: "/b/?list-type=2&prefix=a%2F&encoding-type=url" })],
    [
      "S3 PutObject",
      request("s3", { method: "PUT", path: "/b/k", headers: { "if-match": '"e"', "x-amz-meta-a": "1" } }),
    ],
    ["S3 CopyObject", request("s3", { method: "PUT", path: "/b/k", headers: { "x-amz-copy-source": "b/j" } })],
    ["S3 UploadPart", request("s3", { method: "PUT", path: "/b/k?partNumber=1&uploadId=u" })],
    ["S3 GetBucketPolicy", request("s3", { method: "GET", path: "/b?policy" })],
    ["SQS SendMessage", json("sqs", "AmazonSQS.SendMessage", { QueueUrl: "u", MessageBody: "m", DelaySeconds: 60 })],
    ["Secrets Manager GetSecretValue", json("secretsmanager", "secretsmanager.GetSecretValue", { SecretId: "s" })],
    ["Scheduler CreateSchedule", create(schedule)],
    ["CloudFront CreateInvalidation2020_05_31", invalidate(batch("<Items><Path>/a</Path></Items>"))],
    [
      "SNS CreateTopic",
      request("sns", {
        body: "Action=CreateTopic&Version=2010-03-31&Name=t&Attributes.entry.1.key=k&Attributes.entry.1.value=v",
      }),
    ],
  ])("is known by its method, path and headers: %s", (name, given) => {
    const read = readRequest(given);
    expect(`${read?.model.metadata.serviceId} ${read?.operation.name}`).toBe(name);
    expect(read?.problems).toEqual([]);
  });

  test("for an operation that the service does not have is told", () => {
    expect(() => readRequest(json("sqs", "AmazonSQS.SendMessages", {}))).toThrow("SQS has no operation for POST /");
    expect(() => readRequest(request("scheduler", { method: "PATCH", path: "/schedules/due" }))).toThrow(
      /no operation/,
    );
    expect(() => readRequest(request("no-such", {}))).toThrow('AWS has no model of a service "no-such"');
  });

  test.each<readonly [problem: string, given: WireRequest]>([
    ["Delay is unknown", json("sqs", "AmazonSQS.SendMessage", { QueueUrl: "u", MessageBody: "m", Delay: 1 })],
    ["MessageBody is missing", json("sqs", "AmazonSQS.SendMessage", { QueueUrl: "u" })],
    [
      "DelaySeconds is no integer",
      json("sqs", "AmazonSQS.SendMessage", { QueueUrl: "u", MessageBody: "m", DelaySeconds: "1" }),
    ],
    [
      "SecretId has 0 characters, fewer than 1",
      json("secretsmanager", "secretsmanager.GetSecretValue", { SecretId: "" }),
    ],
    ["ClientToken is missing", create({ ...schedule, ClientToken: undefined })],
    ["Target is missing", create({ ...schedule, Target: undefined })],
    [
      'FlexibleTimeWindow.Mode is "ON", none of OFF, FLEXIBLE',
      create({ ...schedule, FlexibleTimeWindow: { Mode: "ON" } }),
    ],
    ['Name is "du e", which does not match ^[0-9a-zA-Z-_.]+$', create(schedule, "/schedules/du%20e")],
    ["InvalidationBatch.Paths.Item is unknown", invalidate(batch("<Item>/a</Item>"))],
    ["InvalidationBatch.Paths.Items.Key is unknown", invalidate(batch("<Items><Key>/a</Key></Items>"))],
    [
      `InvalidationBatch is in the namespace "urn:x", not "${NAMESPACE}"`,
      invalidate(batch("<Items><Path>/a</Path></Items>", "urn:x")),
    ],
    ["the parameter versionid is unknown", request("s3", { method: "GET", path: "/b/k?versionid=1" })],
    ["x-id is PutObject, not GetObject", request("s3", { method: "GET", path: "/b/k?x-id=PutObject" })],
    [
      "the header x-amz-storageclass is unknown",
      request("s3", { method: "PUT", path: "/b/k", headers: { "x-amz-storageclass": "x" } }),
    ],
    ["MaxKeys is no integer", request("s3", { method: "GET", path: "/b?list-type=2&max-keys=many" })],
    ["Topic is unknown", request("sns", { body: "Action=CreateTopic&Name=t&Topic=u" })],
  ])("is told: %s", (problem, given) => {
    expect(problemsOf(given)).toEqual([problem]);
  });
});

describe("an answer", () => {
  const answered = (given: WireRequest, { status = 200, headers = {}, body = "" }: Answer) => {
    const read = readRequest(given);
    if (!read) throw new Error("it is not for AWS");
    return problemsOfAnswer(read, { status, headers, body });
  };
  const get = request("s3", { method: "GET", path: "/b/k" });
  const remove = request("s3", { method: "DELETE", path: "/b/k" });
  const list = request("s3", { method: "GET", path: "/b?list-type=2" });
  const send = json("sqs", "AmazonSQS.SendMessage", { QueueUrl: "u", MessageBody: "m" });
  const invalidation = (rest: string) =>
    `<Invalidation xmlns="${NAMESPACE}"><Id>I</Id><Status>Completed</Status>${rest}<InvalidationBatch><Paths><Quantity>0</Quantity></Paths><CallerReference>r</CallerReference></InvalidationBatch></Invalidation>`;

  test.each<readonly [what: string, given: WireRequest, answer: Answer]>([
    [
      "an object",
      get,
      { headers: { etag: '"e"', "last-modified": "Tue, 01 Dec 2026 10:00:00 GMT" }, body: "<not xml" },
    ],
    ["a part of it", get, { status: 206 }],
    ["an unchanged one", get, { status: 304 }],
    ["a missing one", get, { status: 404, body: "<Error><Code>NoSuchKey</Code></Error>" }],
    ["a removal", remove, { status: 204 }],
    [
      "a listing",
      list,
      {
        body: "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>a</Key><Size>1</Size></Contents></ListBucketResult>",
      },
    ],
    ["a message taken", send, { body: '{"MessageId":"1"}' }],
    ["a queue that is gone", send, { status: 400, body: '{"__type":"com.amazonaws.sqs#QueueDoesNotExist"}' }],
    ["a server that fails", send, { status: 503 }],
    [
      "a schedule that is there",
      create(schedule),
      { status: 409, headers: { "x-amzn-errortype": "ConflictException" }, body: "{}" },
    ],
    [
      "an invalidation",
      invalidate(batch("<Items/>")),
      { status: 201, body: invalidation("<CreateTime>2026-01-01T00:00:00Z</CreateTime>") },
    ],
  ])("as AWS gives it passes: %s", (_, given, answer) => {
    expect(answered(given, answer)).toEqual([]);
  });

  test.each<readonly [problem: string, given: WireRequest, answer: Answer]>([
    ["the status is 200, not 204", remove, {}],
    [
      "the status is 200, not 201",
      invalidate(batch("<Items/>")),
      { body: invalidation("<CreateTime>2026-01-01T00:00:00Z</CreateTime>") },
    ],
    ["CreateTime is missing", invalidate(batch("<Items/>")), { status: 201, body: invalidation("") }],
    [
      "CreateTime is no time",
      invalidate(batch("<Items/>")),
      { status: 201, body: invalidation("<CreateTime>today</CreateTime>") },
    ],
    ["MessageID is unknown", send, { body: '{"MessageID":"1"}' }],
    ["MessageId is no string", send, { body: '{"MessageId":1}' }],
    [
      "Contents[0].Tag is unknown",
      list,
      { body: "<ListBucketResult><Contents><Tag>e</Tag></Contents></ListBucketResult>" },
    ],
    ["NoSuchQueue is no error of SendMessage", send, { status: 400, body: '{"__type":"NoSuchQueue"}' }],
    [
      "the status of ConflictException is 400, not 409",
      create(schedule),
      { status: 400, body: '{"__type":"ConflictException"}' },
    ],
    ["the status of NoSuchKey is 403, not 404", get, { status: 403, body: "<Error><Code>NoSuchKey</Code></Error>" }],
    ["the error has no code", get, { status: 404, body: "<html/>" }],
    ["the header Last-Modified is no time", get, { headers: { "last-modified": "2026-12-01T00:00:00Z" } }],
    ["the header x-amz-etag is unknown", get, { headers: { "x-amz-etag": "e" } }],
  ])("is told: %s", (problem, given, answer) => {
    expect(answered(given, answer)).toEqual([problem]);
  });
});

describe("watched", () => {
  const credentials = {
    accessKeyId: AWS_ENVIRONMENT.AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_ENVIRONMENT.AWS_SECRET_ACCESS_KEY,
  };
  const configured = (endpoint: string) => ({ endpoint, credentials, region: "us-east-1", maxAttempts: 1 });

  test("are servers of the process: a wrong answer to a right request is told, unless it says that it is none of AWS", async () => {
    const answers: Answer[] = [
      { body: "{}" },
      { body: '{"Nmae":"a"}' },
      { status: 400, body: '{"__type":"Odd"}' },
      { status: 502, headers: { "not-aws": "a proxy" }, body: "<html>" },
    ];
    const server = await serve(() => answers.shift());
    const client = new SecretsManagerClient(configured(server.origin));
    while (answers.length > 0) await client.send(new GetSecretValueCommand({ SecretId: "s" })).catch(() => undefined);
    await server.close();
    expect(await wrongSoFar()).toEqual([
      "Secrets Manager GetSecretValue, answered 200: Nmae is unknown",
      "Secrets Manager GetSecretValue, answered 400: Odd is no error of GetSecretValue",
    ]);
  });

  test("are clients of the process, whoever their server is", async () => {
    const client = new SQSClient({ ...configured("http://127.0.0.1:1"), md5: false });
    const wrong = { QueueUrl: "http://127.0.0.1:1/1/q", MessageBody: "m", DelaySeconds: 1.5 };
    await client.send(new SendMessageCommand(wrong)).catch(() => undefined);
    expect(await wrongSoFar()).toEqual(["SQS SendMessage, asked: DelaySeconds is no integer"]);
  });
});

/** The commands that are sent, by the package that they are of. */
function commandsOf(folder: string): ReadonlyMap<string, ReadonlySet<string>> {
  const sent = new Map<string, Set<string>>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((each) =>
    each.endsWith(".ts"),
  )) {
    const text = readFileSync(join(folder, name), "utf8");
    for (const [, names = "", from = ""] of text.matchAll(/import (\{[^}]*\}) from "(@aws-sdk\/client-[\w-]+)"/g)) {
      const commands = sent.get(from) ?? new Set();
      for (const [, command = ""] of names.matchAll(/\b(\w+)Command\b(?!Input|Output)/g)) commands.add(command);
      sent.set(from, commands);
    }
  }
  return sent;
}

/** As the SDK has an operation: `[9, namespace, name, traits, () => input, () => output]`. */
type SdkOperation = readonly [9, string, string, unknown, () => SdkStructure, () => SdkStructure];
/** Members that are required come first; how many they are comes last. */
type SdkStructure = readonly [3, string, string, unknown, readonly string[], readonly unknown[], number?];

/** The services whose packages have another name than the one that requests are signed with. */
const SIGNED_AS: { readonly [name: string]: string } = { "secrets-manager": "secretsmanager", sfn: "states" };

test("the SDK knows each member that the models have of an operation that is sent, and requires the same", async () => {
  const commands = commandsOf("lib");
  expect([...commands.keys()].toSorted()).toEqual(
    ["cloudfront", "s3", "scheduler", "secrets-manager", "sfn", "sqs"].map((name) => `@aws-sdk/client-${name}`),
  );
  for (const [from, names] of commands) {
    const sdk: { readonly [name: string]: unknown } = await import(from);
    const name = from.replace("@aws-sdk/client-", "");
    const model = modelOf(SIGNED_AS[name] ?? name);
    for (const name of names) {
      const operation = Object.values(model.operations).find(
        (each) => each.name.replace(/\d{4}_\d\d_\d\d$/, "") === name,
      );
      if (!operation?.input) throw new Error(`there is no ${name}`);
      const { members = {}, required = [] } = shapeOf(model, operation.input);
      const [, , , , input] = sdk[`${name}$`] as SdkOperation;
      const [, , , , known, , count = 0] = input();
      expect([name, Object.keys(members).filter((member) => !known.includes(member))]).toEqual([name, []]);
      expect([name, known.slice(0, count).toSorted()]).toEqual([name, required.toSorted()]);
    }
  }
});
