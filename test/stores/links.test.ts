/** Symbolic links in a folder: those that stay in it are as good as what they lead to, and none leads out, whenever it is made. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { fileOpener } from "../../lib/stores/folder/open.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { StoreUnreadable } from "../../lib/stores/store.ts";

/** What another process does just before a file is opened. */
const meanwhile = vi.hoisted(() => ({ does: (_path: string) => {} }));

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const openSync: typeof fs.openSync = (path, ...rest) => {
    meanwhile.does(String(path));
    return fs.openSync(path, ...rest);
  };
  return { ...fs, openSync };
});

const place = realpathSync(mkdtempSync(join(tmpdir(), "dripfeed-links-")));
afterAll(() => rmSync(place, { recursive: true, force: true }));

let number = 0;
let root = "";
let outside = "";

function fresh(): void {
  number += 1;
  root = join(place, `${number}`, "root");
  outside = join(place, `${number}`, "outside");
  for (const folder of [root, outside]) mkdirSync(folder, { recursive: true });
  meanwhile.does = () => {};
}
beforeEach(fresh);

const text = (value: string) => new TextEncoder().encode(value);
const TYPE = { contentType: "text/plain" };

async function read(key: string): Promise<string | undefined> {
  const object = await folderStore(root).get(key);
  return typeof object === "object" ? new TextDecoder().decode(object.body) : undefined;
}

/** Once, before the file at that path is opened. */
function before(path: string, work: () => void): void {
  meanwhile.does = (opened) => {
    if (opened !== path) return;
    meanwhile.does = () => {};
    work();
  };
}

const NAMES = ["a", "b", "c"] as const;
const name = fc.constantFrom(...NAMES);
const key = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));
/** Relative, absolute, dangling, in circles, within and out of the folder. */
const target = fc.oneof(
  key,
  key.map((key) => join("..", key)),
  key.map((key) => join("../..", "outside", key)),
  fc.constantFrom(".", "..", "../..", "../outside"),
);
const node = fc.record({ key, target: fc.option(target), isAbsolute: fc.boolean() });

interface Node {
  readonly key: string;
  /** Of a link. */
  readonly target: string | null;
  readonly isAbsolute: boolean;
}

/** Makes what can be made inside, and leaves out what cannot, such as a file below a file. */
function make(nodes: readonly Node[]): void {
  for (const key of NAMES) writeFileSync(join(outside, key), "outside");
  for (const { key, target, isAbsolute } of nodes) {
    const path = join(root, key);
    try {
      if (!makeFolder(dirname(path))) continue;
      if (target !== null) symlinkSync(isAbsolute ? join(root, target) : target, path);
      else {
        writeFileSync(path, `inside ${key}`, { flag: "wx" });
        utimesSync(path, 1, 1); // an older file is not waited for
      }
    } catch {}
  }
}

/** Whether it is inside. */
function makeFolder(path: string): boolean {
  if (path === root) return true;
  if (!makeFolder(dirname(path))) return false;
  if (!existsSync(path)) mkdirSync(path);
  return isInside(realpathSync(path));
}

/** Where the links of a path lead, as the system says. */
function realOf(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

const isInside = (real: string) => real === root || real.startsWith(`${root}/`);

describe.skipIf(process.platform === "win32")("of any tree of files, folders and links", () => {
  test("a key is read exactly as the system reads it where its links stay inside, and never where they lead out", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(node, { maxLength: 12 }), key, async (nodes, wanted) => {
        fresh();
        make(nodes);
        const real = realOf(join(root, wanted));
        const outcome = await read(wanted).catch((error: unknown) => error);
        const opened = await fileOpener(root)(wanted, "").catch(() => undefined);
        await opened?.close();
        if (real === undefined) expect(typeof outcome).not.toBe("string");
        else if (!isInside(real)) expect(outcome).toBeInstanceOf(StoreUnreadable);
        else if (statSync(real).isFile()) expect(outcome).toBe(readFileSync(real, "utf8"));
        expect(opened !== undefined).toBe(typeof outcome === "string");
      }),
      { numRuns: 80 },
    );
  });

  test("nothing is written or removed outside, whatever is put or deleted", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(node, { maxLength: 12 }), fc.array(key, { maxLength: 4 }), async (nodes, keys) => {
        fresh();
        make(nodes);
        const store = folderStore(root);
        for (const key of keys) {
          const folder = realOf(dirname(join(root, key)));
          const put = await store.put(key, text("put"), TYPE).catch((error: unknown) => error);
          const removed = await store.delete(key).catch((error: unknown) => error);
          if (folder === undefined || isInside(folder)) continue;
          expect([put, removed]).toEqual([expect.any(StoreUnreadable), expect.any(StoreUnreadable)]);
        }
        expect(readdirSync(dirname(root)).sort()).toEqual(["outside", "root"]);
        expect(readdirSync(outside).sort()).toEqual([...NAMES]);
        for (const key of NAMES) expect(readFileSync(join(outside, key), "utf8")).toBe("outside");
      }),
      { numRuns: 60 },
    );
  });
});

