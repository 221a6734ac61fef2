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

interface Naming {
  readonly site: Site;
  readonly dialect: DialectName;
}

/** A post that names no author is by the site's author, if the site has only one. */
export function readAuthors(fields: Fields, site: Site, dialect: DialectName): readonly Author[] {
  const field = given(fields, ...KEYS.authors);
  const authors = listOf(field?.value ?? null).flatMap((value) => authorsOf(value, { site, dialect }));
  const [only, ...others] = Object.values(site.authors);
  if (authors.length === 0 && only && others.length === 0) return [only];
  const names = new Set<string>();
  return authors.filter(({ name }) => !names.has(name) && names.add(name));
}

const NAME = ["name", "displayname", "key", "id", "slug"];
const PAGE = ["url", "link", "website", "homepage", "web", "site"];
/** Names of accounts, each with the address below which its page is. */
const ACCOUNTS = [
  ["github", "https://github.com/"],
  ["twitter", "https://twitter.com/"],
] as const;

function authorsOf(value: Value, naming: Naming): readonly Author[] {
  if (typeof value === "string") return authorIn(oneLine(value), {}, naming);
  if (value === null || !isMapValue(value)) return [];
  const members = membersOf(value);
  const account = ACCOUNTS.flatMap(([name, base]) => {
    const written = lineIn(members, [name])?.replace(/^@/, "");
    return written === undefined ? [] : [/^[\w-]{1,100}$/.test(written) ? base + written : written];
  });
  const url = [lineIn(members, PAGE), ...account].find(isWebUrl);
  const own = { ...present({ email: lineIn(members, ["email", "mail"]), url: url && encodedHref(new URL(url)) }) };
  const name = memberOf(members, NAME);
  const names = listOf(name).flatMap((each) => (typeof each === "string" ? [oneLine(each)] : []));
  // An address of one is not that of each.
  return names.flatMap((each) => authorIn(each, names.length > 1 ? {} : own, naming));
}

const isWebUrl = (written: string | undefined): written is string =>
  written !== undefined && /^https?:/i.test(written) && URL.canParse(written);

const MAIL = String.raw`(?:mailto:)?([^<>()\s@]+@[^<>()\s@]+)`;
const NAME_THEN_MAIL = new RegExp(`^([^<]+)<${MAIL}>$`, "i");
/** As RSS has it. */
const MAIL_THEN_NAME = new RegExp(String.raw`^${MAIL}(?: ?\(([^()]+)\))?$`, "i");
const LINK = /^\[([^[\]]+)\]\(([^()\s]+)\)$/;

/** An author in one line, with what is known of them besides. */
function authorIn(written: string, own: Omit<Author, "name">, { site, dialect }: Naming): readonly Author[] {
  const [, linked, target = ""] = LINK.exec(written) ?? [];
  const text = linked?.trim() ?? (written.includes("](") ? withoutMarkup(written) : written);
  const url = isWebUrl(target) ? encodedHref(new URL(target)) : undefined;
  const [, before, after] = NAME_THEN_MAIL.exec(text) ?? [];
  const [, alone = MAIL_THEN_NAME.exec(target)?.[1], behind] = MAIL_THEN_NAME.exec(text) ?? [];
  const email = after ?? alone;
  // Whoever gives nothing but an address is named by what identifies them in it: the whole is for mail.
  const bare =
    before?.trimEnd() ??
    behind?.trim() ??
    (email !== undefined && text.includes("@") ? text.replace(/^mailto:/i, "").split("@", 1)[0] : text);
  const name = printed(bare ?? "", dialect);
  const known = [written, bare ?? "", name, name.replace(/^@/, "")]
    .map((each) => knownAuthor(each, site))
    .find(Boolean);
  const byMail = Object.values(site.authors).find((author) => email !== undefined && author.email === email);
  if (name === "") return [];
  return [known ?? byMail ?? { name, ...present({ email, url }), ...own }];
}

/** The author of the site with this key, or with this name. */
function knownAuthor(written: string, { authors }: Site): Author | undefined {
  const byKey = Object.hasOwn(authors, written) ? authors[written] : undefined;
  return byKey ?? Object.values(authors).find((author) => author.name === written);
}
