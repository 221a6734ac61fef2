/** What time it is by the server's clock, since a phone's may be wrong. */

/** The header is of whole seconds, and an answer takes a moment: less than this is no difference. */
const EXACT = 5000;

let ahead: number | undefined;

/** `Date` of an answer (RFC 9110 §6.6.1). */
export function hearTime(date: string | null): void {
  const difference = Date.parse(date ?? "") - Date.now();
  if (!Number.isNaN(difference)) ahead = Math.abs(difference) < EXACT ? 0 : difference;
}

/** Whether the server has said it. */
export const isHeard = (): boolean => ahead !== undefined;

export const now = (): number => Date.now() + (ahead ?? 0);

export const instantNow = (): string => new Date(now()).toISOString();
