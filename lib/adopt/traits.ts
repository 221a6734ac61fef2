/** Traits by which a former entry and a post are compared, the most reliable first. */
import { percentDecoded } from "../base/text.ts";
import { addressOf, type FormerEntry } from "./former.ts";
import { textOfHtml } from "./xmlwalk.ts";

/** What a post may have in common with its former entry. */
export interface Matchable {
  readonly key: string;
  readonly url: string;
  readonly title: string;
  readonly published: string;
}

export type MatchedBy = "link" | "slug" | "title and date";

/** A value by which an entry and a post can be compared. */
export type Trait = readonly [
  by: MatchedBy,
  ofEntry: (entry: FormerEntry) => string | undefined,
  ofPost: (post: Matchable) => string | undefined,
];

export const TRAITS: readonly Trait[] = [
  ["link", ({ link }) => hrefOf(link), ({ url }) => hrefOf(url)],
  ["link", ({ id, isPermaLink }) => (isPermaLink ? hrefOf(id.trim()) : undefined), ({ url }) => hrefOf(url)],
  // The site may have moved to another host, or to `https`.
  ["link", ({ link }) => addressOf(link), ({ url }) => addressOf(url)],
  ["slug", ({ link }) => slugOf(link), ({ url }) => slugOf(url)],
  ["slug", ({ link }) => slugOf(link), ({ key }) => fileName(key)],
  ["title and date", (entry) => headline(entry.title, dateOf(entry)), (post) => headline(post.title, post.published)],
  [
    "title and date",
    (entry) => headline(entry.title, dayOf(dateOf(entry))),
    (post) => headline(post.title, dayOf(post.published)),
  ],
];

const hrefOf = (url: string | undefined): string | undefined =>
  url !== undefined && URL.canParse(url) ? new URL(url).href : undefined;

/** The last part of an address: `hello` of `/2024/10/hello/` and of `/hello.html`. */
function slugOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const parts = percentDecoded(new URL(url).pathname).split("/");
  const last = parts.findLast((part) => part !== "" && !/^index\.html?$/.test(part));
  return (
    last
      ?.replace(/\.html?$/, "")
      .normalize("NFC")
      .toLowerCase() || undefined
  );
}

/** The name of a file without its date and extension; for `index.md`, the name of its folder. */
export function fileName(key: string): string | undefined {
  const parts = key.replace(/\.[^./]*$/, "").split("/");
  const last = parts.at(-1) === "index" ? parts.at(-2) : parts.at(-1);
  return (
    last
      ?.replace(/^\d{4}-\d{1,2}-\d{1,2}-/, "")
      .normalize("NFC")
      .toLowerCase() || undefined
  );
}

/** Some Atom feeds have no `published`. */
const dateOf = ({ published, updated }: FormerEntry): string | undefined => published ?? updated;

const dayOf = (instant: string | undefined): string | undefined => instant?.slice(0, 10);

/** Title and date, the title as letters and digits alone: systems write quotes and dashes differently. */
function headline(title: string | undefined, moment: string | undefined): string | undefined {
  const words =
    title === undefined
      ? ""
      : textOfHtml(title)
          .normalize("NFC")
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\p{M}]+/gu, "");
  return words === "" || moment === undefined ? undefined : `${moment} ${words}`;
}
