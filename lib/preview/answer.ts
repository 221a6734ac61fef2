/** A request → what the preview answers: what the CDN would serve, with the preview's bar, and its own pages. */
import { encodePath } from "../edge/address.ts";
import { decide, type EdgeRequest } from "../edge/decide.ts";
import { type Edge, entranceOf } from "../edge/folders.ts";
import type { Headers } from "../edge/headers.ts";
import { type OpenWithin, type Store, type StoredObject, StoreUnreadable } from "../stores/store.ts";
import { tagIn } from "./inject.ts";
import { failureResponse, waitingResponse } from "./messages.ts";
import { OWN } from "./own/paths.ts";
import { respond } from "./respond.ts";
import type { Response } from "./response.ts";

/** The site and the store that are served now. */
export interface Served {
  readonly edge: Edge;
  readonly store: Store;
  /** Opens files of the content. */
  readonly media: OpenWithin;
}

/** What the preview shows besides what the CDN would serve. */
export interface OwnPages {
  /** Nothing where there is no such page. */
  readonly respond: (request: EdgeRequest) => Promise<Response | undefined>;
  /** Any page, with the bar. */
  readonly addBar: (page: string) => string;
}

/** Never rejects. */
export async function answer(
  request: EdgeRequest,
  served: Served | string,
  own: OwnPages | undefined,
): Promise<Response> {
  try {
    const page = request.path.startsWith(OWN) ? await own?.respond(request) : undefined;
    if (page) return page;
    if (typeof served === "string") return withBarOf(own, waitingResponse(request, served));
    const { edge, store } = served;
    const decision = decide(request, edge);
    // Here only the feeds are served; when deployed, the site's home page is at `/`.
    if (decision.kind === "refuse" && decision.status === 404 && request.path === "/") return toFeeds(edge);
    const object = decision.kind === "serve" ? await read(store, decision.key) : undefined;
    const shown = object && own && isPage(decision.headers) ? { ...object, body: barred(object.body, own) } : object;
    const response = await respond(request, decision, shown, entranceOf(edge));
    return response.status >= 400 ? withBarOf(own, response) : response;
  } catch (error) {
    return withBarOf(own, failureResponse(request, messageOf(error)));
  }
}

const isPage = ({ "content-type": type = "" }: Headers): boolean => type.startsWith("text/html");

const barred = (page: Uint8Array, own: OwnPages): Uint8Array =>
  new TextEncoder().encode(own.addBar(new TextDecoder().decode(page)));

/** A message, too, goes away when what it says holds no more. */
function withBarOf(own: OwnPages | undefined, response: Response): Response {
  if (!own || !isPage(response.headers) || response.body.length === 0) return response;
  const body = barred(response.body, own);
  return { ...response, headers: { ...response.headers, "content-length": String(body.length) }, body };
}

const toFeeds = ({ base }: Edge): Response => {
  return { status: 302, headers: { location: encodePath(base), "cache-control": "no-cache" }, body: new Uint8Array() };
};

/** A key that is not valid in the store has no object. */
async function read(store: Store, key: string): Promise<StoredObject | undefined> {
  try {
    const object = await store.get(key);
    return object === "unchanged" ? undefined : object;
  } catch (error) {
    if (error instanceof StoreUnreadable) return undefined;
    throw error;
  }
}

/** What the page at the address shows now; see `tagIn`. */
export async function tagAt(address: string, served: Served | string, own: OwnPages | undefined): Promise<string> {
  const headers = { "sec-fetch-dest": "document", accept: "text/html" };
  const { body } = await answer({ method: "GET", ...splitTarget(address), headers }, served, own);
  return tagIn(new TextDecoder().decode(body));
}

export function splitTarget(url: string): Pick<EdgeRequest, "path" | "query"> {
  const at = url.indexOf("?");
  return { path: at < 0 ? url : url.slice(0, at), query: at < 0 ? "" : url.slice(at + 1) };
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
