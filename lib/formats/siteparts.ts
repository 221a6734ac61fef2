/** What each kind of document shows of the site: made once for a site, with its digest. */
import { present } from "../base/optional.ts";
import type { Site } from "../site/types.ts";
import { siteAuthor } from "./channel.ts";
import { type Digested, digested } from "./digested.ts";
import type { AtomSite, FeedSite, ItemSite, ListDocument, OpmlDocument, PageSite, RssSite } from "./types.ts";

export interface SiteParts {
  readonly rss: Digested<RssSite>;
  readonly atom: Digested<AtomSite>;
  readonly json: Digested<FeedSite>;
  readonly page: Digested<PageSite>;
  readonly list: Digested<ListDocument["site"]>;
  readonly opml: Digested<OpmlDocument["site"]>;
}

const made = new WeakMap<Site, SiteParts>();

export function partsOfSite(site: Site): SiteParts {
  const known = made.get(site);
  if (known) return known;
  const parts = makeParts(site);
  made.set(site, parts);
  return parts;
}

function makeParts(site: Site): SiteParts {
  const { title, url, feeds, description, language, timezone, hubs, taxonomies, media, enclosurePrefix } = site;
  const { image, icon, favicon, accent, color, rights, ttl, updates, skipHours, skipDays } = site;
  const feed = { url, hubs, author: siteAuthor(site), ofItems: itemSiteOf(site) };
  const icons = present(icon === undefined ? { favicon } : { icon }); // XML feeds have one
  return {
    rss: digested({ ...feed, ...icons, ...present({ image, accent, rights, ttl, updates, skipHours, skipDays }) }),
    atom: digested({ ...feed, ...icons, ...present({ image, rights }) }),
    json: digested({ ...feed, ...present({ favicon }) }),
    page: digested({
      ...{ title, url, feeds, media, enclosurePrefix, language, timezone },
      ...present({ icon, favicon, color }),
    }),
    list: digested({ title, description, url, feeds, language }),
    opml: digested({ title, description, url, language, taxonomies }),
  };
}

/** The footer is Markdown that may name the entry: it is rendered with the entries. */
function itemSiteOf({ title, url, feeds, footer, emoji }: Site): ItemSite {
  return { feeds, ...present({ footer: footer === undefined ? undefined : { markdown: footer, title, url, emoji } }) };
}
