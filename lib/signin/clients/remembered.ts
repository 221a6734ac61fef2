/** Documents of apps, kept for the minutes that a person takes to decide. */
import type { Clock } from "../../base/clock.ts";
import type { ClientDocument, FetchClient } from "./types.ts";

const KEPT_MS = 5 * 60_000;
const MOST = 50;

/** What could not be read is asked for anew. */
export function rememberedClients(fetchClient: FetchClient, clock: Clock): FetchClient {
  const known = new Map<string, { readonly until: number; readonly document: ClientDocument }>();
  return async (client) => {
    const now = clock.now().getTime();
    const kept = known.get(client.href);
    if (kept && kept.until > now) return kept.document;
    known.delete(client.href);
    const document = await fetchClient(client);
    if (document) known.set(client.href, { until: now + KEPT_MS, document });
    const [oldest = ""] = known.keys();
    if (known.size > MOST) known.delete(oldest);
    return document;
  };
}
