/**
 * Each function as it is deployed, in a clean process, with the variables and the role of the template: all that it asks of AWS is allowed by
 * the template's policies, and all that they allow is asked for by something. All of it with `CONFIG` alone; what AWS's own services ask for with
 * other settings is in test/infra/iam/services.test.ts, and what the functions of `parallel` ask for in machine.test.ts.
 */
import { execFile } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sealJson } from "../../lib/state/sealed.ts";
import { CONFIG } from "../infra/deployment.ts";
import { coverageOf } from "../infra/iam/coverage.ts";
import type { Call } from "../infra/iam/decide.ts";
import { callsByServices } from "../infra/iam/services.ts";
import { type Answer, type Asked, AWS_ENVIRONMENT, type Served, serve } from "../support/loopback.ts";
import { serviceOf } from "../support/models/exchange.ts";
import { post } from "../support/world.ts";
import { type Environment, openEnvironment, packFunction } from "./chain/lambda.ts";
import { type Recorded, record } from "./chain/permissions.ts";
import { type Between, openProxy } from "./chain/proxy.ts";
import { endpoint, newPlace, type Place } from "./s3.ts";

const run = promisify(execFile);
const ACCOUNT = "123456789012";
const SECRET = "between the two of us";

let folder: string;
let proxy: Between;
let aws: Served;
let web: Served;
let content: Place;
let published: Place;
let state: Place;
let logs: Place;
let recorded: Recorded;
const environments: Environment[] = [];
const log: string[] = [];