describe.skipIf(process.platform === "win32")("a link that another process makes", () => {
  test("in place of a folder that was used before is refused at the next get, put and delete", async () => {
    const store = folderStore(root);
    await store.put("posts/deep/a.md", text("inside"), TYPE);
    expect(await read("posts/deep/a.md")).toBe("inside");
    mkdirSync(join(outside, "deep"));
    writeFileSync(join(outside, "deep/a.md"), "outside");
    renameSync(join(root, "posts"), join(root, "former"));
    symlinkSync(outside, join(root, "posts"));
    await expect(store.get("posts/deep/a.md")).rejects.toThrow("a symbolic link leads out of the folder");
    await expect(store.put("posts/deep/a.md", text("x"), TYPE)).rejects.toThrow(StoreUnreadable);
    await expect(store.put("posts/new/b.md", text("x"), TYPE)).rejects.toThrow(StoreUnreadable);
    await expect(store.delete("posts/deep/a.md")).rejects.toThrow(StoreUnreadable);
    expect(readdirSync(outside, { recursive: true }).sort()).toEqual(["deep", "deep/a.md"]);
  });

  test("in place of a file just before that is opened is not followed", async () => {
    writeFileSync(join(outside, "secret.md"), "outside");
    writeFileSync(join(root, "a.md"), "inside");
    before(join(root, "a.md"), () => {
      rmSync(join(root, "a.md"));
      symlinkSync(join(outside, "secret.md"), join(root, "a.md"));
    });
    await expect(read("a.md")).rejects.toThrow("a symbolic link leads out of the folder");
  });

  test("in place of a folder just before a file in it is opened gives nothing of the other folder", async () => {
    writeFileSync(join(outside, "a.md"), "outside");
    mkdirSync(join(root, "posts"));
    writeFileSync(join(root, "posts/a.md"), "inside");
    before(join(root, "posts/a.md"), () => {
      renameSync(join(root, "posts"), join(root, "former"));
      symlinkSync(outside, join(root, "posts"));
    });
    await expect(read("posts/a.md")).rejects.toThrow("a symbolic link leads out of the folder");
  });

  test("in place of a link that was followed is followed anew", async () => {
    writeFileSync(join(outside, "secret.md"), "outside");
    writeFileSync(join(root, "real.md"), "inside");
    symlinkSync("real.md", join(root, "link.md"));
    before(join(root, "real.md"), () => {
      rmSync(join(root, "real.md"));
      symlinkSync(join(outside, "secret.md"), join(root, "real.md"));
    });
    await expect(read("link.md")).rejects.toThrow("a symbolic link leads out of the folder");
  });
});

test("a file that is replaced just before it is opened is read as it is then", async () => {
  const path = join(root, "a.md");
  writeFileSync(path, "one");
  before(path, () => {
    writeFileSync(`${path}.new`, "another");
    renameSync(`${path}.new`, path);
  });
  expect(await read("a.md")).toBe("another");
});

test("a file that is removed just before it is opened is not there", async () => {
  writeFileSync(join(root, "a.md"), "one");
  before(join(root, "a.md"), () => rmSync(join(root, "a.md")));
  expect(await read("a.md")).toBeUndefined();
});
