/** What counts as a download, and who as one client. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clientAddress } from "../../../lib/audience/count/clients.ts";
import { downloadOf, leastBytes, nothingYet, type Received, receive } from "../../../lib/audience/count/downloads.ts";
import type { LoggedRange, RecordingFile } from "../../../lib/audience/types.ts";

/** 1,000 bytes a second, for ten minutes. */
const EPISODE: RecordingFile = { path: "media/1.mp3", length: 600_000, duration: 600 };

type Answer = readonly [status: number, bytes: number, range?: LoggedRange | undefined];

function receivedOf(answers: readonly Answer[], file = EPISODE): Received {
  const received = nothingYet();
  for (const [status, bytes, range] of answers) receive(received, file, { status, bytes, range });
  return received;
}

const downloaded = (file: RecordingFile, ...answers: readonly Answer[]) => downloadOf(receivedOf(answers, file), file);

describe("a download", () => {
  test("needs a minute of the file, by its mean bitrate", () => {
    expect(leastBytes(EPISODE)).toBe(60_000);
    expect(downloaded(EPISODE, [200, 60_000])).toBe("exact");
    expect(downloaded(EPISODE, [200, 59_999])).toBeUndefined();
  });

  test("of a shorter file, or one of unknown duration, needs all of it", () => {
    for (const duration of [0, 45, 60]) {
      expect(downloaded({ ...EPISODE, duration }, [200, 600_000])).toBe("exact");
      expect(downloaded({ ...EPISODE, duration }, [200, 599_999])).toBeUndefined();
    }
  });

  test("of a file of unknown length is an estimate", () => {
    expect(downloaded({ ...EPISODE, length: 0 }, [200, 960_000])).toBe("estimated");
    expect(downloaded({ ...EPISODE, length: 0 }, [200, 959_999])).toBeUndefined();
  });

  test("may come in parts, which count once where they overlap", () => {
    const halves: readonly Answer[] = [
      [206, 30_000, { start: 0, end: 29_999 }],
      [206, 30_000, { start: 30_000, end: 59_999 }],
    ];
    expect(downloaded(EPISODE, ...halves)).toBe("exact");
    expect(downloaded(EPISODE, ...halves.slice(0, 1), ...halves.slice(0, 1))).toBeUndefined();
    expect(downloaded(EPISODE, ...halves.slice(0, 1), [200, 40_000])).toBeUndefined();
  });

  test("is as long as what was sent, whatever was asked for", () => {
    expect(downloaded(EPISODE, [206, 1_000, { start: 0, end: 599_999 }])).toBeUndefined();
    expect(downloaded(EPISODE, [206, 600_000, { start: 0, end: 1 }])).toBeUndefined();
    expect(downloaded(EPISODE, [206, 60_000, { start: 100_000, end: undefined }])).toBe("exact");
  });

  test("of parts that the log does not place is an estimate", () => {
    expect(downloaded(EPISODE, [206, 30_000], [206, 30_000])).toBe("estimated");
    expect(downloaded(EPISODE, [206, 30_000], [206, 29_999])).toBeUndefined();
  });

  test("is none of many probes of two bytes", () => {
    const probes = Array.from({ length: 30_000 }, (_, i): Answer => [206, 2, { start: i * 2, end: i * 2 + 1 }]);
    expect(downloaded(EPISODE, ...probes)).toBeUndefined();
    expect(downloaded(EPISODE, ...probes.map(([status, bytes]): Answer => [status, bytes]))).toBeUndefined();
  });

  test("may come in a thousand parts that lie apart, the last of which join all others", () => {
    const odd = Array.from({ length: 1_000 }, (_, i): Answer => [206, 30, { start: i * 60, end: i * 60 + 29 }]);
    const even = odd.map(([, , range]): Answer => {
      const start = (range?.start ?? 0) + 30;
      return [206, 30, { start, end: start + 29 }];
    });
    expect(receivedOf(odd).known).toHaveLength(2_000);
    expect(receivedOf([...odd, ...even.toReversed()]).known).toEqual([0, 59_999]);
    expect(downloaded(EPISODE, ...odd)).toBeUndefined();
    expect(downloaded(EPISODE, ...odd, ...even)).toBe("exact");
    expect(downloaded(EPISODE, ...odd, [200, 60_000])).toBe("exact");
  });

  test("of parts without end takes no time, nor do parts that are a crumb of the file", () => {
    const video = { ...EPISODE, length: 1e9, duration: 0 };
    const parts = Array.from(
      { length: 5_000 },
      (_, i): Answer => [206, 50_000, { start: i * 100_000, end: i * 100_000 + 49_999 }],
    );
    expect(receivedOf(parts, video)).toMatchObject({ bytes: 250_000_000, unknown: 0 });
    expect(receivedOf([[206, 49_999, { start: 0, end: 49_998 }]], video).known).toEqual([]);
  });

  test("has no bytes after the last one, though the log counts headers", () => {
    expect(downloaded(EPISODE, [206, 61_000, { start: 599_000, end: undefined }])).toBeUndefined();
  });

  test("is the same in whatever order the parts come", () => {
    const part = fc.tuple(
      fc.constantFrom(200, 206),
      fc.integer({ min: 0, max: 70 }),
      fc.option(fc.record({ start: fc.nat(90), end: fc.option(fc.nat(120), { nil: undefined }) }), { nil: undefined }),
    );
    const file = { ...EPISODE, length: 1_000, duration: 1_000 };
    fc.assert(
      fc.property(fc.array(part), fc.infiniteStream(fc.nat()), (parts, ranks) => {
        const ranked = parts.map((each) => [ranks.next().value ?? 0, each] as const);
        const moved = ranked.toSorted(([a], [b]) => a - b).map(([, each]) => each);
        expect(receivedOf(moved, file)).toEqual(receivedOf(parts, file));
        const covered = new Set(
          parts.flatMap(([status, bytes, range]) => {
            if (status === 206 && !range) return [];
            if (Math.min(bytes, status === 200 ? bytes : (range?.end ?? 1_000) - (range?.start ?? 0) + 1) <= 2)
              return [];
            const start = status === 200 ? 0 : (range?.start ?? 0);
            const last = Math.min(status === 200 ? 999 : (range?.end ?? 999), start + bytes - 1, 999);
            return Array.from({ length: Math.max(0, last - start + 1) }, (_, i) => start + i);
          }),
        );
        expect(downloaded(file, ...parts) === "exact").toBe(covered.size >= 60);
      }),
    );
  });
});

describe("a client", () => {
  test.each([
    ["192.0.2.7", "192.0.2.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:0DB8:0001:0002::9", "2001:db8:1:2"],
    ["2001:db8::9", "2001:db8:0:0"],
    ["2001:db8:1::", "2001:db8:1:0"],
    ["::1", "0:0:0:0"],
    ["[2001:db8::9]", "2001:db8:0:0"],
    ["fe80::1%eth0", "fe80:0:0:0"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::ffff:c000:207", "192.0.2.7"],
    ["0:0:0:0:0:ffff:c000:0207", "192.0.2.7"],
    ["unix:", "unix:"],
  ])("at %s is known by %s", (address, known) => {
    expect(clientAddress(address)).toBe(known);
  });
});
