/** What others ask of sign-in: who a request is from, and what they may do. */

/** Scopes of Micropub (its section 5) with `draft`, `undelete` and `media`, which servers and clients agreed on, and IndieAuth's `profile`. */
export type WriteScope = "create" | "draft" | "update" | "delete" | "undelete" | "media" | "profile";

/** `owner`: every post, and who else may write; `author`: their own posts; `drafts`: drafts of their own, which others publish. */
export type Role = "owner" | "author" | "drafts";

export interface Grant {
  /** Key in the site's `authors`; absent where the site names none. */
  readonly author?: string;
  readonly role: Role;
  readonly scopes: readonly WriteScope[];
  /** Names what grants it in logs and lists: never the token itself. */
  readonly id: string;
}
