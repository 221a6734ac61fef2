/** What others ask of sign-in: who a request is from, and what they may do. */

/** Scopes of Micropub (its section 5.4 leaves the list to https://indieweb.org/scope), and IndieAuth's `profile`. */
export type WriteScope = "create" | "draft" | "update" | "delete" | "undelete" | "media" | "profile";

/** `owner`: every post, and who else may write; `author`: their own posts; `drafts`: drafts of their own, which others publish. */
export type Role = "owner" | "author" | "drafts";

/** Whoever may write. */
export interface Writer {
  /** Key in the site's `authors`; absent where the site names none. */
  readonly author?: string;
  readonly role: Role;
}

export interface Grant extends Writer {
  readonly scopes: readonly WriteScope[];
  /** Names what grants it in logs and lists: never the token itself. */
  readonly id: string;
}
