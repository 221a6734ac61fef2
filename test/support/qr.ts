/** A reader of QR codes. */
import jsqr from "jsqr";
import type { QrDrawing } from "../../lib/formats/page/qr.ts";

/** The package's export is the function itself, though its types say that it has a default. */
export const readCode = jsqr as unknown as typeof jsqr.default;

const SCALE = 4;

/** Paints the strokes of the path, and reads the picture. */
export function readDrawing({ side, path }: QrDrawing): string | undefined {
  const pixels = new Uint8ClampedArray((side * SCALE) ** 2 * 4).fill(255);
  let [x, y] = [0, 0];
  for (const [, command, numbers = ""] of path.matchAll(/([Mmh])([\d. ]+)/g)) {
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
