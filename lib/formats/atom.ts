/** AtomDocument → Atom 1.0 (RFC 4287). */
import { Feed, type Author as FeedAuthor } from "feed";
import { present } from "../base/optional.ts";
import { idIn } from "../channels/identity.ts";
import type { Author } from "../model.ts";
import { GENERATOR } from "./channel.ts";
import { declarations, element, renderElements, type XmlElement } from "./element.ts";
import { historyLinks, historyMarks, tombstones } from "./extensions/history.ts";
import { pictureElements } from "./extensions/mediarss.ts";
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
import { carriedHtml, oncePerItem, schemesOf, termsOf } from "./item.ts";
import { firstAuthors } from "./named.ts";
import { encoded, type Piece } from "./pieces.ts";
import type { AtomDocument, Item } from "./types.ts";

const EPOCH = new Date(0);

// ── The feed ───────────────────────────────────────────────────────────────────────────────────────────────────────

export function atomPieces(document: AtomDocument): readonly Piece[] {
  const { site, channel, id, self, updated } = document;
  const { author } = site;
  const icon = site.icon ?? site.favicon;
  const links = renderElements(feedLinks(document), "\n    ");
  const extras = renderElements([...historyMarks(document), ...tombstones(document)], "\n    ");
  const entries = document.items.map((item) => entryXml(item, site.ofItems));
  const optional = [
    channel.description !== "",
    site.image !== undefined,
    icon !== undefined,
    site.rights !== undefined,
  ];
  const [before, after] = fillAround("entries", headForm(shapeOf(author), ...optional), {
    namespaces: declarations([extras, ...entries]),
    id: xmlText(id),
    title: xmlText(channel.title),
    subtitle: xmlText(channel.description),
    updated,
    language: xmlAttribute(channel.language),
    home: xmlAttribute(site.url),
    self: xmlAttribute(self),
    logo: xmlText(site.image ?? ""),
    icon: xmlText(icon ?? ""),
    rights: xmlText(site.rights ?? ""),
    links: links.xml,
    ...authorValues(author, 0),
    extras: extras.xml,
  });
  return [before, ...entries.map(({ bytes }) => bytes), after];
}

function feedLinks(document: AtomDocument): readonly XmlElement[] {
  const hubs = document.site.hubs.map((href) => ({ rel: "hub", href }));
  return [...hubs, ...historyLinks(document)].map((link) => element("link", link));
}

const headForm = formsBy((authorShape: string, ...optional: readonly boolean[]) => {
  const [hasSubtitle, hasLogo, hasIcon, hasRights] = optional;
  const options = present({
    id: textBlank("id"),
    title: textBlank("title"),
    link: urlBlank("home"),
    feedLinks: { atom: urlBlank("self") },
    author: blankAuthor(authorShape, 0),
    updated: EPOCH,
    generator: GENERATOR,
    description: hasSubtitle ? textBlank("subtitle") : undefined,
    image: hasLogo ? textBlank("logo") : undefined,
    favicon: hasIcon ? textBlank("icon") : undefined,
    copyright: hasRights ? textBlank("rights") : undefined,
  });
  let xml = new Feed(options).atom1();
  xml = replaceOnce(
    xml,
    `<feed xmlns="http://www.w3.org/2005/Atom">`,
    `<feed xmlns="http://www.w3.org/2005/Atom"${textBlank("namespaces")} xml:lang="${textBlank("language")}">`,
  );
  xml = replaceOnce(xml, EPOCH.toISOString(), textBlank("updated"));
  // The only alternate: readers take any other for the website, each by a rule of its own.
  const home = `href="${urlBlank("home")}"/>`;
  xml = replaceOnce(xml, `<link rel="alternate" ${home}`, `<link rel="alternate" type="text/html" ${home}`);
  const self = `<link rel="self" href="${urlBlank("self")}"/>`;
  xml = replaceOnce(xml, self, `${self}${textBlank("links")}`);
  xml = replaceOnce(xml, "\n</feed>", `${textBlank("extras")}${textBlank("entries")}\n</feed>`);
  return `${xml}\n`;
});

// ── An entry ───────────────────────────────────────────────────────────────────────────────────────────────────────

