/** What an app publishes about itself, at its own address: as JSON, or as a page. */
import { Parser } from "htmlparser2";
import { listOf, objectOf, parseJson, textOf } from "../../base/json.ts";
import { present } from "../../base/optional.ts";
import type { ClientDocument } from "../clients/types.ts";

export interface ClientFacts {
  readonly name?: string;
  readonly logo?: string;
  /** As they are published, made absolute. */
  readonly redirects: readonly string[];
}

const MOST_REDIRECTS = 100;
const MAX_NAME = 100;

/** A document of another app, or of no known form, says nothing. */
export function readClientDocument(document: ClientDocument, client: URL): ClientFacts | undefined {
  if (/^application\/(?:[\w.-]+\+)?json$/.test(document.type)) return factsOfJson(document.text, client);
  if (document.type !== "text/html" && document.type !== "application/xhtml+xml") return undefined;
  return factsOfPage(document, client);
}

/** https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/: `client_id` has to be its own address. */
function factsOfJson(text: string, client: URL): ClientFacts | undefined {
  const data = objectOf(parseJson(text));
  const id = textOf(data?.["client_id"]);
  if (!data || id === undefined || !URL.canParse(id) || new URL(id).href !== client.href) return undefined;
  const redirects = listOf(data["redirect_uris"])
    .map(textOf)
    .filter((each) => each !== undefined);
  return {
    ...present({ name: shortName(textOf(data["client_name"])), logo: logoOf(textOf(data["logo_uri"]), client) }),
    redirects: redirects.slice(0, MOST_REDIRECTS),
  };
}

/** Links of `redirect_uri` in page and header, and the name of its `h-app`, or its title (https://indieauth.spec.indieweb.org/#client-information-discovery). */
function factsOfPage({ text, links }: ClientDocument, client: URL): ClientFacts {
  const redirects = redirectsOfHeader(links ?? "");
  let title = "";
  let name = "";
  let logo: string | undefined;
  let isApp = false;
  let taken: "title" | "name" | undefined;
  const parser = new Parser({
    onopentag(tag, { class: classes = "", rel = "", href, src }) {
      const names = classes.split(/\s+/);
      if (names.includes("h-app") || names.includes("h-x-app")) isApp = true;
      if (isApp && names.includes("u-logo")) logo ??= src ?? href;
      if (tag === "link" && href !== undefined && rel.toLowerCase().split(/\s+/).includes("redirect_uri"))
        redirects.push(href);
      if (tag === "title" && title === "") taken = "title";
      else if (isApp && names.includes("p-name") && name === "") taken = "name";
    },
    ontext(part) {
      if (taken === "title") title += part;
      if (taken === "name") name += part;
    },
    onclosetag() {
      taken = undefined;
    },
  });
  parser.write(text);
  parser.end();
  const absolute = redirects
    .slice(0, MOST_REDIRECTS)
    .filter((each) => URL.canParse(each, client.href))
    .map((each) => (URL.canParse(each) ? each : new URL(each, client.href).href));
  return { ...present({ name: shortName(name || title), logo: logoOf(logo, client) }), redirects: absolute };
}

/** `<https://app.example.com/redirect>; rel="redirect_uri"` (RFC 8288, section 3). */
function redirectsOfHeader(header: string): string[] {
  const redirects: string[] = [];
  for (const part of header.slice(0, 10_000).split(/,(?=\s*<)/)) {
    const [, href, parameters = ""] = /^\s*<([^<>]*)>(.*)$/s.exec(part) ?? [];
    const [, quoted, bare] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;"]+))/i.exec(parameters) ?? [];
    if (href !== undefined && (quoted ?? bare ?? "").toLowerCase().split(/\s+/).includes("redirect_uri"))
      redirects.push(href);
  }
  return redirects;
}

/** In one line, without characters that change the direction of text, by which it could disguise the app's address beside it. */
function shortName(name: string | undefined): string | undefined {
  const line = (name ?? "").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return line === "" ? undefined : Array.from(line).slice(0, MAX_NAME).join("");
}

function logoOf(logo: string | undefined, client: URL): string | undefined {
  if (logo === undefined || !URL.canParse(logo, client.href)) return undefined;
  const url = new URL(logo, client.href);
  return url.protocol === "https:" ? url.href : undefined;
}
