/**
 * Reads the document at an app's address, which a stranger chose: over https alone, from a public address alone, which is
 * resolved once and then connected to, so that no second answer of its name server counts; without following redirects.
 */
import type { LookupAddress } from "node:dns";
import { lookup as lookupName } from "node:dns/promises";
import type { ClientRequest, IncomingMessage } from "node:http";
import { type RequestOptions, request as requestHttps } from "node:https";
import { isIP } from "node:net";
import { readAll } from "../../base/bytes.ts";
import { forLog } from "../forlog.ts";
import { isPublicAddress } from "./addresses.ts";
import type { ClientDocument, FetchClient } from "./types.ts";

/** The time for all of it, from looking up the name to the last byte. */
const MS = 5_000;
const MAX_BYTES = 256_000;

/** As `request` of `node:https`. */
export type AskServer = (options: RequestOptions, respond: (response: IncomingMessage) => void) => ClientRequest;

export interface ClientFetching {
  /** Every address of a name. */
  readonly lookup?: (hostname: string) => Promise<readonly LookupAddress[]>;
  readonly request?: AskServer;
  readonly log: (line: string) => void;
  /** Milliseconds. */
  readonly timeout?: number;
}

const lookupAll = (hostname: string): Promise<readonly LookupAddress[]> => lookupName(hostname, { all: true });

/** Never throws: an app that cannot be read is known by its address. */
export function clientFetcher({
  lookup = lookupAll,
  request = requestHttps,
  log,
  timeout = MS,
}: ClientFetching): FetchClient {
  return async (client) => {
    const signal = AbortSignal.timeout(timeout);
    try {
      return await within(signal, read(client, { lookup, request, signal }));
    } catch (error) {
      log(`sign-in: ${forLog(client.href)} was not read: ${forLog((error as Error).message)}`);
      return undefined;
    }
  };
}

interface Reading {
  readonly lookup: (hostname: string) => Promise<readonly LookupAddress[]>;
  readonly request: AskServer;
  readonly signal: AbortSignal;
}

async function read(client: URL, { lookup, request, signal }: Reading): Promise<ClientDocument | undefined> {
  if (client.protocol !== "https:") throw new Error("it is not at an https address");
  // The parser of URLs has made dots of 0x7f000001, 017700000001 and 2130706433 by now.
  if (isIP(client.hostname.replace(/^\[|\]$/g, "")) !== 0) throw new Error("its host is a number");
  const addresses = await lookup(client.hostname);
  const [address] = addresses;
  if (!address || !addresses.every((each) => isPublicAddress(each.address))) {
    throw new Error("its host has no public address");
  }
  const response = await ask(request, signal, {
    host: client.hostname,
    servername: client.hostname,
    port: client.port || 443,
    path: client.pathname + client.search,
    headers: {
      accept: "application/json, text/html;q=0.9",
      "user-agent": "Dripfeed (IndieAuth)",
      "accept-encoding": "identity",
    },
    agent: false,
    // Whatever is asked for, this is connected to.
    lookup: (_hostname, { all }, callback) =>
      all ? callback(null, [address]) : callback(null, address.address, address.family),
  });
  if (response.statusCode !== 200) {
    response.destroy();
    throw new Error(`it answered ${response.statusCode}`);
  }
  const bytes = await readAll(response, { maxBytes: MAX_BYTES, tooLarge: (why) => new Error(why) });
  const { link } = response.headers;
  return {
    type: (response.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "",
    links: Array.isArray(link) ? link.join(", ") : link,
    text: new TextDecoder().decode(bytes),
  };
}

const ask = (request: AskServer, signal: AbortSignal, options: RequestOptions): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request({ ...options, signal }, resolve)
      .on("error", reject)
      .end();
  });

/** A look-up of a name takes no signal, and may never end. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new Error("it took too long")), { once: true });
    work.then(resolve, reject);
  });
}
