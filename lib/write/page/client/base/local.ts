/** Dates as inputs have them, in the phone's own zone. */

const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");

/** As an input of the type `datetime-local` has it. */
export function toLocal(instant: string | number): string {
  const time = new Date(instant);
  if (Number.isNaN(time.getTime())) return "";
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join("-");
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`;
}

const ZONED = /(?:Z|[+-]\d\d:?\d\d)$/;

/** With the phone's offset at that time, so that the author's own wall clock stays in the post (RFC 3339). An instant stays as it is. */
export function fromLocal(local: string): string | undefined {
  if (local.includes("T") && ZONED.test(local)) return local;
  const time = new Date(local);
  if (local === "" || Number.isNaN(time.getTime())) return undefined;
  const offset = -time.getTimezoneOffset();
  const zone = `${offset < 0 ? "-" : "+"}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
  return `${toLocal(time.getTime())}:${two(time.getSeconds())}${zone}`;
}
