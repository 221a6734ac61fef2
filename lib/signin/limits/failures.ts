/** How often a network address may fail before it has to wait: that spares load. Secrets are too long to be guessed in any case. */

import type { Clock } from "../../base/clock.ts";
import { HttpError } from "../../base/http/error.ts";

/** How many failures in a row are allowed, and after how long one of them is forgiven. */
const MOST = 20;
const FORGIVEN_MS = 3_000;
/** How many addresses are remembered: with more, those that failed longest ago are forgotten. */
const MOST_ADDRESSES = 1_000;

export interface Failures {
  /** Throws 429 for an address that has failed too often. */
  assertFew(request: Request): void;
  note(request: Request): void;
}

/**
 * Kept in the memory of this process: nothing is written, so that no stranger can fill the store, and another instance of a function
 * counts anew. That is enough, since no code or token can be guessed at any speed.
 */
export function failureLimits(clock: Clock): Failures {
  /** When all failures of an address will be forgiven. */
  const forgiven = new Map<string, number>();
  return {
    assertFew(request) {
      const address = addressOf(request);
      if (address === undefined) return;
      const excess = (forgiven.get(address) ?? 0) - clock.now().getTime() - (MOST - 1) * FORGIVEN_MS;
      if (excess <= 0) return;
      const seconds = Math.ceil(excess / 1000);
      throw new HttpError("too_many", `too many wrong tries from this network: wait ${seconds} seconds`, {
        headers: { "retry-after": String(seconds) },
      });
    },
    note(request) {
      const address = addressOf(request);
      if (address === undefined) return;
      const until = Math.max(forgiven.get(address) ?? 0, clock.now().getTime()) + FORGIVEN_MS;
      forgiven.delete(address); // the latest comes last
      forgiven.set(address, until);
      const [oldest = ""] = forgiven.keys();
      if (forgiven.size > MOST_ADDRESSES) forgiven.delete(oldest);
    },
  };
}

/**
 * CloudFront says which address it saw, with its port, where its policy has it add `CloudFront-Viewer-Address`
 * (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html). Other servers add it at the
 * end of `X-Forwarded-For`, whose beginning is what the sender says. Of IPv6 the first 64 bits count, which one household has. Without
 * either header, as on the author's own machine, nobody waits.
 */
function addressOf(request: Request): string | undefined {
  const seen = request.headers.get("cloudfront-viewer-address")?.replace(/:\d+$/, "");
  const address = seen ?? request.headers.get("x-forwarded-for")?.split(",").at(-1)?.trim();
  if (!address) return undefined;
  if (!address.includes(":")) return address;
  // What `::` leaves out is zeros: https://www.rfc-editor.org/rfc/rfc4291#section-2.2
  const [before = ""] = address.split("::");
  return [...before.split(":"), "0", "0", "0"].slice(0, 4).join(":");
}
