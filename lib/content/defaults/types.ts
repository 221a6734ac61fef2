/** The types of what is said of posts elsewhere than in their files. */
import type { DialectName, Problem } from "../../model.ts";
import type { Site } from "../../site/types.ts";
import type { Place } from "../facts/place.ts";
import type { Fields } from "../frontmatter/values.ts";
import type { NotedFacts } from "../outside.ts";

export interface DefaultsInput {
  readonly key: string;
  readonly dialect: DialectName;
  readonly place: Place;
  readonly site: Site;
  readonly outside: Pick<NotedFacts, "sizeOf" | "textOf">;
}

/** What the files of a site generator say of a post. */
export interface Defaults {
  /** As front matter would have it, what counts first before what it overrides. */
  readonly layers: readonly Fields[];
  /** Of the files that say so. An error keeps the post from being published. */
  readonly problems: readonly Problem[];
  /** The keys of the posts that the file is part of, if it is none by itself. */
  readonly partOf?: readonly string[];
}
