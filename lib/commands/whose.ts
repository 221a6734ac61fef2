/** Whose a code or a token is that `dripfeed tokens` makes, and what there is to know of it. */
import { HttpError } from "../base/http/error.ts";
import { writerFor } from "../signin/people/roles.ts";
import type { Writer } from "../signin/types.ts";
import type { Site } from "../site/types.ts";
import { visible } from "../terminal/text.ts";
import type { InputOf } from "./declare.ts";
import type { TOKENS } from "./declared/access.ts";
import { UsageError } from "./exit.ts";

type Asked = Pick<InputOf<typeof TOKENS>["values"], "author" | "role">;

/** Without site.yaml at hand nobody knows yet whether it names the author; the page says so when the code is used. */
export function writerAsked(
  { author, role = author === undefined ? "owner" : "author" }: Asked,
  site: Site | undefined,
): Writer {
  if (author === undefined && role !== "owner") {
    throw new UsageError(`--role ${role} is of one of the authors of site.yaml: write --author, too`);
  }
  if (!site) return { ...(author === undefined ? {} : { author }), role };
  try {
    return writerFor({ author, role }, site);
  } catch (error) {
    throw error instanceof HttpError ? new UsageError(error.message) : error;
  }
}

export const writerText = ({ author, role }: Writer): string =>
  `${role}${author === undefined ? "" : ` ${visible(author)}`}`;

/** What whoever reads the answer might miss: that posts will have no author, or that nobody has looked who the author is. */
export function writerNote({ author, role }: Writer, site: Site | undefined): string | undefined {
  const keys = site && Object.keys(site.authors);
  if (author !== undefined) {
    if (keys) return undefined;
    const otherwise = role === "owner" ? "otherwise posts name no author" : "otherwise nothing can be written with it";
    return `site.yaml has to name ${visible(author)} among its authors, ${otherwise}; with --content that is looked up now`;
  }
  if (!keys) return "posts name no author if site.yaml has several; with --author they do";
  if (keys.length === 0) return undefined;
  return `posts name no author; with --author and one of ${visible(keys.join(", "))} they do (the owner's with --role owner, too)`;
}
