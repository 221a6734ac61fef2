/** The directory on the site's page: its other channels by kind, the largest of each kind first. */
import { type Html, html } from "../../base/html.ts";
import type { DirectoryChannel, DirectoryPart, PageDirectory } from "../types.ts";
import type { PageLocale } from "./locale.ts";
import { fitting, shorten, sizeOf } from "./text.ts";
import { kindsOf, wordFor } from "./words/lookup.ts";

/** In characters. */
const NAME = 40;
/** Bytes around the links of one kind, at most. */
const FRAME_BYTES = 700;
/** Bytes around one link, at most. */
const BRANCH_BYTES = "<li></li>\n<ul>\n</ul>".length;

/** A channel, and the categories below it. */
interface Branch {
  readonly channel: DirectoryChannel;
  readonly markup: Html;
  readonly below: Branch[];
}

/** In at most so many bytes: the kinds with few channels come first, and each gets an equal share of what those before it left. */
export function directoryMarkup(directory: PageDirectory, locale: PageLocale, bytes: number): Html {
  const kinds = kindsOf(directory).flatMap((kind) => directory.parts.filter((part) => part.kind === kind));
  let left = bytes;
  const sections = kinds
    .toSorted((a, b) => a.count - b.count)
    .map((part, i) => {
      const markup = kindMarkup(part, locale, left / (kinds.length - i));
      left -= sizeOf(markup);
      return [part.kind, markup] as const;
    });
  const byKind = new Map(sections);
  return html`${kinds.map(({ kind }) => byKind.get(kind) ?? "")}`;
}

function kindMarkup({ kind, count, largest }: DirectoryPart, locale: PageLocale, bytes: number): Html {
  if (bytes < FRAME_BYTES) return html``;
  const { words, phrase, formatters } = locale;
  const branches = largest.map((channel) => ({ channel, markup: linkMarkup(channel, locale), below: [] }));
  const fits = fitting(branches, bytes - FRAME_BYTES, ({ markup }) => sizeOf(markup) + BRANCH_BYTES);
  const isTree = kind === "categories" && fits.some(({ channel }) => channel.name.length > 1);
  const list = isTree
    ? html`<ul>\n${treeOf(fits).map(branchMarkup)}</ul>`
    : html`<ul class="row">\n${fits.map(branchMarkup)}</ul>`;
  const blanks = { count: formatters.number(count), file: html`<a href="feeds.opml">feeds.opml</a>` };
  const rest = fits.length < count ? html`<p class="note rest">${phrase(fillIn(words.rest, blanks))}</p>\n` : "";
  return html`<h3>${phrase(wordFor(kind, words.many))}${countMarkup(count, locale)}</h3>\n${list}\n${rest}`;
}

/** Replaces each `{name}` of the page's words. */
export function fillIn(words: string, blanks: { readonly [name: string]: string | Html }): Html {
  // Split by a pattern with a group, every other part is a name.
  const parts = words.split(/\{(\w+)\}/).map((part, i) => (i % 2 === 0 ? part : (blanks[part] ?? `{${part}}`)));
  return html`${parts}`;
}

/** Puts each branch below the nearest of its parents that is shown. */
function treeOf(branches: readonly Branch[]): readonly Branch[] {
  const byKey = new Map(branches.map((branch) => [branch.channel.key, branch]));
  return branches.filter((branch) => {
    const parts = branch.channel.key.split("/");
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
function linkMarkup(channel: DirectoryChannel, locale: PageLocale): Html {
  const { languageAttributes } = locale;
  const name = channel.kind === "channels" ? channel.title : (channel.name.at(-1) ?? channel.title);
  // A tag may be in another language than its posts; only a language's own name is certainly in that language.
  const text = shorten(name, NAME);
  const named = channel.kind === "languages" ? html`<bdi${languageAttributes(channel.language)}>${text}</bdi>` : text;
  const count = countMarkup(channel.total, locale);
  return html`<a href="${channel.href}">${named}${count}</a>`;
}

const countMarkup = (count: number, { formatters }: PageLocale): Html =>
  html`<span class="count"> ${formatters.number(count)}</span>`;
