/** The posts that are kept after they were read are the latest for which there is room. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Post } from "../../../lib/model.ts";
import { keptPosts } from "../../../lib/publish/scan/kept.ts";
import { postWith } from "../../content/helpers.ts";

const ROOM = 1000;
const POST = postWith("");

test("no more than there is room for, all where there is room, and the latest in any case", () => {
  const posts = fc.array(fc.record({ day: fc.integer({ min: 1, max: 28 }), length: fc.nat(300) }), { maxLength: 60 });
  fc.assert(
    fc.property(posts, (given) => {
      const kept = keptPosts(ROOM);
      const all = given.map(({ day, length }, i): Post => {
        const published = `2026-01-${String(day).padStart(2, "0")}T00:00:00Z`;
        return { ...POST, key: `posts/${i}.md`, published, markdown: "x".repeat(length) };
      });
      for (const post of all) kept.keep(post);
      const size = [...kept.posts.values()].reduce((sum, { markdown }) => sum + markdown.length, 0);
      expect(size).toBeLessThanOrEqual(ROOM);
      const total = all.reduce((sum, { markdown }) => sum + markdown.length, 0);
      if (total <= ROOM) expect(kept.posts.size).toBe(all.length);
      const latest = all.toSorted((a, b) => (a.published < b.published ? 1 : -1))[0];
      if (latest && all.every(({ published, key }) => published < latest.published || key === latest.key)) {
        expect(kept.posts.has(latest.key)).toBe(true);
      }
    }),
  );
});