/** What the services other than S3 answer. */
let isQueueDown = false;
let hasTimer = false;
function answer(asked: Asked): Answer {
  const json = (body: object, status = 200): Answer => ({
    status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  switch (serviceOf(asked)) {
    case "sqs": {
      if (isQueueDown) return json({ __type: "com.amazonaws.sqs#QueueDoesNotExist" }, 400);
      const MD5OfMessageBody = createHash("md5").update(JSON.parse(asked.body).MessageBody).digest("hex");
      return json({ MessageId: "1", MD5OfMessageBody });
    }
    case "secretsmanager":
      return json({ SecretString: SECRET });
    case "scheduler":
      if (!hasTimer && asked.method === "PUT")
        return json({ __type: "ResourceNotFoundException", Message: "none" }, 404);
      hasTimer = true;
      return json({ ScheduleArn: `arn:aws:scheduler:us-east-1:${ACCOUNT}:schedule/notes/due` });
    case "cloudfront": {
      const status = asked.method === "POST" ? "InProgress" : "Completed";
      return {
        status: asked.method === "POST" ? 201 : 200,
        headers: { "content-type": "text/xml" },
        body:
          `<Invalidation xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>I1</Id><Status>${status}</Status>` +
          "<CreateTime>2026-01-01T00:00:00Z</CreateTime><InvalidationBatch><Paths><Quantity>0</Quantity></Paths>" +
          "<CallerReference>r</CallerReference></InvalidationBatch></Invalidation>",
      };
    }
    default:
      return { status: 404 };
  }
}

const A = post({
  title: "A",
  date: "2026-01-02",
  tags: "[water]",
  audio: '{ url: "https://example.com/audio/1.mp3", length: 200000, duration: 50 }',
});
const site = () => `title: Field notes
url: https://example.com/
feeds: ${web.origin}/
since: 2020
hubs: [${web.origin}/hub]
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-permissions-"));
  proxy = await openProxy(endpoint);
  aws = await serve(answer);
  web = await serve(({ method }) => ({ status: method === "POST" ? 202 : 404 }));
  [content, published, state, logs] = await Promise.all([newPlace(), newPlace(), newPlace(), newPlace()]);
  recorded = record({
    Content: content.bucket,
    Public: published.bucket,
    State: state.bucket,
    Logs: logs.bucket,
    Cdn: "E1A2B3C4D5E6F7",
    Triggers: `${aws.origin}/${ACCOUNT}/triggers`,
  });
});

afterAll(async () => {
  for (const each of environments) await each.close();
  for (const server of [proxy, aws, web]) await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const ENDPOINTS = () => ({
  AWS_ENDPOINT_URL_S3: proxy.origin,
  ...Object.fromEntries(
    ["SQS", "SCHEDULER", "SECRETS_MANAGER", "CLOUDFRONT"].map((name) => [`AWS_ENDPOINT_URL_${name}`, aws.origin]),
  ),
});
const CREDENTIALS = { ...AWS_ENVIRONMENT, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "testtest" };

/** A process with the function, which has as much time as is given. */
async function open(name: string, timeout = 60_000): Promise<Environment> {
  const at = join(folder, name);
  await packFunction(name, at);
  const environment = await openEnvironment({
    name,
    folder: at,
    timeout,
    log: (line) => log.push(line),
    variables: { PATH: "/usr/bin:/bin", ...CREDENTIALS, ...ENDPOINTS(), ...recorded.environmentOf(name) },
  });
  environments.push(environment);
  return environment;
}

const remove = ({ client, bucket }: Place, key: string) =>
  client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
const queued = (body: object) => ({ Records: [{ eventSource: "aws:sqs", body: JSON.stringify(body) }] });
describe("what is asked for as", () => {
  test("content is pushed and pulled by CI", async () => {
    const env = { ...process.env, ...CREDENTIALS, ...ENDPOINTS(), ...recorded.nameOfRole("GitHubRole") };
    const local = join(folder, "content");
    await mkdir(join(local, "posts"), { recursive: true });
    await writeFile(join(local, "site.yaml"), site());
    await writeFile(join(local, "posts/a.md"), A);
    await writeFile(join(local, "posts/b.md"), post({ title: "B", date: "2026-01-03", tags: "[stone]" }));
    await writeFile(join(local, "posts/due.md"), post({ title: "Due", date: "2199-01-03" }));
    await writeFile(join(local, "posts/gone.md"), post({ title: "Gone" }));
    const push = () => run(process.execPath, ["lib/dripfeed.js", "push", local, content.url], { env });
    await push();
    await rm(join(local, "posts/gone.md"));
    await push();
    expect(Object.keys(await content.objects())).toContain("posts/a.md");
    await content.put("posts/phone.md", post({ title: "By phone", draft: "true" }));
    await run(process.execPath, ["lib/dripfeed.js", "pull", content.url, local], { env });
    expect(await readFile(join(local, "posts/phone.md"), "utf8")).toContain("By phone");
    await push();
  });

  test("readers are counted before there is a feed", async () => {
    expect(await (await open("audience")).invoke({})).toMatchObject({ requests: 0 });
  });

  test("runs publish, repair, remove, set the timer, collect, and enqueue again", async () => {
    const rebuild = await open("rebuild");
    expect(await rebuild.invoke(queued({ full: true }))).not.toHaveProperty("refused");
    await published.put("rss.xml", "altered");
    await content.put("posts/b.md", post({ title: "B", date: "2026-01-03" }));
    await rebuild.invoke(queued({ full: true }));
    // More catalogs than are kept.
    for (let i = 0; i < 6; i++) {
      await content.put("posts/a.md", `${A}${i}`);
      await rebuild.invoke(queued({ keys: ["posts/a.md"] }));
    }
    const catalogs = `${recorded.template.attribute("State", "Arn")}/catalogs/`;
    expect(recorded.calls.map(({ action, resource }) => `${action} ${resource}`)).toContainEqual(
      expect.stringContaining(`s3:DeleteObject ${catalogs}`),
    );
    await remove(content, "site.yaml");
    await rebuild.invoke(queued({ full: true }));
    await content.put("site.yaml", site());

    const head = (await state.store.get("head.json")) as { readonly body: Uint8Array };
    const { digest: _, ...fields } = JSON.parse(new TextDecoder().decode(head.body));
    const lease = { run: "other", until: new Date(Date.now() + 60_000).toISOString(), intent: "intents/other.json" };
    await state.put("head.json", sealJson("head.json", { ...fields, lease }));
    const hurried = await open("rebuild", 6_000);
    expect(await hurried.invoke(queued({ keys: ["posts/a.md"] }))).toMatchObject({ refused: { code: "busy" } });
    await state.put("head.json", head.body);
  });

  test("changes are announced", async () => {
    const announce = await open("announce");
    const changed = { source: "aws.s3", "detail-type": "Object Created", detail: { object: { key: "head.json" } } };
    await remove(content, "site.yaml");
    expect(await announce.invoke(changed)).toMatchObject({ failed: expect.stringContaining("site.yaml") });
    await content.put("site.yaml", site());
    expect(await announce.invoke(changed)).toMatchObject({ paths: expect.any(Number) });
    // Nothing is served where the feeds are said to be.
    expect(await announce.invoke({ check: true })).toMatchObject({ stale: expect.stringContaining("answers 404") });
  });

  test("triggers are enqueued over HTTPS", async () => {
    const webhook = await open("webhook");
    const body = "{}";
    const signature = `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;
    const headers = { "content-type": "application/json", "x-hub-signature-256": signature };
    const deliver = (id: string) => webhook.invoke({ headers: { ...headers, "x-github-delivery": id }, body });
    expect(await deliver("1")).toEqual({ statusCode: 202 });
    isQueueDown = true;
    expect(await deliver("2")).toEqual({ statusCode: 503 });
    isQueueDown = false;
  });

  test("readers are counted", async () => {
    const audience = await open("audience");
    const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const fields =
      "date time x-edge-request-id c-ip cs-method x-host-header cs-uri-stem cs-uri-query sc-status sc-bytes cs(User-Agent)";
    const line = [day, "10:00:00", "r1", "192.0.2.1", "GET", "-", "/rss.xml", "-", "200", "900", "newsboat/2.30"].join(
      "\t",
    );
    await logs.put(`cdn/${day.replaceAll("-", "/")}/a.log`, `#Version: 1.0\n#Fields: ${fields}\n${line}\n`);
    await remove(content, "site.yaml");
    await expect(audience.invoke({})).rejects.toThrow(/site\.yaml/);
    await content.put("site.yaml", site());
    expect(await audience.invoke({})).toMatchObject({ requests: 1 });
  });
});

