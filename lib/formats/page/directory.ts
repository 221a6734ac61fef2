/** The directory on the site's page: its other channels by kind, the largest of each kind first. */
import { type Html, html } from "../../base/html.ts";
import type { Channel } from "../../channels/types.ts";
import type { Site } from "../../site/types.ts";
import type { Directory, Listing } from "../types.ts";
import { linkTo } from "./links.ts";
import type { PageLocale } from "./locale.ts";
import { fitting, shorten, sizeOf } from "./text.ts";
import { kindsOf, wordFor } from "./words/lookup.ts";

/** Channels of one kind at most: a longer list would hide the other kinds, and `feeds.opml` has them all. */
const MAX_CHANNELS = 40;
/** In characters. */
const NAME = 40;
/** Bytes around the links of one kind, at most. */
const FRAME_BYTES = 700;
/** Bytes around one link, at most. */
const BRANCH_BYTES = "<li></li>\n<ul>\n</ul>".length;

/** A channel, and the categories below it. */
interface Branch {
  readonly listing: Listing;
  readonly markup: Html;
  readonly below: Branch[];
}

/** In at most so many bytes: the kinds with few channels come first, and each gets an equal share of what those before it left. */
export function directoryMarkup(directory: Directory, locale: PageLocale, bytes: number): Html {
  const { site } = directory;
  const kinds = partsOf(directory);
  let left = bytes;
  const sections = kinds
    .toSorted((a, b) => a.all.length - b.all.length)
    .map(({ kind, all }, i) => {
      const markup = kindMarkup(kind, all, { site, locale }, left / (kinds.length - i));
      left -= sizeOf(markup);
      return [kind, markup] as const;
    });
  const byKind = new Map(sections);
  return html`${kinds.map(({ kind }) => byKind.get(kind) ?? "")}`;
}

interface Part {
  readonly kind: Channel["kind"];
  readonly all: readonly Listing[];
}

/** A channel that is the only one of its kind and carries the whole site, such as that of its one author, is no part of it. */
export function partsOf({ site, listings }: Directory): readonly Part[] {
  const whole = listings.find(({ channel }) => channel.kind === "site")?.total;
  return kindsOf(site)
    .map((kind) => ({ kind, all: listings.filter(({ channel }) => channel.kind === kind) }))
    .filter(({ kind, all }) => all.length > 1 || all.some(({ total }) => kind === "channels" || total !== whole));
}

interface Shown {
  readonly site: Site;
  readonly locale: PageLocale;
}

function kindMarkup(kind: Channel["kind"], all: readonly Listing[], shown: Shown, bytes: number): Html {
  if (bytes < FRAME_BYTES) return html``;
  const { words, phrase, formatters } = shown.locale;
  const largest = [...all].sort(bySize).slice(0, MAX_CHANNELS);
  const branches = largest.map((listing) => ({ listing, markup: linkMarkup(listing, shown), below: [] }));
  const fits = fitting(branches, bytes - FRAME_BYTES, ({ markup }) => sizeOf(markup) + BRANCH_BYTES);
  const isTree = kind === "categories" && fits.some(({ listing }) => listing.channel.name.length > 1);
  const list = isTree
    ? html`<ul>\n${treeOf(fits).map(branchMarkup)}</ul>`
    : html`<ul class="row">\n${fits.map(branchMarkup)}</ul>`;
  const blanks = { count: formatters.number(all.length), file: html`<a href="feeds.opml">feeds.opml</a>` };
  const rest = fits.length < all.length ? html`<p class="note rest">${phrase(fillIn(words.rest, blanks))}</p>\n` : "";
  const count = countMarkup(all.length, shown.locale);
  return html`<h3>${phrase(wordFor(kind, words.many))}${count}</h3>\n${list}\n${rest}`;
}

/** Replaces each `{name}` of the page's words. */
export function fillIn(words: string, blanks: { readonly [name: string]: string | Html }): Html {
  // Split by a pattern with a group, every other part is a name.
  const parts = words.split(/\{(\w+)\}/).map((part, i) => (i % 2 === 0 ? part : (blanks[part] ?? `{${part}}`)));
  return html`${parts}`;
}

/** Of channels of one size a parent comes before those below it: its key is a prefix of theirs. */
function bySize(a: Listing, b: Listing): number {
  return b.total - a.total || (a.channel.key < b.channel.key ? -1 : 1);
}

/** Puts each branch below the nearest of its parents that is shown. */
function treeOf(branches: readonly Branch[]): readonly Branch[] {
  const byKey = new Map(branches.map((branch) => [branch.listing.channel.key, branch]));
  return branches.filter((branch) => {
    const parts = branch.listing.channel.key.split("/");
    for (let end = parts.length - 1; end > 1; end--) {
      const parent = byKey.get(parts.slice(0, end).join("/"));
      if (!parent) continue;
      parent.below.push(branch);
      return false;
    }
    return true;
  });
}

function branchMarkup({ markup, below }: Branch): Html {
  const nested = below.length > 0 ? html`<ul>\n${below.map(branchMarkup)}</ul>` : "";
  return html`<li>${markup}${nested}</li>\n`;
}

/** A category is called by its last name, since the tree shows the others. */
function linkMarkup({ channel, total }: Listing, { site, locale }: Shown): Html {
  const { languageAttributes } = locale;
  const name = channel.kind === "channels" ? channel.title : (channel.name.at(-1) ?? channel.title);
  // A tag may be in another language than its posts; only a language's own name is certainly in that language.
  const text = shorten(name, NAME);
  const named = channel.kind === "languages" ? html`<bdi${languageAttributes(channel.language)}>${text}</bdi>` : text;
  const count = countMarkup(total, locale);
  return html`<a href="${linkTo(channel, site)}">${named}${count}</a>`;
}

const countMarkup = (count: number, { formatters }: PageLocale): Html =>
  html`<span class="count"> ${formatters.number(count)}</span>`;
