/** The authors of a post: names, maps and keys of the site's authors, in any shape. */
import { encodedHref } from "../../base/href.ts";
import { present } from "../../base/optional.ts";
import { oneLine, withoutMarkup } from "../../base/text.ts";
import type { Author, DialectName } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import { isMapValue, type Value } from "../frontmatter/types.ts";
import { type Fields, given } from "../frontmatter/values.ts";
import { KEYS } from "./dialects.ts";
import { lineIn, listOf, memberOf, membersOf } from "./members.ts";
import { printed } from "./printed.ts";

/** A post that names no author is by the site's author, if the site has only one. */
export function readAuthors(fields: Fields, site: Site, dialect: DialectName): readonly Author[] {
  const field = given(fields, ...KEYS.authors);
  const authors = listOf(field?.value ?? null).flatMap((value) => authorsOf(value, site, dialect));
  const [only, ...others] = Object.values(site.authors);
  if (authors.length === 0 && only && others.length === 0) return [only];
  const names = new Set<string>();
  return authors.filter(({ name }) => !names.has(name) && names.add(name));
}

const NAME = ["name", "displayname", "key", "id", "slug"];
const PAGE = ["url", "link", "website", "homepage", "web", "site"];
/** Names of accounts, each with the address below which its page is. */
const ACCOUNTS = { github: "https://github.com/", twitter: "https://twitter.com/" };
const ACCOUNT = /^(?:@|https?:\/\/[^/\s]+\/@?)?([\w-]{1,100})\/?$/i;

function authorsOf(value: Value, site: Site, dialect: DialectName): readonly Author[] {
  if (typeof value === "string") return authorsIn(oneLine(value), {}, site, dialect);
  if (!isMapValue(value)) return [];
  const members = membersOf(value);
  const accounts = Object.entries(ACCOUNTS).flatMap(([service, base]) => {
    const written = lineIn(members, [service]);
    const account = ACCOUNT.exec(written ?? "")?.[1];
    return written === undefined ? [] : [{ account, url: account && !isWebUrl(written) ? base + account : written }];
  });
  const page = lineIn(members, PAGE);
  const url = [page, ...accounts.map((each) => each.url)].find(isWebUrl);
  const email = lineIn(members, ["email", "mail"]) ?? (/^mailto:./i.test(page ?? "") ? page : undefined);
  const own = present({ email: email?.replace(/^mailto:/i, ""), url: url && encodedHref(new URL(url)) });
  const name = memberOf(members, NAME);
  if (name === null) {
    const known = knownBy(own.email, site);
    if (known) return [known];
    const inner = [...value.members.values()];
    const within = inner.flatMap((each) => (typeof each === "string" ? [] : authorsOf(each, site, dialect)));
    const named = accounts.find(({ account }) => account !== undefined)?.account;
    return within.length === 0 && named !== undefined ? authorsIn(named, own, site, dialect) : within;
  }
  const names = listOf(name).flatMap((each) => (typeof each === "string" ? [oneLine(each)] : []));
  // What is said of several is not that of each.
  return names.flatMap((each) => authorsIn(each, names.length > 1 ? {} : own, site, dialect));
}

const isWebUrl = (written: string | undefined): written is string =>
  written !== undefined && /^https?:/i.test(written) && URL.canParse(written);

const MAIL = /(?<![^<>()\s,;:])[^<>()\s@,;:/[\]]+@[^<>()\s@,;:/[\]]+/g;
/** `Ada <https://ada.example>`, and a link of Markdown. */
const LINKED = /^([^<>()]+)[<(]([a-z]{3,6}:[^<>()\s]+)[>)]$/i;
const LINK = /^\[([^[\]]+)\]\(([^()\s]+)\)$/;

/** An author in one line, or several with an address each, with what is known of one besides. */
function authorsIn(written: string, own: Omit<Author, "name">, site: Site, dialect: DialectName): readonly Author[] {
  const [, linked, target = ""] = LINK.exec(written) ?? LINKED.exec(written) ?? [];
  const text = linked?.trim() ?? (written.includes("](") ? withoutMarkup(written) : written);
  const addressed = linked === undefined ? text : `${text} ${target}`;
  const mails = addressed.includes("@") ? [...addressed.matchAll(MAIL)].map(([mail]) => mail) : [];
  const parts = mails.length > 1 && linked === undefined ? text.split(/[,;，；、]/) : [];
  if (parts.length > 1) return parts.flatMap((part) => authorsIn(oneLine(part).trim(), {}, site, dialect));
  const [email] = mails;
  // Whoever gives nothing else is named by what identifies them in the address.
  const bare = email === undefined ? text : withoutMail(text) || (email.split("@", 1)[0] ?? "");
  const name = printed(bare, dialect);
  const names = [written, bare, name, name.replace(/^@/, "")];
  const known = names.map((each) => knownAuthor(each, site)).find(Boolean);
  if (name === "") return [];
  const url = isWebUrl(target) ? encodedHref(new URL(target)) : undefined;
  return [known ?? knownBy(email, site) ?? { name, ...present({ email, url }), ...own }];
}

/** The name beside an address, in the ways in which mail and RSS write it: never the address itself. */
const withoutMail = (text: string): string => {
  const name = oneLine(text.replace(MAIL, " ").replace(/mailto:|[<>()]/gi, " ")).trim();
  return name.replace(/^["'](.*)["']$/, "$1");
};

const knownBy = (email: string | undefined, { authors }: Site): Author | undefined =>
  Object.values(authors).find((author) => email && author.email?.toLowerCase() === email.toLowerCase());

/** The author of the site with this key, or with this name. */
function knownAuthor(written: string, { authors }: Site): Author | undefined {
  const byKey = Object.hasOwn(authors, written) ? authors[written] : undefined;
  return byKey ?? Object.values(authors).find((author) => author.name === written);
}