/** What no server here is asked. */
const ELSEWHERE = (): readonly (Call & { readonly because: string })[] => {
  const { template } = recorded;
  return [
    {
      by: "GitHubRole",
      action: "lambda:InvokeFunction",
      resource: template.attribute("Rebuild", "Arn"),
      context: {},
      because: "CI invokes it with AWS's own command, see docs/ci.md",
    },
    {
      by: `Federated:${template.ref("GitHub")}`,
      action: "sts:AssumeRoleWithWebIdentity",
      resource: template.attribute("GitHubRole", "Arn"),
      context: {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": [CONFIG.github?.subject ?? ""].flat()[0] ?? "",
      },
      because: "CI takes on its role with a token of GitHub, before it asks for anything else",
    },
  ];
};

describe("of the template's policies", () => {
  test("each function, in its role, asks for something", () => {
    const roles = new Set(recorded.calls.map(({ by }) => by));
    const silent = recorded.functions.filter(
      (name) => !roles.has(recorded.environmentOf(name)["AWS_SDK_UA_APP_ID"] ?? ""),
    );
    expect(silent).toEqual([]);
  });

  test("all that is asked for is allowed", () => {
    expect(recorded.coverage(ELSEWHERE()).refused).toEqual([]);
  });

  test("all that is allowed is asked for", () => {
    expect(recorded.coverage(ELSEWHERE()).unused).toEqual([]);
  });

  test("each is needed: without it something is refused", () => {
    const all: readonly Call[] = [...recorded.calls, ...ELSEWHERE(), ...callsByServices(recorded.template)];
    const allowing = recorded.policies.filter(({ effect }) => effect === "Allow");
    expect(allowing.length).toBeGreaterThan(60);
    const spare = allowing.filter((each) => {
      const others = recorded.policies.filter((other) => other !== each);
      return coverageOf(all, others).refused.length === 0;
    });
    expect(spare).toEqual([]);
  });

  test("one that nothing asks for is named", () => {
    const [some] = recorded.policies;
    if (!some) throw new Error("there is no policy");
    const more = {
      ...some,
      effect: "Allow" as const,
      of: "RebuildRole",
      action: "s3:PutObjectAcl",
      principals: undefined,
    };
    const all = [...recorded.calls, ...ELSEWHERE(), ...callsByServices(recorded.template)];
    expect(coverageOf(all, [...recorded.policies, more]).unused).toEqual([
      `RebuildRole: s3:PutObjectAcl ${some.resource}`,
    ]);
  });
});
