/** What goes wrong by name, and runs at once, on a real object store. */
import { describe, expect, test } from "vitest";
import { addForeign, copyOf, expectSettled, expectSound, namedPost, publicObjects } from "../faults/expectations.ts";
import { faultScenarios } from "../faults/scenarios.ts";
import { SITE, type Stores, world, worldOn } from "../support/world.ts";
import { newPlace, place } from "./s3.ts";

let sites = 0;
const { bucket } = await newPlace();

async function newStores(): Promise<Stores> {
  sites += 1;
  const storeAt = (name: string) => place(bucket, `${sites}/${name}/`).store;
  return { content: storeAt("content"), public: storeAt("public"), state: storeAt("state") };
}

faultScenarios("on the gateway", newStores, [2, 10]);

describe("runs at once on the gateway", () => {
  const clock = { now: () => new Date(), wait: (ms: number) => new Promise<void>((done) => setTimeout(done, ms / 10)) };

  test.each([2, 8])(
    "%i of them, each with an edit of its own, lose nothing and end as if one had run",
    async (many) => {
      const site = await world({ "posts/a.md": namedPost("a", { tags: "[x]" }) }, SITE, await newStores());
      await addForeign(site);
      await site.publish();
      const updated = "2026-06-01T00:00:00Z";
      const edits = Array.from({ length: many }, async (_, i) => {
        const [name, key] = [`p${i}`, `posts/p${i}.md`];
        await site.write(key, namedPost(name, { tags: `[x, t${i % 3}]`, updated }));
        await site.publish({ clock, ...(i % 2 && { hints: [key] }) });
        if (i % 3 === 0) await site.remove(key);
        else await site.write(key, namedPost(name, { tags: `[t${(i + 1) % 3}]`, updated }, "Edited."));
        return site.publish({ clock, ...(i % 2 && { hints: [key] }) });
      });
      for (const report of await Promise.all(edits)) expect(report.refused).toBeUndefined();
      await expectSound(site);
      await site.publish();
      const good = await publicObjects(site);
      await expectSettled(site);

      const other = worldOn(await copyOf(site));
      for (const path of Object.keys(good.ours)) await other.public.delete(path);
      await other.publish();
      expect(good).toEqual(await publicObjects(other));
    },
  );
});
