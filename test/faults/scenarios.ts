/** What goes wrong by name, on whatever stores a test gives. */
import { describe, expect, test } from "vitest";
import { LEASE_MS } from "../../lib/state/lease.ts";
import type { Store } from "../../lib/stores/store.ts";
import { NOW, SITE, type Stores, type World, world } from "../support/world.ts";
import { type Faulty, faulty, MISHAPS, type Mishap, only } from "./faulty.ts";
import { addForeign, expectSettled, expectSound, publicObjects, told } from "./holds.ts";

const POSTS = {
  "posts/a.md": told("a", { tags: "[x, y]" }),
  "posts/b.md": told("b", { tags: "[y, z]", date: "2026-01-03" }),
};
const EDITED = {
  "posts/a.md": told("a", { tags: "[x, w]" }, "Edited."),
  "posts/c.md": told("c", { tags: "[w]" }),
};

/** What readers had before the author changed anything; the clock stands at a moment at which nobody is writing. */
interface Edited {
  readonly site: World;
  readonly before: unknown;
  /** The catalog of that. */
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
    ...{ site, before, committed },
    async revert() {
      for (const [key, text] of Object.entries(POSTS)) await site.write(key, text);
      await site.remove("posts/c.md");
    },
  };
}

const failing = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => expect.unreachable("the run did not fail"),
    () => undefined,
  );

type Play = (edited: Edited, bad: (meanwhile?: () => Promise<void>) => Faulty) => Promise<void>;

/** Each scenario at each operation that may go wrong; where operations are dear, the main ones at those in `at`. */
export function faultScenarios(name: string, make: () => Promise<Stores>, at?: readonly number[]): void {
  /** Was there an operation to go wrong? */
  async function playAt(n: number, mishap: Mishap, play: Play): Promise<boolean> {
    const edited = await editedSite(make);
    let made: Faulty | undefined;
    try {
      await play(edited, (meanwhile) => {
        made = faulty(edited.site, mishap, n, meanwhile);
        return made;
      });
    } catch (error) {
      // Beyond the last operation nothing goes wrong, and there is no scenario.
      if (made?.isStruck() === false) return false;
      throw new Error(`operation ${n}: ${(error as Error).message}`, { cause: error });
    }
    return made?.isStruck() === true;
  }

  function scenario(title: string, mishap: Mishap, play: Play): void {
    test(title, async () => {
      if (at) for (const n of at) expect(await playAt(n, mishap, play)).toBe(true);
      else {
        let n = 0;
        while (await playAt(n, mishap, play)) n += 1;
        expect(n).toBeGreaterThan(10);
      }
    });
  }

  const variant: typeof scenario = at ? () => undefined : scenario;

  describe(name, () => {
    for (const effect of ["takes effect", "takes no effect"] as const) {
      (effect === "takes effect" ? scenario : variant)(
        `a crash half way (its last write ${effect}), then the author reverts: readers have what they had`,
        only(MISHAPS[`is the last of a process that dies, and ${effect}`], ["put", "swap", "delete"]),
        async ({ site, before, committed, revert }, bad) => {
          await failing(site.publish(bad().stores));
          const { catalog } = await site.head();
          await expectSound(site);
          await revert();
          site.clock.advance(LEASE_MS + 1);
          await site.publish();
          // What was committed was read, and the revert is one more edit.
          if (catalog === committed) expect(await publicObjects(site)).toEqual(before);
          await expectSettled(site);
        },
      );
    }

    scenario(
      "a pause past expiry, then the author reverts: readers have what they had, and the one who paused sees it",
      only(MISHAPS["is overslept, while another run takes over and commits"], ["put", "swap", "delete"]),
      async ({ site, before, revert }, bad) => {
        const { stores } = bad(async () => {
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
      "a run that fails half way and lives, then the author reverts: readers have what they had, and nobody waits",
      only(MISHAPS["fails before it takes effect"], ["put", "swap"]),
      async ({ site, before, revert }, bad) => {
        await failing(site.publish(bad().stores));
        await expectSound(site);
        await revert();
        // By triggers, so that nobody looks at what lies in the public store.
        await site.publish({ hints: [...Object.keys(POSTS), ...Object.keys(EDITED)] });
        expect(site.clock.now()).toEqual(NOW);
        expect(await publicObjects(site)).toEqual(before);
        await expectSettled(site);
      },
    );

    test("a run that takes longer than its lease holds, and goes on, is left alone", async () => {
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
        delete: (key) => takeLong("delete").then(() => site.public.delete(key)),
      };
      const { put, removed } = await site.publish({ public: slow });
      expect([long, put.length > 0, removed.length > 0]).toEqual([["put", "delete"], true, true]);
      await expectSettled(site);
    });

    const LATE = MISHAPS["is the last of a process that dies, and takes effect when the next run has committed"];

    variant(
      "a write that lands after the successor's commit is fixed by the next full run",
      LATE,
      async ({ site }, bad) => {
        const { stores, land } = bad();
        await failing(site.publish(stores));
        site.clock.advance(LEASE_MS + 1);
        await site.publish();
        const good = await publicObjects(site);
        await land();
        await expectSound(site);
        await site.publish();
        expect(await publicObjects(site)).toEqual(good);
        await expectSettled(site);
      },
    );

    scenario(
      "a write that lands after the author reverted and the successor committed is fixed by the next full run",
      LATE,
      async ({ site, before, revert }, bad) => {
        const { stores, land } = bad();
        await failing(site.publish(stores));
        await revert();
        site.clock.advance(LEASE_MS + 1);
        await site.publish();
        expect(await publicObjects(site)).toEqual(before);
        await land();
        await expectSound(site);
        await site.publish();
        expect(await publicObjects(site)).toEqual(before);
        await expectSettled(site);
      },
    );

    for (const [fate, mishap] of [
      ["took place", MISHAPS["takes effect and loses its reply"]],
      ["did not", MISHAPS["takes no effect and loses its reply"]],
      ["took place and was sent again", MISHAPS["takes place twice, because it was sent again"]],
      ["lands later", MISHAPS["loses its reply and takes effect after the next operation"]],
    ] as const) {
      (fate === "took place" ? scenario : variant)(
        `a conditional put whose reply is lost, and which ${fate}: the run ends right, and waits for nobody`,
        only(mishap, ["swap"]),
        async ({ site }, bad) => {
          const { stores, isStruck } = bad();
          const report = await site.publish(stores);
          expect(report.refused).toBeUndefined();
          expect(site.clock.now()).toEqual(NOW);
          await expectSound(site);
          if (isStruck()) expect(report.put.length).toBeGreaterThan(0);
          await expectSettled(site);
        },
      );
    }
  });
}
