/** Counts of days in the state store: what replaces what, and what is read again. */
import { expect, test } from "vitest";
import { betterOf, keepDay, readDays } from "../../lib/audience/kept.ts";
import type { DayCount } from "../../lib/audience/types.ts";
import { NewerState } from "../../lib/state/objects.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { StoreConflict } from "../../lib/stores/store.ts";

const KEY = "audience/2026/11/28.json";

const count = (requests: number, day = "2026-11-28"): DayCount => ({
  format: 1,
  day,
  countedOn: "2026-11-30",
  files: 0,
  requests,
  channels: { site: { subscribers: { Feedly: requests }, readers: {}, browsers: 0, formats: { rss: 1 }, bytes: 2 } },
  agents: { Feedly: { kind: "aggregator", requests: 1, unchanged: 0, bytes: 2, pairs: 1 } },
  readers: {},
  recordings: { "media/1.mp3": { downloads: 1, estimated: 0, bytes: 3 } },
  former: { "feed/": { kind: "alias", requests: 1, subscribers: 0 } },
  missing: { "feed.rss": { requests: 1, subscribers: 0 } },
});

const quiet = () => undefined;
const read = async (state: ReturnType<typeof memoryStore>) => [
  ...(await readDays(state, "2026-01-01", quiet)).values(),
];

test("a day is an object of its own, and is read as it was kept", async () => {
  const state = memoryStore();
  expect(await keepDay(state, count(5))).toBe(true);
  expect(await keepDay(state, count(7, "2026-11-29"))).toBe(true);
  expect(await read(state)).toEqual([count(5), count(7, "2026-11-29")]);
});

test("a count of fewer requests never replaces one of more; the same count is not written again", async () => {
  const state = memoryStore();
  await keepDay(state, count(5));
  expect(await keepDay(state, count(4))).toBe(false);
  expect(await keepDay(state, count(5))).toBe(false);
  expect(await read(state)).toEqual([count(5)]);
  expect(await keepDay(state, count(6))).toBe(true);
  expect(await read(state)).toEqual([count(6)]);
});

test("of as many requests a closed count stays, and an open one keeps what no post has any more", () => {
  const recording = { downloads: 2, estimated: 0, bytes: 9 };
  const later = { ...count(5), recordings: { "media/2.mp3": recording } };
  expect(betterOf(count(5), later)).toEqual(count(5));
  const open = { ...count(5), countedOn: "2026-11-29" };
  expect(betterOf(open, later).recordings).toEqual({ ...open.recordings, "media/2.mp3": recording });
  expect(betterOf(open, later).countedOn).toBe("2026-11-30");
});

test("of two processes that count at once, the count of more requests stays", async () => {
  const state = memoryStore();
  let isFirst = true;
  const overtaken: typeof state = {
    ...state,
    async put(key, body, options) {
      if (isFirst) {
        isFirst = false;
        await keepDay(state, count(9));
      }
      return await state.put(key, body, options);
    },
  };
  expect(await keepDay(overtaken, count(8))).toBe(false);
  expect(await read(state)).toEqual([count(9)]);
});

test("a store that never takes it is an error", async () => {
  const state = memoryStore();
  const refusing: typeof state = {
    ...state,
    put: async (key) => {
      throw new StoreConflict("memory", "put", key, "busy");
    },
  };
  await expect(keepDay(refusing, count(1))).rejects.toThrow(StoreConflict);
});

test.each([
  ["cut", '{"format":1,"day":"2026-11-2'],
  ["of another shape", '{"format":1,"day":"2026-11-28"}'],
  ["of another day", JSON.stringify(count(5, "2026-11-27"))],
])("a count that is %s is told, left out, and replaced", async (_, text) => {
  const state = memoryStore();
  await state.put(KEY, new TextEncoder().encode(text), { contentType: "application/json" });
  const lines: string[] = [];
  expect(await readDays(state, "2026-11-28", (line) => lines.push(line))).toEqual(new Map());
  expect(lines).toEqual([`${KEY} is damaged: the day is counted again if its logs are still there`]);
  expect(await keepDay(state, count(1))).toBe(true);
  expect(await read(state)).toEqual([count(1)]);
});

test("a count of a newer Dripfeed is neither used nor replaced", async () => {
  const state = memoryStore();
  await state.put(KEY, new TextEncoder().encode('{"format":2}'), { contentType: "application/json" });
  await expect(readDays(state, "2026-01-01", quiet)).rejects.toThrow(NewerState);
  await expect(keepDay(state, count(1))).rejects.toThrow(NewerState);
});
