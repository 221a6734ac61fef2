/** What a grant allows: by its scopes, and by whose post it is. */
import { bearerError } from "../../base/http/bearer.ts";
import { HttpError } from "../../base/http/error.ts";
import type { Author } from "../../model.ts";
import type { Grant, WriteScope } from "../../signin/types.ts";
import type { Site } from "../../site/types.ts";
import type { Posted, PostedContent } from "../post/types.ts";

/** Throws an `HttpError` unless the grant has one of the scopes. */
export function assertScope({ scopes }: Grant, ...wanted: readonly WriteScope[]): void {
  if (wanted.some((scope) => scopes.includes(scope))) return;
  throw bearerError(
    "insufficient_scope",
    `this needs the scope ${wanted.join(" or ")}: sign in again and allow it`,
    wanted,
  );
}

/** Whether all that is written with it stays a draft, for somebody else or another app to publish. */
export const isForDrafts = ({ role, scopes }: Grant): boolean =>
  role === "drafts" || (scopes.includes("draft") && !scopes.includes("create"));

/** By the names of the post's authors. On a site that names none, everybody who may write may change every post. */
export function isOwn({ role, author }: Grant, names: readonly string[], site: Site): boolean {
  if (role === "owner") return true;
  const own = author === undefined ? undefined : site.authors[author]?.name;
  return own === undefined ? names.length === 0 : names.includes(own);
}

export function assertOwn(grant: Grant, authors: readonly Author[], site: Site): void {
  if (!isOwn(grant, namesOf(authors), site))
    throw new HttpError("forbidden", "this post is somebody else's: its author or the owner can change it");
}

export const namesOf = (authors: readonly Author[]): readonly string[] => authors.map(({ name }) => name);

/** Who may only write drafts changes no post that is published. */
export function assertDraft(grant: Grant, isDraft: boolean): void {
  if (isForDrafts(grant) && !isDraft) {
    throw new HttpError("forbidden", "this post is published: ask the owner to change it, or to make it a draft");
  }
}

/** Some generators run code in the text of a post when they build the site: `{{ … }}` of Eleventy, JavaScript in MDX. */
export function assertForm({ role }: Grant, content: PostedContent | undefined): void {
  if (content?.form !== "markdown" || role === "owner") return;
  throw new HttpError(
    "forbidden",
    "only the owner sends `markdown`, in which templates are run: send `content` as a text, which may have Markdown, too",
  );
}

/**
 * As `author` names them, else who writes, also where the site has no other author yet: once it has, posts that name nobody are
 * nobody's. An owner whom `site.yaml` does not name is its only author. Only an owner writes for somebody else.
 */
export function authorsFor({ role, author }: Grant, posted: Posted, site: Site): readonly string[] {
  const keys = Object.keys(site.authors);
  const named = posted.authors.map((written) => authorKey(written, site) ?? written);
  if (role === "owner" && named.length > 0) return named;
  if (named.some((each) => each !== author)) {
    throw new HttpError("forbidden", "only the owner writes in the name of somebody else: leave `author` out");
  }
  const own = author ?? (role === "owner" && keys.length === 1 ? keys[0] : undefined);
  return own === undefined || !keys.includes(own) ? [] : [own];
}

/** The key in `site.yaml` of the author with this key, name or address. */
function authorKey(written: string, { authors }: Site): string | undefined {
  if (Object.hasOwn(authors, written)) return written;
  return Object.keys(authors).find((key) => authors[key]?.name === written || authors[key]?.url === written);
}
