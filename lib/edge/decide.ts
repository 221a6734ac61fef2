/**
 * Request → decision: a pure function, the same at the CDN's edge and in the preview.
 *
 * CloudFront's runtime is ECMAScript 5.1 with a few later features (const, let, arrows, templates): no destructuring, no
 * spread, no `for … of`, no `Map`, no `URL`, no lookbehind. This file, `address.ts`, `folders.ts` and `headers.ts` do without.
 */
import { aliasTarget, decodePath, type EdgeAlias, encodePath, isKey, isUrl, paramsOf } from "./address.ts";
import { DISCOVERY, type Edge, feedIn, folderAt, PAGE, splitKey } from "./folders.ts";
import { asksRaw, type Headers, headersOf } from "./headers.ts";

export interface EdgeRequest {
  readonly method: string;
  /** As sent: percent-encoded, from the first slash. */
  readonly path: string;
  /** As sent, without the `?`. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string | undefined };
}

export type Decision =
  | { readonly kind: "serve"; readonly key: string; readonly headers: Headers }
  | { readonly kind: "redirect"; readonly status: 301 | 302; readonly headers: Headers }
  | { readonly kind: "refuse"; readonly status: RefusalStatus; readonly reason: string; readonly headers: Headers }
  /** To a browser's CORS-preflight request (Fetch standard). */
  | { readonly kind: "allow"; readonly status: 204; readonly headers: Headers };

type RefusalStatus = 400 | 404 | 405 | 410;

/** Readers that run in browsers send `If-None-Match`, which needs a preflight. */
const ALLOWED: Headers = {
  allow: "GET, HEAD, OPTIONS",
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, HEAD",
  "access-control-allow-headers": "*",
  "access-control-max-age": "86400",
};

/**
 * An alias must never hide a document, and the edge cannot see what the store holds. So the more exactly a rule names an
 * address, the earlier it applies: aliases with a query, which no document has; the folders of the site and of the channels
 * that the owner names; aliases without `*`; the folders of tags, categories and so on, which may hold any name; aliases with
 * `*`; and then any other object of the store.
 *
 * The document of an alias is served at the old address itself, with status 200. Some old readers follow no redirect, a
 * permanent redirect could never be taken back from those that do, and every poll would cost a second request. The feed's
 * `self` link and the `Link` header name its present address.
 */
export function decide(request: EdgeRequest, edge: Edge): Decision {
  if (request.method === "OPTIONS") return { kind: "allow", status: 204, headers: ALLOWED };
  if (request.method !== "GET" && request.method !== "HEAD") {
    return refuse(405, "feeds are read with GET or HEAD", { allow: "GET, HEAD, OPTIONS" });
  }
  const path = decodePath(request.path);
  if (path === undefined) return refuse(400, "the address is malformed, or not encoded as addresses are", {});
  const params = paramsOf(request.query);
  const key = below(path, edge.base);
  const places = [key, below(path, edge.home)];

  const ours = (isBelow: boolean): Decision | undefined =>
    key === undefined ? undefined : ownDecision(key, isBelow, request, edge);
  const alias = (isMeant: (alias: EdgeAlias) => boolean): Decision | undefined =>
    first(places, (place) =>
      place === undefined
        ? undefined
        : first(edge.aliases, (each) => {
            const target = isMeant(each) ? aliasTarget(each, place, params) : undefined;
            return target === undefined ? undefined : aliasDecision(each, target, request, edge);
          }),
    );

  const decision =
    alias((each) => each.query.length > 0) ||
    (`${path}/` === edge.base ? redirect(edge.base, request, edge) : undefined) ||
    ours(false) ||
    alias((each) => each.query.length === 0 && each.path.indexOf("*") < 0) ||
    ours(true) ||
    alias((each) => each.query.length === 0 && each.path.indexOf("*") >= 0);
  if (decision) return decision;
  const file = key === undefined ? "" : key + (/(?:^|\/)$/.test(key) ? PAGE : "");
  return isKey(file) ? serve(file, request, edge) : refuse(404, `nothing is published at ${path}`, {});
}

/** For an address in a channel's folder, if a document can be there. */
function ownDecision(key: string, isBelow: boolean, request: EdgeRequest, edge: Edge): Decision | undefined {
  const at = splitKey(key);
  const folder = folderAt(at.folder, edge);
  if (folder && folder.below === isBelow) {
    if (feedIn(folder, at.file) || (folder.path === "" && DISCOVERY[at.file] !== undefined))
      return serve(key, request, edge);
    if (folder.hasPage && (at.file === "" || at.file === PAGE)) return serve(at.folder + PAGE, request, edge);
  }
  const withSlash = at.file === "" ? undefined : folderAt(`${key}/`, edge);
  if (!withSlash?.hasPage || withSlash.below !== isBelow) return undefined;
  return redirect(`${edge.base}${key}/`, request, edge);
}

/** A person who opens a feed in a browser gets its page; feed readers, and requests with `?raw`, get the feed. */
function serve(key: string, request: EdgeRequest, edge: Edge): Decision {
  const at = splitKey(key);
  const folder = folderAt(at.folder, edge);
  const isRaw = asksRaw(request.query);
  const isPerson = request.headers["sec-fetch-dest"] === "document" && !isRaw;
  const shown = isPerson && folder?.hasPage && feedIn(folder, at.file) ? at.folder + PAGE : key;
  return { kind: "serve", key: shown, headers: headersOf(shown, isRaw, edge) };
}

/** For an alias: its document, and for a retired address a redirect to where it has moved, or 410. */
function aliasDecision(alias: EdgeAlias, target: string, request: EdgeRequest, edge: Edge): Decision {
  const caching = { "cache-control": edge.cacheControl, "access-control-allow-origin": "*" };
  if (alias.as === 410) return refuse(410, "this feed has ended, and is gone for good", caching);
  if (alias.as !== 301) return serveAlias(target, request, edge);
  const location = isUrl(target) ? target : encodePath(edge.base + target).replace(/(^|\/)index\.html$/, "$1");
  return { kind: "redirect", status: 301, headers: { location, "cache-control": caching["cache-control"] } };
}

/** A person is redirected to the page instead: its relative links work only at its own address. */
function serveAlias(key: string, request: EdgeRequest, edge: Edge): Decision {
  const decision = serve(key, request, edge);
  if (decision.kind !== "serve" || decision.key === key) return decision;
  const location = encodePath(edge.base + splitKey(key).folder);
  const headers = { location, "cache-control": edge.cacheControl, vary: "Sec-Fetch-Dest" };
  return { kind: "redirect", status: 302, headers };
}

function redirect(path: string, request: EdgeRequest, edge: Edge): Decision {
  const location = encodePath(path) + (request.query === "" ? "" : `?${request.query}`);
  return { kind: "redirect", status: 301, headers: { location, "cache-control": edge.cacheControl } };
}

function refuse(status: RefusalStatus, reason: string, headers: Headers): Decision {
  return { kind: "refuse", status, reason, headers };
}

/** The rest of a path below a folder, which may itself be written without its slash. */
function below(path: string, folder: string): string | undefined {
  if (`${path}/` === folder) return "";
  return path.slice(0, folder.length) === folder ? path.slice(folder.length) : undefined;
}

function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  let found: R | undefined;
  items.some((item) => {
    found = find(item);
    return found !== undefined;
  });
  return found;
}
