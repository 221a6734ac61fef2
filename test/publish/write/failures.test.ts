/** A store that fails in the middle of a run. */
import { describe, expect, test } from "vitest";
import { type Store, StoreError } from "../../../lib/stores/store.ts";
import { NOW, post, wholeSite, world } from "../../support/world.ts";

describe("when a store fails", () => {
  test("in the middle of the puts, the run throws the error and the next one completes without waiting", async () => {
    const site = await world({ "posts/a.md": post({ tags: "[x, y]" }) });
    let puts = 0;
    const failing: Store = {
      ...site.public,
      put(key, body, options) {
        puts += 1;
        if (puts > 4) throw new StoreError("public", "put", key, "the disk is full");
        return site.public.put(key, body, options);
      },
    };
    await expect(site.publish({ public: failing })).rejects.toThrow(/disk is full/);
    expect((await site.paths()).length).toBe(4);
    const report = await site.publish();
    expect(report.refused).toBeUndefined();
    expect(site.clock.now()).toEqual(NOW); // the run did not wait
    expect(await site.paths()).toEqual(wholeSite("x", "y"));
    expect(new Set(report.put.map(({ reason }) => reason))).toEqual(new Set(["inherited"]));
    expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
  });

  test("while the content is listed, nothing is published", async () => {
    const site = await world({ "posts/a.md": post({}), "posts/b.md": post({}) });
    const content: Store = {
      ...site.content,
      async *list(prefix) {
        for await (const info of site.content.list(prefix)) {
          yield info;
          throw new StoreError("content", "list", prefix, "the server ended the listing early");
        }
      },
    };
    await expect(site.publish({ content })).rejects.toThrow(/ended the listing early/);
    expect(await site.paths()).toEqual([]);
  });
});
