/** What each kind of document shows of the site: made once for a site, and printed. */
import { present } from "../base/optional.ts";
import type { Site } from "../site/types.ts";
import { siteAuthor } from "./channel.ts";
import { type Printed, printed } from "./printed.ts";
import type { AtomSite, FeedSite, ItemSite, ListDocument, OpmlDocument, PageSite, RssSite } from "./types.ts";

export interface SiteParts {
  readonly rss: Printed<RssSite>;
  readonly atom: Printed<AtomSite>;
  readonly json: Printed<FeedSite>;
  readonly page: Printed<PageSite>;
  readonly list: Printed<ListDocument["site"]>;
  readonly opml: Printed<OpmlDocument["site"]>;
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
    rss: printed({ ...feed, ...icons, ...present({ image, accent, rights, ttl, updates, skipHours, skipDays }) }),
    atom: printed({ ...feed, ...icons, ...present({ image, rights }) }),
    json: printed({ ...feed, ...present({ favicon }) }),
    page: printed({
      ...{ title, url, feeds, media, enclosurePrefix, language, timezone },
      ...present({ icon, favicon, color }),
    }),
    list: printed({ title, description, url, feeds, language }),
    opml: printed({ title, description, url, language, taxonomies }),
  };
}

/** The footer is Markdown that may name the entry: it is rendered with the entries. */
function itemSiteOf({ title, url, feeds, footer, emoji }: Site): ItemSite {
  return { feeds, ...present({ footer: footer === undefined ? undefined : { markdown: footer, title, url, emoji } }) };
}
