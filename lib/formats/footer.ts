/** What each entry ends with: the site's `footer`, rendered once, with the entry's address and title where it names them. */
import { escapeAttribute, escapeText } from "../base/text.ts";
import { makeFeedSafe } from "../content/html/html.ts";
import { renderMarkdown } from "../content/markdown/markdown.ts";
import type { Item, ItemSite } from "./types.ts";

type Footer = NonNullable<ItemSite["footer"]>;
type Part = (item: Item, footer: Footer) => string;

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
    of: (_: Item, { title }: Footer) => title,
  },
] as const;
const MARKS = /(https:\/\/entry-address\.invalid\/|entry-address-encoded|(?:entry|feed)-title-(?:shown|encoded))/;

const ADDRESS = / (?:href|src|srcset|cite|poster)="[^"]*"/g;

const made = new WeakMap<Footer, readonly Part[]>();

/** Feed-safe HTML; nothing where the site has none. */
export function footerOf(item: Item, { footer }: Pick<ItemSite, "footer">): string | undefined {
  if (footer === undefined) return undefined;
  const parts = made.get(footer) ?? partsOf(renderFooter(footer));
  made.set(footer, parts);
  return parts.map((part) => part(item, footer)).join("");
}

function renderFooter({ markdown, url, emoji }: Footer): string {
  const marked = NAMES.reduce((text, { name, mark }) => text.replaceAll(name, mark), markdown);
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
      [encodedMark, (item, footer) => encoded(of(item, footer))],
      [mark, (item, footer) => escapeAttribute(of(item, footer))],
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
