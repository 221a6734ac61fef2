/** Each kind of run, with each mishap at each of its operations: documents can be parsed, and the next run completes. */
import { describe, expect, test } from "vitest";
import type { PublishOptions } from "../../lib/publish/options.ts";
import { LEASE_MS } from "../../lib/state/lease.ts";
import { StoreError } from "../../lib/stores/store.ts";
import { NOW, SITE, testClock, type World, world, worldOn } from "../support/world.ts";
import {
  addForeign,
  copyOf,
  expectSettled,
  expectSound,
  lastChange,
  namedPost,
  publicObjects,
  SECRET,
} from "./expectations.ts";
import { faulty, MISHAPS, type Mishap } from "./faulty.ts";

const POSTS = {
  "posts/a.md": namedPost("a", { tags: "[x, y]" }),
  "posts/b.md": namedPost("b", { tags: "[y, z]", date: "2026-01-03" }),
  "posts/c.md": namedPost("c", { tags: "[x]", draft: "true" }, SECRET),
  "posts/d.md": namedPost("d", { tags: "[x]", date: "2026-01-04" }),
};

async function fresh(): Promise<World> {
  const site = await world(POSTS, SITE);
  await addForeign(site);
  return site;
}

async function published(): Promise<World> {
  const site = await fresh();
  await site.publish();
  return site;
}

/** An edit with a new tag, a removal, a new post, and a post that becomes a draft. */
async function edit(site: World): Promise<void> {
  await site.write("posts/a.md", namedPost("a", { tags: "[x, w]" }, "Edited."));
  await site.remove("posts/b.md");
  await site.write("posts/d.md", namedPost("d", { tags: "[x]", date: "2026-01-04", draft: "true" }));
  await site.write("posts/e.md", namedPost("e", { tags: "[w]" }));
}

async function revert(site: World): Promise<void> {
  for (const [key, text] of Object.entries(POSTS)) await site.write(key, text);
  await site.remove("posts/e.md");
}

interface Case {
  /** The site before the run. */
  readonly before: () => Promise<World>;
  /** The site before an undisturbed run, where that is another. */
  readonly undisturbed?: () => Promise<World>;
  readonly options?: Partial<PublishOptions>;
}

async function edited(): Promise<World> {
  const site = await published();
  await edit(site);
  return site;
}

/** A run over the edits was killed half way, and its lease has expired. */
async function crashed(): Promise<World> {
  const site = await edited();
  const { stores, wasAffected } = faulty(
    site,
    MISHAPS["is the last of a process that is killed, and takes effect"],
    12,
  );
  await expect(site.publish(stores)).rejects.toThrow("crashed");
  expect(wasAffected()).toBe(true);
  const lease = (await site.head()).lease;
  expect(lease).toBeDefined();
  site.clock.advance(LEASE_MS + 1);
  return site;
}

/** Documents per commit, so that these runs have several. */
const FEW = 6;

const CASES: { readonly [name: string]: Case } = {
  "the first run": { before: fresh },
  "a run over edits, a removal, a draft and a new tag": { before: edited },
  "a run with hints of these, in several batches": {
    before: edited,
    options: { batchSize: FEW, hints: ["posts/e.md", "posts/d.md", "posts/b.md", "posts/a.md"] },
  },
  "a run that takes over, after the same edits": { before: crashed, undisturbed: edited },
  "a run that takes over, after the author reverted the edits, in several batches": {
    async before() {
      const site = await crashed();
      await revert(site);
      return site;
    },
    undisturbed: published,
    options: { batchSize: FEW },
  },
  "a run that finds documents removed and altered": {
    async before() {
      const site = await published();
      await site.public.delete("rss.xml");
      await site.public.put("tags/y/atom.xml", new TextEncoder().encode("<feed/>"), { contentType: "text/xml" });
      return site;
    },
    undisturbed: published,
  },
  "a run that is forced to overwrite a foreign object": {
    async before() {
      const site = await edited();
      await site.public.put("tags/w/rss.xml", new TextEncoder().encode("<rss/>"), { contentType: "text/xml" });
      return site;
    },
    undisturbed: edited,
    options: { force: true },
  },
};

/** Far more operations than any of these runs needs. */
const MANY = 1000;

describe.each(Object.entries(CASES))("%s", (_, { before, undisturbed = before, options = {} }) => {
  const starting = before();
  const clean = undisturbed();
  const made = new Map<number, Promise<unknown>>();

  /** The documents that an undisturbed run at `now` makes of the same content and ledger. */
  function expected(now: Date): Promise<unknown> {
    const before = made.get(now.getTime());
    if (before) return before;
    const making = clean.then(copyOf).then(async (stores) => {
      const site = worldOn(stores);
      await site.publish({ ...options, now });
      return publicObjects(site);
    });
    made.set(now.getTime(), making);
    return making;
  }

  /** Returns whether the run had an `n`th operation. */
  async function disturb(mishap: Mishap, n: number): Promise<boolean> {
    const start = await starting;
    const site = worldOn(await copyOf(start), testClock(start.clock.now()));
    const { force } = options;
    const hadFeed = (await site.paths()).includes("feed.json");
    const another = async () => {
      site.clock.advance(LEASE_MS + 1);
      await site.publish({ force });
      await expectSound(site);
    };
    const { stores, wasAffected, completeAll } = faulty(site, mishap, n, another);

    const ending = await site.publish({ ...stores, ...options }).catch((error: unknown) => error);
    if (ending instanceof Error) expect(ending).toBeInstanceOf(StoreError);
    else expect(ending).not.toHaveProperty("refused");
    if (hadFeed) expect(await expectSound(site)).toContain("feed.json");
    else await expectSound(site);

    site.clock.advance(LEASE_MS + 1);
    expect(await site.publish({ force })).not.toHaveProperty("refused");
    await completeAll();
    await expectSound(site);
    await site.publish();
    expect(await publicObjects(site)).toEqual(await expected(await lastChange(site, NOW)));
    await expectSettled(site);
    return wasAffected();
  }

  const { batchSize } = options;
  if (batchSize !== undefined) {
    test("is written in more than one batch", async () => {
      const start = await starting;
      const site = worldOn(await copyOf(start), testClock(start.clock.now()));
      const { put, removed } = await site.publish(options);
      expect(put.length + removed.length).toBeGreaterThan(batchSize);
    });
  }

  test.each(Object.entries(MISHAPS))("completes when an operation %s", async (_, mishap) => {
    let n = 0;
    const attempt = () =>
      disturb(mishap, n).catch((cause: Error) => {
        throw new Error(`operation ${n}: ${cause.message}`, { cause });
      });
    while (n < MANY && (await attempt())) n += 1;
    expect(n).toBeGreaterThan(0);
    expect(n).toBeLessThan(MANY);
  });
});
