/** Which post a former entry matches, and when that is ambiguous. */
import { describe, expect, test } from "vitest";
import type { FormerEntry } from "../../lib/adopt/former.ts";
import { matchEntries } from "../../lib/adopt/match.ts";
import type { Matchable } from "../../lib/adopt/traits.ts";

let made = 0;
const entryOf = (entry: Partial<FormerEntry> = {}): FormerEntry => {
  made += 1;
  return { format: "rss", id: `id-${made}`, ...entry };
};
const postOf = (key: string, post: Partial<Matchable> = {}): Matchable => {
  return { key, url: `https://example.com/${key}/`, title: key, published: "2024-02-01T07:30:00Z", ...post };
};
const matched = (entries: readonly FormerEntry[], posts: readonly Matchable[]) =>
  matchEntries(entries, posts).matches.map(({ key, by, entry }) => `${entry.id} is ${key} by ${by}`);

describe("an entry matches a post", () => {
  test.each([
    ["https://example.com/2024/tea/", "https://example.com/2024/tea/"],
    ["http://example.com/2024/tea/", "https://example.com/2024/tea/"],
    ["https://old.example/2024/tea", "https://example.com/2024/tea/"],
    ["https://example.com/2024/tea/index.html", "https://example.com/2024/tea/"],
    ["https://example.com/%e8%8c%b6/", "https://example.com/茶/"],
    ["https://example.com/cafe%CC%81/", "https://example.com/caf%C3%A9/"],
    ["https://example.com/100%/", "https://example.com/100%/"],
  ])("by its link: %s matches %s", (link, url) => {
    expect(matched([entryOf({ id: "x", link })], [postOf("a.md", { url })])).toEqual(["x is a.md by link"]);
  });

  test("by its guid, if that is an address and the link is another", () => {
    const entry = entryOf({ id: "https://example.com/tea/", isPermaLink: true, link: "https://elsewhere.example/" });
    expect(matched([entry], [postOf("a.md", { url: "https://example.com/tea/" })])).toEqual([
      "https://example.com/tea/ is a.md by link",
    ]);
  });

  test.each([
    ["https://example.com/2024/02/01/tea.html", "https://example.com/notes/Tea/", "a.md"],
    ["https://example.com/2024/02/01/tea/", "https://example.com/posts/1/", "posts/2024-02-01-tea.md"],
    ["https://example.com/%E8%8C%B6.html", "https://example.com/1/", "posts/茶/index.md"],
  ])("by its slug: %s matches %s of %s", (link, url, key) => {
    expect(matched([entryOf({ id: "x", link })], [postOf(key, { url })])).toEqual([`x is ${key} by slug`]);
  });

  test("by title and date, whatever quotes and dashes the title has", () => {
    const post = postOf("a.md", { title: `Tea & "water" — isn't it` });
    const title = "Tea &amp; &#8220;water&#8221; &#8211; isn&#8217;t <em>it</em>";
    expect(matched([entryOf({ id: "x", title, published: "2024-02-01T23:00:00Z" })], [post])).toEqual([
      "x is a.md by title and date",
    ]);
    expect(matched([entryOf({ title, published: "2024-02-02T07:30:00Z" })], [post])).toEqual([]);
    expect(matched([entryOf({ title })], [post])).toEqual([]);
    const onlyUpdated = entryOf({ id: "x", title, updated: "2024-02-01T23:00:00Z" });
    expect(matched([onlyUpdated], [post])).toEqual(["x is a.md by title and date"]);
    expect(matchEntries([onlyUpdated], [post]).moved).toEqual([]);
  });

  test("by its link first, even if the title is that of another post", () => {
    const entries = [
      entryOf({ id: "1", link: "https://example.com/a/", title: "B", published: "2024-02-01T07:30:00Z" }),
      entryOf({ id: "2", link: "https://example.com/x/", title: "A", published: "2024-02-01T07:30:00Z" }),
    ];
    const posts = [
      postOf("a", { url: "https://example.com/a/", title: "A" }),
      postOf("b", { url: "https://example.com/b/", title: "B" }),
    ];
    expect(matched(entries, posts)).toEqual(["1 is a by link"]);
  });

  test("in each format separately", () => {
    const link = "https://example.com/a/";
    const entries = [entryOf({ format: "rss", id: "r", link }), entryOf({ format: "atom", id: "a", link })];
    const { ledger } = matchEntries(entries, [postOf("a")]);
    expect([...ledger.values()]).toEqual([{ key: "a", url: link, ids: { rss: "r", atom: "a" } }]);
  });
});

describe("a match counts only if it is unique in both directions:", () => {
  test("two posts with one slug", () => {
    const posts = [postOf("a/tea.md"), postOf("b/tea.md")].map((post, i) => ({
      ...post,
      url: `https://example.com/${i}/`,
    }));
    const { matches, entries, posts: left } = matchEntries([entryOf({ link: "https://old.example/tea" })], posts);
    expect({ matches, left }).toEqual({ matches: [], left: ["a/tea.md", "b/tea.md"] });
    expect(entries[0]?.why).toBe("by its slug it may be a/tea.md or b/tea.md");
  });

  test("two entries with one link", () => {
    const entries = [entryOf({ link: "https://example.com/a/" }), entryOf({ link: "https://example.com/a/" })];
    const found = matchEntries(entries, [postOf("a")]);
    expect(found.matches).toEqual([]);
    expect(found.entries.map(({ why }) => why)).toEqual(
      Array(2).fill("by its link it may be a, and so may another entry"),
    );
  });

  test("entries and posts without a match are listed", () => {
    const found = matchEntries([entryOf({ link: "https://example.com/gone/" })], [postOf("new.md")]);
    expect(found.posts).toEqual(["new.md"]);
    expect(found.entries[0]?.why).toBe("no post has its link, slug, or title and date");
  });

  test("an id of two entries stays with the first, the newer one", () => {
    const entries = [
      entryOf({ id: "same", link: "https://example.com/a/" }),
      entryOf({ id: "same", link: "https://example.com/b/" }),
    ];
    const found = matchEntries(entries, [postOf("a"), postOf("b")]);
    expect(found.matches.map(({ key }) => key)).toEqual(["a"]);
    expect(found.entries[0]?.why).toBe("https://example.com/a/ has the same id in rss");
    expect(found.posts).toEqual(["b"]);
  });

  test("an id of two posts in two formats stays with one", () => {
    const entries = [
      entryOf({ id: "5", format: "rss", link: "https://example.com/a/" }),
      entryOf({ id: "5", format: "json", link: "https://example.com/b/" }),
    ];
    const found = matchEntries(entries, [postOf("a"), postOf("b")]);
    expect([...found.ledger.keys()]).toEqual(["a"]);
    expect(found.entries[0]?.why).toBe("its id belongs to a in another format");
  });
});

test("the latest `updated` of any format is kept, and a date that differs from the post's is listed", () => {
  const link = "https://example.com/a/";
  const found = matchEntries(
    [
      entryOf({ format: "atom", link, updated: "2024-03-01T00:00:00Z", published: "2024-02-01T07:30:00Z" }),
      entryOf({ format: "json", link, updated: "2024-03-02T00:00:00Z", published: "2024-02-01T15:30:00Z" }),
    ],
    [postOf("a")],
  );
  expect(found.ledger.get("a")?.updated).toBe("2024-03-02T00:00:00Z");
  expect(found.moved.map(({ entry }) => entry.format)).toEqual(["json"]);
});
