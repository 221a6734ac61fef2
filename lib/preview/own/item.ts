/** A document → the item of one entry: as it is there, and what readers take from it. */
import { Parser } from "htmlparser2";
import { present } from "../../base/optional.ts";

/** What the columns of a comparison show, by their names. */
export type ItemTexts = ReadonlyMap<string, readonly string[]>;

export interface FeedItem {
  /** As it is in the document, without the spaces before its lines. */
  readonly source: string;
  readonly shown: ItemTexts;
  /** The text that it carries, with the site's footer; absent where it is a summary. */
  readonly html?: string;
}

/** JSON Feed 1.1. */
export function jsonItem(text: string, id: string): FeedItem | undefined {
  const { items }: { readonly items: readonly { readonly [name: string]: unknown }[] } = JSON.parse(text);
  const item = items.find((each) => each["id"] === id);
  if (!item) return undefined;
  const textsOf = (name: string): readonly string[] => [item[name] ?? []].flat().map(nameIn);
  const rows = Object.entries(JSON_NAMES).map(([row, name]) => [row, textsOf(name)] as const);
  const { content_html: html } = item;
  const source = JSON.stringify(item, null, 2);
  return { source, shown: new Map(rows), ...present({ html: typeof html === "string" ? html : undefined }) };
}

/** Of an author, who is an object; all else is text. */
const nameIn = (value: unknown): string =>
  typeof value === "object" && value !== null && "name" in value ? String(value.name) : String(value);

const JSON_NAMES = {
  Title: "title",
  Id: "id",
  Link: "url",
  Published: "date_published",
  Updated: "date_modified",
  Authors: "authors",
  Tags: "tags",
  Language: "language",
};

/** The same in RSS 2.0 and Atom 1.0, by the path of an element below the item, or that of an attribute. */
const XML_NAMES: { readonly [path: string]: keyof typeof JSON_NAMES } = {
  title: "Title",
  ...{ guid: "Id", id: "Id" },
  ...{ link: "Link", "link@href": "Link" },
  ...{ pubDate: "Published", published: "Published" },
  ...{ "atom:updated": "Updated", updated: "Updated" },
  ...{ "dc:creator": "Authors", author: "Authors", "author/name": "Authors" },
  ...{ category: "Tags", "category@term": "Tags" },
  ...{ "dc:language": "Language", "@xml:lang": "Language" },
};

/** The elements that hold the whole text. */
const CONTENT = /^(?:content:encoded|content)$/;

/** The first `item` or `entry` with this id. */
export function xmlItem(xml: string, id: string): FeedItem | undefined {
  const path: string[] = [];
  let shown = new Map<string, string[]>();
  let text = "";
  let content: string | undefined;
  let start = -1;
  let found: FeedItem | undefined;
  const show = (at: string, value: string) => {
    const row = XML_NAMES[at];
    if (row && value.trim() !== "") shown.set(row, [...(shown.get(row) ?? []), value.trim()]);
  };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        text = "";
        if (start < 0 && name !== "item" && name !== "entry") return;
        if (start < 0) {
          start = parser.startIndex;
          shown = new Map();
          content = undefined;
        } else path.push(name);
        // Of an entry's links the one without a relation leads to its page.
        if (name === "link" && (attributes["rel"] ?? "alternate") !== "alternate") return;
        for (const [attribute, value] of Object.entries(attributes)) show(`${path.join("/")}@${attribute}`, value);
      },
      ontext(piece) {
        text += piece;
      },
      onclosetag() {
        if (start < 0) return;
        if (path.length > 0) {
          show(path.join("/"), text);
          if (CONTENT.test(path.join("/"))) content = text;
          path.pop();
        } else {
          const isIt = shown.get("Id")?.includes(id) === true;
          const source = withoutIndent(xml.slice(start, parser.endIndex + 1));
          if (isIt) found ??= { source, shown, ...present({ html: content }) };
          start = -1;
        }
        text = "";
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return found;
}

/** As far as all lines of elements have it; lines of texts may have less. */
const withoutIndent = (source: string): string => {
  const indent = /\n( +)<\/(?:item|entry)>$/.exec(source)?.[1] ?? "";
  return source.replaceAll(`\n${indent}`, "\n");
};
