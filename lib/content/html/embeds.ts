/** The address that a frame loads → the page on which a person can see what it shows. */
import { present } from "../../base/optional.ts";
import { percentDecoded } from "../../base/text.ts";
import { type FrameUrl, PROVIDERS } from "./providers.ts";

export interface Embed {
  /** The page for people; absolute. */
  readonly href: string;
  /** The name of the provider; for any other host, that of the file or the host. */
  readonly title: string;
  readonly thumbnail?: string;
  /** Absent for a host that is not among the providers. */
  readonly provider?: string;
}

/**
 * What the frame with this absolute URL shows; `undefined` for other schemes than http(s). The page is the one that a
 * person would open, its query reduced to what identifies it.
 */
export function embedOf(address: string): Embed | undefined {
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  const host = url.hostname.replace(/^(?:www|m)\./, "");
  const where = host + url.pathname;
  for (const { name, frame, page, thumbnail } of PROVIDERS) {
    const match = frame.exec(where);
    if (!match) continue;
    const found: FrameUrl = { url, id: match[1] ?? "", rest: match[2] ?? "", query: (key) => safeParameter(url, key) };
    const picture = thumbnail?.(found) || undefined;
    return { href: page?.(found) || url.href, title: name, provider: name, ...present({ thumbnail: picture }) };
  }
  return { href: url.href, title: fileName(url) ?? host };
}

function safeParameter(url: URL, key: string): string | undefined {
  const value = url.searchParams.get(key) ?? "";
  return value !== "" && (key === "q" || /^[\w=:.-]+$/.test(value)) ? value : undefined;
}

const DOCUMENT = /.\.(?:pdf|docx?|pptx?|xlsx?|odt|ods|odp|epub|csv|txt|zip)$/i;

/** The name of a document that the frame shows, which says more than the host. */
function fileName(url: URL): string | undefined {
  const name = url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
  if (!DOCUMENT.test(name)) return undefined;
  return percentDecoded(name);
}
