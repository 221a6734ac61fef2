/** Single values of a log. */
import { expect, test } from "vitest";
import { cloudFrontAgent, hostReader, numberIn, rangeOf, statusIn } from "../../../lib/audience/logs/columns.ts";

test("an agent is the same however many others there were", () => {
  const agents = Array.from({ length: 10_000 }, (_, i) => `Reader/1.0 (${i % 6000}; ${"long ".repeat(i % 150)})`);
  const raw = agents.map(encodeURIComponent);
  expect(raw.map(cloudFrontAgent)).toEqual(agents);
});

test.each([
  ["Feedbin%20feed-id:1%20-%20142%20subscribers", "Feedbin feed-id:1 - 142 subscribers"],
  ["Feedbin%2520feed-id:1", "Feedbin feed-id:1"],
  ["100%2520%20sure", "100%20 sure"],
  ["Feedbin 100%25", "Feedbin 100%25"],
  ["%E6%B0%B4/1", "水/1"],
  ["50%/%e6%B0%B4", "50%/水"],
  ["%", "%"],
  ["-", ""],
])("CloudFront's %s is the agent %s", (raw, agent) => {
  expect(cloudFrontAgent(raw)).toBe(agent);
});

test("a host is in lower case and has no port", () => {
  const hostOf = hostReader();
  const raw = ["Example.com", "example.com:8443", "example.com:8443", "[2001:DB8::1]:80", "[2001:db8::1]", "-", ""];
  const [name, ip] = ["example.com", "[2001:db8::1]"];
  expect(raw.map(hostOf)).toEqual([name, name, name, ip, ip, undefined, undefined]);
});

test("a number has digits alone, and no more of them than are exact", () => {
  const found = ["0", "042", "999999999999999", "1000000000000000", "", "-", "-1", "1.5", "1e3", "1 "].map((text) =>
    numberIn(`x${text}y`, 1, 1 + text.length, 7),
  );
  expect(found).toEqual([0, 42, 999_999_999_999_999, -1, -1, 7, -1, -1, -1, -1]);
  expect(["200", "000", "-", "2000", "2x0"].map((text) => statusIn(text, 0, text.length))).toEqual([200, 0, 0, -1, -1]);
});

test("a range has a first byte, and ends after it or is open", () => {
  expect(rangeOf("0", "499")).toEqual({ start: 0, end: 499 });
  expect(rangeOf("7", "7")).toEqual({ start: 7, end: 7 });
  expect(rangeOf("500", "-")).toEqual({ start: 500, end: undefined });
  expect([rangeOf("-", "499"), rangeOf("", ""), rangeOf("9", "8"), rangeOf("x", "8")]).toEqual(
    Array(4).fill(undefined),
  );
});
