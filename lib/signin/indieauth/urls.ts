/** Addresses of apps: which can be a `client_id`, and which a `redirect_uri`. */

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

/** As it was written: the parser corrects `https:host` and `https:///host`, but to a browser the first is relative to its page. */
const isWhole = (text: string): boolean => /^https?:\/\/[^/]/i.test(text);

/** The form in which a `client_id` is kept and compared, since apps write one address in several ways. */
export const writtenClientId = (text: string): string => parseClientId(text)?.href ?? text;

/** As it was written: the parser removes `..`, together with the name before it. */
const hasDots = (text: string): boolean =>
  /\/(?:\.|%2e){1,2}(?:\/|$)/i.test(text.replace(/[?#].*/s, "").replace(/^[^:]*:\/\/[^/]*/, ""));

/** Of a parsed host, in which hexadecimal, octal and short addresses have become dotted ones. A name without a dot is no public one. */
const isAddress = (hostname: string): boolean =>
  hostname.startsWith("[") || /^[\d.]+$/.test(hostname) || !hostname.includes(".");

/** Schemes that lead to no app: a browser handles them itself, some in the name of the page that links there. */
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

/** Whether scheme, host and port are the app's: then it need not publish the address (https://indieauth.spec.indieweb.org/#redirect-url). */
export const isOfClient = (redirect: URL, client: URL): boolean =>
  /^https?:$/.test(redirect.protocol) && redirect.origin === client.origin;

/** The address with parameters added to its query, and not changed otherwise, since an app may compare it. */
export function withQuery(redirect: string, parameters: { readonly [name: string]: string }): string {
  const query = new URLSearchParams(parameters).toString();
  const joint = redirect.includes("?") ? (/[?&]$/.test(redirect) ? "" : "&") : "?";
  return `${redirect}${joint}${query}`;
}
