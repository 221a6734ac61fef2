/** FeedDocument → Atom 1.0 (RFC 4287). */
import { Feed, type Author as FeedAuthor } from "feed";
import type { Author, FeedDocument } from "../model.ts";
import { cutElement, fill, formsBy, replaceOnce, textBlank, urlBlank, xmlAttribute, xmlHtml, xmlText } from "./form.ts";
import { categoryNames, onceEach } from "./item.ts";

const EPOCH = new Date(0);

export function renderAtom(document: FeedDocument): string {
  const { site, channel, id, self, updated, items } = document;
  const author = feedAuthor(document);
  return fill(headForm(shapeOf(author)), {
    id: xmlText(id),
    title: xmlText(channel.title),
    subtitle: xmlText(channel.description),
    updated,
    language: xmlAttribute(channel.language),
    home: xmlAttribute(channel.home),
    self: xmlAttribute(self),
    hubs: site.hubs.map((hub) => `\n    <link rel="hub" href="${xmlAttribute(hub)}"/>`).join(""),
    ...authorValues(author, 0),
    entries: items.map((item) => `    ${entryXml(item)}\n`).join(""),
  });
}

/** Stands for entries without an author of their own (RFC 4287 §4.1.1 wants one): the site, unless it is one person. */
function feedAuthor({ site }: FeedDocument): Author {
  const [only, ...others] = Object.values(site.authors);
  return only && others.length === 0 ? only : { name: site.title, url: site.url };
}

const headForm = formsBy((authorShape: string) => {
  const feed = new Feed({
    id: textBlank("id"),
    title: textBlank("title"),
    description: textBlank("subtitle"),
    link: urlBlank("home"),
    feedLinks: { atom: urlBlank("self") },
    author: blankAuthor(authorShape, 0),
    updated: EPOCH,
    generator: "Dripfeed",
  });
  let xml = feed.atom1();
  xml = replaceOnce(
    xml,
    `<feed xmlns="http://www.w3.org/2005/Atom">`,
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${textBlank("language")}">`,
  );
  xml = replaceOnce(xml, EPOCH.toISOString(), textBlank("updated"));
  const self = `<link rel="self" href="${urlBlank("self")}"/>`;
  xml = replaceOnce(xml, self, `${self}${textBlank("hubs")}`);
  xml = replaceOnce(xml, "</feed>", `${textBlank("entries")}</feed>`);
  return `${xml}\n`;
});

const entryXml = onceEach(({ facts, entry, content }) => {
  const names = categoryNames(facts);
  const authorShapes = entry.authors.map(shapeOf).join("|");
  return fill(entryForm(entry.summary !== undefined, content === "full", names.length, authorShapes), {
    related:
      entry.external === undefined ? "" : `\n        <link rel="related" href="${xmlAttribute(entry.external)}"/>`,
    language: xmlAttribute(entry.language),
    title: xmlText(entry.title),
    id: xmlText(facts.id),
    url: xmlAttribute(facts.url),
    published: facts.published,
    updated: facts.updated,
    summary: xmlText(entry.summary ?? ""),
    html: xmlHtml(entry.html),
    ...Object.fromEntries(names.map((name, i) => [`category${i}`, xmlAttribute(name)])),
    ...Object.assign({}, ...entry.authors.map(authorValues)),
  });
});

const entryForm = formsBy((hasSummary: boolean, isFull: boolean, categories: number, authorShapes: string) => {
  const feed = new Feed({ title: "", updated: EPOCH });
  const publishedBlank = new Date(86_400_000);
  feed.addItem({
    title: textBlank("title"),
    id: urlBlank("id"),
    link: urlBlank("url"),
    date: EPOCH,
    published: publishedBlank,
    ...(hasSummary && { description: textBlank("summary") }),
    ...(isFull && { content: textBlank("html") }),
    ...(authorShapes !== "" && { author: authorShapes.split("|").map(blankAuthor) }),
    category: Array.from({ length: categories }, (_, i) => ({ term: textBlank(`category${i}`) })),
  });
  let xml = cutElement(feed.atom1(), "entry");
  xml = replaceOnce(xml, "<entry>", `<entry xml:lang="${textBlank("language")}">`);
  // Titles and summaries are text, and text is what type="text", the default, means.
  xml = replaceOnce(xml, `<title type="html">`, "<title>");
  if (hasSummary) xml = replaceOnce(xml, `<summary type="html">`, "<summary>");
  const link = `href="${urlBlank("url")}"/>`;
  xml = replaceOnce(xml, `<link ${link}`, `<link rel="alternate" type="text/html" ${link}${textBlank("related")}`);
  xml = replaceOnce(xml, EPOCH.toISOString(), textBlank("updated"));
  return replaceOnce(xml, publishedBlank.toISOString(), textBlank("published"));
});

const shapeOf = ({ email, url }: Author): string =>
  `author${email === undefined ? "" : "+email"}${url === undefined ? "" : "+url"}`;

function blankAuthor(shape: string, i: number): FeedAuthor {
  return {
    name: textBlank(`author${i}`),
    ...(shape.includes("+email") && { email: textBlank(`email${i}`) }),
    ...(shape.includes("+url") && { link: urlBlank(`uri${i}`) }),
  };
}

function authorValues({ name, email = "", url = "" }: Author, i: number): { readonly [blank: string]: string } {
  return { [`author${i}`]: xmlText(name), [`email${i}`]: xmlText(email), [`uri${i}`]: xmlText(url) };
}
