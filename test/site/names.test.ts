/** Names of documents and folders of kinds in `site.yaml`: what is taken, what is refused, and where. */
import { describe, expect, test } from "vitest";
import { placeOf } from "../../lib/site/names.ts";
import { parseSite } from "../../lib/site/site.ts";

const REQUIRED = "title: T\nurl: https://example.com/\nsince: 2020\n";

const read = (yaml: string) => parseSite(new TextEncoder().encode(REQUIRED + yaml), "content", 2026);

function siteFrom(yaml: string) {
  const result = read(yaml);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.site;
}

function problemsFrom(yaml: string): readonly string[] {
  const result = read(yaml);
  return result.ok ? [] : result.problems.map(({ line, message }) => `${line}: ${message}`);
}

describe("names of documents", () => {
  test("that are given take the place of ours, one by one", () => {
    expect(siteFrom("files: { rss: index.xml, page: 订阅.html }\n").files).toEqual({
      rss: "index.xml",
      atom: "atom.xml",
      json: "feed.json",
      page: "订阅.html",
    });
  });

  test.each([
    ["rss: feeds/index.xml", "files.rss must be a file name that ends in .xml or .rss"],
    ["rss: ..xml", "files.rss must be a file name"],
    ["rss: .xml", "files.rss must be a file name"],
    ["rss: feed", "files.rss must be a file name"],
    ["rss: feed.atom", "files.rss must be a file name"],
    ["atom: feed.json", "files.atom must be a file name that ends in .xml or .atom"],
    ["json: feed.xml", "files.json must be a file name that ends in .json"],
    ["page: index.php", "files.page must be a file name that ends in .html"],
    ['rss: "a\\u0007.xml"', "files.rss must hold no control characters"],
    ["json: Feeds.json", "files.json is the name of a list of channels"],
    ["page: autodiscovery.html", "files.page is the name of a list of channels"],
    ["rss: atom.xml", "files.rss is atom.xml, the name that atom has by default"],
    ["rss: a.xml, atom: A.xml", "files.atom is A.xml, the name that rss has"],
  ])("cannot be { %s }", (files, message) => {
    expect(problemsFrom(`files: { ${files} }\n`)).toEqual([expect.stringContaining(`4: ${message}`)]);
  });

  test("make pages possible at the address of the site, where index.html would replace its own", () => {
    expect(siteFrom("").pages).toBe(false);
    expect(siteFrom("files: { page: feeds.html }\n").pages).toBe(true);
    expect(siteFrom("pages: false\nfiles: { page: feeds.html }\n").pages).toBe(false);
  });
});

describe("the folder of a kind", () => {
  test.each([
    ["tag/{slug}/", "tag/{slug}/"],
    ["/tag/{slug}", "tag/{slug}/"],
    ["{slug}", "{slug}/"],
    ["blog/标签/{slug}/feed", "blog/标签/{slug}/feed/"],
  ])("is %s", (given, path) => {
    expect(siteFrom(`kinds: { tags: { path: "${given}" } }\n`).kinds["tags"]?.path).toBe(path);
  });

  test.each([
    "tag/",
    "tag-{slug}/",
    "{slug}/{slug}/",
    "../{slug}/",
    "a//{slug}",
    "a.b/{slug}",
    "a/{name}",
    "_a/{slug}",
  ])("is not %s", (given) => {
    expect(problemsFrom(`kinds:\n  tags:\n    path: "${given}"\n`)).toEqual([
      expect.stringContaining("6: kinds.tags.path must be a path of letters, digits, - and _"),
    ]);
  });

  test.each(["archive/{slug}/", "Media/{slug}/", "site/{slug}"])("does not begin with what is taken: %s", (given) => {
    expect(problemsFrom(`kinds: { tags: { path: "${given}" } }\n`)).toEqual([
      expect.stringContaining("4: kinds.tags.path must not begin with archive/, media/ or site/"),
    ]);
  });

  test("is no other kind's, whichever of the two is written", () => {
    const same = (mistaken: string, right: string) => [
      expect.stringContaining(`${mistaken}.path is ${right}/{slug}/, as that of ${right}`),
    ];
    expect(problemsFrom('kinds: { categories: { path: "Tags/{slug}/" } }\n')).toEqual(same("kinds.categories", "tags"));
    expect(problemsFrom('kinds: { tags: { path: "categories/{slug}/" } }\n')).toEqual(same("kinds.tags", "categories"));
    expect(problemsFrom('kinds: { tags: false, categories: { path: "tags/{slug}/" } }\n')).toEqual([]);
    expect(
      problemsFrom('taxonomies: [series]\nkinds:\n  series: { path: "x/{slug}" }\n  tags: { path: "x/{slug}/" }\n'),
    ).toEqual([expect.stringContaining("6: kinds.series.path is x/{slug}/, as that of tags")]);
  });

  test("is not where a channel that the owner names may be", () => {
    const channels = (path: string) =>
      `kinds: { tags: { path: "Topic/{slug}/" } }\nchannels:\n  - { path: ${path}, tags: [x] }\n`;
    expect(problemsFrom(channels("topic/x"))).toEqual([
      expect.stringContaining("6: channels[0].path begins with the folder of tags"),
    ]);
    expect(problemsFrom(channels("topics/x"))).toEqual([]);
  });
});

