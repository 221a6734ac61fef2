/**
 * Content Security Policy (CSP 3) of a page: its own style and script by their hashes, its icons, the pictures and recordings that it
 * shows, and nothing else.
 */
import { createHash } from "node:crypto";
import { memoised } from "../../base/memoised.ts";
import type { Site } from "../../site/types.ts";
import { SCRIPT } from "./script.ts";
import { styleOf } from "./style.ts";

/** An inline style or script. They are few, and the same on many pages. */
export const hashSource = memoised((text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);

/** URLs of what the page loads, or of the folders in which that is. */
export interface Allowed {
  readonly pictures: readonly string[];
  readonly recordings: readonly string[];
}

export function policyOf(
  { color, icon, favicon }: Pick<Site, "color" | "icon" | "favicon">,
  { pictures, recordings }: Allowed,
): string {
  const icons = [favicon, icon].flatMap((url) => url ?? []);
  const images = [...(favicon === undefined ? ["data:"] : []), ...[...icons, ...pictures].map(policySource)];
  return [
    ...["default-src 'none'", `style-src ${hashSource(styleOf(color))}`, `script-src ${hashSource(SCRIPT)}`],
    directive("img-src", images),
    ...(recordings.length > 0 ? [directive("media-src", recordings.map(policySource))] : []),
    ...["base-uri 'none'", "form-action 'none'"],
  ].join("; ");
}

const directive = (name: string, sources: readonly string[]): string => [name, ...new Set(sources)].join(" ");

/** A source has no query, and the two marks that separate sources and policies are percent-encoded in it (CSP 3 §2.3.1). */
export function policySource(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname.replaceAll(";", "%3B").replaceAll(",", "%2C");
}

/** A drop, for sites without an icon. Without an icon in the page, browsers request `/favicon.ico` from its host. */
export const ICON = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#2a9d83" d="M8 1c3 4 5 6 5 9a5 5 0 0 1-10 0c0-3 2-5 5-9z"/></svg>`,
)}`;
