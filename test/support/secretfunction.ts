/** Around a function that knows somebody by a secret: Secrets Manager and whatever else of AWS it asks, its log, and a folder. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, vi } from "vitest";
import { type Answer, type Asked, AWS_ENVIRONMENT, type Served, serve } from "./loopback.ts";

export const INVOCATION = { awsRequestId: "r1" };
export const AWS_JSON = { "content-type": "application/x-amz-json-1.0" };

export interface SecretWorld {
  /** The current version; an empty one is bytes and no text. */
  secret: string;
  /** The version before it. */
  former: string | undefined;
  readonly folder: string;
  readonly aws: Served;
  /** What the function has logged. */
  readonly lines: string[];
  /** How often the secret was read; the version before it is read at the same time. */
  secretReads(): number;
}

/** Anew for each test of a file; `answer`: what is asked of other services than Secrets Manager. */
export function secretWorld(secret: string, answer: (asked: Asked) => Answer = () => ({ status: 500 })): SecretWorld {
  let folder = "";
  let aws: Served | undefined;
  const world: SecretWorld = {
    ...{ secret, former: undefined, lines: [] },
    get folder() {
      return folder;
    },
    get aws() {
      if (!aws) throw new Error("no test has begun");
      return aws;
    },
    secretReads: () => world.aws.asked.filter(({ body }) => body.includes('"VersionStage":"AWSCURRENT"')).length,
  };
  beforeEach(async () => {
    world.secret = secret;
    world.former = undefined;
    world.lines.length = 0;
    vi.spyOn(process.stderr, "write").mockImplementation((line) => world.lines.push(String(line)) > 0);
    folder = await mkdtemp(join(tmpdir(), "dripfeed-function-"));
    aws = await serve((asked) => (isOfSecrets(asked) ? answerOf(world, asked) : answer(asked)));
    for (const [name, value] of Object.entries(AWS_ENVIRONMENT)) vi.stubEnv(name, value);
    for (const service of ["SQS", "SECRETS_MANAGER"]) vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, aws.origin);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    vi.useRealTimers();
    await aws?.close();
    await rm(folder, { recursive: true, force: true });
  });
  return world;
}

const isOfSecrets = ({ headers }: Asked): boolean => String(headers["x-amz-target"]).startsWith("secretsmanager.");

function answerOf({ secret, former }: SecretWorld, { body }: Asked): Answer {
  const value = JSON.parse(body).VersionStage === "AWSPREVIOUS" ? former : secret;
  if (value === undefined) {
    return { status: 400, headers: AWS_JSON, body: JSON.stringify({ __type: "ResourceNotFoundException" }) };
  }
  return {
    headers: AWS_JSON,
    body: JSON.stringify(value === "" ? { SecretBinary: "AA==" } : { SecretString: value }),
  };
}
