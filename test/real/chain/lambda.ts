/** Execution environments of a function: processes with only its bundled file, driven by Lambda's runtime API. */
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import { BUNDLE } from "../../../infra/options.ts";

export interface Environment {
  /** Rejects when the function throws, is killed, or times out. */
  invoke(event: unknown): Promise<unknown>;
  /** Ends the process at once, as when a machine is lost. */
  kill(): void;
  /** The most memory that the process has had so far, in MiB: where the system says so. */
  peak(): number | undefined;
  close(): Promise<void>;
}

/** The file as it is deployed, in a folder with only the code that starts it. */
export async function packFunction(name: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await build({ ...BUNDLE, entryPoints: [`functions/${name}.ts`], outfile: join(folder, `${name}.mjs`) });
  await cp(join(import.meta.dirname, "bootstrap.mjs"), join(folder, "bootstrap.mjs"));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }\n');
}

export interface LambdaOptions {
  readonly name: string;
  readonly folder: string;
  readonly variables: { readonly [name: string]: string };
  /** Milliseconds. */
  readonly timeout: number;
  /** Receives what the function logs. */
  readonly log: (line: string) => void;
}

interface Invocation {
  readonly id: string;
  readonly event: string;
  readonly finish: (outcome: { readonly value: unknown } | { readonly error: Error }) => void;
}

export async function openEnvironment({ name, folder, variables, timeout, log }: LambdaOptions): Promise<Environment> {
  let waiting: ServerResponse | undefined;
  let current: Invocation | undefined;
  let child: ChildProcess | undefined;

  const handOver = () => {
    if (!waiting || !current) return;
    waiting.writeHead(200, {
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": current.id,
      "lambda-runtime-deadline-ms": String(Date.now() + timeout),
    });
    waiting.end(current.event);
    waiting = undefined;
  };
  const finish = (outcome: Parameters<Invocation["finish"]>[0]) => {
    const finished = current;
    current = undefined;
    finished?.finish(outcome);
  };

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, id = "", what] = /\/invocation\/([^/]+)(?:\/(\w+))?$/.exec(request.url ?? "") ?? [];
    if (id === "next") {
      waiting = response;
      handOver();
      return;
    }
    response.writeHead(202).end();
    if (id !== current?.id) return;
    const body = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    finish(what === "response" ? { value: body } : { error: new Error(body.errorMessage) });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  function begin(): void {
    const started = spawn(process.execPath, ["bootstrap.mjs"], {
      cwd: folder,
      stdio: ["ignore", "inherit", "pipe"],
      env: {
        ...variables,
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
        _HANDLER: `${name}.handler`,
        LAMBDA_TASK_ROOT: folder,
      },
    });
    started.stderr.setEncoding("utf8").on("data", log);
    started.on("exit", () => {
      waiting = undefined;
      if (child === started) child = undefined;
      finish({ error: new Error("the process ended") });
    });
    child = started;
  }

  return {
    invoke(event) {
      if (!child) begin();
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          child?.kill("SIGKILL");
          finish({ error: new Error("timed out") });
        }, timeout);
        current = {
          id: randomUUID(),
          event: JSON.stringify(event),
          finish(outcome) {
            clearTimeout(late);
            if ("error" in outcome) reject(outcome.error);
            else resolve(outcome.value);
          },
        };
        handOver();
      });
    },
    kill() {
      child?.kill("SIGKILL");
    },
    peak() {
      if (!child?.pid || process.platform !== "linux") return undefined;
      const [, kilobytes] = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8")) ?? [];
      return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
    },
    async close() {
      child?.kill("SIGKILL");
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** Several environments of one function, each with one call at once: a call waits until one is free. */
export function pooled(environments: readonly Environment[]): Environment["invoke"] {
  const free = [...environments];
  const waiting: ((one: Environment) => void)[] = [];
  return async (event) => {
    const one = free.pop() ?? (await new Promise<Environment>((resolve) => waiting.push(resolve)));
    try {
      return await one.invoke(event);
    } finally {
      const next = waiting.shift();
      if (next) next(one);
      else free.push(one);
    }
  };
}
