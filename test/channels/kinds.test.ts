/** Channels of every kind, channels that an owner names, archives, and tombstones. */
import { describe, expect, test } from "vitest";
import { archiveDue } from "../../lib/channels/archives.ts";
import { selectWindows } from "../../lib/channels/windows.ts";
import type { GonePost, PostRecord } from "../../lib/model.ts";
import { FIXED_KINDS } from "../../lib/site/kinds.ts";
import { defaultFolder } from "../../lib/site/names.ts";
import type { ChannelRule, KindRule, NamedChannel, Site } from "../../lib/site/types.ts";
import { siteOf } from "../content/helpers.ts";
import { listedOf } from "./records.ts";

const RULE: ChannelRule = { limit: { entries: 20 }, content: "full", formats: ["rss", "atom", "json"] };
const ruleOf = (kind: string, rule: ChannelRule = RULE): KindRule => ({ ...rule, path: defaultFolder(kind) });
const KINDS = Object.fromEntries(FIXED_KINDS.map((kind) => [kind, ruleOf(kind)]));
const NOW = "2026-06-15T12:00:00Z";

interface Given {
  readonly site?: Partial<Site>;
  readonly gone?: readonly GonePost[];
  readonly now?: string;
}

function windowsOf(records: readonly PostRecord[], { site = {}, gone = [], now = NOW }: Given = {}) {
  const windows = selectWindows({ records, gone, site: siteOf({ kinds: KINDS, ...site }), now });
  return new Map(windows.map((window) => [window.channel.key, window]));
}

const idsIn = (windows: ReturnType<typeof windowsOf>) =>
  Object.fromEntries([...windows].map(([key, { records }]) => [key, records.map(({ facts }) => facts.id)]));

describe("channels", () => {
  test("of a category carry the posts of its subcategories; the same name under another parent is another channel", () => {
    const windows = windowsOf([
      listedOf("a", { categories: [["技术"]] }),
      listedOf("b", { categories: [["技术", "前端"]] }),
      listedOf("c", { categories: [["技术", "前端", "CSS"], ["Field"]] }),
      listedOf("d", { categories: [["前端"]] }),
    ]);
    const { site: _, "languages/en": __, ...categories } = idsIn(windows);
    expect(categories).toEqual({
      "categories/field": ["c"],
      "categories/前端": ["d"],
      "categories/技术": ["a", "b", "c"],
      "categories/技术/前端": ["b", "c"],
      "categories/技术/前端/css": ["c"],
    });
    expect(windows.get("categories/技术/前端")?.channel).toMatchObject({
      path: "categories/技术/前端/",
      name: ["技术", "前端"],
      title: "Example: 技术 / 前端",
      kind: "categories",
    });
  });

  test("of authors, languages and sections carry their posts", () => {
    const { site: _, ...others } = idsIn(
      windowsOf([
        listedOf("a", { authors: ["林小满"], language: "zh-CN", section: "notes" }),
        listedOf("b", { authors: ["Ada Moreau", "林小满"] }),
      ]),
    );
    expect(others).toEqual({
      "authors/ada-moreau": ["b"],
      "authors/林小满": ["a", "b"],
      "languages/en": ["b"],
      "languages/zh-CN": ["a"],
      "sections/notes": ["a"],
    });
  });

  test("of the owner's own taxonomies carry the posts with a name, in whatever spelling", () => {
    const records = [
      listedOf("a", { terms: { series: ["Rural video", "Weirs"] } }),
      listedOf("b", { terms: { series: ["rural-video"], 作物: ["瓜"] } }),
      listedOf("c"),
    ];
    const kinds = { series: ruleOf("series", { ...RULE, title: "{name}, a series" }), 作物: ruleOf("作物") };
    const windows = windowsOf(records, { site: { taxonomies: ["series", "作物"], kinds } });
    expect(idsIn(windows)).toEqual({
      site: ["a", "b", "c"],
      "series/rural-video": ["a", "b"],
      "series/weirs": ["a"],
      "作物/瓜": ["b"],
    });
    expect(windows.get("series/weirs")?.channel).toMatchObject({ path: "series/weirs/", title: "Weirs, a series" });
  });

  test("have the common language of their entries, else the site's; a language is named in that language", () => {
    const windows = windowsOf([
      listedOf("a", { tags: ["x", "y"], language: "zh-CN" }),
      listedOf("b", { tags: ["x"], language: "en" }),
    ]);
    expect(windows.get("tags/y")?.channel.language).toBe("zh-CN");
    expect(windows.get("tags/x")?.channel.language).toBe("en");
    expect(windows.get("languages/zh-CN")?.channel.title).toBe("Example: 中文（中国）");
  });

  test("of a disabled kind do not exist", () => {
    const { tags, ...kinds } = KINDS;
    const record = listedOf("a", { tags: ["x"], authors: ["Ada"] });
    expect([...windowsOf([record], { site: { kinds } }).keys()]).toEqual(["site", "authors/ada", "languages/en"]);
  });

  test("of a kind have its limit, content, formats, title and description", () => {
    const tags: KindRule = {
      path: "tags/{slug}/",
      limit: { entries: 1 },
      content: "summary",
      formats: ["atom"],
      title: "{name} on {site}",
      description: "All about {name}",
    };
    const records = ["a", "b"].map((id) => listedOf(id, { tags: ["{site}"] }));
    const windows = [...windowsOf(records, { site: { kinds: { tags } } }).values()];
    const found = windows.find(({ channel }) => channel.kind === "tags");
    expect(found).toMatchObject({
      total: 2,
      channel: { title: "{site} on Example", description: "All about {site}", content: "summary", formats: ["atom"] },
    });
    expect(found?.records).toHaveLength(1);
  });

  test("of categories too deep for a path have one slug each, and different ones stay different", () => {
    const deep = (last: string) => [...Array.from({ length: 8 }, (_, i) => `${"很".repeat(60)}${i}`), last];
    const keys = [...windowsOf([listedOf("a", { categories: [deep("x"), deep("y")] })]).keys()];
    const categories = keys.filter((key) => key.startsWith("categories/"));
    expect(categories).toHaveLength(10);
    expect(Math.max(...categories.map((key) => Buffer.byteLength(key)))).toBeLessThan(450);
  });

  test.each(["en-x-foo", "zh-Hant-TW", "qaa", "x"])("of the language %s have a name", (language) => {
    const windows = windowsOf([listedOf("a", { language })]);
    expect(windows.get(`languages/${language}`)?.channel.name[0]).toBeTruthy();
  });

  test("without entries have the language of the entries that left", () => {
    const gone = [{ key: "a", facts: listedOf("a", { language: "fr", tags: ["x"] }).facts, since: NOW }];
    const windows = windowsOf([], { gone });
    expect(windows.get("languages/fr")?.channel.language).toBe("fr");
    expect(windows.get("tags/x")?.channel.language).toBe("fr");
  });
});

