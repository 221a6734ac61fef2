/** The windows of the site and of tags, and which posts are listed. */
import { describe, expect, test } from "vitest";
import { isListed } from "../../lib/channels/listed.ts";
import { selectWindows } from "../../lib/channels/windows.ts";
import type { Facts, PostRecord, RecordState } from "../../lib/model.ts";
import { siteOf } from "../content/helpers.ts";

const NOW = "2026-06-01T12:00:00Z";

function recordOf(id: string, facts: Partial<Facts> = {}, rest: Partial<PostRecord> = {}): PostRecord {
  return {
    key: `posts/${id}.md`,
    state: "public",
    etag: id,
    problems: [],
    deps: [],
    facts: {
      id,
      title: id,
      url: `https://example.org/${id}/`,
      published: "2024-10-15T00:00:00Z",
      updated: "2024-10-15T00:00:00Z",
      language: "en",
      authors: [],
      tags: [],
      categories: [],
      size: 100,
      sourceDigest: "s",
      wordsDigest: "w",
      inputHash: "i",
      ...facts,
    },
    ...rest,
  };
}

function windowsOf(records: readonly PostRecord[], limit = 20) {
  const usual = { limit: { entries: limit }, content: "full", formats: ["rss", "atom", "json"] } as const;
  const site = siteOf({ ...usual, kinds: { tags: { ...usual, path: "tags/{slug}/" } } });
  const windows = selectWindows({ records, gone: [], site, now: NOW });
  return new Map(
    windows.map(({ channel, records }) => [channel.key, { channel, ids: records.map(({ facts }) => facts.id) }]),
  );
}

const siteIds = (records: readonly PostRecord[], limit?: number) => windowsOf(records, limit).get("site")?.ids;

describe("the site's window", () => {
  const dated = [
    recordOf("b", { published: "2024-01-02T00:00:00Z" }),
    recordOf("d", { published: "2024-01-01T00:00:00Z" }),
    recordOf("c", { published: "2024-01-03T00:00:00Z" }),
    recordOf("a", { published: "2024-01-02T00:00:00Z" }),
  ];

  test("is newest first, and sorts posts of the same second by id", () => {
    expect(siteIds(dated)).toEqual(["c", "a", "b", "d"]);
    expect(siteIds(dated.toReversed())).toEqual(["c", "a", "b", "d"]);
  });

  describe("has posts of the same moment as the site's generator lists them", () => {
    const tied = [
      recordOf("1", { title: "Weir" }, { key: "posts/a.md" }),
      recordOf("2", { title: "Bank", url: "https://example.org/0/" }, { key: "posts/c.md" }),
      recordOf("3", { title: "Weir" }, { key: "posts/b.md" }),
      recordOf("0", { published: "2024-10-14T00:00:00Z", title: "Alder" }, { key: "posts/d.md" }),
      recordOf("9", { published: "2024-10-16T00:00:00Z", title: "Zander" }, { key: "posts/0.md" }),
    ];

    test.each([
      ["jekyll", "92310"],
      ["eleventy", "92310"],
      ["hugo", "92130"],
      ["zola", "92130"],
      ["hexo", "91230"],
      ["astro", "91230"],
    ] as const)("%s", (dialect, ids) => {
      const usual = { limit: { entries: 20 }, content: "full", formats: ["rss"] } as const;
      for (const records of [tied, tied.toReversed()]) {
        const site = siteOf({ ...usual, dialect, archives: "year" });
        const windows = selectWindows({ records, gone: [], site, now: NOW });
        const idsOf = windows.map(({ records }) => records.map(({ facts }) => facts.id).join(""));
        expect(idsOf).toEqual(windows.map(() => ids));
      }
    });
  });

  test("is sorted by the date of publication, not of the last update", () => {
    const rewritten = recordOf("old", { published: "2020-01-01T00:00:00Z", updated: "2025-01-01T00:00:00Z" });
    expect(siteIds([rewritten, ...dated])?.at(-1)).toBe("old");
  });

  test("carries the newest posts up to its limit", () => expect(siteIds(dated, 2)).toEqual(["c", "a"]));

  test("exists if the site has no posts", () => {
    expect([...windowsOf([]).keys()]).toEqual(["site"]);
    expect(siteIds([])).toEqual([]);
  });

  test("has the site's channel", () => {
    expect(windowsOf([]).get("site")?.channel).toEqual({
      key: "site",
      kind: "site",
      path: "",
      name: [],
      formats: ["rss", "atom", "json"],
      title: "Example",
      description: "Example",
      language: "en",
      content: "full",
    });
  });

  test("does not change the records it is given", () => {
    const given = Object.freeze([...dated]);
    expect(() => selectWindows({ records: given, gone: [], site: siteOf(), now: NOW })).not.toThrow();
  });
});

