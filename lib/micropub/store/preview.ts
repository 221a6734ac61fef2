/** What a run would make of bytes that are not in the content store yet. */
import { HttpError } from "../../base/http/error.ts";
import { isError } from "../../base/problems.ts";
import type { Post, Problem } from "../../model.ts";
import { readUnpublished } from "../../publish/unpublished.ts";
import type { Store } from "../../stores/store.ts";
import { shownProblems } from "../problems.ts";
import type { PostsContext } from "./context.ts";

export interface PostPreview {
  /** Absent where it would be no post; its problems say why. */
  readonly post?: Post | undefined;
  readonly problems: readonly Problem[];
}

export function previewOf(
  { content, site, records }: PostsContext,
  key: string,
  bytes: Uint8Array,
): Promise<PostPreview> {
  return readUnpublished({ content: withObject(content, key, bytes), site, records }, key);
}

/** The content store as it would be with these bytes in it. */
function withObject(store: Store, key: string, bytes: Uint8Array): Store {
  return {
    ...store,
    async get(asked, known, maxBytes) {
      if (asked !== key) return store.get(asked, known, maxBytes);
      return { body: bytes.subarray(0, maxBytes), etag: "" };
    },
  };
}

/** The post, or an error with its problems. */
export function assertPost({ post, problems }: PostPreview, key: string): Post {
  if (post && !problems.some(isError)) return post;
  const [first] = [...problems].sort((a, b) => Number(isError(b)) - Number(isError(a)));
  const why = first ? `${first.message}; ${first.fix}` : `${key} is left out by include or exclude of site.yaml`;
  throw new HttpError("invalid_request", `this would be no post: ${why}`, { problems: shownProblems(problems) });
}
