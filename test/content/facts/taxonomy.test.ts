/** Names of the owner's own taxonomies in the front matter of a post. */
import { describe, expect, test } from "vitest";
import { parsePost } from "../../../lib/content/post.ts";
import { bytesOf, siteOf } from "../helpers.ts";

const site = siteOf({ taxonomies: ["series"], guard: { tags: 3 } });
const parsed = (front: string) =>
  parsePost("posts/a.md", bytesOf(`---\ntitle: A\ndate: 2024-01-01\n${front}\n---\nText.\n`), site);

describe("the names in a taxonomy of the owner's own", () => {
  test.each([
    ["series: Weirs, and how they break", ["Weirs, and how they break"]],
    ["Series: [Weirs, Rural video, Weirs]", ["Weirs", "Rural video"]],
    ["series:\n  name: Weirs\n  part: 2", ["Weirs"]],
    ["taxonomies:\n  series: [Weirs]", ["Weirs"]],
  ])("%s", (front, names) => {
    expect(parsed(front).post?.terms).toEqual({ series: names });
  });

  test.each(["series:", "series: []", "serie: Weirs", "tags: [series]"])("%s: none", (front) => {
    expect(parsed(front).post?.terms).toBeUndefined();
  });

  test("count among those that one post may have", () => {
    expect(parsed("tags: [a, b]\nseries: [c, d]").problems).toMatchObject([
      {
        code: "too-many-tags",
        message: "the post has 2 tags and 2 names of series: 4 in all, where 3 are the most",
        line: 4,
      },
    ]);
  });

  test("are no longer than those of a tag", () => {
    const { problems } = parsed(`series: ${"x".repeat(501)}`);
    expect(problems).toMatchObject([{ code: "too-long", line: 4, message: expect.stringContaining("name of series") }]);
  });
});
