/** A QR code of an address for a terminal: two rows of modules in a line, by half blocks. */
import { generate, mode } from "lean-qr";

/** In modules, on each side (ISO/IEC 18004 §5.3.8). */
const QUIET = 4;
/** Nothing but addresses is drawn, which are ASCII. */
const MODES = [mode.numeric, mode.alphaNumeric, mode.ascii];

/** What a line shows of the upper and the lower module, where light is drawn. */
const BLOCKS = { both: "█", upper: "▀", lower: "▄", none: " " };

/**
 * Light modules are drawn and dark ones left, so that it is right on a dark terminal; on a light one it is inverted, which the
 * cameras of phones read, too. The terminal's own colours are used, and no others.
 */
export function qrLines(address: string): readonly string[] {
  const code = generate(mode.auto(address, { modes: MODES }));
  const side = code.size + 2 * QUIET;
  const isLight = (x: number, y: number) => !code.get(x - QUIET, y - QUIET);
  const blockAt = (x: number, y: number): string => {
    const lower = y + 1 < side && isLight(x, y + 1);
    return isLight(x, y) ? BLOCKS[lower ? "both" : "upper"] : BLOCKS[lower ? "lower" : "none"];
  };
  return Array.from({ length: Math.ceil(side / 2) }, (_, row) =>
    Array.from({ length: side }, (_, x) => blockAt(x, 2 * row)).join(""),
  );
}
