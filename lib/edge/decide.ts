/**
 * Request → decision: a pure function, the same at the CDN's edge and in the preview.
 *
 * CloudFront's runtime 2.0 is ECMAScript 5.1 with what its documentation lists beside: const, let, arrows, templates, a few
 * methods; no destructuring, no spread, no `for … of`, no `Map`, no `URL`, no `normalize`, no lookbehind. What is
 * "written for the CDN's runtime" does without; esbuild converts the syntax that it can.
 */
import { decodePath, encodePath, isKey, isUrl, paramsOf } from "./address.ts";
import { aliasAt, GONE, MOVED, patternAt, renamedKey } from "./aliases.ts";
import { type Edge, FEEDS, fileIn, folderAt, hasPage, isOwnKey, nameOf, PAGE, splitKey } from "./folders.ts";
import { asksRaw, type Headers, headersOf, isPerson } from "./headers.ts";

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
  /** `isShown`: a browser is to display it. */
  | { readonly kind: "serve"; readonly key: string; readonly isShown: boolean; readonly headers: Headers }
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
 * that the owner names; aliases without `*`; renamed channels, since the owner says so; the folders of tags, categories and so
 * on, which may hold any name; aliases with `*`; and then any other object of the store, copies for aliases among them.
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
  const home = below(path, edge.home);

  const ours = (isBelow: boolean): Decision | undefined =>
    key === undefined ? undefined : ownDecision(key, isBelow, request, edge);
  const alias = (valueAt: (place: string) => string | undefined): Decision | undefined => {
    const value = (key === undefined ? undefined : valueAt(key)) || (home === undefined ? undefined : valueAt(home));
    return value ? aliasDecision(value, request, edge) : undefined;
  };
  const renamed = key === undefined ? undefined : renamedKey(key, edge);

  return (
    alias((place) => patternAt(edge.patterns, place, params, true)) ||
    (`${path}/` === edge.base ? redirect(edge.base, request, edge) : undefined) ||
    ours(false) ||
    alias((place) => aliasAt(edge.aliases, place)) ||
    (renamed === undefined ? undefined : redirect(edge.base + renamed, request, edge)) ||
    ours(true) ||
    alias((place) => patternAt(edge.patterns, place, params, false)) ||
    otherDecision(key, home, request, edge) ||
    refuse(404, `nothing is published at ${path}`, {})
  );
}

/** For an address in a channel's folder, if a document can be there. */
function ownDecision(key: string, isBelow: boolean, request: EdgeRequest, edge: Edge): Decision | undefined {
  const at = splitKey(key);
  const folder = folderAt(at.folder, edge);
  const file = at.file || nameOf(PAGE, edge);
  if (folder && folder.isBelow === isBelow && fileIn(folder, file, edge)) return serve(at.folder + file, request, edge);
  const withSlash = at.file === "" ? undefined : folderAt(`${key}/`, edge);
  if (!withSlash || !hasPage(withSlash) || withSlash.isBelow !== isBelow) return undefined;
  return redirect(`${edge.base}${key}/`, request, edge);
}

/** Any object of the store below the feeds' URL; and a copy for an alias, also below the site's own, where it is no document. */
function otherDecision(
  key: string | undefined,
  home: string | undefined,
  request: EdgeRequest,
  edge: Edge,
): Decision | undefined {
  let other = key === undefined ? "" : key + (/(?:^|\/)$/.test(key) ? INDEX : "");
  if (edge.hasCopies) {
    if (key !== undefined) other = copyKey(key);
    // One of the two may be a folder of the other: the inner one counts.
    const isInner = home && (key === undefined || home.length < key.length);
    if (home && isInner && !isOwnKey(copyKey(home), edge)) other = copyKey(home);
  }
  return isKey(other) ? serve(other, request, edge) : undefined;
}

/** What is at the address of a folder that no channel publishes in. */
const INDEX = "index.html";

/**
 * Where the copy for an alias is: at its path, or without an extension, since a folder cannot hold both `feed` and `feed/atom`,
 * in a folder of that name. Hidden files, such as those below `.well-known/`, are what they are called.
 */
export function copyKey(path: string): string {
  const bare = path.replace(/\/$/, "");
  if (/(?:^|\/)\./.test(bare) || splitKey(bare).file.indexOf(".") !== -1) return bare;
  return bare === "" ? INDEX : `${bare}/${INDEX}`;
}

/** A person who opens a feed in a browser gets its page, or sees the feed; feed readers get the feed. */
function serve(key: string, request: EdgeRequest, edge: Edge): Decision {
  const at = splitKey(key);
  const folder = folderAt(at.folder, edge);
  const isRaw = asksRaw(request.query);
  const isShown = isRaw || isPerson(request.headers);
  const file = fileIn(folder, at.file, edge);
  const shown =
    isShown && !isRaw && hasPage(folder) && file && FEEDS.indexOf(file) >= 0 ? at.folder + nameOf(PAGE, edge) : key;
  return { kind: "serve", key: shown, isShown, headers: headersOf(shown, isShown, edge) };
}

/** For an alias: its document, and for a retired address a redirect to where it has moved, or 410. */
function aliasDecision(value: string, request: EdgeRequest, edge: Edge): Decision {
  const caching = { "cache-control": edge.cacheControl, "access-control-allow-origin": "*" };
  if (value === GONE) return refuse(410, "this feed has ended, and is gone for good", caching);
  const given = value.slice(1);
  const target = renamedKey(given, edge) || given;
  if (value.charAt(0) !== MOVED) return serveAlias(target, request, edge);
  const location = isUrl(target) ? target : locationOf(edge.base + target);
  return { kind: "redirect", status: 301, headers: { location, "cache-control": edge.cacheControl } };
}

/** A person is redirected to the page instead: its relative links work only at its own address. */
function serveAlias(key: string, request: EdgeRequest, edge: Edge): Decision {
  const decision = serve(key, request, edge);
  if (decision.kind !== "serve" || decision.key === key) return decision;
  const location = locationOf(edge.base + decision.key);
  const headers = { location, "cache-control": edge.cacheControl, vary: "Sec-Fetch-Dest" };
  return { kind: "redirect", status: 302, headers };
}

function redirect(path: string, request: EdgeRequest, edge: Edge): Decision {
  const location = locationOf(path) + (request.query === "" ? "" : `?${request.query}`);
  return { kind: "redirect", status: 301, headers: { location, "cache-control": edge.cacheControl } };
}

/** A page is addressed by its folder. */
const locationOf = (path: string): string => encodePath(path).replace(/\/index\.html$/, "/");

function refuse(status: RefusalStatus, reason: string, headers: Headers): Decision {
  return { kind: "refuse", status, reason, headers };
}

/** The rest of a path below a folder, which may itself be written without its slash. */
function below(path: string, folder: string): string | undefined {
  if (`${path}/` === folder) return "";
  return path.slice(0, folder.length) === folder ? path.slice(folder.length) : undefined;
}
