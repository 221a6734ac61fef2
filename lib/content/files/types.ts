/** What the dialects' rules for files are given, and what they say. */
import type { Site } from "../../site/types.ts";
import type { Place } from "../facts/place.ts";
import type { Fields } from "../frontmatter/values.ts";
import type { OtherObjects } from "../outside.ts";

/** Where a file is named: under a key of the front matter, as a picture of Markdown, in HTML that loads it, in a link. */
export type Naming = "front matter" | "picture" | "html" | "link";

/** The absolute address at which a file is that is named so; `undefined` where the text says it already. */
export type Meant = (written: string, naming: Naming) => string | undefined;

export interface FileRules {
  readonly meant: Meant;
  /** A text without a match names no such file. */
  readonly mayName?: RegExp;
}

/** A post whose files are looked for, and what they are looked up in. */
export interface FilesContext extends OtherObjects {
  readonly key: string;
  readonly url: string;
  readonly place: Place;
  readonly fields: Fields;
  readonly site: Pick<Site, "url" | "language">;
  /** The URL of the post at another key; `undefined` where there is none, or readers cannot see it. */
  readonly urlOf: (key: string) => string | undefined;
}

/** The beginning of a link, a picture or an attribute with a path: any, or one that does not begin with a slash. */
export const NAMES_PATH =
  /(?:\]\(\s{0,9}<?|\]:\s{0,9}<?|(?:href|src|poster|data-original)\s{0,9}=\s{0,9}["']?)(?![a-z][a-z\d+.-]{0,30}:|\/\/|#)[^\s"'<>)]/i;
export const NAMES_RELATIVE_PATH =
  /(?:\]\(\s{0,9}<?|\]:\s{0,9}<?|(?:href|src|poster|data-original)\s{0,9}=\s{0,9}["']?)(?![a-z][a-z\d+.-]{0,30}:|\/|#)[^\s"'<>)]/i;
