/** RssDocument → RSS 2.0, with `content:encoded`, `dc:creator` and the extensions that its entries need. */
import { Feed } from "feed";
import { present } from "../base/optional.ts";
import { escapeText } from "../base/text.ts";
import { idIn, isPermaLink } from "../channels/identity.ts";
import { targetLine } from "../content/target.ts";
import type { Entry, Instant } from "../model.ts";
import { GENERATOR } from "./channel.ts";
import { declarations, element, renderElements, textElement, type XmlElement } from "./element.ts";
import { historyLinks, historyMarks } from "./extensions/history.ts";
import { liveElements } from "./extensions/live.ts";
import { mediaElements } from "./extensions/mediarss.ts";
import { episodeElements, podcastElements } from "./extensions/podcast.ts";
import { webfeedsElements } from "./extensions/webfeeds.ts";
import {
  cutElement,
  fill,
  fillAround,
  formsBy,
  replaceOnce,
  textBlank,
  urlBlank,
  xmlAttribute,
  xmlExact,
  xmlHtml,
  xmlText,
} from "./form.ts";
import { carriedHtml, mainMedia, oncePerItem, schemesOf, termsOf, uniqueNames } from "./item.ts";
import { firstAuthors } from "./named.ts";
import { encoded, type Piece } from "./pieces.ts";
import type { Item, RssDocument } from "./types.ts";

const ROOT = `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" \
xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"\
${textBlank("namespaces")}>`;
const EPOCH = new Date(0);

// ── The channel ────────────────────────────────────────────────────────────────────────────────────────────────────

export function rssPieces(document: RssDocument): readonly Piece[] {
  const { site, channel, self, updated, podcast } = document;
  const image = podcast?.image ?? site.image ?? site.icon;
  const extras = renderElements(channelElements(document), "\n        ");
  const live = document.items.flatMap((item) => (item.live ? [liveXml(item, site.ofItems)] : []));
  const items = document.items.map((item) => itemXml(item, site.ofItems));
  const head = headForm(image !== undefined, site.ttl, site.rights !== undefined);
  const [before, after] = fillAround("items", head, {
    namespaces: declarations([extras, ...live, ...items]),
    title: xmlText(channel.title),
    home: xmlText(site.url),
    description: xmlText(channel.description || channel.title), // RSS demands one
    updated: rfc822(updated),
    language: xmlText(channel.language),
    image: xmlText(image ?? ""),
    rights: xmlText(site.rights ?? ""),
    self: xmlAttribute(self),
    extras: extras.xml + live.map(({ xml }) => xml).join(""),
  });
  return [before, ...items.map(({ bytes }) => bytes), after];
}

function channelElements(document: RssDocument): readonly XmlElement[] {
  const { site } = document;
  const { name, email } = site.author;
  return [
    ...site.hubs.map((href) => element("atom:link", { href, rel: "hub" })),
    ...historyLinks(document).map((link) => element("atom:link", link)),
    ...historyMarks(document),
    ...textElement("managingEditor", email && `${email} (${name})`),
    ...textElement("sy:updatePeriod", site.updates?.period),
    ...textElement("sy:updateFrequency", site.updates?.frequency),
    ...listElement("skipHours", "hour", site.skipHours),
    ...listElement("skipDays", "day", site.skipDays),
    ...webfeedsElements(site),
    ...podcastElements(document),
  ];
}

const listElement = (name: string, member: string, values: readonly (string | number)[] = []): readonly XmlElement[] =>
  values.length === 0
    ? []
    : [
        element(
          name,
          {},
          values.flatMap((value) => textElement(member, value)),
        ),
      ];

const headForm = formsBy((hasImage: boolean, ttl: number | undefined, hasRights: boolean) => {
  const options = present({
    title: textBlank("title"),
    link: urlBlank("home"),
    description: textBlank("description"),
    language: textBlank("language"),
    feedLinks: { rss: urlBlank("self") },
    updated: EPOCH,
    generator: GENERATOR,
    ttl,
    image: hasImage ? textBlank("image") : undefined,
    copyright: hasRights ? textBlank("rights") : undefined,
  });
  let xml = new Feed(options).rss2();
  xml = replaceOnce(xml, `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">`, ROOT);
  xml = replaceOnce(xml, EPOCH.toUTCString(), textBlank("updated"));
  const self = `type="application/rss+xml"/>`;
  xml = replaceOnce(xml, self, `${self}${textBlank("extras")}${textBlank("items")}`);
  return `${xml}\n`;
});

