/** Posts in the order of a channel, moved on by those that went and came: the others are not compared again. */
import { placeOf } from "../base/search.ts";
import { joinedParts } from "../base/segments.ts";
import { type Dated, newestFirst } from "./cut.ts";

/** `posts` and `added` are newest first, and `gone` are some of the posts. */
export function withChanges<Post extends Dated>(
  posts: readonly Post[],
  gone: readonly Post[],
  added: readonly Post[],
): readonly Post[] {
  return withAdded(withoutGone(posts, gone), added);
}

function withoutGone<Post extends Dated>(posts: readonly Post[], gone: readonly Post[]): readonly Post[] {
  if (gone.length === 0) return posts;
  if (gone.length === posts.length) return [];
  const places = gone.map((post) => {
    let place = placeOf(posts, (other) => newestFirst(other, post) >= 0);
    while (place < posts.length && posts[place] !== post) place += 1;
    return place;
  });
  const parts: (readonly Post[])[] = [];
  let start = 0;
  for (const place of places.sort((a, b) => a - b)) {
    parts.push(posts.slice(start, place));
    start = place + 1;
  }
  parts.push(posts.slice(start));
  return joinedParts(parts);
}

/** Each stands behind posts of the same place. */
function withAdded<Post extends Dated>(posts: readonly Post[], added: readonly Post[]): readonly Post[] {
  if (added.length === 0) return posts;
  if (posts.length === 0) return added;
  const parts: (readonly Post[])[] = [];
  let start = 0;
  for (const post of added) {
    const place = placeOf(posts, (other) => newestFirst(other, post) > 0, start);
    parts.push(posts.slice(start, place), [post]);
    start = place;
  }
  parts.push(posts.slice(start));
  return joinedParts(parts);
}
