/** Whether a request comes from our own page: what a cookie alone does not say. */
import { HttpError } from "../../base/http/error.ts";

/** The safe methods of RFC 9110, section 9.2.1, but for TRACE. */
const isSafe = (request: Request): boolean => ["GET", "HEAD", "OPTIONS"].includes(request.method);

/**
 * Browsers say where a request comes from by `Sec-Fetch-Site` (https://www.w3.org/TR/fetch-metadata/) and by `Origin`, neither of
 * which a script can set. What may be sent from elsewhere has to say so by one of both, and whatever is said has to be us. What only
 * reads may say nothing, as browsers did before 2023.
 */
export function comesFromUs(request: Request, origin: string): boolean {
  const site = request.headers.get("sec-fetch-site");
  const from = request.headers.get("origin");
  if (from !== null && from !== origin) return false;
  if (site !== null) return site === "same-origin" || (site === "none" && isSafe(request));
  return from !== null || isSafe(request);
}

export function assertFromUs(request: Request, origin: string): void {
  if (comesFromUs(request, origin)) return;
  throw new HttpError("forbidden", `only the page at ${origin}/write/ may ask for this`);
}
