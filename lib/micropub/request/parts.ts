/** Parts of a request that forms and JSON share: the type of the post, its address, the action, and the ETag that is expected. */
import { invalid } from "../../base/http/error.ts";
import type { Etag } from "../../model.ts";
import type { RemovalRequest } from "./types.ts";

/** Shown in a message. */
const shown = (text: string): string => JSON.stringify(text.slice(0, 100));

export function assertEntry(type: string | undefined): void {
  if (type !== undefined && type !== "entry") {
    throw invalid(`posts of the type ${shown(type)} cannot be made here: only entry can`);
  }
}

export function assertUrl(url: unknown): string {
  if (typeof url === "string" && URL.canParse(url)) return url;
  throw invalid("`url` is missing, or is no URL: send the address of the post that is meant");
}

export function asRemoval(action: string, url: string): RemovalRequest {
  if (action === "delete" || action === "undelete") return { action, url };
  throw invalid(`the action ${shown(action)} is none of create, update (in JSON), delete and undelete`);
}

/** `"abc"` of a header, with or without its quotes; a proxy may have marked it as weak. */
export function etagIn(header: string | null): Etag | undefined {
  const written = header?.trim();
  if (written === undefined || written === "" || written === "*") return undefined;
  return /^(?:W\/)?"([^"]*)"$/.exec(written)?.[1] ?? written;
}
