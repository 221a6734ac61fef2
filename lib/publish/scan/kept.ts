/** Posts that were read and may still be rendered, as many as there is room for: the latest, which most documents carry. */
import type { Post } from "../../model.ts";

export interface KeptPosts {
  keep(post: Post): void;
  /** By key. */
  readonly posts: Map<string, Post>;
}

/** How much stays when there is no more room, so that posts are not sorted again for each one that comes. */
const SHARE = 0.75;

/** Up to `room` characters of Markdown. A post that is not kept is read again if it is to be rendered. */
export function keptPosts(room: number): KeptPosts {
  const posts = new Map<string, Post>();
  let size = 0;
  return {
    posts,
    keep(post) {
      posts.set(post.key, post);
      size += post.markdown.length;
      if (size <= room) return;
      size = 0;
      for (const each of [...posts.values()].sort((a, b) => (a.published < b.published ? 1 : -1))) {
        if (size + each.markdown.length > room * SHARE) posts.delete(each.key);
        else size += each.markdown.length;
      }
    },
  };
}
