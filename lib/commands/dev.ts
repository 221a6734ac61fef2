/** `dripfeed dev`: the preview, until Ctrl-C. */
import { randomUUID } from "node:crypto";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPreview } from "../preview/preview.ts";
import { fileOpener } from "../stores/folder/open.ts";
import { folderStore } from "../stores/folder.ts";
import { memoryStore } from "../stores/memory.ts";
import { parseS3Name } from "../stores/name.ts";
import { clock, log, print, progress, untilInterrupted } from "./console.ts";
import { assertContent } from "./content.ts";
import type { InputOf } from "./declare.ts";
import type { DEV } from "./declared/feeds.ts";
import { DONE, orUsageError, UsageError } from "./exit.ts";
import { contentAsGiven } from "./options.ts";

export async function runDev({ values: { content: name, port }, given }: InputOf<typeof DEV>): Promise<number> {
  const folder = await orUsageError(contentFolder(name, contentAsGiven(given)));
  // Temporary stores, so that the preview changes neither the published feeds nor the state.
  const temporary = await mkdtemp(join(tmpdir(), "dripfeed-dev-"));
  const interrupted = untilInterrupted();
  try {
    const preview = await startPreview({
      content: folderStore(name),
      folder,
      media: fileOpener(name),
      port,
      isFlexible: given.port === undefined,
      public: folderStore(temporary),
      state: memoryStore("state"),
      clock,
      newRun: randomUUID,
      print,
      opened: (origin) => log(`reading ${contentAsGiven(given)}; the preview is at ${origin}/ as soon as that is done`),
      progress,
    }).catch((error: NodeJS.ErrnoException) => {
      throw error.code === "EADDRINUSE" ? new UsageError(`port ${port} is in use: write --port <another>`) : error;
    });
    await interrupted;
    await preview.stop();
    return DONE;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function contentFolder(name: string, given: string): Promise<string> {
  if (parseS3Name(name)) throw new UsageError(`${given} cannot be watched: write --content <folder>`);
  await assertContent(name, given);
  return await realpath(name);
}
