/** Who a person is to apps: their address, and a page there for whoever has none of their own. */
import { html, sourceOf } from "../../base/html.ts";
import { present } from "../../base/optional.ts";
import { ADDRESSES } from "../../base/writing.ts";
import type { Site } from "../../site/types.ts";
import { nameOf } from "../people/names.ts";
import { hasAuthor } from "../people/roles.ts";
import type { Grant } from "../types.ts";
import { discoveryHeader, discoveryLinks } from "./metadata.ts";

/** Of an owner who is none of the authors. No author can be meant by it: a site that names one so shows the author there. */
const OWNER = "owner";

const pageOf = (origin: string, author: string | undefined): string =>
  `${origin}${ADDRESSES.authors}${encodeURIComponent(author ?? OWNER)}/`;

/**
 * Their own address, where the app was told it and site.yaml has it: it leads to this server, or the app would not be here. Else
 * the page below, which does in any case (https://indieauth.spec.indieweb.org/#differing-user-profile-urls).
 */
export function meOf(
  { author, role }: Pick<Grant, "author" | "role">,
  site: Site,
  origin: string,
  hint: string | undefined,
): string {
  const own = author === undefined ? undefined : site.authors[author]?.url;
  const addresses = [own, role === "owner" ? site.url : undefined].filter((each) => each !== undefined);
  const hinted = placeOf(hint);
  const meant = hinted === undefined ? undefined : addresses.find((each) => placeOf(each) === hinted);
  return addressOf(meant)?.href ?? pageOf(origin, author);
}

/** People type `example.com`. */
function addressOf(text: string | undefined): URL | undefined {
  if (text === undefined) return undefined;
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  return URL.canParse(address) ? new URL(address) : undefined;
}

/** An address without its scheme: what a person typed without one, an app may have read as http. */
function placeOf(text: string | undefined): string | undefined {
  const url = addressOf(text);
  return url && url.host + url.pathname + url.search;
}

/** What the scope `profile` shows (https://indieauth.spec.indieweb.org/#profile-information). */
export const profileOf = ({ author }: { readonly author?: string }, site: Site): object => ({
  name: nameOf(present({ author }), site),
  url: (author === undefined ? undefined : site.authors[author]?.url) ?? site.url,
  ...(author === undefined ? present({ photo: site.icon }) : {}),
});

const PATH = new RegExp(`^${ADDRESSES.authors}([^/]+)/?$`);

/** The page of an author, for apps; `undefined`: there is no such author. */
export function answerProfile(path: string, site: Site, origin: string): Response | undefined {
  const key = decoded(PATH.exec(path)?.[1]);
  if (key === undefined || !(hasAuthor(site, key) || key === OWNER)) return undefined;
  const author = hasAuthor(site, key) ? key : undefined;
  const name = nameOf(present({ author }), site);
  const url = (author === undefined ? undefined : site.authors[author]?.url) ?? site.url;
  const links = discoveryLinks(origin).map(({ rel, href }) => html`<link rel="${rel}" href="${href}">`);
  const page = html`<!doctype html>
<html lang="${site.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${name}</title>${links}</head>
<body class="h-card"><h1><a class="p-name u-url" href="${url}">${name}</a></h1></body></html>
`;
  return new Response(sourceOf(page), {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
      link: discoveryHeader(origin),
    },
  });
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
