/** Documents that were altered or removed in the public store. */
import { describe, expect, test } from "vitest";
import type { Store } from "../../../lib/stores/store.ts";
import { post, putPaths, siteAndTags, wholeSite, world } from "../../support/world.ts";

describe("a document that was altered or removed", () => {
  test("is put again by the next full run, and nothing else is", async () => {
    const site = await world({ "posts/a.md": post({ tags: "[x, y]" }) });
    await site.publish();
    const good = await site.dump(site.public);
    await site.public.delete("tags/x/rss.xml");
    await site.public.put("atom.xml", new TextEncoder().encode("altered"), { contentType: "text/xml" });
    await site.public.put("theirs.html", new TextEncoder().encode("not ours"), { contentType: "text/html" });
    expect((await site.publish({ hints: [] })).put).toEqual([]); // a run with hints does not list the public store
    const report = await site.publish();
    expect(report.put).toEqual([
      { path: "atom.xml", reason: "drifted" },
      { path: "tags/x/rss.xml", reason: "drifted" },
    ]);
    expect(await site.dump(site.public)).toEqual({ ...good, "theirs.html": "not ours" });
    expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
  });

  test("is put again even when all documents were removed", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.publish();
    for (const path of await site.paths()) await site.public.delete(path);
    expect(putPaths(await site.publish())).toEqual(wholeSite());
    expect(await site.paths()).toEqual(wholeSite());
  });

  test("is put again with the reason `drifted` when its content changed too", async () => {
    const site = await world({ "posts/a.md": post({ tags: "[x]" }), "posts/b.md": post({ tags: "[y]" }) });
    await site.publish();
    await site.public.put("rss.xml", new TextEncoder().encode("altered"), { contentType: "text/xml" });
    await site.public.delete("atom.xml");
    await site.write("posts/a.md", post({ title: "Edited", tags: "[x]" }));
    const report = await site.publish();
    const reasons = Object.fromEntries(report.put.map(({ path, reason }) => [path, reason]));
    expect(reasons).toMatchObject({ "rss.xml": "drifted", "atom.xml": "drifted", "feed.json": "changed" });
    expect(putPaths(report)).toEqual(siteAndTags("x"));
    expect(await site.read("rss.xml")).toContain("Edited");
  });

  test("is not put again when only its ETag changed, and the next commit stores that ETag", async () => {
    const site = await world({ "posts/a.md": post({ tags: "[x]" }), "posts/b.md": post({ tags: "[y]" }) });
    await site.publish();
    const moved: Store = {
      ...site.public,
      async *list(prefix) {
        for await (const info of site.public.list(prefix)) yield { ...info, etag: `${info.etag}-moved` };
      },
    };
    const report = await site.publish({ public: moved });
    expect(report.put).toEqual([]);
    expect(report.operations.state).toMatchObject({ put: 0 });
    await site.write("posts/a.md", post({ tags: "[x]" }, "Other words.\n"));
    expect(putPaths(await site.publish({ public: moved }))).toEqual(siteAndTags("x"));
  });
});
