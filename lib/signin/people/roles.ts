/** What each role may do, and which role a person has now. */
import { HttpError } from "../../base/http/error.ts";
import type { Site } from "../../site/types.ts";
import type { Grant, Role, Writer, WriteScope } from "../types.ts";

/** All scopes that there are, in the order in which they are listed. */
export const SCOPES: readonly WriteScope[] = ["create", "draft", "update", "delete", "undelete", "media", "profile"];

/** Of the page. Who writes drafts may change them, and nothing else: Micropub asks for the role, too. */
export const SCOPES_OF: { readonly [role in Role]: readonly WriteScope[] } = {
  owner: SCOPES,
  author: SCOPES,
  drafts: ["draft", "update", "delete", "undelete", "media", "profile"],
};

/** At most what an app may get of what it asks for: of somebody who writes drafts, `create` is for drafts. */
export function scopesForApp(role: Role, asked: readonly string[]): readonly WriteScope[] {
  const meant = new Set(role === "drafts" ? asked.map((scope) => (scope === "create" ? "draft" : scope)) : asked);
  const most: readonly WriteScope[] = role === "drafts" ? ["draft", "media", "profile"] : SCOPES;
  return most.filter((scope) => meant.has(scope));
}

const RANKS: readonly Role[] = ["drafts", "author", "owner"];

/** Of the same person, and no more than what they are. An owner may do it for anybody. */
export function isOwn(of: Writer, mine: Grant): boolean {
  if (mine.role === "owner") return true;
  return of.author === mine.author && RANKS.indexOf(of.role) <= RANKS.indexOf(mine.role);
}

export const hasAuthor = ({ authors }: Site, key: string): boolean => Object.hasOwn(authors, key);

/**
 * Who somebody is now, by `site.yaml` as it is now: an author that it no longer names has no right left. An owner stays the
 * owner whatever it says, since whoever renames their own key would lock themselves out.
 */
export function writerNow<P extends Writer>(person: P, site: Site): P | undefined {
  const { author, role } = person;
  if (author !== undefined && hasAuthor(site, author)) return person;
  if (role !== "owner") return undefined;
  const { author: _, ...owner } = person;
  return owner as P;
}

/** The same, where it is refused that there is none. */
export function assertWriter<P extends Writer>(person: P, site: Site): P {
  const found = writerNow(person, site);
  if (found) return found;
  const { author } = person;
  throw new HttpError(
    "forbidden",
    `${author ?? "this person"} is not among the authors of site.yaml any more: the owner can name them there again`,
  );
}

/** Whom a code may be for. The only author of a site is who owns it, unless somebody else is named. */
export function writerFor(asked: { readonly author?: string | undefined; readonly role: Role }, site: Site): Writer {
  const keys = Object.keys(site.authors);
  const author = asked.author ?? (asked.role === "owner" && keys.length === 1 ? keys[0] : undefined);
  if (author !== undefined && !hasAuthor(site, author)) {
    const known = keys.length > 0 ? `it names ${keys.join(", ")}` : "it names none";
    throw new HttpError("invalid_request", `${author} is not among the authors of site.yaml: ${known}`);
  }
  if (author === undefined && asked.role !== "owner") {
    throw new HttpError(
      "invalid_request",
      `say for which of the authors of site.yaml the code is, as whoever is ${asked.role}`,
    );
  }
  return { ...(author === undefined ? {} : { author }), role: asked.role };
}
