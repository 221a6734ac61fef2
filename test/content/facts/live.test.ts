/** Streams that posts announce. */
import { describe, expect, test } from "vitest";
import { renderEntry } from "../../../lib/content/entry.ts";
import { brief, parseWith, postOf, postWith, siteOf } from "../helpers.ts";

const PAGE = "https://example.org/2024/10/15/hello/";
const HLS = "https://live.example/a.m3u8";
const stream = { start: "2024-10-15T08:20:00Z", url: HLS, type: "application/x-mpegURL" };

describe("a stream", () => {
  test.each([
    [`live: { url: ${HLS} }`, stream],
    [`live: ${HLS}`, stream],
    [
      `live: { start: 2024-10-20 20:00, end: 2024-10-20 21:30, url: ${HLS} }`,
      { ...stream, start: "2024-10-20T20:00:00Z", end: "2024-10-20T21:30:00Z" },
    ],
    [
      `live: { from: "2024-10-20T20:00:00+08:00", to: "2024-10-20T21:00:00+08:00", src: ${HLS} }`,
      { ...stream, start: "2024-10-20T12:00:00Z", end: "2024-10-20T13:00:00Z" },
    ],
    [
      `live: { begins: 2024/10/20, ends: 2024/10/21, url: ${HLS} }`,
      { ...stream, start: "2024-10-20T00:00:00Z", end: "2024-10-21T00:00:00Z" },
    ],
    [`live: { url: ${HLS}, status: Ended }`, { ...stream, status: "ended" }],
    [`live: { url: ${HLS}, status: scheduled }`, { ...stream, status: "pending" }],
    [
      "live: { url: https://live.example/radio, type: audio/mpeg }",
      { ...stream, url: "https://live.example/radio", type: "audio/mpeg" },
    ],
    [
      "live: { url: https://live.example/room/7 }",
      { ...stream, url: "https://live.example/room/7", type: "text/html" },
    ],
    ["live: { start: 2024-10-20 }", { start: "2024-10-20T00:00:00Z", url: PAGE, type: "text/html" }],
    [`live: { start: 2024-10-20 }\nvideo: ${HLS}`, { ...stream, start: "2024-10-20T00:00:00Z" }],
  ])("%j is understood", (frontMatter, live) => {
    const result = parseWith(frontMatter);
    expect(postOf(result).live).toEqual(live);
    expect(result.problems).toEqual([]);
  });

  test("has times in the site's time zone", () => {
    const site = siteOf({ timezone: "Asia/Shanghai" });
    expect(postWith(`live: { start: 2024-10-20 20:00, url: ${HLS} }`, { site }).live?.start).toBe(
      "2024-10-20T12:00:00Z",
    );
  });

  test.each(["live: true", "live: no", "live:", "live: ''"])("is none for a flag: %s", (frontMatter) => {
    const result = parseWith(frontMatter);
    expect(postOf(result).live).toBeUndefined();
    expect(result.problems).toEqual([]);
  });

  test.each([
    ["live: [a, b]", undefined],
    ["live: tomorrow evening", undefined],
    ["live: { url: 'javascript:alert(1)' }", undefined],
    [`live: { url: ${HLS}, start: tomorrow }`, undefined],
    [`live: { url: ${HLS}, end: later }`, undefined],
    [`live: { url: ${HLS}, end: 2024-01-01 }`, undefined],
    [`live: { url: ${HLS}, status: perhaps }`, stream],
  ])("%j is a warning with its line, and the post stays", (frontMatter, live) => {
    const result = parseWith(frontMatter);
    expect(postOf(result).live).toEqual(live);
    expect(brief(result.problems)).toEqual(["live-unusable:4"]);
  });

  test("is in the entry, whose input hash moves with it", () => {
    const post = postWith(`live: { url: ${HLS} }`);
    expect(renderEntry(post).live).toEqual(stream);
    expect(postWith(`live: { url: ${HLS}, status: ended }`).inputHash).not.toBe(post.inputHash);
  });
});