export const entryXml = oncePerItem(
  (item, site) => {
    const { facts, entry } = item;
    const terms = termsOf(facts);
    const authors = firstAuthors(entry.authors);
    const authorShapes = authors.map(shapeOf).join("|");
    const extras = renderElements(pictureElements(entry), "\n        ");
    const schemes = schemesOf(site);
    const termValues: { [blank: string]: string } = {};
    terms.forEach((term, i) => {
      const path = xmlAttribute(term.path);
      termValues[`term${i}`] = path;
      termValues[`label${i}`] = term.path === term.name ? path : xmlAttribute(term.name);
      termValues[`scheme${i}`] = schemes[term.kind];
    });
    // Without a text there is no content, and the alternate link stands for it (RFC 4287 §4.1.2).
    const html = carriedHtml(item, site);
    const xml = fill(entryForm(Boolean(entry.summary), html !== undefined, terms.length, authorShapes), {
      links: renderElements(entryLinks(item), "\n        ").xml,
      language: xmlAttribute(entry.language),
      title: xmlText(entry.title),
      id: xmlExact(idIn("atom", facts)),
      url: xmlAttribute(facts.url),
      published: facts.published,
      updated: facts.updated,
      summary: xmlText(entry.summary ?? ""),
      html: xmlHtml(html ?? ""),
      extras: extras.xml,
      ...Object.assign(termValues, ...authors.map(authorValues)),
    });
    return { bytes: encoded(`\n    ${xml}`), prefixes: extras.prefixes };
  },
  ({ atom }) => atom,
);

/** A stream is a related link and no enclosure: podcast apps download enclosures, and a stream does not end. */
function entryLinks({ entry: { external, comments, media = [], live }, live: status }: Item): readonly XmlElement[] {
  return [
    ...(external === undefined ? [] : [element("link", { rel: "related", href: external })]),
    // RFC 4685 §4
    ...(comments === undefined ? [] : [element("link", { rel: "replies", type: "text/html", href: comments })]),
    ...media
      .flatMap((each) => [each, ...each.alternates.map((form) => ({ ...form, title: form.title ?? each.title }))])
      .map(({ url, type, length, title }) =>
        element("link", { rel: "enclosure", type, length: length || undefined, href: url, title }),
      ),
    ...(live && status !== "ended" ? [element("link", { rel: "related", type: live.type, href: live.url })] : []),
  ];
}

const entryForm = formsBy((hasSummary: boolean, hasContent: boolean, categories: number, authorShapes: string) => {
  const feed = new Feed({ title: "", updated: EPOCH });
  const publishedBlank = new Date(86_400_000);
  const item = present({
    title: textBlank("title"),
    id: urlBlank("id"),
    link: urlBlank("url"),
    date: EPOCH,
    published: publishedBlank,
    description: hasSummary ? textBlank("summary") : undefined,
    content: hasContent ? textBlank("html") : undefined,
    author: authorShapes === "" ? undefined : authorShapes.split("|").map(blankAuthor),
    category: Array.from({ length: categories }, (_, i) => ({
      term: textBlank(`term${i}`),
      scheme: urlBlank(`scheme${i}`),
      name: textBlank(`label${i}`),
    })),
  });
  feed.addItem(item);
  let xml = replaceOnce(feed.atom1(), "\n    </entry>", `${textBlank("extras")}\n    </entry>`);
  xml = cutElement(xml, "entry");
  xml = replaceOnce(xml, "<entry>", `<entry xml:lang="${textBlank("language")}">`);
  // Titles and summaries are plain text, which is the default type (RFC 4287 §3.1.1); `feed` marks them as HTML.
  xml = replaceOnce(xml, `<title type="html">`, "<title>");
  if (hasSummary) xml = replaceOnce(xml, `<summary type="html">`, "<summary>");
  const link = `href="${urlBlank("url")}"/>`;
  xml = replaceOnce(xml, `<link ${link}`, `<link rel="alternate" type="text/html" ${link}${textBlank("links")}`);
  xml = replaceOnce(xml, EPOCH.toISOString(), textBlank("updated"));
  return replaceOnce(xml, publishedBlank.toISOString(), textBlank("published"));
});

/** Which optional fields an author has: `author+email+url`. */
const shapeOf = ({ email, url }: Author): string =>
  `author${email === undefined ? "" : "+email"}${url === undefined ? "" : "+url"}`;

function blankAuthor(shape: string, i: number): FeedAuthor {
  return present({
    name: textBlank(`author${i}`),
    email: shape.includes("+email") ? textBlank(`email${i}`) : undefined,
    link: shape.includes("+url") ? urlBlank(`uri${i}`) : undefined,
  });
}

function authorValues({ name, email = "", url = "" }: Author, i: number): { readonly [blank: string]: string } {
  return { [`author${i}`]: xmlText(name), [`email${i}`]: xmlText(email), [`uri${i}`]: xmlText(url) };
}
