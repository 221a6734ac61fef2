/** Named fault scenarios on any kind of store. */
import { describe, expect, test } from "vitest";
import { LEASE_MS } from "../../lib/state/lease.ts";
import type { Store } from "../../lib/stores/store.ts";
import { NOW, SITE, type Stores, type World, world } from "../support/world.ts";
import { addForeign, expectSettled, expectSound, namedPost, publicObjects } from "./expectations.ts";
import { type Faulty, faulty, MISHAPS, type Mishap, only } from "./faulty.ts";

const POSTS = {
  "posts/a.md": namedPost("a", { tags: "[x, y]" }),
  "posts/b.md": namedPost("b", { tags: "[y, z]", date: "2026-01-03" }),
};
const EDITED = {
  "posts/a.md": namedPost("a", { tags: "[x, w]" }, "Edited."),
  "posts/c.md": namedPost("c", { tags: "[w]" }),
};

/** A site that was published and then edited, without a lease. */
interface Edited {
  readonly site: World;
  /** The documents before the edit, and their catalog. */
  readonly before: unknown;
  readonly committed: string | undefined;
  revert(): Promise<void>;
}

async function editedSite(make: () => Promise<Stores>): Promise<Edited> {
  const site = await world(POSTS, SITE, await make());
  await addForeign(site);
  await site.publish();
  const before = await publicObjects(site);
  const committed = (await site.head()).catalog;
  for (const [key, text] of Object.entries(EDITED)) await site.write(key, text);
  await site.remove("posts/b.md");
  return {
    site,
    before,
    committed,
    async revert() {
      for (const [key, text] of Object.entries(POSTS)) await site.write(key, text);
      await site.remove("posts/c.md");
    },
  };
}

const expectFailure = (publishing: Promise<unknown>): Promise<unknown> =>
  publishing.then(
    () => expect.unreachable("the run did not fail"),
    () => undefined,
  );

type Scenario = (edited: Edited, faultyStores: (meanwhile?: () => Promise<void>) => Faulty) => Promise<void>;