describe("a channel that the owner names", () => {
  const records = [
    listedOf("both", { tags: ["扶贫", "短视频"], authors: ["Ada"] }),
    listedOf("one", { tags: ["扶贫"], categories: [["村", "路"]], terms: { series: ["Rural Video"] } }),
    listedOf("other", { language: "zh-Hant-TW", section: "Links" }),
  ];
  const carried = (named: Partial<NamedChannel>) => {
    const channels: readonly NamedChannel[] = [{ ...RULE, path: "mine", match: "any", of: {}, ...named }];
    return idsIn(windowsOf(records, { site: { channels, kinds: {} } }))["channels/mine"];
  };

  test.each<readonly [string, Partial<NamedChannel>, readonly string[]]>([
    ["all of its tags", { of: { tags: ["扶贫", "短视频"] }, match: "all" }, ["both"]],
    ["any of its tags", { of: { tags: ["扶贫", "短视频"] } }, ["both", "one"]],
    ["a tag in another spelling", { of: { tags: [" 短视频 "] } }, ["both"]],
    ["a name in a taxonomy of the owner's own", { of: { series: ["rural video"] } }, ["one"]],
    ["a category at any level of a path", { of: { categories: ["路"] } }, ["one"]],
    ["a language, with all its regions", { of: { languages: ["zh"] } }, ["other"]],
    ["a section or an author", { of: { sections: ["links"], authors: ["ada"] } }, ["both", "other"]],
    ["no condition", {}, ["both", "one", "other"]],
    ["a tag that no post has", { of: { tags: ["x"] } }, []],
  ])("carries posts of %s", (_, named, ids) => expect(carried(named)).toEqual(ids));
});

