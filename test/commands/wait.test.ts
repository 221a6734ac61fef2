/** `publish --wait`: by the clock, through passing failures, until nothing is due. */

import { describe, expect, test } from "vitest";
import { type PublishLoop, publishWhenDue } from "../../lib/commands/wait.ts";
import type { Refusal } from "../../lib/model.ts";
import type { Report } from "../../lib/publish/types.ts";
import { StateError } from "../../lib/state/objects.ts";
import { StoreError } from "../../lib/stores/store.ts";
import { testClock, world } from "../support/world.ts";

const refusal = (code: string): Refusal => ({ code, message: `it is ${code}`, fix: "wait" });
const failure = () => new StoreError("public", "put", "rss.xml", "the disk is full");

interface End {
  readonly due?: string;
  readonly refused?: Refusal;
  readonly error?: Error;
  /** How long the run took. */
  readonly took?: number;
}

/** Runs with the outcomes `ends`, one after the other, on a clock that moves only while the loop sleeps. */
async function waiting(ends: readonly End[], endsAfter = Infinity) {
  const clock = testClock(new Date("2026-06-01T12:00:00.250Z"));
  const { due: _, ...empty }: Report = await (await world()).publish();
  const lines: string[] = [];
  const runs: string[] = [];
  const sleeps: number[] = [];
  const options: PublishLoop = {
    publish: async () => {
      runs.push(clock.now().toISOString());
      const { error, took = 0, ...end } = ends[runs.length - 1] ?? {};
      clock.advance(took);
      if (error) throw error;
      return { ...empty, ...end };
    },
    now: clock.now,
    sleep: async (ms) => {
      sleeps.push(ms);
      clock.advance(ms);
    },
    isInterrupted: () => sleeps.length >= endsAfter,
    log: (line) => lines.push(line),
  };
  return { result: publishWhenDue(options), lines, runs, sleeps };
}

describe("waiting", () => {
  test("sleeps until the moment itself, in steps of at most a minute", async () => {
    const { result, runs, sleeps } = await waiting([{ due: "2026-09-01T00:00:00Z" }, {}]);
    await result;
    expect(runs).toEqual(["2026-06-01T12:00:00.250Z", "2026-09-01T00:00:00.000Z"]);
    expect([...new Set(sleeps)]).toEqual([60_000, 59_750]);
  });

  test("goes on as long as something is due", async () => {
    const { result, runs, lines } = await waiting([
      ...[{ due: "2026-06-01T12:00:10Z" }, { due: "2026-06-01T12:05:00Z" }, {}],
    ]);
    expect(await result).not.toHaveProperty("due");
    expect(runs.slice(1)).toEqual(["2026-06-01T12:00:10.000Z", "2026-06-01T12:05:00.000Z"]);
    expect(lines.at(-1)).toBe("nothing is due any more");
  });

  test("is short if the moment passed during the run, but never without a pause", async () => {
    const due = "2026-06-01T12:00:10Z";
    const { result, runs } = await waiting([{ due, took: 60_000 }, { due }, {}]);
    await result;
    expect(runs.slice(1)).toEqual(["2026-06-01T12:01:01.250Z", "2026-06-01T12:01:02.250Z"]);
  });

  test("ends on an interruption, without another run", async () => {
    const { result, runs, sleeps } = await waiting([{ due: "2026-09-01T00:00:00Z" }], 3);
    expect(await result).toMatchObject({ due: "2026-09-01T00:00:00Z" });
    expect([runs.length, sleeps.length]).toEqual([1, 3]);
  });

  test("ends when a run is refused", async () => {
    const refused = refusal("empty-site");
    const { result, runs } = await waiting([{ due: "2026-06-02T00:00:00Z" }, { refused, due: "2026-06-03T00:00:00Z" }]);
    expect(await result).toMatchObject({ refused });
    expect(runs).toHaveLength(2);
  });
});

describe("a run that fails", () => {
  const due = "2026-06-01T12:01:00Z";

  test("is logged and tried again, after a longer pause each time", async () => {
    const { result, runs, lines } = await waiting([
      ...[{ due }, { error: failure() }, { refused: refusal("busy") }, { error: failure() }, {}],
    ]);
    expect(await result).not.toHaveProperty("refused");
    expect(runs.slice(1).map((run) => run.slice(14, 19))).toEqual(["01:00", "01:05", "01:15", "01:35"]);
    expect(lines.slice(1, 4)).toEqual([
      'not published: public: put "rss.xml": the disk is full; trying again in 5 s',
      "not published: it is busy; trying again in 10 s",
      'not published: public: put "rss.xml": the disk is full; trying again in 20 s',
    ]);
  });

  test("again and again makes the command fail after half an hour", async () => {
    const { result, runs } = await waiting([{ due }, ...Array.from({ length: 20 }, () => ({ error: failure() }))]);
    await expect(result).rejects.toThrow("the disk is full");
    expect(runs).toHaveLength(13);
    expect(runs.at(-1)?.slice(11, 16)).toBe("12:31");
  });

  test("because other runs keep writing is refused in the end", async () => {
    const busy = Array.from({ length: 20 }, () => ({ refused: refusal("busy") }));
    expect(await (await waiting([{ due }, ...busy])).result).toMatchObject({ refused: { code: "busy" } });
  });

  test("is not tried again after an interruption", async () => {
    const { result, runs } = await waiting([{ due }, { error: failure() }], 2);
    expect(await result).toMatchObject({ due });
    expect(runs).toHaveLength(2);
  });

  test.each([
    ["at the very first", [{ error: failure() }]],
    ["because the state is damaged", [{ due }, { error: new StateError("head.json is damaged") }]],
  ])("%s fails at once", async (_, ends) => {
    const { result, runs } = await waiting(ends);
    await expect(result).rejects.toThrow();
    expect(runs).toHaveLength(ends.length);
  });
});
