/** Feed-safe HTML whose media are served under another base. */
import type { MediaBase } from "../../model.ts";
import { servedAt } from "../../site/media.ts";
import { readdressed } from "./readdressed.ts";

export function withMediaAt(html: string, media: MediaBase | undefined): string {
  if (media === undefined || !media.named.some((beginning) => html.includes(beginning))) return html;
  return readdressed(html, (url) => servedAt(url, media));
}
