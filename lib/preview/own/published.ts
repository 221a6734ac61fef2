/** An entry in the documents that are published: its item in each format, as it is there, and what readers take from it. */
import { Parser } from "htmlparser2";
import { type Apart, apart } from "../../channels/apart.ts";
import type { Window } from "../../channels/types.ts";
import { selectWindows } from "../../channels/windows.ts";
import { fileOf } from "../../formats/files.ts";
import type { Facts, Format, Instant } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import type { Catalog } from "../../state/types.ts";
import { readObject, type Store } from "../../stores/store.ts";

/** What the columns of a comparison show, by their names. */
export type ItemTexts = ReadonlyMap<string, readonly string[]>;

export interface PublishedItem {
  readonly format: Format;
  /** Of the document. */
  readonly path: string;
  /** As it is in the document, without the spaces before its lines. */
  readonly source: string;
  readonly shown: ItemTexts;
}

/** Every channel that carries the post now, the site's first. */
export function channelsOf(
  key: string,
  { catalog, site, now }: { readonly catalog: Catalog; readonly site: Site; readonly now: Instant },
): readonly Window[] {
  const { records, gone, channels } = catalog;
  const selected = selectWindows({ records, gone, site, now, published: channels });
  const { windows }: Apart = apart(selected, site, (channel) => channels[channel] !== undefined);
  return windows.filter((window) => window.records.some((record) => record.key === key));
}

/** From the first channel that has each format. */
export async function readPublished(
  { id, ids }: Facts,
  { windows, site, store }: { readonly windows: readonly Window[]; readonly site: Site; readonly store: Store },
): Promise<readonly PublishedItem[]> {
  const items = await Promise.all(
    (["rss", "atom", "json"] as const).map(async (format): Promise<readonly PublishedItem[]> => {
      const channel = windows.map((window) => window.channel).find(({ formats }) => formats.includes(format));
      if (!channel) return [];
      const path = channel.path + fileOf(format, site);
      const object = await readObject(store, path);
      const text = new TextDecoder().decode(object?.body ?? new Uint8Array());
      const found = format === "json" ? jsonItem(text, ids?.json ?? id) : xmlItem(text, ids?.[format] ?? id);
      return found ? [{ format, path, ...found }] : [];
    }),
  );
  return items.flat();
}

type Found = Pick<PublishedItem, "source" | "shown">;

/** JSON Feed 1.1. */
function jsonItem(text: string, id: string): Found | undefined {
  const { items }: { readonly items: readonly { readonly [name: string]: unknown }[] } = JSON.parse(text);
  const item = items.find((each) => each["id"] === id);
  if (!item) return undefined;
  const textsOf = (name: string): readonly string[] => [item[name] ?? []].flat().map(nameIn);
  const rows = Object.entries(JSON_NAMES).map(([row, name]) => [row, textsOf(name)] as const);
  return { source: JSON.stringify(item, null, 2), shown: new Map(rows) };
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

/** The first `item` or `entry` with this id. */
function xmlItem(xml: string, id: string): Found | undefined {
  const path: string[] = [];
  let shown = new Map<string, string[]>();
  let text = "";
  let start = -1;
  let found: Found | undefined;
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
          path.pop();
        } else {
          const isIt = shown.get("Id")?.includes(id) === true;
          if (isIt && !found) found = { source: withoutIndent(xml.slice(start, parser.endIndex + 1)), shown };
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
