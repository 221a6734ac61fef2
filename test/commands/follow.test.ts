/** What follows changes: one run after the other, each told what changed, and a full one after one that failed. */
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { type FollowInput, follow } from "../../lib/commands/follow.ts";
import type { Hints } from "../../lib/preview/gather.ts";
import { BUSY } from "../../lib/publish/refusals.ts";
import type { Report } from "../../lib/publish/types.ts";
import { reportOf } from "../support/reports.ts";

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 1000 && !holds(); i++) await sleep(5);
  expect(holds()).toBe(true);
}

function following(reports: readonly (Report | Error)[], changed: Partial<FollowInput> = {}) {
  const runs: Hints[] = [];
  const failures: string[] = [];
  const made = follow({
    async publish(hints) {
      runs.push(hints);
      const report = reports[runs.length - 1] ?? reportOf();
      if (report instanceof Error) throw report;
      return report;
    },
    now: () => new Date("2026-12-01T00:00:00Z"),
    tell: async () => {},
    failed: ({ message }) => failures.push(message),
    ...{ quiet: 5, pause: 20, ...changed },
  });
  return { ...made, runs, failures };
}

test("the first run is of all, and later ones of what changed, a post with its pictures at once", async () => {
  const { start, changed, stop, runs } = following([]);
  await start();
  for (const key of ["media/a.jpg", "posts/a.md"]) changed(key);
  await until(() => runs.length === 2);
  changed("posts/b.md");
  await until(() => runs.length === 3);
  await stop();
  expect(runs).toEqual([undefined, ["media/a.jpg", "posts/a.md"], ["posts/b.md"]]);
});

test("after a run that failed or was refused comes a full one by itself, which publishes what that left", async () => {
  const { start, changed, stop, runs, failures } = following([
    reportOf(),
    new Error("timed out"),
    reportOf({ refused: BUSY }),
  ]);
  await start();
  changed("posts/a.md");
  await until(() => runs.length === 4);
  await sleep(60);
  await stop();
  expect(runs).toEqual([undefined, ["posts/a.md"], undefined, undefined]);
  expect(failures).toEqual(["timed out"]);
});

test("what is due is published when it is, and nothing after the end", async () => {
  const { start, changed, stop, runs } = following([reportOf({ due: "2026-12-01T00:00:00Z" })]);
  await start();
  await until(() => runs.length === 2);
  await stop();
  changed("posts/a.md");
  await sleep(30);
  expect(runs).toEqual([undefined, []]);
});

test("what others removed is published again as a whole, once whoever does so has ended", async () => {
  let isThere = false;
  let removals = 0;
  const runs: Hints[] = [];
  const { start, changed, stop } = following([], {
    published: { isThere: async () => isThere, removed: () => removals++ },
    look: 20,
    async publish(hints) {
      runs.push(hints);
      isThere = runs.length !== 3; // as if it were removed while it is written
      return reportOf({ put: [{ path: "feeds.json", reason: "new" }] });
    },
  });
  await start();
  isThere = false;
  await until(() => runs.length === 2);
  isThere = false;
  changed("posts/a.md");
  await until(() => runs.length === 4);
  await sleep(60);
  await stop();
  expect([runs, removals]).toEqual([[undefined, undefined, undefined, undefined], 3]);
});

test("what no run puts is not waited for", async () => {
  const published = { isThere: async () => false, removed: () => {} };
  const { start, stop, runs } = following([], { published, look: 5 });
  await start();
  await sleep(60);
  await stop();
  expect(runs).toEqual([undefined]);
});

test("a run that fails to publish what was removed is tried again after the pause, and not at each look", async () => {
  let isThere = false;
  const { start, stop, runs } = following(
    [reportOf({ put: [{ path: "feeds.json", reason: "new" }] }), new Error("full")],
    {
      published: { isThere: async () => isThere, removed: () => {} },
      ...{ look: 5, pause: 10_000 },
    },
  );
  await start();
  await until(() => runs.length === 2);
  await sleep(100);
  isThere = true;
  await stop();
  expect(runs).toEqual([undefined, undefined]);
});
