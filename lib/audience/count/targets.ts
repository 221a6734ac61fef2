/** The address of a request → what it asked for, by the very function that answers it at the edge. */
import { keyOfFolder } from "../../channels/urls.ts";
import { decodePath } from "../../edge/address.ts";
import { type Decision, decide } from "../../edge/decide.ts";
import type { Copy } from "../../edge/edge.ts";
import { edgeOf } from "../../edge/edge.ts";
import { type Edge, FEEDS, fileIn, folderAt, isOwnKey, PAGE, splitKey } from "../../edge/folders.ts";
import type { Format } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import type { Recording, Target } from "../types.ts";
import { addressOf } from "./addresses.ts";

/** In the order of `FEEDS`. */
const FORMATS: readonly Format[] = ["rss", "atom", "json"];

/** In characters: no document, file or former address has as many. */
const LONGEST_PATH = 2_000;

const ARCHIVES = "archive/";

const OTHER: Target = { kind: "other" };

export interface Targets {
  readonly site: Site;
  readonly recordings: readonly Recording[];
  /** Whether a channel is published: a server may answer for any. */
  readonly isChannel: (key: string) => boolean;
  /** Documents that the public store has a second time, for aliases. */
  readonly copies: readonly Copy[];
}

/** `path` and `query` as in a `LogRequest`. Addresses in targets are decoded and have no slash at their start. */
export function targetsOf({ site, recordings, isChannel, copies }: Targets): (path: string, query: string) => Target {
  const edge = edgeOf(site);
  const files = new Map<string, Target>();
  for (const recording of recordings) {
    for (const [file, { path }] of recording.files.entries()) files.set(path, { kind: "recording", recording, file });
  }
  const originals = new Map(copies.map(({ path, of }) => [path, of]));

  return (path, query) => {
    if (path.length > LONGEST_PATH) return OTHER;
    const asked = decodePath(path)?.slice(1);
    if (asked === undefined) return OTHER;
    const recording = files.get(asked);
    if (recording) return recording;
    const decision = decide({ method: "GET", path, query, headers: {} }, edge);
    const address = addressOf(path, query) ?? "";
    if (decision.kind === "redirect") return redirected(decision, path, address);
    if (decision.kind === "refuse" && decision.status === 410) return { kind: "retired", address };
    // Where feeds are served below a folder, some logs have the key instead, which the edge asked the store for.
    const key = decision.kind === "serve" ? decision.key : isOwnKey(asked, edge) ? asked : undefined;
    if (key === undefined) return OTHER;
    const isKey = asked === key;
    const isOwn = isKey || `/${asked}` === edge.base + key || `/${asked}` === edge.base + splitKey(key).folder;
    const target = documentAt(
      originals.get(key) ?? key,
      isOwn && !originals.has(key) ? undefined : address,
      site,
      edge,
    );
    return "channel" in target && !isChannel(target.channel) ? OTHER : target;
  };
}

/** A folder without its slash is no former address: its page is asked for next. */
function redirected(decision: Decision & { readonly kind: "redirect" }, path: string, address: string): Target {
  const [location = ""] = (decision.headers["location"] ?? "").split("?");
  return location === `${path}/` ? OTHER : { kind: "retired", address };
}

function documentAt(key: string, alias: string | undefined, site: Site, edge: Edge): Target {
  const { folder, file } = splitKey(key);
  const found = fileIn(folderAt(folder, edge), file, edge);
  const format = found && FORMATS[FEEDS.indexOf(found)];
  const channel = keyOfFolder(folder, site);
  // Whoever follows a feed reads its archives, too, and is no further subscriber.
  if (folder.startsWith(ARCHIVES)) return OTHER;
  if (format) return { kind: "feed", channel, format, ...(alias === undefined ? {} : { alias }) };
  return found === PAGE ? { kind: "page", channel } : OTHER;
}
