/** The QR code of an address: what a phone reads from it. */
import { describe, expect, test } from "vitest";
import { sourceOf } from "../../../lib/base/html.ts";
import { qrMarkup } from "../../../lib/formats/page/qr.ts";
import { readDrawing } from "../../support/qr.ts";

describe("a QR code", () => {
  test.each([
    "https://e.com/rss.xml",
    "https://feeds.example.com/notes/tags/%E6%BB%B4%E7%81%8C/rss.xml",
    `https://e.com/${"a".repeat(170)}/rss.xml`,
  ])("of %s is read as that", (url) => {
    const svg = sourceOf(qrMarkup(url, "scan") ?? expect.fail("there is no code"));
    const [, side, path = ""] = / viewBox="0 0 (\d+) \1".* d="([^"]*)"/.exec(svg) ?? [];
    expect(readDrawing({ side: Number(side), path })).toBe(url);
  });

  test("is one path, small, and named by its caption", () => {
    const svg = sourceOf(
      qrMarkup("https://feeds.example.com/notes/rss.xml", "scan") ?? expect.fail("there is no code"),
    );
    expect(svg.match(/<path/g)).toHaveLength(1);
    expect(svg).toContain('role="img" aria-labelledby="scan"');
    expect(svg.length).toBeLessThan(2500);
  });

  test("is left out of an address that is too long for one", () => {
    expect(qrMarkup(`https://e.com/${"a".repeat(200)}`, "scan")).toBeUndefined();
  });
});
