/** The icon: a drop on the site's colour, as SVG and as PNG, which phones want for their home screen. */
import { crc32, deflateSync } from "node:zlib";
import { memoised } from "../../base/memoised.ts";
import { LIGHT_PANEL, paletteOf } from "../../formats/page/color.ts";

const WATER = "#0b6a58";

/** Dark enough that a light drop stands out from it. */
const groundOf = (color: string | undefined): string => (color ? paletteOf(color).light : WATER);

/** In the middle, so that it stays whole in every shape that phones cut icons to (Web Application Manifest, "maskable"). */
export const iconSvg = (color: string | undefined): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="${groundOf(color)}" d="M0 0h16v16H0z"/>` +
  `<path fill="${LIGHT_PANEL}" d="M8 3.2c2 2.7 3.3 4.1 3.3 6a3.3 3.3 0 0 1-6.6 0c0-1.9 1.3-3.3 3.3-6z"/></svg>`;

const SIDE = 512;
/** Samples per pixel, along each side. */
const SAMPLES = 3;

/** The drop, as in the SVG: a disc, and above it a part that narrows to a point. */
function isDrop(x: number, y: number): boolean {
  const [across, down] = [x - 8, y - 9.2];
  if (down >= 0) return across * across + down * down <= 3.3 * 3.3;
  const share = (y - 3.2) / 6; // 0 at the point, 1 where the disc is widest
  return share > 0 && Math.abs(across) <= 3.3 * Math.sin((share * Math.PI) / 2) ** 1.25;
}

/** PNG (third edition, sections 5 and 11): a palette of the shades between ground and drop, without filters. */
export const iconPng = memoised((color: string): Uint8Array<ArrayBuffer> => {
  const shades = SAMPLES * SAMPLES + 1;
  const [ground, drop] = [bytesOf(groundOf(color)), bytesOf(LIGHT_PANEL)];
  const palette = Array.from({ length: shades }, (_, i) =>
    ground.map((value, part) => Math.round(value + (((drop[part] ?? 0) - value) * i) / (shades - 1))),
  ).flat();
  const rows = Buffer.alloc(SIDE * (SIDE + 1));
  for (let y = 0; y < SIDE; y++) for (let x = 0; x < SIDE; x++) rows[y * (SIDE + 1) + 1 + x] = shadeAt(x, y);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE, 0);
  header.writeUInt32BE(SIDE, 4);
  header.set([8, 3], 8);
  const png = [
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    ...[chunk("IHDR", header), chunk("PLTE", Buffer.from(palette)), chunk("IDAT", deflateSync(rows, { level: 9 }))],
    chunk("IEND", Buffer.alloc(0)),
  ];
  return new Uint8Array(Buffer.concat(png));
});

function shadeAt(x: number, y: number): number {
  let inside = 0;
  for (let i = 0; i < SAMPLES * SAMPLES; i++) {
    const [right, down] = [(i % SAMPLES) + 0.5, Math.floor(i / SAMPLES) + 0.5];
    if (isDrop(((x + right / SAMPLES) * 16) / SIDE, ((y + down / SAMPLES) * 16) / SIDE)) inside++;
  }
  return inside;
}

const bytesOf = (color: string): readonly number[] =>
  [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}
