/** How long tokens count. */

const DAY_MS = 24 * 60 * 60 * 1000;

/** A session counts so long after it was last used. */
export const SESSION_SECONDS = 90 * 24 * 60 * 60;

/** An access token. Many apps cannot renew it: with a shorter time people would have to sign in again all the time. */
export const ACCESS_SECONDS = 30 * 24 * 60 * 60;

/** A refresh token, after it was given (RFC 9700, section 4.14.2: it should expire if the client has been inactive for some time). */
export const REFRESH_SECONDS = 180 * 24 * 60 * 60;

/** A token for a script, after it was last used: nothing renews it. */
const PERSONAL_SECONDS = 365 * 24 * 60 * 60;

export const after = (now: Date, seconds: number): string => new Date(now.getTime() + seconds * 1000).toISOString();

export const isPast = (instant: string, now: Date): boolean => new Date(instant) <= now;

/** A use is noted once a day, so that not every request writes. */
export const isWorthNoting = (used: string | undefined, now: Date): boolean =>
  used === undefined || now.getTime() - new Date(used).getTime() >= DAY_MS;

export const isSessionOver = ({ used }: { readonly used: string }, now: Date): boolean =>
  isPast(after(new Date(used), SESSION_SECONDS), now);

export const endOfPersonalToken = ({
  created,
  used = created,
}: {
  readonly created: string;
  readonly used?: string;
}): string => after(new Date(used), PERSONAL_SECONDS);
