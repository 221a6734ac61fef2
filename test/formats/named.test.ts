/** An entry names few of the tags, categories and authors of its post, in every format; the post is in the channels of all. */
import { describe, expect, test } from "vitest";
import { namedOf } from "../../lib/formats/named.ts";
import { ids, post, WHOLE_SITE, world } from "../support/world.ts";

const list = (count: number, name: string): readonly string[] => Array.from({ length: count }, (_, i) => `${name}${i}`);

describe("an entry names", () => {
  test("all tags and categories where they are a hundred, and the very same lists", () => {
    const facts = { tags: list(97, "t"), categories: [list(3, "c")] };
    expect(namedOf(facts)).toEqual(facts);
    expect(namedOf(facts).tags).toBe(facts.tags);
  });

  test("the first of them otherwise, categories with those above them before tags", () => {
    const facts = { tags: list(97, "t"), categories: [list(3, "c"), list(2, "d")] };
    expect(namedOf(facts)).toEqual({ ...facts, tags: list(95, "t") });
    expect(namedOf({ tags: ["t"], categories: [list(90, "c"), list(20, "d"), ["e"]] })).toEqual({
      tags: [],
      categories: [list(90, "c"), list(10, "d")],
    });
  });
});

describe("a post with 150 tags and 120 authors", () => {
  const front = { tags: `[${list(150, "tag-")}]`, authors: `[${list(120, "Author ")}]` };

  test("names a hundred of each in every format, and is in every channel", async () => {
    const site = await world({ "posts/a.md": post(front) }, WHOLE_SITE);
    await site.publish();
    const [rss, atom, json] = [await site.read("rss.xml"), await site.read("atom.xml"), await site.read("feed.json")];
    const count = (text: string, pattern: RegExp) => text.match(pattern)?.length;
    expect(count(rss, /<category /g)).toBe(100);
    expect(count(rss, /<dc:creator>/g)).toBe(100);
    expect(count(atom, /<category /g)).toBe(100);
    expect(count(atom, /<name>Author /g)).toBe(100);
    const [item] = JSON.parse(json).items;
    expect([item.tags, item.authors.length]).toEqual([list(100, "tag-"), 100]);
    expect(ids(await site.read("tags/tag-149/feed.json"))).toHaveLength(1);
    expect(ids(await site.read("authors/author-119/feed.json"))).toHaveLength(1);
  });

  test("is written anew where one that is named changes, and where others do only in their channels", async () => {
    const site = await world({ "posts/a.md": post(front) }, WHOLE_SITE);
    await site.publish();
    await site.write("posts/a.md", post({ ...front, tags: `[${[...list(149, "tag-"), "another"]}]` }));
    const { put } = await site.publish();
    expect(
      put
        .map(({ path }) => path)
        .filter((path) => path.endsWith("feed.json"))
        .sort(),
    ).toEqual(["tags/another/feed.json"]);
    await site.write("posts/a.md", post({ ...front, tags: `[${["first", ...list(149, "tag-")]}]` }));
    expect((await site.publish()).put.map(({ path }) => path)).toContain("feed.json");
  });
});