const liveXml = oncePerItem((item) => renderElements(liveElements(item), "\n        "));

// ── An item ────────────────────────────────────────────────────────────────────────────────────────────────────────

export const itemXml = oncePerItem(
  (item, site) => {
    const { facts, entry } = item;
    const html = carriedHtml(item, site);
    const terms = uniqueNames(termsOf(facts));
    const described = description(item);
    const extras = renderElements(itemElements(entry), "\n            ");
    const schemes = schemesOf(site);
    const listValues: { [blank: string]: string } = {};
    terms.forEach((term, i) => {
      listValues[`category${i}`] = xmlText(term.name);
      listValues[`domain${i}`] = schemes[term.kind];
    });
    const authors = firstAuthors(entry.authors);
    authors.forEach(({ name }, i) => {
      listValues[`author${i}`] = xmlText(name);
    });
    const form = itemForm(
      entry.title !== "",
      described !== undefined,
      html !== undefined,
      terms.length,
      authors.length,
    );
    const xml = fill(form, {
      title: xmlText(entry.title),
      url: xmlText(facts.url),
      id: xmlExact(idIn("rss", facts)),
      isPermaLink: String(isPermaLink(facts)),
      published: rfc822(facts.published),
      summary: xmlHtml(described ?? ""),
      html: xmlHtml(html ?? ""),
      language: xmlText(entry.language),
      extras: extras.xml,
      ...listValues,
    });
    return { bytes: encoded(`\n        ${xml}`), prefixes: extras.prefixes };
  },
  ({ rss }) => rss,
);

/** As HTML, since readers take RSS descriptions for HTML. RSS demands a title or a description of every item. */
function description({ facts, entry: { title, summary, html, external }, content }: Item): string | undefined {
  // The whole text links to the target of a link post; a summary does not.
  const target = external !== undefined && content === "summary" ? targetLine(external) : "";
  if (target !== "") return summary ? `<p>${escapeText(summary)}</p>\n${target}` : target;
  if (summary) return escapeText(summary);
  if (title !== "") return undefined;
  return (content === "full" && html) || escapeText(facts.url);
}

function itemElements(entry: Entry): readonly XmlElement[] {
  const { media = [], image, external, episode, markdown, comments } = entry;
  const more = [image, external, episode, markdown, comments];
  if (media.length === 0 && more.every((each) => each === undefined)) return [];
  const main = mainMedia(entry);
  return [
    ...textElement("comments", comments),
    ...(external === undefined ? [] : [element("atom:link", { rel: "related", href: external })]),
    ...(main ? [element("enclosure", { url: main.url, length: main.length, type: main.type })] : []),
    ...mediaElements(entry),
    ...episodeElements(entry),
    ...textElement("source:markdown", markdown),
  ];
}

const itemForm = formsBy(
  (hasTitle: boolean, hasSummary: boolean, isFull: boolean, categories: number, authors: number) => {
    const feed = new Feed({ title: "" });
    const item = present({
      title: hasTitle ? textBlank("title") : "",
      link: urlBlank("url"),
      guid: textBlank("id"),
      date: EPOCH,
      description: hasSummary ? textBlank("summary") : undefined,
      content: isFull ? textBlank("html") : undefined,
      category: Array.from({ length: categories }, (_, i) => ({
        name: textBlank(`category${i}`),
        domain: urlBlank(`domain${i}`),
      })),
      // An RSS author is an e-mail address, so that names go into dc:creator; validators accept one or the other.
      extensions: [
        { name: "dc:language", objects: { _text: textBlank("language") } },
        {
          name: "dc:creator",
          objects: Array.from({ length: authors }, (_, i) => ({ _text: textBlank(`author${i}`) })) as never,
        },
      ],
    });
    feed.addItem(item);
    const xml = replaceOnce(feed.rss2(), "\n        </item>", `${textBlank("extras")}\n        </item>`);
    const guid = replaceOnce(xml, `<guid isPermaLink="false">`, `<guid isPermaLink="${textBlank("isPermaLink")}">`);
    return replaceOnce(cutElement(guid, "item"), EPOCH.toUTCString(), textBlank("published"));
  },
);

/** RFC 822 with a year of four digits, and `GMT`, which every parser understands. */
function rfc822(instant: Instant): string {
  return new Date(instant).toUTCString();
}
