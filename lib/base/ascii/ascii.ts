/** Text of any script in ASCII, character by character, as the site generators do it that name files so. */
import { HAN, HAN_DIGITS, HAN_READINGS, HANGUL, RANGES } from "./table.ts";

const HAN_FIRST = 0x4e00;
const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;

/** The tables as lists, made when they are needed first. */
let tables: ReturnType<typeof readTables> | undefined;

const readTables = () => ({
  ranges: RANGES.map(([first, written]) => [first, written.split(",")] as const),
  readings: HAN_READINGS.split(","),
  initials: HANGUL.initials.split(","),
  vowels: HANGUL.vowels.split(","),
  finals: HANGUL.finals.split(","),
});

/** In lower case where it is no ASCII already; `-` stands for what has no letters. */
export function asciiOf(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  return [...text].map((character) => (character <= "\x7f" ? character : asciiOfOne(character))).join("");
}

function asciiOfOne(character: string): string {
  tables ??= readTables();
  const code = character.codePointAt(0) ?? 0;
  const digits = 2 * (code - HAN_FIRST);
  if (digits >= 0 && digits < HAN.length) {
    const [high, low] = [HAN.charAt(digits), HAN.charAt(digits + 1)].map((digit) => HAN_DIGITS.indexOf(digit));
    return tables.readings[(high ?? 0) * HAN_DIGITS.length + (low ?? 0)] ?? "-";
  }
  if (code >= HANGUL_FIRST && code <= HANGUL_LAST) return syllableOf(code - HANGUL_FIRST, tables);
  for (const [first, written] of tables.ranges) {
    const found = written[code - first];
    if (found !== undefined) return found;
  }
  return "-";
}

function syllableOf(at: number, { initials, vowels, finals }: ReturnType<typeof readTables>): string {
  const rest = at % (vowels.length * finals.length);
  const initial = initials[Math.floor(at / (vowels.length * finals.length))];
  return `${initial}${vowels[Math.floor(rest / finals.length)]}${finals[rest % finals.length]}`;
}
