/** The QR code of an address: what a phone reads from it. */
import { describe, expect, test } from "vitest";
import { sourceOf } from "../../../lib/base/html.ts";
import { qrMarkup } from "../../../lib/formats/page/qr.ts";
import { readCode } from "../../support/qr.ts";

const SCALE = 4;

/** Paints the strokes of the path, and reads the picture. */
function read(svg: string): string | undefined {
  const side = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  const pixels = new Uint8ClampedArray((side * SCALE) ** 2 * 4).fill(255);
  let [x, y] = [0, 0];
  for (const [, command, numbers = ""] of (/ d="([^"]*)"/.exec(svg)?.[1] ?? "").matchAll(/([Mmh])([\d. ]+)/g)) {
    const [first = 0, second = 0] = numbers.split(" ").map(Number);
    if (command === "M") [x, y] = [first, second - 0.5];
    if (command === "h") paint(pixels, side, { x, y, width: first });
    if (command !== "M") x += first;
  }
  const code = readCode(pixels, side * SCALE, side * SCALE);
  return code?.data;
}

function paint(pixels: Uint8ClampedArray, side: number, run: { x: number; y: number; width: number }): void {
  for (let row = run.y * SCALE; row < (run.y + 1) * SCALE; row++) {
    const start = (row * side * SCALE + run.x * SCALE) * 4;
    for (let i = start; i < start + run.width * SCALE * 4; i += 4) pixels.fill(0, i, i + 3);
  }
}

describe("a QR code", () => {
  test.each([
    "https://e.com/rss.xml",
    "https://feeds.example.com/notes/tags/%E6%BB%B4%E7%81%8C/rss.xml",
    `https://e.com/${"a".repeat(170)}/rss.xml`,
  ])("of %s is read as that", (url) => {
    expect(read(sourceOf(qrMarkup(url, "scan") ?? expect.fail("there is no code")))).toBe(url);
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