describe("a post is listed", () => {
  const states: readonly [RecordState, boolean][] = [
    ["public", true],
    ["future", false],
    ["expired", false],
    ["hidden", false],
    ["broken", false],
    ["conflicting", false],
    ["removed", false],
  ];

  test.each(states)("when it is %s: %s", (state, listed) => {
    const record = recordOf("a", { tags: ["t"] }, { state });
    expect(isListed(record)).toBe(listed);
    expect([...windowsOf([record]).keys()]).toEqual(listed ? ["site", "tags/t"] : ["site"]);
  });

  test("when it broke and has a last good entry", () => {
    expect(siteIds([recordOf("a", {}, { state: "broken", lastGood: true })])).toEqual(["a"]);
    expect(siteIds([recordOf("a", {}, { state: "broken", lastGood: false })])).toEqual([]);
  });

  test("in no other state because of a last good entry", () => {
    for (const [state] of states.filter(([state]) => !["public", "broken", "conflicting"].includes(state))) {
      expect(
        siteIds([recordOf("a", {}, { state, lastGood: true, rendered: { pack: "p", start: 0, length: 1 } })]),
      ).toEqual([]);
    }
  });

  test("only if it has facts", () => {
    const { facts: _, ...bare } = recordOf("a");
    expect(isListed(bare)).toBe(false);
  });
});

describe("a tag's window", () => {
  test("carries the posts with the tag, newest first, up to its limit", () => {
    const windows = windowsOf(
      [
        recordOf("a", { tags: ["x"], published: "2024-01-01T00:00:00Z" }),
        recordOf("b", { tags: ["y"], published: "2024-01-02T00:00:00Z" }),
        recordOf("c", { tags: ["y", "x"], published: "2024-01-03T00:00:00Z" }),
        recordOf("d", { tags: ["x"], published: "2024-01-04T00:00:00Z" }),
      ],
      2,
    );
    expect([...windows].map(([key, { ids }]) => [key, ids])).toEqual([
      ["site", ["d", "c"]],
      ["tags/x", ["d", "c"]],
      ["tags/y", ["c", "b"]],
    ]);
  });

  test("carries older posts than the site's", () => {
    const recent = ["b", "c"].map((id) => recordOf(id, { published: "2024-05-05T00:00:00Z" }));
    const windows = windowsOf([...recent, recordOf("a", { tags: ["x"], published: "2020-01-01T00:00:00Z" })], 1);
    expect(windows.get("tags/x")?.ids).toEqual(["a"]);
  });

  test("is one for all spellings, titled by the most common", () => {
    const windows = windowsOf([
      recordOf("a", { tags: ["machine-learning"] }),
      recordOf("b", { tags: ["Machine Learning"] }),
      recordOf("c", { tags: ["Machine Learning"] }),
    ]);
    expect([...windows.keys()]).toEqual(["site", "tags/machine-learning"]);
    expect(windows.get("tags/machine-learning")).toMatchObject({
      ids: ["a", "b", "c"],
      channel: { path: "tags/machine-learning/", title: "Example: Machine Learning" },
    });
  });

  test.each([
    [["RSS", "rss", "rss"], "rss"],
    [["rss", "RSS", "RSS"], "RSS"],
    [["RSS", "rss"], "RSS"],
    [["rss", "RSS"], "RSS"],
  ])("spelled %j is titled %s, in every order of the records", (spellings, title) => {
    const records = spellings.map((tag, i) => recordOf(`post-${i}`, { tags: [tag] }));
    for (const each of [records, records.toReversed()]) {
      expect(windowsOf(each).get("tags/rss")?.channel.title).toBe(`Example: ${title}`);
    }
  });

  test("carries a post with two spellings of the tag once", () => {
    const windows = windowsOf([recordOf("a", { tags: ["RSS", "rss", "Rss"] })]);
    expect(windows.get("tags/rss")?.ids).toEqual(["a"]);
  });

  test("does not exist for the tags of posts that are kept back", () => {
    expect([...windowsOf([recordOf("a", { tags: ["secret"] }, { state: "hidden" })]).keys()]).toEqual(["site"]);
  });

  test("of C++ is not the one of C", () => {
    const windows = windowsOf([recordOf("a", { tags: ["C"] }), recordOf("b", { tags: ["C++"] })]);
    expect(windows.size).toBe(3);
    expect(windows.get("tags/c")?.ids).toEqual(["a"]);
  });
});
