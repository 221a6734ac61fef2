/** Dates and times in Chinese, Japanese and Korean → the same in digits, `2024-1-9 15:05:0`, as the other forms have it. */
/** By the words for a part of the day: its first and its last hour. A night lasts into the morning. */
const PARTS: readonly (readonly [words: string, first: number, last: number])[] = [
  ["上午 午前 오전 凌晨 清晨 早上 早晨 새벽 아침", 0, 11],
  ["中午 正午", 11, 14],
  ["下午 午后 午後 오후", 12, 23],
  ["傍晚 晚上 夕方 저녁", 16, 23],
  ["夜里 夜裡 夜裏 半夜 深夜 밤", 18, 29],
];

const PART_OF = new Map(PARTS.flatMap(([words, ...hours]) => words.split(" ").map((word) => [word, hours] as const)));
const PART = new RegExp([...PART_OF.keys()].join("|"));
const WEEKDAY =
  /\((?:[日月火水木金土祝一二三四五六월화수목금토일])\)|\(?(?:(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]|[日月火水木金土]曜日?|[월화수목금토일]요일)\)?/;
const DAY = /^(\d{4})[ \t]?[年년.][ \t]?(\d{1,2})[ \t]?[月월.][ \t]?(\d{1,2})[ \t]?[日号號일.]/;
const TIME = /(\d{1,2})[ \t]?[时時点點시](?:半|[ \t]?(\d{1,2})(?:[ \t]?[分분])?(?:[ \t]?(\d{1,2})[ \t]?[秒초])?)?整?/;

/** What it does not know stays as it is, and is no date then. */
export function inDigits(written: string): string {
  const text = written.normalize("NFKC");
  const [part = ""] = PART.exec(text) ?? [];
  const digits = text
    .replace(WEEKDAY, " ")
    .replace(DAY, "$1-$2-$3 ")
    .replace(TIME, (all, hour, minute = all.includes("半") ? 30 : 0, second = 0) => `${hour}:${minute}:${second}`);
  const hours = PART_OF.get(part);
  if (!hours || !digits.includes(":")) return digits.trim();
  return digits.replace(part, " ").replace(/\d{1,2}(?=:)/, (hour) => String(within(Number(hour), hours)));
}

/** The hour of 24 that is in the part of the day; 99 where none is, as of 12 at night, which may be either midnight. */
function within(hour: number, [first, last]: readonly [number, number]): number {
  const candidates = hour > 12 ? [hour] : hour === 12 ? [0, 12] : [hour, hour + 12, hour + 24];
  const found = candidates.find((each) => each >= first && each <= last);
  return found === undefined ? 99 : found % 24;
}
