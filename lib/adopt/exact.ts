/** The ids of a feed as its format carries them: parsers of feeds trim what readers may not. */
import { Parser } from "htmlparser2";
import { xmlSafe } from "../base/text.ts";

/** Of a document in XML: the text of each item's or entry's own id, in the order of the document. */
export function exactXmlIds(xml: string): readonly string[] {
  const ids: string[] = [];
  const path: string[] = [];
  let text: string | undefined;
  const isId = () => {
    const [parent = "", name = ""] = path.slice(-2);
    return (parent === "item" && name === "guid") || (parent === "entry" && name === "id");
  };
  const parser = new Parser(
    {
      onopentag(name) {
        path.push(withoutPrefix(name));
        if (isId()) text = "";
      },
      ontext(part) {
        if (text !== undefined) text += part;
      },
      onclosetag() {
        if (text !== undefined && isId()) {
          ids.push(text.split("\r").map(xmlSafe).join("\r"));
          text = undefined;
        }
        path.pop();
      },
    },
    { xmlMode: true },
  );
  // XML 1.0 §2.11: a line end is a line feed before anything is parsed; only a reference can be a carriage return.
  parser.end(xml.replace(/\r\n?/g, "\n"));
  return ids;
}

const withoutPrefix = (name: string): string => name.slice(name.indexOf(":") + 1).toLowerCase();

/** Of a JSON feed. A number is the text of it (JSON Feed 1.1, `id`). */
export function exactJsonIds(feed: unknown): readonly string[] {
  const items = typeof feed === "object" && feed !== null && "items" in feed ? feed.items : undefined;
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: unknown) => {
    const id = typeof item === "object" && item !== null && "id" in item ? item.id : undefined;
    return typeof id === "string" || typeof id === "number" ? [String(id)] : [];
  });
}

/** The exact form of each id that a parser read, both in the order of the document. */
export function exactly(
  exact: readonly string[],
  read: readonly (string | undefined)[],
): readonly (string | undefined)[] {
  const filled = exact.filter((id) => id.trim() !== "");
  const folded = filled.map(fold);
  let next = 0;
  return read.map((id) => {
    if (id === undefined) return undefined;
    const found = folded.indexOf(fold(id), next);
    if (found < 0) return id; // it took for an entity what in XML is none, as lenient readers do
    next = found + 1;
    return filled[found];
  });
}

/** What parsers may trim or fold. */
const fold = (id: string): string => id.replace(/[\s\p{C}]+/gu, "");
