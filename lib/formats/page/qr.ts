/** A QR code of an address (ISO/IEC 18004) as SVG: one path of strokes, each a run of dark modules. */
import { generate, mode } from "lean-qr";
import { type Html, html } from "../../base/html.ts";

/** Beyond this a code has so many modules that a phone no longer reads it from a screen at this size. */
const MAX_BYTES = 200;
/** In modules, on each side (ISO/IEC 18004 §5.3.8). */
const QUIET = 4;
/** All that an address needs, which is ASCII; the tables of other encodings take longer to make than many codes. */
const MODES = [mode.numeric, mode.alphaNumeric, mode.ascii, mode.utf8];

/** `label` is the id of the element that names it. Nothing for an address that is too long. */
export function qrMarkup(address: string, label: string): Html | undefined {
  if (Buffer.byteLength(address) > MAX_BYTES) return undefined;
  const { side, path } = drawingOf(address);
  return html`<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="${label}" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path stroke="#000" d="${path}"/></svg>`;
}

export interface QrDrawing {
  /** Of the square, the quiet zone around the code included. */
  readonly side: number;
  readonly path: string;
}

/** Those that were drawn last: a process that stays draws the page of the site anew with every edit, and its code is the same. */
const drawings = new Map<string, QrDrawing>();
const MOST_DRAWINGS = 100;

function drawingOf(address: string): QrDrawing {
  const drawing = drawings.get(address) ?? drawQr(address);
  drawings.delete(address); // what was asked for last comes last
  drawings.set(address, drawing);
  const [oldest = ""] = drawings.keys();
  if (drawings.size > MOST_DRAWINGS) drawings.delete(oldest);
  return drawing;
}

/** The path is of strokes, each as wide as 1. */
export function drawQr(address: string): QrDrawing {
  const code = generate(mode.auto(address, { modes: MODES }));
  const rows = Array.from({ length: code.size }, (_, y) => rowPath((x) => code.get(x, y), code.size, y));
  return { side: code.size + 2 * QUIET, path: rows.join("") };
}

/** A stroke is as wide as a module, and half of it lies above its line. */
function rowPath(isDark: (x: number) => boolean, size: number, y: number): string {
  let path = "";
  let end = 0;
  for (let x = 0; x < size; x++) {
    if (!isDark(x)) continue;
    const start = x;
    while (x < size && isDark(x)) x++;
    path += `${path === "" ? `M${start + QUIET} ${y + QUIET}.5` : `m${start - end} 0`}h${x - start}`;
    end = x;
  }
  return path;
}
