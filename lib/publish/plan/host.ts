/** What a host of static files needs besides: its own configuration as documents, and types that nobody corrects on the way out. */
import { digest } from "../../base/digest.ts";
import { edgeOf } from "../../edge/edge.ts";
import { headersOf } from "../../edge/headers.ts";
import type { PlannedDocument } from "../../formats/types.ts";
import { HOST_FILES, hostFiles } from "../../hosts/hosts.ts";
import type { Instant } from "../../model.ts";
import type { Site } from "../../site/types.ts";

/** `documents`: all others that are planned, copies left out. */
export function planHostFiles(
  documents: readonly PlannedDocument[],
  site: Site,
  updated: Instant,
): readonly PlannedDocument[] {
  if (site.host === "edge") return [];
  const paths = documents.map(({ path }) => path);
  return hostFiles(site, paths).map(({ path, text }) => {
    const source = { as: "host", text } as const;
    return { path, source, contentType: "text/plain; charset=utf-8", updated, fingerprint: `host ${digest(text)}` };
  });
}

export const isHostFile = (path: string): boolean => HOST_FILES.includes(path);

/** The edge sets the exact type itself, of what is stored under one that its CDN compresses. */
export function withExactTypes(documents: readonly PlannedDocument[], site: Site): readonly PlannedDocument[] {
  if (site.host === "edge") return documents;
  const edge = edgeOf(site);
  return documents.map((document) => {
    const contentType = headersOf(document.path, false, edge)["content-type"] ?? document.contentType;
    return contentType === document.contentType
      ? document
      : { ...document, contentType, fingerprint: `${document.fingerprint}~exact` };
  });
}
