/** Starts the object gateway before the first test of this folder and stops it after the last. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    /** Of the gateway. */
    readonly endpoint: string;
  }
}

const run = promisify(execFile);
const SCRIPT = join(import.meta.dirname, "gateway.sh");
/** The gateway, and the monitor's two. */
const PORTS = 3;

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "dripfeed-gateway-"));
  const stop = async () => {
    await run(SCRIPT, ["stop", folder]);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const { stdout } = await run(SCRIPT, ["start", folder, String(await freePorts())]);
    project.provide("endpoint", stdout.trim());
    return stop;
  } catch (error) {
    await stop();
    const { stderr, message } = error as { readonly stderr?: string; readonly message: string };
    throw new Error(`the tests against real servers need an object gateway\n${stderr?.trim() || message}`);
  }
}

/** The first of a few ports in a row, below those that the system hands out itself. */
async function freePorts(): Promise<number> {
  for (let attempt = 1; attempt <= 50; attempt++) {
    const first = 20_000 + Math.floor(Math.random() * 10_000);
    const row = Array.from({ length: PORTS }, (_, i) => isFree(first + i));
    if ((await Promise.all(row)).every(Boolean)) return first;
  }
  throw new Error(`no ${PORTS} free ports in a row were found`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    server.close();
    await once(server, "close");
    return true;
  } catch {
    return false;
  }
}