describe("a target of an alias", () => {
  const site = siteFrom(`files: { rss: index.xml, atom: rss.xml }
kinds: { tags: { path: "tag/{slug}/" }, categories: { path: "tags/{slug}/" }, sections: { path: "{slug}/" } }
`);

  test.each([
    ["feed.json", "feed.json"],
    ["sections/notes/atom.xml", "notes/rss.xml"],
    ["categories/*/*/feed.json", "tags/*/*/feed.json"],
    ["sections/", "sections/"],
    ["rural/atom.xml", "rural/rss.xml"],
  ])("may be written as it would be by default: %s is %s", (written, place) => {
    expect(placeOf(written, site, true)).toBe(place);
    expect(placeOf(written, site, false)).toBe(place);
  });

  test.each([
    ["rss.xml", "rss.xml"],
    ["tags/tea/rss.xml", "tags/tea/rss.xml"],
  ])("is what the owner's own names say, if something is called so: %s", (written, place) => {
    expect(placeOf(written, site, true)).toBe(place);
  });

  test("of a system's list never is", () => {
    expect(placeOf("tags/*/rss.xml", site, false)).toBe("tag/*/index.xml");
  });

  test("of a list is left out where its address may be a document's own", () => {
    const froms = (more: string) => siteFrom(`aliases: [hugo]\n${more}`).aliases.map(({ from }) => from);
    const sections = 'kinds: { sections: { path: "{slug}/" } }\n';
    expect(froms(sections)).toContain("posts/index.xml");
    expect(froms(`files: { rss: index.xml }\n${sections}`)).not.toContain("posts/index.xml");
    expect(froms(`files: { rss: index.xml }\n${sections}`)).toContain("*/index.xml");
    expect(siteFrom(`files: { rss: index.xml }\n${sections}aliases: [{ posts/index.xml: rss.xml }]\n`).aliases).toEqual(
      [{ from: "posts/index.xml", to: "index.xml" }],
    );
  });

  test("follows the names in every list, and in retired", () => {
    const { aliases, retired } = siteFrom(`aliases: [hugo, wordpress, { old.xml: rss.xml }]
retired: { older.xml: tags/tea/atom.xml, oldest.xml: gone, away.xml: "https://example.org/rss.xml" }
files: { rss: index.xml }
kinds: { tags: { path: "tag/{slug}/" } }
`);
    expect(aliases).toEqual(
      expect.arrayContaining([
        { from: "posts/index.xml", to: "index.xml" },
        { from: "tags/*/index.xml", to: "tag/*/index.xml" },
        { from: "tag/*/feed/atom/", to: "tag/*/atom.xml" },
        { from: "old.xml", to: "index.xml" },
      ]),
    );
    expect(retired).toEqual([
      { from: "older.xml", to: "tag/tea/atom.xml" },
      { from: "oldest.xml", to: undefined },
      { from: "away.xml", to: "https://example.org/rss.xml" },
    ]);
  });
});
