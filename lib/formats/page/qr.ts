/** A QR code of an address (ISO/IEC 18004) as SVG: one path of strokes, each a run of dark modules. */
import { generate } from "lean-qr";
import { type Html, html } from "../../base/html.ts";

/** Beyond this a code has so many modules that a phone no longer reads it from a screen at this size. */
const MAX_BYTES = 200;
/** In modules, on each side (ISO/IEC 18004 §5.3.8). */
const QUIET = 4;

/** `label` is the id of the element that names it. Nothing for an address that is too long. */
export function qrMarkup(address: string, label: string): Html | undefined {
  if (Buffer.byteLength(address) > MAX_BYTES) return undefined;
  const code = generate(address);
  const side = code.size + 2 * QUIET;
  const rows = Array.from({ length: code.size }, (_, y) => rowPath((x) => code.get(x, y), code.size, y));
  return html`<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="${label}" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><path stroke="#000" d="${rows.join("")}"/></svg>`;
}

/** A stroke is as wide as a module, and half of it lies above its line. */
function rowPath(isDark: (x: number) => boolean, size: number, y: number): string {
  const modules = Array.from({ length: size }, (_, x) => (isDark(x) ? "1" : "0")).join("");
  let end = 0;
  const runs = [...modules.matchAll(/1+/g)].map(({ 0: { length }, index }, i) => {
    const move = i === 0 ? `M${index + QUIET} ${y + QUIET}.5` : `m${index - end} 0`;
    end = index + length;
    return `${move}h${length}`;
  });
  return runs.join("");
}
