/** A preview of a few files, over HTTP. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach } from "vitest";
import { type Preview, startPreview } from "../../lib/preview/preview.ts";
import { fileOpener } from "../../lib/stores/folder/open.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { memoryStore } from "../../lib/stores/memory.ts";

/** Called after each test, the last first. */
export const ending: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

/** Any port that is free. */
export const ANY = { port: 0, isFlexible: false };

export const SITE = "title: Field notes\nurl: https://example.com/\nfeeds: https://example.com/feeds/\nsince: 2020\n";
export const POST = "---\ntitle: First water\ndate: 2024-01-02\ntags: [x]\n---\nWords.\n";

export async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "dripfeed-preview-"));
  ending.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let i = 0; i < 1000; i++) {
    if (await holds()) return;
    await sleep(20);
  }
  throw new Error("the condition never became true");
}

export interface Opened extends Preview {
  readonly printed: readonly string[];
  write(name: string, text: string): Promise<void>;
  readonly folder: string;
  read(path: string): Promise<string>;
  shows(path: string, words: string): Promise<void>;
}

/** `published`: the folder of the public store. */
export async function open(
  files: { readonly [name: string]: string },
  { published, port = 0 }: { readonly published?: string; readonly port?: number } = {},
): Promise<Opened> {
  const folder = await temporary();
  const write = async (name: string, text: string) => {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), text);
  };
  for (const [name, text] of Object.entries(files)) await write(name, text);
  const printed: string[] = [];
  let runs = 0;
  const preview = await startPreview({
    ...ANY,
    port,
    folder,
    content: folderStore(folder),
    media: fileOpener(folder),
    public: folderStore(published ?? (await temporary())),
    state: memoryStore(),
    clock: { now: () => new Date(), wait: (ms) => sleep(ms) },
    newRun: () => `run-${runs++}`,
    print: (line) => printed.push(line),
  });
  ending.push(preview.stop);
  const read = async (path: string) => (await fetch(preview.origin + path)).text();
  return {
    ...preview,
    printed,
    write,
    read,
    folder,
    shows: (path, words) => until(async () => (await read(path)).includes(words)),
  };
}
