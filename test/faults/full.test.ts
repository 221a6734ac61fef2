/** The disk of the state is full, from any put of a run on: nothing breaks, and once there is room the next run does not wait. */
import { expect, test } from "vitest";
import type { Report } from "../../lib/publish/types.ts";
import { type Store, StoreError } from "../../lib/stores/store.ts";
import { NOW, SITE, type World, world } from "../support/world.ts";
import { addForeign, expectSettled, expectSound, namedPost, publicObjects } from "./expectations.ts";

/** One process, which has one run after the other. */
const holder = { name: "this process", hasEnded: (name: string) => name === "this process" };

const FULL = "the disk is full";

/** From put number `first` on, every put fails; to delete needs no room. */
function fullFrom(store: Store, first: number): Store {
  let puts = 0;
  return {
    ...store,
    async put(key, body, options) {
      puts += 1;
      if (puts > first) throw new StoreError(store.name, "put", key, FULL);
      return store.put(key, body, options);
    },
  };
}

const YAML = `${SITE}tombstones: 0\n`;
const POSTS = Object.fromEntries(
  ["a", "b", "c"].map((name) => [`posts/${name}.md`, namedPost(name, { tags: `[x, ${name}]` })]),
);

async function unpublished(): Promise<World> {
  const site = await world(POSTS, YAML);
  await addForeign(site);
  return site;
}

async function edited(): Promise<World> {
  const site = await unpublished();
  await site.publish();
  await site.write("posts/a.md", namedPost("a", { tags: "[x, w]" }, "Edited."));
  await site.remove("posts/b.md");
  return site;
}

async function draft(): Promise<World> {
  const site = await edited();
  await site.publish();
  await site.write("posts/d.md", namedPost("d", { draft: "true" }));
  return site;
}

test.each([
  ["the first run", unpublished, undefined],
  ["a run over edits", edited, undefined],
  ["a run in several batches", edited, 4],
  ["a run that writes no document", draft, undefined],
])("%s", async (_, start, batchSize) => {
  const whole = await start();
  await whole.publish({ batchSize });
  const good = await publicObjects(whole);
  let ended: Report | undefined;
  let n = 0;
  for (; !ended; n++) {
    const site = await start();
    const full = { state: fullFrom(site.state, n), holder, batchSize };
    const result: unknown = await site.publish(full).catch((error: unknown) => error);
    if (!(result instanceof Error)) {
      ended = result as Report;
      continue;
    }
    expect(String(result)).toMatch(/^StoreError: state: put ".+": the disk is full$/);
    await expectSound(site);
    expect(await site.publish({ holder, hints: Object.keys(POSTS) }), `put ${n}`).not.toHaveProperty("refused");
    expect(site.clock.now(), `put ${n}: it did not wait`).toEqual(NOW);
    await site.publish({ holder });
    expect(await publicObjects(site)).toEqual(good);
    await expectSettled(site);
  }
  expect(n).toBeGreaterThan(3);
});
