/** What each entry ends with: the site's `footer`, rendered once, with the entry's address and title where it names them. */
import { escapeAttribute, escapeText } from "../base/text.ts";
import { makeFeedSafe } from "../content/html/html.ts";
import { renderMarkdown } from "../content/markdown/markdown.ts";
import type { Site } from "../site/types.ts";
import type { Item } from "./types.ts";

type Part = (item: Item, site: Site) => string;

const titleOf = ({ entry, facts }: Item): string => entry.title || facts.url;
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

/** What stands for each name while the footer is rendered: in text and where an address begins, and within an address. */
const NAMES = [
  {
    name: "{url}",
    mark: "https://entry-address.invalid/",
    encodedMark: "entry-address-encoded",
    of: ({ facts }: Item) => facts.url,
  },
  { name: "{title}", mark: "entry-title-shown", encodedMark: "entry-title-encoded", of: titleOf },
  {
    name: "{site}",
    mark: "feed-title-shown",
    encodedMark: "feed-title-encoded",
    of: (_: Item, site: Site) => site.title,
  },
] as const;
const MARKS = /(https:\/\/entry-address\.invalid\/|entry-address-encoded|(?:entry|feed)-title-(?:shown|encoded))/;

const ADDRESS = / (?:href|src|srcset|cite|poster)="[^"]*"/g;

const made = new WeakMap<Site, readonly Part[]>();

/** Feed-safe HTML; nothing where the site has none. */
export function footerOf(item: Item, site: Site): string | undefined {
  if (site.footer === undefined) return undefined;
  const parts = made.get(site) ?? partsOf(renderFooter(site.footer, site));
  made.set(site, parts);
  return parts.map((part) => part(item, site)).join("");
}

function renderFooter(footer: string, { url, emoji }: Site): string {
  const marked = NAMES.reduce((text, { name, mark }) => text.replaceAll(name, mark), footer);
  try {
    return makeFeedSafe(renderMarkdown(marked, { emoji }), url).html;
  } catch {
    return `<p>${escapeText(marked)}</p>`; // it is nested too deep to be read
  }
}

function partsOf(html: string): readonly Part[] {
  const text = html.replace(/<[^<>]*>/g, (tag) => tag.replace(ADDRESS, withEncodedMarks));
  const known = new Map<string, Part>(
    NAMES.flatMap(({ mark, encodedMark, of }): readonly (readonly [string, Part])[] => [
      [encodedMark, (item, site) => encoded(of(item, site))],
      [mark, (item, site) => escapeAttribute(of(item, site))],
    ]),
  );
  return text.split(MARKS).map((piece) => known.get(piece) ?? (() => piece));
}

/** An address may begin with that of the entry, or have it in its path; what is asked of it is encoded, and so is a title. */
function withEncodedMarks(attribute: string): string {
  const query = attribute.search(/[?#]/);
  return NAMES.reduce(
    (text, { name, mark, encodedMark }) =>
      text.replaceAll(mark, (found: string, at: number) =>
        name === "{url}" && (query === -1 || at < query) ? found : encodedMark,
      ),
    attribute,
  );
}
