/**
 * Sizes, durations and rates as authors write them → bytes, seconds, bits a second. What cannot be read is `undefined`.
 */

const POWERS: { readonly [prefix: string]: number } = { "": 0, k: 1, m: 2, g: 3, t: 4 };

const whole = (amount: number): number | undefined => {
  const rounded = Math.round(amount);
  return Number.isSafeInteger(rounded) && rounded > 0 ? rounded : undefined;
};

/** `0`, `00:00`: an author's way to leave an amount open. */
export const isZero = (text: string): boolean => /^[0:.]+$/.test(text.trim());

/** `12345678`, `12,345,678`, `12.5 MB`, `12 MiB`. */
export function readBytes(text: string): number | undefined {
  const [, digits = "", prefix = "", binary] =
    /^(\d{1,3}(?:[,_]\d{3}){1,8}(?:\.\d{1,20})?|\d{1,30}(?:[.,]\d{1,20})?)\s*(?:([kmgt]?)(i?)b?(?:ytes?)?)?$/i.exec(
      text.trim(),
    ) ?? [];
  if (digits === "") return undefined;
  const power = POWERS[prefix.toLowerCase()] ?? 0;
  // A comma separates thousands, or is the decimal comma of most languages.
  const plain = /^\d{1,3}(?:[,_]\d{3})+/.test(digits) ? digits.replace(/[,_]/g, "") : digits.replace(",", ".");
  return whole(Number(plain) * (binary ? 1024 : 1000) ** power);
}

const UNITS = new RegExp(
  [
    String.raw`^(?:(\d{1,4})\s*(?:h|hrs?|hours?|小时|小時|时))?`,
    String.raw`(?:(\d{1,6})\s*(?:m|mins?|minutes?|分钟|分鐘|分))?`,
    String.raw`(?:(\d{1,8})(?:\.\d{1,9})?\s*(?:s|secs?|seconds?|秒))?$`,
  ].join(String.raw`[\s,]*`),
  "i",
);

/** The most characters that a duration takes. */
const LONGEST = 60;

/** Seconds (`1834`), a clock (`30:34`, `1:02:03`), ISO 8601 (`PT30M34S`), or words (`30 min`). */
export function readDuration(text: string): number | undefined {
  const written = text.trim();
  if (written.length > LONGEST) return undefined;
  if (/^\d{1,9}(?:\.\d{1,9})?$/.test(written)) return whole(Number(written));
  const clock = /^(?:(\d{1,4}):)?(\d{1,4}):([0-5]?\d)(?:\.\d{1,9})?$/.exec(written);
  const [, hours = 0, minutes = 0, seconds = 0] = clock ?? UNITS.exec(written.replace(/^PT(?=\d)/i, "")) ?? [];
  return whole(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}

/** `128000`, `128k`, `128 kbps`, `2.5 Mbit/s`. */
export function readBitrate(text: string): number | undefined {
  const [, digits = "", prefix = ""] =
    /^(\d{1,15}(?:\.\d{1,9})?)\s*([km]?)(?:b(?:its?)?(?:ps|\/s)?)?$/i.exec(text.trim()) ?? [];
  return digits === "" ? undefined : whole(Number(digits) * 1000 ** (POWERS[prefix.toLowerCase()] ?? 0));
}

/** `1080`, `1080px`. */
export function readPixels(text: string): number | undefined {
  const [, digits = ""] = /^(\d{1,6})\s*(?:px)?$/i.exec(text.trim()) ?? [];
  return digits === "" ? undefined : whole(Number(digits));
}

/** `3`, `03`, `EP3`, `#3`, `第3期`. */
export function readNumber(text: string): number | undefined {
  const [, digits = ""] = /^\D{0,12}?(\d{1,9})\D{0,3}$/.exec(text.trim()) ?? [];
  return digits === "" || /[-.]\d/.test(text) ? undefined : whole(Number(digits));
}
