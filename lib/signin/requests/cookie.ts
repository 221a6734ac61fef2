/** The cookie of the page: a session's token, which no script reads and no other site sends. */
import { WRITING } from "../../base/writing.ts";

/**
 * By its prefix browsers take it over a secure connection alone
 * (https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.3.1). `__Host-` (4.1.3.2) would want the path `/`,
 * and so send it with every feed.
 */
const COOKIE = "__Secure-dripfeed";

const ATTRIBUTES = `Path=${WRITING}; HttpOnly; Secure; SameSite=Strict`;

export const cookieOf = (token: string, seconds: number): { readonly "set-cookie": string } => ({
  "set-cookie": `${COOKIE}=${token}; Max-Age=${seconds}; ${ATTRIBUTES}`,
});

export const NO_COOKIE = cookieOf("", 0);

/** Nothing where there are two: one of them is not ours. */
export function readCookie(request: Request): string | undefined {
  const pairs = (request.headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  const values = pairs.filter((pair) => pair.startsWith(`${COOKIE}=`)).map((pair) => pair.slice(COOKIE.length + 1));
  return values.length === 1 ? values[0] || undefined : undefined;
}