/** Each scenario with a fault at each operation; on slow stores the main scenarios, with faults at the operations in `at`. */
export function faultScenarios(name: string, make: () => Promise<Stores>, at?: readonly number[]): void {
  /** Returns whether the run had an `n`th operation. */
  async function runAt(n: number, mishap: Mishap, run: Scenario): Promise<boolean> {
    const edited = await editedSite(make);
    let made: Faulty | undefined;
    try {
      await run(edited, (meanwhile) => {
        made = faulty(edited.site, mishap, n, meanwhile);
        return made;
      });
    } catch (error) {
      // After the last operation nothing goes wrong, so the scenario cannot take place.
      if (made?.wasAffected() === false) return false;
      throw new Error(`operation ${n}: ${(error as Error).message}`, { cause: error });
    }
    return made?.wasAffected() === true;
  }

  function scenario(title: string, mishap: Mishap, run: Scenario): void {
    test(title, async () => {
      if (at) for (const n of at) expect(await runAt(n, mishap, run)).toBe(true);
      else {
        let n = 0;
        while (await runAt(n, mishap, run)) n += 1;
        expect(n).toBeGreaterThan(10);
      }
    });
  }

  const variant: typeof scenario = at ? () => undefined : scenario;

  describe(name, () => {
    for (const effect of ["takes effect", "takes no effect"] as const) {
      (effect === "takes effect" ? scenario : variant)(
        `a run is killed half way (its last write ${effect}), then the author reverts: documents are as before`,
        only(MISHAPS[`is the last of a process that is killed, and ${effect}`], ["put", "swap", "delete"]),
        async ({ site, before, committed, revert }, faultyStores) => {
          await expectFailure(site.publish(faultyStores().stores));
          const { catalog } = await site.head();
          await expectSound(site);
          await revert();
          site.clock.advance(LEASE_MS + 1);
          await site.publish();
          // If batches were committed, the revert is another edit, with dates of its own.
          if (catalog === committed) expect(await publicObjects(site)).toEqual(before);
          await expectSettled(site);
        },
      );
    }

    scenario(
      "a run pauses until its lease has expired, then the author reverts: documents are as before, and the paused run notices",
      only(MISHAPS["is delayed, while another run takes over and commits"], ["put", "swap", "delete"]),
      async ({ site, before, revert }, faultyStores) => {
        const { stores } = faultyStores(async () => {
          site.clock.advance(LEASE_MS + 1);
          await revert();
          await site.publish();
          expect(await publicObjects(site)).toEqual(before);
        });
        expect((await site.publish(stores)).refused).toBeUndefined();
        await site.publish();
        expect(await publicObjects(site)).toEqual(before);
        await expectSettled(site);
      },
    );

    scenario(
      "a run fails half way and releases its lease, then the author reverts: documents are as before, and the next run does not wait",
      only(MISHAPS["fails before it takes effect"], ["put", "swap"]),
      async ({ site, before, revert }, faultyStores) => {
        await expectFailure(site.publish(faultyStores().stores));
        await expectSound(site);
        await revert();
        // With hints, so that the public store is not listed.
        await site.publish({ hints: [...Object.keys(POSTS), ...Object.keys(EDITED)] });
        expect(site.clock.now()).toEqual(NOW);
        expect(await publicObjects(site)).toEqual(before);
        await expectSettled(site);
      },
    );

    test("a run that takes longer than a lease holds is not taken over while it renews it", async () => {
      const { site } = await editedSite(make);
      await site.write("site.yaml", `${SITE}tombstones: 0\n`); // so that there is something to remove
      const long: string[] = [];
      const takeLong = async (operation: string) => {
        if (long.includes(operation)) return;
        long.push(operation);
        site.clock.advance(LEASE_MS * 0.7);
        expect((await site.publish({ patience: 0 })).refused).toMatchObject({ code: "busy" });
      };
      const slow: Store = {
        ...site.public,
        put: (key, body, options) => takeLong("put").then(() => site.public.put(key, body, options)),
        delete: (...args) => takeLong("delete").then(() => site.public.delete(...args)),
      };
      const { put, removed } = await site.publish({ public: slow });
      expect([long, put.length > 0, removed.length > 0]).toEqual([["put", "delete"], true, true]);
      await expectSettled(site);
    });

    const LATE = MISHAPS["is the last of a process that is killed, and takes effect when the next run has committed"];

    variant(
      "a write that takes effect after the next run's commit is repaired by the full run after it",
      LATE,
      async ({ site }, faultyStores) => {
        const { stores, completeAll } = faultyStores();
        await expectFailure(site.publish(stores));
        site.clock.advance(LEASE_MS + 1);
        await site.publish();
        const good = await publicObjects(site);
        await completeAll();
        await expectSound(site);
        await site.publish();
        expect(await publicObjects(site)).toEqual(good);
        await expectSettled(site);
      },
    );

    scenario(
      "a write that takes effect after the author reverted and the next run committed is repaired by the full run after it",
      LATE,
      async ({ site, before, revert }, faultyStores) => {
        const { stores, completeAll } = faultyStores();
        await expectFailure(site.publish(stores));
        await revert();
        site.clock.advance(LEASE_MS + 1);
        await site.publish();
        expect(await publicObjects(site)).toEqual(before);
        await completeAll();
        await expectSound(site);
        await site.publish();
        expect(await publicObjects(site)).toEqual(before);
        await expectSettled(site);
      },
    );

    for (const [fate, mishap] of [
      ["took effect", MISHAPS["takes effect and loses its reply"]],
      ["did not", MISHAPS["takes no effect and loses its reply"]],
      ["took effect and was sent again", MISHAPS["takes effect twice, because it was sent again"]],
      ["takes effect later", MISHAPS["loses its reply and takes effect after the next operation"]],
    ] as const) {
      (fate === "took effect" ? scenario : variant)(
        `a conditional put whose reply is lost, and which ${fate}: the run ends right, without waiting`,
        only(mishap, ["swap"]),
        async ({ site }, faultyStores) => {
          const { stores, wasAffected } = faultyStores();
          const report = await site.publish(stores);
          expect(report.refused).toBeUndefined();
          expect(site.clock.now()).toEqual(NOW);
          await expectSound(site);
          if (wasAffected()) expect(report.put.length).toBeGreaterThan(0);
          await expectSettled(site);
        },
      );
    }
  });
}
