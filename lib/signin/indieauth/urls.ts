/** Addresses of apps: which may be one, and where an app may be answered. */

const LOOPBACK = new Set(["127.0.0.1", "[::1]", "localhost"]);

export const isLoopback = ({ hostname }: URL): boolean => LOOPBACK.has(hostname);

/**
 * The address by which an app names itself (https://indieauth.spec.indieweb.org/#client-identifier): https with the name of a
 * host, or the machine that the browser runs on; no dots in the path, no fragment, no user. The specification lets it be http elsewhere,
 * too; then anybody on the way could take the app's place.
 */
export function parseClientId(text: string): URL | undefined {
  if (!URL.canParse(text) || /[\s\\]/.test(text)) return undefined;
  const url = new URL(text);
  const isOnHost = url.protocol === "https:" && !isAddress(url.hostname);
  // As it is written: 2130706433 is 127.0.0.1, but nobody who is asked would know.
  const isHere = isLoopback(url) && /^https?:$/.test(url.protocol) && text.includes(`//${url.hostname}`);
  if (!(isOnHost || isHere) || url.username || url.password || text.includes("#")) return undefined;
  return isWhole(text) && !hasDots(text) ? url : undefined;
}

/** As it was written: parsers mend `https:host` and `https:///host`, and browsers take the first for an address of the page that leads there. */
const isWhole = (text: string): boolean => /^https?:\/\/[^/]/i.test(text);

/** As it is kept and compared: apps write one address in several ways. */
export const writtenClientId = (text: string): string => parseClientId(text)?.href ?? text;

/** As it was written: parsers take the dots away, with whatever stands before them. */
const hasDots = (text: string): boolean =>
  /\/(?:\.|%2e){1,2}(?:\/|$)/i.test(text.replace(/[?#].*/s, "").replace(/^[^:]*:\/\/[^/]*/, ""));

/** The parser of URLs has made dots and decimal numbers of hexadecimal, octal and short ones by now. */
const isAddress = (hostname: string): boolean =>
  hostname.startsWith("[") || /^[\d.]+$/.test(hostname) || !hostname.includes(".");

/** Schemes that a browser answers itself, in the name of the page that leads there. */
const NEVER = /^(?:javascript|data|vbscript|blob|file|filesystem|about|view-source|ws|wss|ftp):$/;

/** An address to which a person may be led back, as it was written. */
export function parseRedirect(text: string): URL | undefined {
  if (!URL.canParse(text) || /[\s\\#]|[^\x21-\x7e]/.test(text)) return undefined;
  const url = new URL(text);
  if (NEVER.test(url.protocol) || url.username || url.password) return undefined;
  if (url.protocol === "http:" && !isLoopback(url)) return undefined;
  const isOnWeb = /^https?:$/.test(url.protocol);
  return isOnWeb && (!isWhole(text) || hasDots(text)) ? undefined : url;
}

/** Scheme, host and port: then it is the app's without being published by it (https://indieauth.spec.indieweb.org/#redirect-url). */
export const isOfClient = (redirect: URL, client: URL): boolean =>
  /^https?:$/.test(redirect.protocol) && redirect.origin === client.origin;

/** With what is to be told added to its query, and nothing else of it changed: an app may compare. */
export function withQuery(redirect: string, parameters: { readonly [name: string]: string }): string {
  const query = new URLSearchParams(parameters).toString();
  const joint = redirect.includes("?") ? (/[?&]$/.test(redirect) ? "" : "&") : "?";
  return `${redirect}${joint}${query}`;
}
