/** Limits of channels, and the status of streams. */
import { describe, expect, test } from "vitest";
import { countWithin } from "../../lib/channels/limits.ts";
import { liveDue, liveStatus } from "../../lib/channels/live.ts";
import type { Limit } from "../../lib/site/types.ts";
import { listedOf } from "./records.ts";

/** One post a day until January 10, 100 bytes each. */
const DAILY = Array.from({ length: 10 }, (_, i) =>
  listedOf(`p${i}`, { published: `2026-01-${String(10 - i).padStart(2, "0")}T00:00:00Z`, size: 100 }),
);

describe("a limit", () => {
  test.each<readonly [string, Limit, number]>([
    ["of entries", { entries: 3 }, 3],
    ["of more entries than there are", { entries: 30 }, 10],
    ["of days before the newest", { days: 2 }, 3],
    ["of bytes", { bytes: 250 }, 2],
    ["of bytes that fit exactly", { bytes: 300 }, 3],
    ["of all three is the smallest", { entries: 5, days: 3, bytes: 10_000 }, 4],
    ["of nothing includes everything", {}, 10],
  ])("%s", (_, limit, count) => expect(countWithin(DAILY, limit)).toBe(count));

  test("always includes the newest post", () => expect(countWithin(DAILY, { bytes: 1 })).toBe(1));
  test("of no posts is 0", () => expect(countWithin([], { entries: 3 })).toBe(0));
});

describe("a stream", () => {
  const stream = { start: "2026-01-01T10:00:00Z", end: "2026-01-01T12:00:00Z" };

  test.each([
    ["2026-01-01T09:59:59Z", "pending", stream.start],
    ["2026-01-01T10:00:00Z", "live", stream.end],
    ["2026-01-01T11:59:59Z", "live", stream.end],
    ["2026-01-01T12:00:00Z", "ended", undefined],
  ] as const)("at %s is %s, until %s", (now, status, due) => {
    expect(liveStatus(stream, now)).toBe(status);
    expect(liveDue(stream, now)).toBe(due);
  });

  test("without an end is live until front matter says that it ended", () => {
    expect(liveStatus({ start: stream.start }, "2030-01-01T00:00:00Z")).toBe("live");
    expect(liveStatus({ start: stream.start, status: "ended" }, "2030-01-01T00:00:00Z")).toBe("ended");
  });

  test("has the status that front matter states, whatever the time, and then never changes by itself", () => {
    expect(liveStatus({ ...stream, status: "live" }, "2030-01-01T00:00:00Z")).toBe("live");
    expect(liveDue({ ...stream, status: "pending" }, "2026-01-01T00:00:00Z")).toBeUndefined();
  });
});