describe("archives", () => {
  const dated = (id: string, published: string) => listedOf(id, { published });
  const site = { archives: "month", timezone: "Asia/Shanghai", limit: { entries: 2 } } as const;
  const records = [
    dated("june-b", "2026-06-10T00:00:00Z"),
    dated("june-a", "2026-05-31T16:00:00Z"), // the first of June in Shanghai
    dated("may", "2026-05-31T15:59:59Z"),
    dated("march", "2026-03-01T00:00:00Z"),
    dated("2024", "2024-03-01T00:00:00Z"),
  ];

  test("exist for each past month with posts, linked both ways", () => {
    const windows = windowsOf(records, { site: { ...site, kinds: {} } });
    expect(idsIn(windows)).toEqual({
      site: ["june-b", "june-a"],
      "archive/2024-03": ["2024"],
      "archive/2026-03": ["march"],
      "archive/2026-05": ["may"],
    });
    const links = [...windows.values()].map(({ history }) => [history?.previous?.path, history?.next?.path]);
    expect(links).toEqual([
      ["archive/2026-05/", undefined],
      [undefined, "archive/2026-03/"],
      ["archive/2024-03/", "archive/2026-05/"],
      ["archive/2026-03/", undefined],
    ]);
  });

  test("begin where the site's feed ends: what it no longer carries of this month is in a part of the month's archive", () => {
    const busy = ["a", "b", "c", "d", "e"].map((id, i) => dated(id, `2026-06-0${5 - i}T00:00:00Z`));
    const windows = windowsOf([...busy, ...records.slice(2)], { site: { ...site, kinds: {} } });
    expect(idsIn(windows)).toMatchObject({
      site: ["a", "b"],
      "archive/2026-06": ["d", "e"],
      "archive/2026-06/2": ["b", "c"],
    });
    expect([...windows.values()].map(({ until }) => until?.id)).toEqual([
      ...[undefined, undefined, undefined, undefined],
      "d",
      "b",
    ]);
  });

  test("share the entries of past months with the site's feed up to its limit", () => {
    expect(idsIn(windowsOf(records.slice(1), { site }))["site"]).toEqual(["june-a", "may"]);
  });

  test("are due at the end of a month with posts", () => {
    const due = (given: readonly PostRecord[], now = NOW) => {
      const whole = siteOf({ ...site, kinds: {} });
      const [current] = selectWindows({ records: given, gone: [], site: whole, now });
      return current && archiveDue(current, [], whole, now);
    };
    expect(due(records)).toBe("2026-06-30T16:00:00Z");
    expect(due(records.slice(2))).toBeUndefined();
  });

  test("carry of translations the one in the site's language", () => {
    const pair = [
      listedOf("en", { translation: "=t", published: "2026-03-01T00:00:00Z" }),
      listedOf("zh", { translation: "=t", published: "2026-03-01T00:00:00Z", language: "zh-CN" }),
    ];
    expect(idsIn(windowsOf(pair, { site }))).toMatchObject({
      "archive/2026-03": ["en"],
      "languages/zh-CN": ["zh"],
    });
  });
});

describe("a tombstone", () => {
  const facts = (id: string, published: string) => listedOf(id, { published, tags: ["x"] }).facts;
  const goneOf = (id: string, published: string, since: string): GonePost => {
    return { key: `posts/${id}.md`, facts: facts(id, published), since };
  };
  const kept = listedOf("kept", { published: "2026-01-01T00:00:00Z", tags: ["x"] });
  const deletedIn = (windows: ReturnType<typeof windowsOf>) =>
    Object.fromEntries([...windows].map(([key, { deleted }]) => [key, deleted.map(({ id }) => id)]));

  test("is in each channel that carried the post, for the number of days in site.yaml", () => {
    const gone = [goneOf("g", "2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z")];
    const on = (now: string) => deletedIn(windowsOf([kept], { gone, now, site: { kinds: { tags: ruleOf("tags") } } }));
    expect(on("2026-06-15T00:00:00Z")).toEqual({ site: ["g"], "tags/x": ["g"] });
    expect(on("2026-06-30T23:59:59Z")).toEqual({ site: ["g"], "tags/x": ["g"] });
    expect(on("2026-07-01T00:00:00Z")).toEqual({ site: [], "tags/x": [] });
  });

  test("keeps a channel without other posts until it expires", () => {
    const gone = [{ ...goneOf("g", "2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z") }];
    const keys = (now: string) => [...windowsOf([], { gone, now, site: { kinds: { tags: ruleOf("tags") } } }).keys()];
    expect(keys("2026-06-15T00:00:00Z")).toEqual(["site", "tags/x"]);
    expect(keys("2026-07-15T00:00:00Z")).toEqual(["site"]);
  });

  test("is not in a document whose limit the post would be beyond", () => {
    const site = { limit: { entries: 1 }, kinds: {} };
    const gone = [goneOf("old", "2025-01-01T00:00:00Z", "2026-06-01T00:00:00Z")];
    const older = listedOf("older", { published: "2024-01-01T00:00:00Z" });
    expect(deletedIn(windowsOf([kept, older], { gone, site }))).toEqual({ site: [] });
    expect(deletedIn(windowsOf([kept], { gone, site }))).toEqual({ site: ["old"] });
  });

  test("is in the archive of the post's month", () => {
    const gone = [goneOf("g", "2026-03-05T00:00:00Z", "2026-06-01T00:00:00Z")];
    const site = { archives: "month", kinds: {}, limit: { entries: 1 } } as const;
    const newer = listedOf("newer", { published: "2026-04-01T00:00:00Z" });
    expect(deletedIn(windowsOf([newer, kept], { gone, site }))).toEqual({
      site: [],
      "archive/2026-01": [],
      "archive/2026-03": ["g"],
      "archive/2026-04": [],
    });
  });

  test.each(["hidden", "future", "expired"] as const)("stands for a post that is %s now", (state) => {
    const left = "2026-06-10T00:00:00Z";
    const record = { ...listedOf("w", { published: "2026-05-01T00:00:00Z" }), state, left };
    const never = { ...listedOf("never", { published: "2026-05-01T00:00:00Z" }), state };
    expect(windowsOf([record, never]).get("site")?.deleted).toEqual([{ id: "w", when: left }]);
  });

  test("does not stand for a post that broke", () => {
    const broken = { ...listedOf("b"), state: "broken", lastGood: true } as const;
    expect(windowsOf([broken]).get("site")).toMatchObject({ deleted: [], records: [broken] });
  });
});
