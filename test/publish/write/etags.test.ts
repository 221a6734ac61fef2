/** ETags that moved while the bytes did not: noted with the commit, whichever batch it is. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderStore } from "../../../lib/stores/folder.ts";
import { listEtags } from "../../../lib/stores/store.ts";
import { memoryStores, post, SITE, world } from "../../support/world.ts";

test("a document that was put in an earlier batch keeps the ETag of that put, though it had moved before", async () => {
  const folder = await mkdtemp(join(tmpdir(), "dripfeed-etags-"));
  try {
    const stores = { ...memoryStores(), public: folderStore(folder) };
    const site = await world({ "posts/a.md": post({ tags: "[x, y]" }, "before\n") }, SITE, stores);
    await site.publish();
    for (const key of (await listEtags(site.public)).keys()) {
      const object = await site.public.get(key);
      if (typeof object === "object") await site.public.put(key, object.body, { contentType: "" });
    }
    await site.write("posts/a.md", post({ tags: "[x, y]" }, "after\n"));
    await site.publish({ batchSize: 2 });
    const { documents } = await site.catalog();
    const known = Object.entries(documents).map(([path, { etag }]) => [path, etag]);
    expect(Object.fromEntries(known)).toEqual(Object.fromEntries(await listEtags(site.public)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
