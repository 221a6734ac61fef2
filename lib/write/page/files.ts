/** The files beside the page: its service worker, the manifest by which it is installed, and its icon. */
import { ADDRESSES } from "../../base/writing.ts";
import { WORKER } from "./built.ts";
import { iconPng, iconSvg } from "./icon.ts";
import { type ChosenLanguage, writingWords } from "./language.ts";
import type { WritingSite } from "./page.ts";

export interface PageFile {
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly headers: { readonly [name: string]: string };
}

/** By their paths. */
export function pageFiles(
  site: WritingSite,
  chosen: ChosenLanguage,
): { readonly [path: string]: PageFile | undefined } {
  const page = ADDRESSES.page;
  return {
    [`${page}worker.js`]: file("text/javascript; charset=utf-8", WORKER),
    [`${page}app.webmanifest`]: file("application/manifest+json", JSON.stringify(manifestOf(site, chosen))),
    [`${page}icon.svg`]: file("image/svg+xml", iconSvg(site.color)),
    [`${page}icon.png`]: file("image/png", iconPng(site.color ?? "")),
  };
}

const file = (type: string, body: PageFile["body"]): PageFile => ({
  body,
  headers: { "content-type": type, "cache-control": "no-cache", "x-content-type-options": "nosniff" },
});

/** Web Application Manifest, with the Web Share Target of WICG. */
function manifestOf({ title }: WritingSite, { language, direction }: ChosenLanguage): object {
  const page = ADDRESSES.page;
  const { write } = writingWords(language);
  return {
    ...{ id: page, start_url: page, scope: page, display: "standalone", lang: language, dir: direction },
    ...{ name: `${write} · ${title}`, short_name: title, background_color: "#fbfcfa", theme_color: "#fbfcfa" },
    icons: [
      { src: `${page}icon.svg`, sizes: "any", type: "image/svg+xml", purpose: "any" },
      { src: `${page}icon.png`, sizes: "512x512", type: "image/png", purpose: "any" },
      { src: `${page}icon.png`, sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
    share_target: { action: page, method: "GET", params: { title: "title", text: "text", url: "url" } },
  };
}
