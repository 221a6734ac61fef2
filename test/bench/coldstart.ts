/** Cold start of `rebuild`: from the import of its bundle to its first request, compared with a bundle of the S3 client alone. */
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import { writeFunction } from "../../infra/functions.ts";
import { BUNDLE } from "../../infra/options.ts";
import { median } from "./stats.ts";

/** A function with only what `lib/stores/s3.ts` imports from the SDK. */
const ALONE = `
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
export const commands = { DeleteObjectCommand, ListObjectsV2Command, PutObjectCommand };
const client = new S3Client({ forcePathStyle: true });
export const handler = () => client.send(new GetObjectCommand({ Bucket: "state", Key: "head.json" }));
`;

const ROOT = join(import.meta.dirname, "../..");

export interface ColdStart {
  readonly rebuild: number;
  readonly alone: number;
}

/** Medians in milliseconds of `runs` processes of each, alternating. */
export async function measureColdStart(folder: string, runs: number): Promise<ColdStart> {
  const bundles = { rebuild: join(folder, "rebuild.mjs"), alone: join(folder, "alone.mjs") };
  writeFunction(folder, "rebuild");
  await build({ ...BUNDLE, stdin: { contents: ALONE, resolveDir: ROOT }, outfile: bundles.alone });

  let arrived: number | undefined;
  const server = createServer((_, response) => {
    arrived ??= performance.timeOrigin + performance.now();
    response.writeHead(403).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const once = async (bundle: string) => {
    arrived = undefined;
    const start = await startOf(bundle, port);
    return (arrived ?? Number.NaN) - start;
  };
  const times = { rebuild: [] as number[], alone: [] as number[] };
  for (let i = -1; i < runs; i++) {
    const [rebuild, alone] = [await once(bundles.rebuild), await once(bundles.alone)];
    if (i < 0) continue; // the first run reads the files from the disk, the others from memory
    times.rebuild.push(rebuild);
    times.alone.push(alone);
  }
  server.close();
  server.closeAllConnections();
  return { rebuild: median(times.rebuild), alone: median(times.alone) };
}

/** The time at which the process began the import, by its own clock. */
function startOf(bundle: string, port: number): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "start.ts"), bundle], {
    stdio: ["ignore", "pipe", "ignore"],
    env: {
      PATH: process.env["PATH"],
      AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
      AWS_REGION: "eu-west-1",
      AWS_MAX_ATTEMPTS: "1",
      AWS_ACCESS_KEY_ID: "bench",
      AWS_SECRET_ACCESS_KEY: "bench",
      DRIPFEED_CONTENT: "s3://content",
      DRIPFEED_PUBLIC: "s3://public",
      DRIPFEED_STATE: "s3://state",
    },
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(Number.parseFloat(output)));
  });
}
