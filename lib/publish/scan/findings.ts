/** What a scan finds at content keys. */
import type { Unread } from "../../content/unread.ts";
import type { EntryPlace, Etag, Instant, Post, Problem, Traits } from "../../model.ts";
import type { Objects } from "./objects.ts";

/** What is known of a post without its text. */
export type PostMetadata = Omit<Post, "markdown">;

export type Finding =
  /** `excluded`: the object is there, but it is no post any more. */
  | { readonly gone: true; readonly excluded?: boolean }
  | (Unread & {
      readonly gone?: false;
      /** Empty where the object cannot be read. */
      readonly etag: Etag;
      /** Absent where the file has errors, or its author keeps it back before it is complete. */
      readonly post?: PostMetadata;
      /** The address of a file that is no post but a page of the site. */
      readonly page?: string;
      /** Other content keys that count for the file, there or not. */
      readonly deps?: readonly string[];
      /** Digest of these keys as they were when the file was read. */
      readonly depsDigest?: string;
    });

/** What a scan finds at a key where there is a file. */
export type FileFinding = Exclude<Finding, { readonly gone: true }>;

/** What was read at a key, and of what: all that reading depends on besides the site, whose digest the object's name has. */
export interface PreparedFinding {
  readonly key: string;
  /** Of the object, also where it could not be read. */
  readonly etag: Etag;
  /** When readers got the post, as it was read with. */
  readonly datedAs?: Instant;
  readonly finding: FileFinding;
  /** Reading it took longer than so many milliseconds: it is not tried again before the findings are taken up. */
  readonly stopped?: number;
  /** Where its entry lies, of a post that has been rendered, and whose links lead to no other post. */
  readonly rendered?: EntryPlace;
}

/** By key. A key that is not here is as its record says. */
export type Findings = ReadonlyMap<string, Finding>;

export interface Scan {
  /** In UTF-8 key order. */
  readonly findings: Findings;
  /** The posts that were read, with their text, as many as there is room for. */
  readonly posts: ReadonlyMap<string, Post>;
  /** All objects of the content store, where they were listed. */
  readonly listed?: Objects | undefined;
  /** Of posts whose records stay as they are, because they could not be read in time. */
  readonly problems: readonly Problem[];
}

/** What can be read of each file that was found, by key. */
export const traitsIn = (
  findings: Findings,
): readonly (Traits & Pick<PostMetadata, "key"> & Partial<Pick<PostMetadata, "url">>)[] =>
  [...findings].flatMap(([key, finding]) => (finding.gone ? [] : [finding.post ?? { ...finding.seen, key }]));

/** The posts among the findings. */
export const postsIn = (findings: Findings): readonly PostMetadata[] =>
  [...findings.values()].flatMap((finding) => (finding.gone || !finding.post ? [] : [finding.post]));
