/** The address of a request → what it asked for, by the very function that answers it at the edge. */
import { decodePath, encodePath } from "../../edge/address.ts";
import { type Decision, decide } from "../../edge/decide.ts";
import type { Copy } from "../../edge/edge.ts";
import { edgeOf } from "../../edge/edge.ts";
import { type Edge, FEEDS, fileIn, folderAt, isOwnKey, PAGE, splitKey } from "../../edge/folders.ts";
import { rulesOf } from "../../edge/rules.ts";
import type { Format } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import type { Recording, Target } from "../types.ts";
import { addressOf, isImpersonal } from "./addresses.ts";

/** In the order of `FEEDS`. */
const FORMATS: readonly Format[] = ["rss", "atom", "json"];

/** In characters: no document, file or former address has as many. */
const LONGEST_PATH = 2_000;

const ARCHIVES = "archive/";

const OTHER: Target = { kind: "other" };

export interface Targets {
  readonly site: Site;
  readonly recordings: readonly Recording[];
  /** The channel that publishes the document at a path; none where no channel does, though a server may answer for any. */
  readonly channelAt: (path: string) => string | undefined;
  /** Documents that the public store has a second time, for aliases. */
  readonly copies: readonly Copy[];
}

/** `path` and `query` as in a `LogRequest`. Addresses in targets are decoded and have no slash at their start. */
export function targetsOf({ site, recordings, channelAt, copies }: Targets): (path: string, query: string) => Target {
  const edge = edgeOf(site);
  const files = new Map<string, Target>();
  for (const recording of recordings) {
    for (const [file, { path }] of recording.files.entries()) files.set(path, { kind: "recording", recording, file });
  }
  const originals = new Map(copies.map(({ path, of }) => [path, of]));

  const declared = declaredIn(site);
  /** What may be named in counts. */
  const namedAddress = (address: string | undefined) =>
    address !== undefined && (declared.has(address.replace(/\/(?=$|\?)/, "")) || isImpersonal(address))
      ? address
      : undefined;

  return (path, query) => {
    if (path.length > LONGEST_PATH) return OTHER;
    const asked = decodePath(path)?.slice(1);
    if (asked === undefined) return OTHER;
    const recording = files.get(asked);
    if (recording) return recording;
    const decision = decide({ method: "GET", path, query, headers: {} }, edge);
    const address = namedAddress(addressOf(path, query));
    if (decision.kind === "redirect") return redirected(decision, path, address);
    if (decision.kind === "refuse" && decision.status === 410) return retired(address);
    // Where feeds are served below a folder, some logs have the key instead, which the edge asked the store for.
    const key = decision.kind === "serve" ? decision.key : isOwnKey(asked, edge) ? asked : undefined;
    if (key === undefined) return OTHER;
    const isKey = asked === key;
    const isOwn = isKey || `/${asked}` === edge.base + key || `/${asked}` === edge.base + splitKey(key).folder;
    const document = originals.get(key) ?? key;
    return documentAt(document, isOwn && !originals.has(key) ? undefined : address, channelAt, edge);
  };
}

/** Whether there is anything at a former address, by what site.yaml says now: a document, a list, an archive, or where it has moved to. */
export function servedBy(site: Site, channelAt: Targets["channelAt"]): (address: string) => boolean {
  const edge = edgeOf(site);
  return (address) => {
    const [path = "", query = ""] = address.split("?");
    const decision = decide({ method: "GET", path: `/${encodePath(path)}`, query, headers: {} }, edge);
    if (decision.kind !== "serve")
      return decision.kind === "redirect" || (decision.kind === "refuse" && decision.status === 410);
    const { folder } = splitKey(decision.key);
    const isList = folder === "" && isOwnKey(decision.key, edge);
    return isList || channelAt(decision.key) !== undefined || folder.startsWith(ARCHIVES);
  };
}

/** A folder without its slash is no former address: its page is asked for next. */
function redirected(
  decision: Decision & { readonly kind: "redirect" },
  path: string,
  address: string | undefined,
): Target {
  const [location = ""] = (decision.headers["location"] ?? "").split("?");
  return location === `${path}/` ? OTHER : retired(address);
}

const retired = (address: string | undefined): Target => (address === undefined ? OTHER : { kind: "retired", address });

/** Former addresses that stand in site.yaml, without patterns: what fits a pattern anybody can make up. */
function declaredIn(site: Site): ReadonlySet<string> {
  const literal = rulesOf(site).filter(({ path }) => !path.includes("*"));
  return new Set(literal.map(({ path, query }) => (query === "" ? path : `${path}?${query}`)));
}

function documentAt(key: string, alias: string | undefined, channelAt: Targets["channelAt"], edge: Edge): Target {
  const { folder, file } = splitKey(key);
  const found = fileIn(folderAt(folder, edge), file, edge);
  const format = found && FORMATS[FEEDS.indexOf(found)];
  const channel = channelAt(key);
  // Whoever follows a feed reads its archives, too, and is no further subscriber.
  if (channel === undefined || folder.startsWith(ARCHIVES)) return OTHER;
  if (format) return { kind: "feed", channel, format, ...(alias === undefined ? {} : { alias }) };
  return found === PAGE ? { kind: "page", channel } : OTHER;
}
