/**
 * Content Security Policy (CSP 3) of a page: its own style and script by their hashes, its icon, the pictures and recordings that it
 * shows, and nothing else.
 */
import { createHash } from "node:crypto";
import { SCRIPT } from "./script.ts";
import { STYLE } from "./style.ts";

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const BEFORE_IMAGES = ["default-src 'none'", `style-src ${hashOf(STYLE)}`, `script-src ${hashOf(SCRIPT)}`].join("; ");

/** URLs of what the page loads, or of the folders in which that is. */
export interface Allowed {
  readonly pictures: readonly string[];
  readonly recordings: readonly string[];
}

/** `favicon` is a URL. */
export function policyOf(favicon: string | undefined, { pictures, recordings }: Allowed): string {
  const images = [favicon === undefined ? "data:" : policySource(favicon), ...pictures.map(policySource)];
  return [
    ...[
      BEFORE_IMAGES,
      directive("img-src", images),
      ...(recordings.length > 0 ? [directive("media-src", recordings.map(policySource))] : []),
    ],
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
