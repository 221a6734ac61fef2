/**
 * What answers a request: one pure function, the same at the CDN's edge and in the preview.
 *
 * CloudFront's runtime is ECMAScript 5.1 with some of what came later (const, let, arrows, templates): no destructuring,
 * no spread, no `for … of`, no `Map`, no `URL`, no lookbehind. So this file and `address.ts` are written without them.
 */
import type { Format } from "../model.ts";
import { aliasTarget, decodePath, type EdgeAlias, encodePath, isKey, isUrl, paramsOf } from "./address.ts";

export interface EdgeRequest {
  readonly method: string;
  /** As it was sent, percent-encoded, from its first slash on. */
  readonly path: string;
  /** As it was sent, without its `?`. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: { readonly [name: string]: string | undefined };
}

/** Where channels publish. */
export interface EdgeFolder {
  /** Of the public store: empty, or ending with a slash. */
  readonly path: string;
  /** Not this folder is meant, but every one below it. */
  readonly below: boolean;
  readonly formats: readonly Format[];
  readonly hasPage: boolean;
}

/** What the edge knows of the site: plain data, made by `edgeOf`. */
export interface Edge {
  /** The URL at which the public store is served. */
  readonly feeds: string;
  /** Its path, decoded, from the first slash to the last. */
  readonly base: string;
  /** The path of the site itself, below which its former feeds lay. */
  readonly home: string;
  readonly hubs: readonly string[];
  readonly cacheControl: string;
  readonly folders: readonly EdgeFolder[];
  readonly aliases: readonly EdgeAlias[];
}

export interface Headers {
  readonly [name: string]: string;
}

export type Decision =
  | { readonly kind: "serve"; readonly key: string; readonly headers: Headers }
  | { readonly kind: "redirect"; readonly status: 301 | 302; readonly headers: Headers }
  | { readonly kind: "refuse"; readonly status: Refusal; readonly words: string; readonly headers: Headers }
  /** To a browser that asks first whether a page may ask (Fetch §3.2.6). */
  | { readonly kind: "allow"; readonly status: 204; readonly headers: Headers };

type Refusal = 400 | 404 | 405 | 410;

interface FormatOnTheWire {
  readonly format: Format;
  readonly file: string;
  readonly type: string;
  /** A type that browsers show rather than save. */
  readonly shown: string;
}

const FEEDS: readonly FormatOnTheWire[] = [
  { format: "rss", file: "rss.xml", type: "application/rss+xml", shown: "application/xml" },
  { format: "atom", file: "atom.xml", type: "application/atom+xml", shown: "application/xml" },
  { format: "json", file: "feed.json", type: "application/feed+json", shown: "application/json" },
];

const PAGE = "index.html";

/** What else lies in the site's own folder. */
const DISCOVERY: { readonly [file: string]: string | undefined } = {
  "feeds.opml": "text/x-opml",
  "feeds.json": "application/json",
  "autodiscovery.html": "text/html",
};

/** Readers that live in browsers ask with `If-None-Match`, and are kept from it until they are told that they may. */
const ALLOWED: Headers = {
  allow: "GET, HEAD, OPTIONS",
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, HEAD",
  "access-control-allow-headers": "*",
  "access-control-max-age": "86400",
};

/**
 * An alias never hides a document, though nobody can look from here: the more exactly an address is named, the more it
 * counts. First an alias with a query, since no document has one; then the folders of the site and of the channels that
 * the owner names; then aliases without `*`; then the folders of tags, categories and the like, which may hold anything;
 * then aliases with `*`; and last whatever else lies in the store.
 *
 * The document that an alias means is served at the old address itself, with status 200. Old readers exist that follow no
 * redirect, a permanent one could never be taken back from those that do, and every poll would cost a second request.
 * Where the feed lives now is told by its own `self` link and the `Link` header, for those that care.
 */
export function decide(request: EdgeRequest, edge: Edge): Decision {
  if (request.method === "OPTIONS") return { kind: "allow", status: 204, headers: ALLOWED };
  if (request.method !== "GET" && request.method !== "HEAD") {
    return refuse(405, "feeds are read with GET or HEAD", { allow: "GET, HEAD, OPTIONS" });
  }
  const path = decodePath(request.path);
  if (path === undefined) return refuse(400, "this is no address: it is not escaped as addresses are", {});
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
            return target === undefined ? undefined : former(each, target, request, edge);
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

/** For an address in the folders of channels, if it is one of those that can be there. */
function ownDecision(key: string, isBelow: boolean, request: EdgeRequest, edge: Edge): Decision | undefined {
  const at = cut(key);
  const folder = folderAt(at.folder, edge);
  if (folder && folder.below === isBelow) {
    if (feedIn(folder, at.file) || (folder.path === "" && DISCOVERY[at.file] !== undefined))
      return serve(key, request, edge);
    if (folder.hasPage && (at.file === "" || at.file === PAGE)) return serve(at.folder + PAGE, request, edge);
  }
  const meant = at.file === "" ? undefined : folderAt(`${key}/`, edge);
  if (!meant?.hasPage || meant.below !== isBelow) return undefined;
  return redirect(`${edge.base}${key}/`, request, edge);
}

/** A person who opens a feed in a browser gets its page; a feed reader, and whoever asks for `?raw`, the feed. */
function serve(key: string, request: EdgeRequest, edge: Edge): Decision {
  const at = cut(key);
  const folder = folderAt(at.folder, edge);
  const isRaw = asksRaw(request.query);
  const isPerson = request.headers["sec-fetch-dest"] === "document" && !isRaw;
  const shown = isPerson && folder?.hasPage && feedIn(folder, at.file) ? at.folder + PAGE : key;
  return { kind: "serve", key: shown, headers: headersOf(shown, isRaw, edge) };
}

/** What a former address gives: the document it means, where that has moved to, or that it is gone for good. */
function former(alias: EdgeAlias, target: string, request: EdgeRequest, edge: Edge): Decision {
  const caching = { "cache-control": edge.cacheControl, "access-control-allow-origin": "*" };
  if (alias.as === 410) return refuse(410, "this feed has ended, and is gone for good", caching);
  if (alias.as !== 301) return serveElsewhere(target, request, edge);
  const location = isUrl(target) ? target : encodePath(edge.base + target).replace(/(^|\/)index\.html$/, "$1");
  return { kind: "redirect", status: 301, headers: { location, "cache-control": caching["cache-control"] } };
}

/** At an address of a former system. A page is told by its links where it lies, so a person is sent there. */
function serveElsewhere(key: string, request: EdgeRequest, edge: Edge): Decision {
  const decision = serve(key, request, edge);
  if (decision.kind !== "serve" || decision.key === key) return decision;
  const location = encodePath(edge.base + cut(key).folder);
  const headers = { location, "cache-control": edge.cacheControl, vary: "Sec-Fetch-Dest" };
  return { kind: "redirect", status: 302, headers };
}

export const asksRaw = (query: string): boolean => paramsOf(query).some((param) => /^raw(?:=|$)/.test(param));

/**
 * The headers of an answer, from what is served alone: at the edge they are set when the store has answered, and the
 * address that was asked for is no longer known. Feeds name themselves and their hubs (WebSub §4), pages their feeds.
 */
export function headersOf(key: string, isRaw: boolean, edge: Edge): Headers {
  const at = cut(key);
  const folder = folderAt(at.folder, edge);
  const headers: { [name: string]: string } = {
    "cache-control": edge.cacheControl,
    // Feeds are for everybody: readers live in browsers too.
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "ETag, Link",
    "x-content-type-options": "nosniff",
  };
  if (!folder) return headers;
  const feed = feedIn(folder, at.file);
  const isPage = at.file === PAGE && folder.hasPage;
  const type = feed
    ? isRaw
      ? feed.shown
      : feed.type
    : isPage
      ? "text/html"
      : folder.path === "" && DISCOVERY[at.file];
  if (type) headers["content-type"] = `${type}; charset=utf-8`;
  // Of both, since which of the two an address gives depends on it.
  if (folder.hasPage && (feed || isPage)) headers["vary"] = "Sec-Fetch-Dest";
  if (feed) {
    const self = [linkTo(urlOf(key, edge), "self")];
    headers["link"] = self.concat(edge.hubs.map((hub) => linkTo(hub, "hub"))).join(", ");
  } else if (isPage) {
    headers["link"] = FEEDS.filter((each) => feedIn(folder, each.file))
      .map((each) => `${linkTo(urlOf(at.folder + each.file, edge), "alternate")}; type="${each.type}"`)
      .join(", ");
  }
  return headers;
}

const urlOf = (key: string, edge: Edge): string => edge.feeds + encodePath(key);
const linkTo = (url: string, rel: string): string => `<${url}>; rel="${rel}"`;

function redirect(path: string, request: EdgeRequest, edge: Edge): Decision {
  const location = encodePath(path) + (request.query === "" ? "" : `?${request.query}`);
  return { kind: "redirect", status: 301, headers: { location, "cache-control": edge.cacheControl } };
}

/** Where a person who is lost can begin. */
export function entranceOf(edge: Edge): string {
  const folder = folderAt("", edge);
  const feed = FEEDS.filter((each) => folder && feedIn(folder, each.file))[0];
  return folder?.hasPage || !feed ? edge.feeds : urlOf(feed.file, edge);
}

function refuse(status: Refusal, words: string, headers: Headers): Decision {
  return { kind: "refuse", status, words, headers };
}

/** What is left of a path below a folder; the folder itself is meant without its slash too. */
function below(path: string, folder: string): string | undefined {
  if (`${path}/` === folder) return "";
  return path.slice(0, folder.length) === folder ? path.slice(folder.length) : undefined;
}

function cut(key: string): { readonly folder: string; readonly file: string } {
  const end = key.lastIndexOf("/") + 1;
  return { folder: key.slice(0, end), file: key.slice(end) };
}

/** No slug has a dot in it, so that `tags/x/index.xml` is some file and no folder that lost its slash. */
function folderAt(path: string, edge: Edge): EdgeFolder | undefined {
  const isAt = (folder: EdgeFolder) => !folder.below && folder.path === path;
  const isBelow = (folder: EdgeFolder) => {
    const rest = path.slice(folder.path.length);
    return (
      folder.below &&
      path.slice(0, folder.path.length) === folder.path &&
      rest !== "" &&
      rest.indexOf(".") < 0 &&
      !/^\/|\/\//.test(rest)
    );
  };
  return edge.folders.filter(isAt)[0] || edge.folders.filter(isBelow)[0];
}

const feedIn = (folder: EdgeFolder, file: string): FormatOnTheWire | undefined =>
  FEEDS.filter((feed) => feed.file === file && folder.formats.indexOf(feed.format) >= 0)[0];

function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  let found: R | undefined;
  items.some((item) => {
    found = find(item);
    return found !== undefined;
  });
  return found;
}
