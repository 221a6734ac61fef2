/** The owner's colour on pages: as it is where it can be read, else lighter or darker until it can. */
import { convert, gamutMapOKLCH, hexToRGB, OKLCH, RGBToHex, sRGB, sRGBGamut, sRGBLinear } from "@texel/color";

/** WCAG 2.2, level AA, for text of every size. */
const MIN_CONTRAST = 4.5;
/** Of lightness in OKLCH, from 0 to 1. */
const STEP = 0.005;
/** The darkest background on which the colour stands in the light scheme, and the lightest in the dark one (`style.ts`). */
export const LIGHT_PANEL = "#f0f5f2";
export const DARK_PANEL = "#19221f";

export interface Palette {
  readonly light: string;
  readonly dark: string;
}

/** Hue and chroma stay, as far as sRGB has them. `color` has six digits. */
export const paletteOf = (color: string): Palette => ({
  light: readable(color, LIGHT_PANEL, -STEP),
  dark: readable(color, DARK_PANEL, STEP),
});

function readable(color: string, background: string, step: number): string {
  const [lightness = 0, chroma = 0, hue = 0] = convert(hexToRGB(color), sRGB, OKLCH);
  let found = color;
  for (let moved = lightness; contrast(found, background) < MIN_CONTRAST; moved += step) {
    found = RGBToHex(gamutMapOKLCH([moved, chroma, hue], sRGBGamut, sRGB));
  }
  return found;
}

/** WCAG 2.2, "contrast ratio". */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = convert(hexToRGB(color), sRGB, sRGBLinear);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
