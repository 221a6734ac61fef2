/** Every address below `/write/`: who answers it, by which methods, and how large a body may be. */
import { ADDRESSES, DIRECT_BYTES, TEXT_BYTES, WRITING } from "../base/writing.ts";

export type WritingPart = "page" | "signIn" | "micropub" | "media";
export type WritingMethod = "GET" | "POST" | "PUT" | "DELETE";

export interface Route {
  /** A whole path, or the beginning of paths, which ends with a slash. */
  readonly path: string;
  readonly methods: { readonly [method in WritingMethod]?: WritingPart };
  /** Bytes of a body, at most; that of PUT, a part of a large file, is left to who answers it, to be written as it comes. */
  readonly limit: number;
  /** Pages of other origins may ask: apps in browsers do, with a token and without our cookie. */
  readonly isShared: boolean;
}

/** A sign-in, a code, a query. */
const SMALL = 64 * 1024;
const route = (
  path: string,
  methods: Route["methods"],
  { limit = SMALL, isShared = false }: Partial<Pick<Route, "limit" | "isShared">> = {},
): Route => ({ path, methods, limit, isShared });

const SHARED = { isShared: true } as const;

/** The first that fits is taken. */
const ROUTES: readonly Route[] = [
  route(ADDRESSES.micropub, { GET: "micropub", POST: "micropub" }, { ...SHARED, limit: DIRECT_BYTES }),
  route(ADDRESSES.check, { POST: "micropub" }, { ...SHARED, limit: TEXT_BYTES }),
  route(ADDRESSES.media, { GET: "media", POST: "media" }, { ...SHARED, limit: DIRECT_BYTES }),
  route(ADDRESSES.uploads, { POST: "media" }),
  route(`${ADDRESSES.uploads}/`, { GET: "media", POST: "media", PUT: "media", DELETE: "media" }),
  route(ADDRESSES.session, { GET: "signIn", DELETE: "signIn" }),
  route(`${ADDRESSES.session}/`, { POST: "signIn" }),
  route(ADDRESSES.access, { GET: "signIn" }),
  route(`${ADDRESSES.access}/`, { DELETE: "signIn" }),
  route(ADDRESSES.codes, { POST: "signIn" }),
  route(ADDRESSES.metadata, { GET: "signIn" }, SHARED),
  route(ADDRESSES.authorization, { GET: "page", POST: "signIn" }, SHARED),
  route(`${ADDRESSES.authorization}/`, { GET: "signIn", POST: "signIn" }),
  route(ADDRESSES.token, { POST: "signIn" }, SHARED),
  route(ADDRESSES.introspection, { POST: "signIn" }, SHARED),
  route(ADDRESSES.revocation, { POST: "signIn" }, SHARED),
  route(ADDRESSES.authors, { GET: "signIn" }, SHARED),
];

/** The page and its few files. */
const PAGE = route(ADDRESSES.page, { GET: "page" });

/** `undefined` for an address that is not of writing. */
export function routeOf(path: string): Route | undefined {
  if (!path.startsWith(WRITING)) return undefined;
  const found = ROUTES.find((each) => (each.path.endsWith("/") ? path.startsWith(each.path) : path === each.path));
  return found ?? PAGE;
}

/** In the order in which `Allow` names them. */
export const methodsOf = ({ methods }: Route): readonly string[] => [
  ...Object.keys(methods).flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])),
  "OPTIONS",
];

/** The route in place of the path, for logs: what is below it may be a name that is nobody else's business. */
export const shownPath = (path: string, { path: known }: Route): string => (path === known ? path : `${known}…`);
