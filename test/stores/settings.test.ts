/** What one has to set for an S3 store, and what the errors say where it is missing or wrong. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { S3ServiceException } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openStore, storeOptions } from "../../lib/stores/open.ts";
import { explain } from "../../lib/stores/s3/explain.ts";
import { type Fault, startServer, type TestServer } from "../faults/server.ts";

let server: TestServer;
let environment: { [name: string]: string | undefined };

const open = (name = "s3://bucket/p") => openStore(name, storeOptions(environment));
const failure = async () => String(await (await open()).get("key").catch((error: unknown) => error));

/** Of a server that always replies so. */
async function failureOf(status: number, body: string, headers: { readonly [name: string]: string } = {}) {
  vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
  const listener = createServer((_, response) => void response.writeHead(status, headers).end(body));
  await new Promise<void>((done) => listener.listen(0, "127.0.0.1", done));
  environment["AWS_ENDPOINT_URL_S3"] = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  try {
    return await failure();
  } finally {
    listener.closeAllConnections();
    listener.close();
  }
}

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

  test.each<readonly [code: string, status: number, message: RegExp]>([
    ["ExpiredToken", 400, /the session has expired: sign in again with aws sso login, or renew AWS_SESSION_TOKEN/],
    ["InvalidToken", 400, /check AWS_SESSION_TOKEN/],
    ["RequestTimeTooSkewed", 403, /the clock of this machine is not that of the server: set it/],
    ["NoSuchBucket", 404, /the bucket does not exist: create it, or correct its name/],
    ["AccessDenied", 403, /access denied: check the credentials and the policy/],
    ["SlowDown", 503, /SlowDown: on request: the server is busy or broken, so try again later/],
  ])("to %s", async (code, status, message) => {
    const said = await failureOf(status, `<Error><Code>${code}</Code><Message>on request</Message></Error>`);
    expect(said).toMatch(message);
  });

  test("to another region, which is named", async () => {
    const error = (code: string, message: string) => `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
    const malformed = "the region 'us-east-1' is wrong; expecting 'eu-central-1'";
    expect(await failureOf(400, error("AuthorizationHeaderMalformed", malformed))).toMatch(
      /set AWS_REGION to eu-central-1$/,
    );
    const headers = { "x-amz-bucket-region": "eu-west-1" };
    expect(await failureOf(301, error("PermanentRedirect", "Elsewhere."), headers)).toMatch(
      /Elsewhere: set AWS_REGION to eu-west-1$/,
    );
  });

  test.each<readonly [what: string, status: number, body: string]>([
    ["a server of websites", 404, "<html><body>Not Found</body></html>"],
    [
      "a port for TLS, of nginx",
      400,
      "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>",
    ],
    ["a port for TLS, of others", 400, "Client sent an HTTP request to an HTTPS server.\n"],
  ])("to %s", async (_, status, body) => {
    const which =
      "check AWS_ENDPOINT_URL_S3, which is http://127.0.0.1:\\d+: the server, its port, and http:// or https://";
    expect(await failureOf(status, body, { "not-aws": "another server" })).toMatch(
      new RegExp(`the server answers ${status}, and not as S3 does: ${which}`),
    );
  });

  test("to a refusal without words", async () => {
    expect(await failureOf(403, "", { "not-aws": "a proxy" })).toMatch(
      /the server answers 403, .*: check the credentials, and AWS_ENDPOINT_URL_S3/,
    );
    expect(await failureOf(502, "<html></html>", { "not-aws": "a proxy" })).toMatch(
      /the server answers 502: .* try again later/,
    );
  });

  test("where TLS is spoken to a server without it", async () => {
    vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
    environment["AWS_ENDPOINT_URL_S3"] = server.endpoint.replace("http:", "https:");
    const said = await failure();
    expect(said).toMatch(
      /wrong version number: there is no TLS at https:\S+, so write http:\/\/ in AWS_ENDPOINT_URL_S3$/,
    );
    expect(said).not.toContain("\n");
  });

  test.each([
    ["DEPTH_ZERO_SELF_SIGNED_CERT", /nobody vouches for the certificate of https:\/\/s3, so set NODE_EXTRA_CA_CERTS/],
    ["ERR_TLS_CERT_ALTNAME_INVALID", /is that of another name/],
    ["CERT_HAS_EXPIRED", /has to be renewed/],
    ["ECONNRESET", /broke, so try again, or with https:/],
    ["ETIMEDOUT", /nobody answers at https:\/\/s3, so check AWS_ENDPOINT_URL_S3/],
    ["HPE_INVALID_CONSTANT", /is no HTTP, so write https:/],
  ])("where a connection fails with %s", (code, message) => {
    expect(explain(Object.assign(new Error("it failed"), { code }), "https://s3")).toMatch(message);
    expect(explain(Object.assign(new Error("it failed"), { code }), undefined)).toMatch(
      /^it failed: .*(?:check|set|take|try)/,
    );
  });

  test("where the session of a single sign-on has ended", () => {
    const error = new Error("Token is expired. To refresh this SSO session run 'aws sso login' with the profile.");
    expect(explain(error, undefined)).toMatch(/sign in again with aws sso login/);
  });

  test("and a name that every object has is no known failure", () => {
    const error = new S3ServiceException({ name: "constructor", message: "odd", $fault: "server", $metadata: {} });
    expect(explain(error, undefined)).toBe("constructor: odd");
  });

  test("where a region of AWS is none", () => {
    const error = Object.assign(new Error("getaddrinfo ENOTFOUND s3.eu-wst-1.amazonaws.com"), { code: "ENOTFOUND" });
    expect(explain(error, undefined)).toMatch(/: nobody answers, so check AWS_REGION/);
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
