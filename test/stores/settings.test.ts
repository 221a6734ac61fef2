/** What one has to set for an S3 store, and what the errors say where it is missing or wrong. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openStore, storeOptions } from "../../lib/stores/open.ts";
import { type Fault, startServer, type TestServer } from "../faults/server.ts";

let server: TestServer;
let environment: { [name: string]: string | undefined };

const open = (name = "s3://bucket/p") => openStore(name, storeOptions(environment));
const failure = async () => String(await (await open()).get("key").catch((error: unknown) => error));

/** Of the developer, or of the machine. */
const OTHERS = ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL"];

beforeEach(async () => {
  for (const name of OTHERS) vi.stubEnv(name, undefined);
  for (const name of ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"]) vi.stubEnv(name, "/dev/null");
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, "test");
  server = await startServer("bucket");
  environment = { AWS_ENDPOINT_URL_S3: server.endpoint };
});

afterEach(() => {
  server.stop();
  vi.unstubAllEnvs();
});

/** In which region requests are signed, as a server sees it. */
async function regionSigned(): Promise<string | undefined> {
  let signed: string | undefined;
  const listener = createServer(({ headers: { authorization = "" } }, response) => {
    signed = authorization.split("/")[2];
    response.writeHead(404).end("<Error><Code>NoSuchKey</Code></Error>");
  });
  await new Promise<void>((done) => listener.listen(0, "127.0.0.1", done));
  environment["AWS_ENDPOINT_URL_S3"] = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  try {
    expect(await (await open()).get("key")).toBeUndefined();
    return signed;
  } finally {
    listener.closeAllConnections();
    listener.close();
  }
}

test("an endpoint and keys are all that a server other than AWS needs, in either variable", async () => {
  environment = { AWS_ENDPOINT_URL: server.endpoint };
  const store = await open();
  await store.put("key", new TextEncoder().encode("x"), { contentType: "text/plain", ifAbsent: true });
  expect([...(server.buckets.get("bucket")?.keys() ?? [])]).toEqual(["p/key"]);
});

test("the region is the one that is set, else the first one of AWS", async () => {
  expect(await regionSigned()).toBe("us-east-1");
  environment["AWS_DEFAULT_REGION"] = "eu-west-1";
  expect(await regionSigned()).toBe("eu-west-1");
  vi.stubEnv("AWS_REGION", "auto");
  expect(await regionSigned()).toBe("auto");
});

describe("an error says what to set", () => {
  test("without a region on AWS", async () => {
    environment = {};
    expect(await failure()).toMatch(/: no region is set: set AWS_REGION, or AWS_ENDPOINT_URL_S3 for a server/);
  });

  test("without credentials", async () => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, undefined);
    expect(await failure()).toMatch(/: there are no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY/);
  });

  test.each<readonly [Fault, RegExp]>([
    ["InvalidAccessKeyId", /does not know this access key: check AWS_ACCESS_KEY_ID/],
    ["SignatureDoesNotMatch", /is not that of the access key: check AWS_SECRET_ACCESS_KEY/],
    ["AuthorizationHeaderMalformed", /on request: set AWS_REGION to the region of the bucket/],
  ])("to %s", async (fault, message) => {
    server.faultFor = () => fault;
    expect(await failure()).toMatch(message);
  });

  test("where nobody answers", async () => {
    vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
    server.stop();
    const why = `ECONNREFUSED \\S+: nobody answers at ${server.endpoint}, so check AWS_ENDPOINT_URL_S3`;
    expect(await failure()).toMatch(new RegExp(why));
  });

  test.each([
    ["acc.r2.cloudflarestorage.com", /is no URL: write https:/],
    ["localhost:9000", /is no URL: write https:/],
    ["http://", /is no URL/],
    ["https://acc.r2.cloudflarestorage.com/bucket", /ends with the bucket: write it without \/bucket$/],
  ])("to the endpoint %s", async (endpoint, message) => {
    environment["AWS_ENDPOINT_URL_S3"] = endpoint;
    const error: unknown = await open().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toMatch(message);
  });
});
