/** Posts without a date in front matter or name, dated by their file. */

import { mkdtemp, rm, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderStore } from "../../../lib/stores/folder.ts";
import type { Store } from "../../../lib/stores/store.ts";
import { memoryStores, SITE, world } from "../../support/world.ts";

describe("a post that is dated by its file", () => {
  test("keeps that date when the file is renamed, and the post that takes its key has its own", async () => {
    const stores = memoryStores();
    const times = new Map<string, string>();
    const content: Store = {
      ...stores.content,
      async get(key, known) {
        const object = await stores.content.get(key, known);
        return typeof object === "object" ? { ...object, modified: times.get(key) ?? "2020-01-01T00:00:00Z" } : object;
      },
    };
    for (const permalink of ["/:title/", "/:year/:month/:title/"]) {
      for (const hints of [undefined, ["posts/b.md"], ["posts/a.md"]]) {
        const site = await world({}, `${SITE}fileDates: true\npermalink: ${permalink}\n`, {
          ...memoryStores(),
          content,
        });
        const write = async (key: string, text: string, modified: string) => {
          times.set(key, modified);
          await site.write(key, text);
        };
        await write("posts/a.md", "---\ntitle: A\n---\n\nwords\n", "2026-02-02T00:00:00Z");
        await site.remove("posts/b.md");
        await site.publish();
        const items = async (): Promise<readonly { id: string; title: string; date_published: string }[]> =>
          JSON.parse(await site.read("feed.json")).items;
        const dates = async () => (await items()).map(({ id, title, date_published }) => [title, id, date_published]);
        const [before] = await dates();
        await write("posts/a.md", "---\ntitle: New\n---\n\nothers\n", "2026-05-30T00:00:00Z");
        await write("posts/b.md", "---\ntitle: A\n---\n\nwords\n", "2026-05-31T00:00:00Z");
        await site.publish({ hints });
        const after = [["New", "tag:example.com,2020:posts/a-2", "2026-05-30T00:00:00Z"], before];
        expect(await dates()).toEqual(after);
        await site.write("site.yaml", `${SITE}fileDates: true\nlanguage: fr\npermalink: ${permalink}\n`);
        await site.publish(); // reads every post anew
        expect(await dates()).toEqual(after);
      }
    }
  });

  test("keeps that date when the file is written again", async () => {
    const folder = await mkdtemp(join(tmpdir(), "dripfeed-"));
    try {
      const site = await world({}, `${SITE}fileDates: true\n`);
      const content = folderStore(folder);
      const write = (key: string, text: string) =>
        content.put(key, new TextEncoder().encode(text), { contentType: "text/plain" });
      await write("site.yaml", `${SITE}fileDates: true\n`);
      await write("posts/a.md", "---\ntags: []\n---\n# Hello\n");
      await utimes(join(folder, "posts/a.md"), new Date("2024-05-06T07:08:09Z"), new Date("2024-05-06T07:08:09Z"));
      await site.publish({ content });
      const shown = async () => JSON.parse(await site.read("feed.json")).items[0];
      const first = { url: "https://example.com/2024/05/06/a/", date_published: "2024-05-06T07:08:09Z" };
      expect(await shown()).toMatchObject(first);
      await write("posts/a.md", "---\ntags: []\n---\n# Hello\n\nagain\n");
      await site.publish({ content });
      expect(await shown()).toMatchObject({ ...first, content_html: expect.stringContaining("again") });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
