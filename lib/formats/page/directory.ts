/** The site's other channels by kind, the largest of each: what one can follow of the site instead of all of it. */
import type { Directory, Listing } from "../../model.ts";
import { xmlText } from "../form.ts";
import { linkTo } from "./links.ts";
import { fitting, shorten, sizeOf } from "./text.ts";
import type { Voice } from "./voice.ts";
import { KINDS, type Listed } from "./words.ts";

/** Of one kind; more would bury the rest, and a feed reader takes them all from `feeds.opml`. */
const MOST = 40;
const NAME = 40;
/** Around the links of one kind, at most. */
const FRAME_BYTES = 700;

/** A channel and those below it. */
interface Branch {
  readonly listing: Listing;
  readonly markup: string;
  readonly below: Branch[];
}

/** In at most so many bytes. */
export function directoryMarkup({ listings }: Directory, voice: Voice, bytes: number): string {
  const kinds = KINDS.map((kind) => ({ kind, all: listings.filter(({ channel }) => channel.kind === kind) })).filter(
    ({ all }) => all.length > 0,
  );
  let left = bytes;
  return kinds
    .map(({ kind, all }, i) => {
      const markup = kindMarkup(kind, all, voice, left / (kinds.length - i));
      left -= sizeOf(markup);
      return markup;
    })
    .join("");
}

function kindMarkup(kind: Listed, all: readonly Listing[], voice: Voice, bytes: number): string {
  if (bytes < FRAME_BYTES) return "";
  const { words, say, formats } = voice;
  const largest = [...all].sort(bySize).slice(0, MOST);
  const branches = largest.map((listing) => ({ listing, markup: linkMarkup(listing, voice), below: [] }));
  const shown = fitting(
    branches,
    bytes - FRAME_BYTES,
    ({ markup }) => sizeOf(markup) + "<li></li>\n<ul>\n</ul>".length,
  );
  const isTree = kind === "categories" && shown.some(({ listing }) => listing.channel.name.length > 1);
  const list = isTree
    ? `<ul>\n${treeOf(shown).map(branchMarkup).join("")}</ul>`
    : `<ul class="row">\n${shown.map(branchMarkup).join("")}</ul>`;
  const count = formats.number(all.length);
  const file = `<a href="feeds.opml">feeds.opml</a>`;
  const rest =
    shown.length < all.length ? `<p class="note rest">${fillIn(say(words.rest), { count, file })}</p>\n` : "";
  return `<h3>${say(words.many[kind])}</h3>\n${list}\n${rest}`;
}

/** `{name}` stands for markup. */
export const fillIn = (words: string, blanks: { readonly [name: string]: string }): string =>
  words.replace(/\{(\w+)\}/g, (blank, name) => blanks[name] ?? blank);

/** Of equals a parent comes before what is below it: its key is the beginning of theirs. */
function bySize(a: Listing, b: Listing): number {
  return b.total - a.total || (a.channel.key < b.channel.key ? -1 : 1);
}

/** Each below its nearest parent among them. */
function treeOf(branches: readonly Branch[]): readonly Branch[] {
  const known = new Map(branches.map((branch) => [branch.listing.channel.key, branch]));
  return branches.filter((branch) => {
    const parts = branch.listing.channel.key.split("/");
    for (let end = parts.length - 1; end > 1; end--) {
      const parent = known.get(parts.slice(0, end).join("/"));
      if (!parent) continue;
      parent.below.push(branch);
      return false;
    }
    return true;
  });
}

const branchMarkup = ({ markup, below }: Branch): string =>
  `<li>${markup}${below.length > 0 ? `<ul>\n${below.map(branchMarkup).join("")}</ul>` : ""}</li>\n`;

/** A category goes by its last name: the tree says the others. */
function linkMarkup({ channel, total }: Listing, { langOf, formats }: Voice): string {
  const name = channel.kind === "channels" ? channel.title : (channel.name.at(-1) ?? channel.title);
  // Only what a language calls itself is surely written in it.
  const lang = channel.kind === "languages" ? langOf(channel.language) : "";
  const count = `<span class="count"> ${xmlText(formats.number(total))}</span>`;
  return `<a href="${linkTo(channel)}"${lang}>${xmlText(shorten(name, NAME))}${count}</a>`;
}
