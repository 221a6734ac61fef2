/** Puts of a run that was taken over, which take effect after the next run has committed. */
import { expect, test } from "vitest";
import { LEASE_MS } from "../../lib/state/lease.ts";
import { NOW, post, siteAndTags, type World, wholeSite, world } from "../support/world.ts";
import { faulty, MISHAPS, only } from "./faulty.ts";

const LATE = MISHAPS["is the last of a process that is killed, and takes effect when the next run has committed"];

/** A run is killed while it puts the feeds of a new tag; the tag is removed, another run commits, then the put takes effect. */
async function withLatePut(): Promise<{ readonly site: World; readonly path: string }> {
  const site = await world({ "posts/a.md": post({ tags: "[x]" }) });
  await site.publish();
  await site.write("posts/a.md", post({ tags: "[x, new]" }));
  for (let n = 0; ; n++) {
    const { stores, completeAll } = faulty(site, only(LATE, ["swap"]), n);
    await expect(site.publish(stores)).rejects.toThrow("crashed");
    await site.write("posts/a.md", post({ tags: "[x]" }));
    site.clock.advance(LEASE_MS + 1);
    await site.publish();
    expect(await site.paths()).toEqual(wholeSite("x"));
    await completeAll();
    const path = (await site.paths()).find((path) => path.startsWith("tags/new/"));
    if (path !== undefined) return { site, path };
    await site.write("posts/a.md", post({ tags: "[x, new]" }));
  }
}

test("a document that was put too late is removed by the next full run", async () => {
  const { site, path } = await withLatePut();
  const report = await site.publish();
  expect(report.removed).toEqual([{ path, reason: "inherited" }]);
  expect(await site.paths()).toEqual(wholeSite("x"));
  expect((await site.publish()).removed).toEqual([]);
});

test("a document that was put too late does not count as foreign in a run that publishes its channel after all", async () => {
  const { site, path } = await withLatePut();
  await site.write("posts/a.md", post({ title: "Edited", tags: "[x, new]" }));
  expect(await site.publish()).not.toHaveProperty("refused");
  expect(await site.paths()).toEqual(wholeSite("new", "x"));
  expect(await site.read(path)).toContain("Edited");
  expect((await site.catalog()).late ?? {}).not.toHaveProperty([path]);
});

test("a day later an object at such a path counts as foreign, and stays", async () => {
  const { site, path } = await withLatePut();
  const report = await site.publish({ now: new Date(NOW.getTime() + 25 * 60 * 60 * 1000) });
  expect(report.removed).toEqual([]);
  expect(await site.paths()).toContain(path);
  await site.write("posts/a.md", post({ title: "Edited", tags: "[x]" }));
  await site.publish({ now: new Date(NOW.getTime() + 25 * 60 * 60 * 1000) });
  expect(await site.catalog()).not.toHaveProperty("late");
});

test("a run that was not taken over leaves no paths to watch", async () => {
  const site = await world({ "posts/a.md": post({ tags: "[x]" }) });
  await site.publish();
  await site.write("posts/a.md", post({ title: "Edited" }));
  await site.publish();
  expect(await site.paths()).not.toContain(siteAndTags("x")[3]);
  expect(await site.catalog()).not.toHaveProperty("late");
});
