/** `dripfeed dev`: the preview, from its first run until Ctrl-C. */
import { randomUUID } from "node:crypto";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startPreview } from "../preview/preview.ts";
import { folderStore } from "../stores/folder.ts";
import { memoryStore } from "../stores/memory.ts";
import { parseS3Name } from "../stores/name.ts";
import { clock, DONE, print, STORES, storeNames, UsageError, untilInterrupted, usage } from "./command.ts";

const PORT = 4000;

export async function runDev(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { content: STORES.content, port: { type: "string" } } });
  const port = values.port === undefined ? PORT : portOf(values.port);
  const name = storeNames(values).content;
  const folder = await usage(contentFolder(name));
  // Its own stores, gone when it ends: what is published and what is cached of it stay as they are.
  const temporary = await mkdtemp(join(tmpdir(), "dripfeed-dev-"));
  const told = untilInterrupted();
  try {
    const preview = await startPreview({
      ...{ content: folderStore(name), folder, port, isFlexible: values.port === undefined },
      ...{ public: folderStore(temporary), state: memoryStore("state"), clock, newRun: randomUUID, print },
    }).catch((error: NodeJS.ErrnoException) => {
      throw error.code === "EADDRINUSE" ? new UsageError(`port ${port} is in use: write --port <another>`) : error;
    });
    await told;
    await preview.stop();
    return DONE;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function contentFolder(name: string): Promise<string> {
  if (parseS3Name(name)) throw new UsageError(`${name} cannot be watched: write --content <folder>`);
  try {
    return await realpath(name);
  } catch {
    throw new UsageError(`there is no folder ${name}: write --content <folder>`);
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port ${text} is no port: write a number from 0 (any that is free) to 65535`);
}
