/** What people are called. */
import { present } from "../../base/optional.ts";
import type { Site } from "../../site/types.ts";
import type { Writer, WriteScope } from "../types.ts";
import { SCOPES_OF } from "./roles.ts";

/** Of an owner that `site.yaml` does not name: as the site. */
export const nameOf = ({ author }: { readonly author?: string }, site: Site): string =>
  (author === undefined ? undefined : site.authors[author]?.name) ?? site.title;

/** The authors of the site, as the page shows them. */
export const namedAuthors = ({ authors }: Pick<Site, "authors">): readonly NamedAuthor[] =>
  Object.entries(authors).map(([key, { name }]) => ({ key, name: name ?? key }));

export interface NamedAuthor {
  readonly key: string;
  readonly name: string;
}

/** What the page is told of who uses it. */
export interface ShownSession extends Writer {
  readonly name: string;
  readonly scopes: readonly WriteScope[];
  readonly language: string;
}

export const sessionOf = ({ author, role }: Writer, site: Site): ShownSession => ({
  ...present({ author }),
  name: nameOf(present({ author }), site),
  role,
  scopes: SCOPES_OF[role],
  language: site.language,
});
