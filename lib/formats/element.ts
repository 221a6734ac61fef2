/**
 * XML elements as data, for extensions that the library `feed` does not write. Escaped, in the namespaces they need.
 */
import { xmlSafe } from "../base/text.ts";
import { xmlAttribute, xmlText } from "./form.ts";

export interface XmlElement {
  readonly name: string;
  readonly attributes: Attributes;
  readonly content?: string | readonly XmlElement[];
}

/** An attribute that is `undefined` or empty is left out. */
export type Attributes = { readonly [name: string]: string | number | undefined };

/** Namespaces that a document declares only if it uses them, in this order. */
export const NAMESPACES = {
  at: "http://purl.org/atompub/tombstones/1.0",
  fh: "http://purl.org/syndication/history/1.0",
  itunes: "http://www.itunes.com/dtds/podcast-1.0.dtd",
  media: "http://search.yahoo.com/mrss/",
  podcast: "https://podcastindex.org/namespace/1.0",
  source: "http://source.scripting.com/",
  sy: "http://purl.org/rss/1.0/modules/syndication/",
  webfeeds: "http://webfeeds.org/rss/1.0",
} as const;

export type Prefix = keyof typeof NAMESPACES;

/** A part of a document, and the namespaces that it needs. */
export interface Fragment {
  readonly xml: string;
  readonly prefixes: readonly Prefix[];
}

const EMPTY: Fragment = { xml: "", prefixes: [] };

export function element(name: string, attributes: Attributes, content?: XmlElement["content"]): XmlElement {
  return content === undefined ? { name, attributes } : { name, attributes, content };
}

/** An element with text, or none if there is no text. */
export function textElement(name: string, text: string | number | undefined): readonly XmlElement[] {
  return text === undefined || text === "" ? [] : [element(name, {}, String(text))];
}

/** `margin`, a line end with the indentation, is put before each element. */
export function renderElements(elements: readonly XmlElement[], margin: string): Fragment {
  if (elements.length === 0) return EMPTY;
  const prefixes = new Set<Prefix>();
  const xml = elements.map((each) => elementXml(each, margin, prefixes)).join("");
  return { xml, prefixes: [...prefixes] };
}

/** ` xmlns:…` for each namespace that one of the fragments needs. */
export function declarations(fragments: readonly Pick<Fragment, "prefixes">[]): string {
  const used = new Set(fragments.flatMap(({ prefixes }) => prefixes));
  return Object.entries(NAMESPACES)
    .filter(([prefix]) => used.has(prefix as Prefix))
    .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
    .join("");
}

function elementXml({ name, attributes, content }: XmlElement, margin: string, prefixes: Set<Prefix>): string {
  const [prefix = ""] = name.split(":");
  if (isPrefix(prefix)) prefixes.add(prefix);
  let xml = `${margin}<${name}`;
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== "") xml += ` ${attribute}="${attributeXml(String(value))}"`;
  }
  if (content === undefined) return `${xml}/>`;
  if (typeof content === "string") return `${xml}>${xmlText(xmlSafe(content))}</${name}>`;
  const inner = content.map((child) => elementXml(child, `${margin}    `, prefixes)).join("");
  return `${xml}>${inner}${margin}</${name}>`;
}

/** Tabs and line ends become references: XML parsers normalise bare ones in attributes to spaces (XML 1.0 §3.3.3). */
const attributeXml = (value: string): string =>
  value
    .split(/([\t\n\r])/)
    .map((part, i) => (i % 2 === 1 ? `&#${part.charCodeAt(0)};` : xmlAttribute(xmlSafe(part))))
    .join("");

const isPrefix = (prefix: string): prefix is Prefix => Object.hasOwn(NAMESPACES, prefix);
