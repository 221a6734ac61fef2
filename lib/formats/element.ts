/**
 * XML elements as data, for what `feed` has no words for: written escaped, in namespaces declared where they are used.
 */
import { xmlSafe } from "../base/text.ts";
import { xmlAttribute, xmlText } from "./form.ts";

export interface XmlElement {
  readonly name: string;
  readonly attributes: Attributes;
  /** Text, or elements. */
  readonly content?: string | readonly XmlElement[];
}

/** One without a value is left out. */
export type Attributes = { readonly [name: string]: string | number | undefined };

/** Those that a document declares only if it uses them, in the order in which it does. */
export const NAMESPACES = {
  at: "http://purl.org/atompub/tombstones/1.0",
  fh: "http://purl.org/syndication/history/1.0",
  itunes: "http://www.itunes.com/dtds/podcast-1.0.dtd",
  media: "http://search.yahoo.com/mrss/",
  podcast: "https://podcastindex.org/namespace/1.0",
  source: "http://source.scripting.com/",
  sy: "http://purl.org/rss/1.0/modules/syndication/",
} as const;

export type Prefix = keyof typeof NAMESPACES;

/** A piece of a document, and the prefixes that it needs. */
export interface Fragment {
  readonly xml: string;
  readonly prefixes: readonly Prefix[];
}

const NOTHING: Fragment = { xml: "", prefixes: [] };

export function element(name: string, attributes: Attributes, content?: XmlElement["content"]): XmlElement {
  return { name, attributes, ...(content !== undefined && { content }) };
}

/** An element for text that may be missing; an empty one would say nothing. */
export function textElement(name: string, text: string | number | undefined): readonly XmlElement[] {
  return text === undefined || text === "" ? [] : [element(name, {}, String(text))];
}

/** Each on a line of its own that `margin` begins. */
export function renderElements(elements: readonly XmlElement[], margin: string): Fragment {
  if (elements.length === 0) return NOTHING;
  const prefixes = new Set<Prefix>();
  const xml = elements.map((one) => elementXml(one, margin, prefixes)).join("");
  return { xml, prefixes: [...prefixes] };
}

/** ` xmlns:…` for whatever any of these needs. */
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

/** A parser takes a bare tab or line end in an attribute for a space. */
const attributeXml = (value: string): string =>
  value
    .split(/([\t\n\r])/)
    .map((part, i) => (i % 2 === 1 ? `&#${part.charCodeAt(0)};` : xmlAttribute(xmlSafe(part))))
    .join("");

const isPrefix = (prefix: string): prefix is Prefix => Object.hasOwn(NAMESPACES, prefix);
