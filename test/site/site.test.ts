import { describe, expect, test } from "vitest";
import { FIXED_KINDS } from "../../lib/site/kinds.ts";
import { DEFAULT_FILES } from "../../lib/site/names.ts";
import { parseSite } from "../../lib/site/site.ts";
import { siteWarnings } from "../../lib/site/warnings.ts";
import { bytesOf } from "../content/helpers.ts";

const REQUIRED = "title: Example\nurl: https://example.org\nsince: 2020\n";

const SITE_CHANNEL = { key: "site", formats: ["rss"], total: 1 } as const;

/** The defaults of a channel. */
const USUAL = { limit: { entries: 20 }, content: "full", formats: ["rss", "atom", "json"] };

function siteFrom(yaml: string) {
  const result = parseSite(bytesOf(yaml), "content", 2026);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join("; "));
  return result.site;
}

function problemsFrom(bytes: Uint8Array | string | undefined) {
  const result = parseSite(typeof bytes === "string" ? bytesOf(bytes) : bytes, "content", 2026);
  return result.ok ? [] : result.problems;
}

const messagesFrom = (yaml: string) => problemsFrom(yaml).map(({ line, message }) => `${line ?? "-"}: ${message}`);

const COLOUR = 'accent must be a colour in quotes, such as "#2a9d83"';

describe("the values of a site", () => {
  test("a title, a URL and a year are enough; every other key has its default", () => {
    expect(siteFrom(REQUIRED)).toEqual({
      title: "Example",
      url: "https://example.org/",
      feeds: "https://example.org/",
      media: "https://example.org/",
      description: "Example",
      language: "en",
      timezone: "UTC",
      since: 2020,
      authors: {},
      permalink: "/:year/:month/:day/:slug/",
      limit: { entries: 20 },
      formats: ["rss", "atom", "json"],
      hubs: [],
      host: "edge",
      replace: [],
      posts: ["posts/**", "_posts/**"],
      cacheControl: "public, max-age=300",
      languages: ["en"],
      fileDates: false,
      include: { paths: [], tags: [], categories: [] },
      exclude: { paths: [], tags: [], categories: [] },
      defaults: [],
      content: "full",
      files: DEFAULT_FILES,
      kinds: Object.fromEntries(FIXED_KINDS.map((kind) => [kind, { ...USUAL, path: `${kind}/{slug}/` }])),
      channels: [],
      archives: "month",
      tombstones: 30,
      pages: false,
      aliases: [],
      retired: [],
      renamed: [],
      sourceMarkdown: false,
      emoji: true,
      ...{ templates: {}, variables: {}, taxonomies: [] },
      guard: {
        ...{ gone: { posts: 10, percent: 10 }, ids: { posts: 5, percent: 1 } },
        ...{ updated: { posts: 20, percent: 20 }, published: { posts: 20, percent: 20 }, bytes: 10_000_000 },
        ...{ tags: 500, channels: { number: 5_000, perPost: 20 }, documents: { number: 20_000, perPost: 100 } },
        written: { number: 1_000_000_000, perPost: 2_000_000 },
      },
    });
  });

  test.each([
    ["hexo", "/:year/:month/:day/:title/", "source/_posts/**"],
    ["jekyll", "date", "_posts/**"],
    ["hugo", "/:sections/:slugorfilename/", "content/**"],
    ["zola", "/:sections/:slug/", "content/**"],
    ["astro", "/:sections/:slug/", "src/content/blog/**"],
    ["eleventy", "/:sections/:slugorfilename/", "posts/**"],
  ])("a site of %s has its addresses and its folders", (dialect, permalink, folder) => {
    const site = siteFrom(`${REQUIRED}dialect: ${dialect}\n`);
    expect(site).toMatchObject({ dialect, permalink });
    expect(site.posts[0]).toBe(folder);
  });

  test("every key is taken as written", () => {
    const site = siteFrom(`
title: 乡亲
url: https://example.org/blog
feeds: https://feeds.example.org/all/
media: https://media.example.org
description: Notes
language: zh_cn
timezone: Asia/Shanghai
since: 1999
authors:
  ann: { name: Ann, email: ann@example.org, url: https://ann.example.org }
  bob: { name: Bob }
permalink: /archives/:abbrlink.html
limit: { entries: 50, days: 90 }
formats: [atom]
hubs: [https://hub.example.org]
posts: ["notes/**"]
dialect: hexo
languages: [zh-CN, en_us]
fileDates: true
include: { paths: ["notes/**"] }
exclude: { tags: [Secret], categories: [日记] }
defaults: [{ paths: [notes/old], values: { author: ann, draft: true } }]
content: summary
taxonomies: [series]
files: { atom: feed.xml }
kinds:
  tags: { content: full, limit: 5, title: "{name} · {site}", path: "tag/{slug}" }
  authors: false
  sections: { path: "/{slug}/" }
  series: false
channels:
  - { path: /rural-video/, tags: [扶贫, 短视频], match: all, formats: [atom], limit: 50 }
  - { path: elsewhere, title: Elsewhere, description: What others write, sections: links, language: en }
archives: week
tombstones: 7
pages: false
aliases: [ghost, { "/old/feed.xml": rss.xml }]
retired: { /older.xml: rss.xml, oldest.xml: gone, away.xml: "https://example.org/feed" }
renamed: [{ tags: [老, 新] }, { categories: [Drinks/Tea, [Tea]], channels: [/old/, elsewhere] }]
ttl: 60
updates: { period: hourly, frequency: 2 }
skipHours: [23, 1, 0, 1]
skipDays: [sunday, Saturday, Sunday]
image: https://example.org/wide.png
icon: https://example.org/square.png
favicon: https://example.org/small.png
accent: "#2A9D83"
rights: © 乡亲
footer: "© [{site}]({url}) {#end}"
sourceMarkdown: true
emoji: false
templates: { slide-share: drop, Note: content, video2: '<a href="https://youtu.be/{0}">{title}</a>' }
variables: { Author: { name: Ann, since: 1999 }, beta: true }
enclosurePrefix: https://op3.dev/e
podcast: { channel: tags/podcast, categories: [Technology, Arts > Books], owner: { email: ann@example.org } }
guard:
  { gone: { posts: 3 }, ids: { posts: 0, percent: 0 }, updated: false, published: { percent: 50 }, bytes: false,
    tags: 20, channels: { perPost: 3 }, documents: false, written: { number: 5000000 } }
host: nginx
replace: [atom.xml, "tags/*/index.xml"]
cacheControl: public, max-age=60
`);
    const given = { limit: { entries: 50, days: 90 }, content: "summary", formats: ["atom"] };
    expect(site).toEqual({
      title: "乡亲",
      url: "https://example.org/blog/",
      feeds: "https://feeds.example.org/all/",
      description: "Notes",
      language: "zh-CN",
      timezone: "Asia/Shanghai",
      since: 1999,
      authors: {
        ann: { name: "Ann", email: "ann@example.org", url: "https://ann.example.org/" },
        bob: { name: "Bob" },
      },
      permalink: "/archives/:abbrlink.html",
      limit: { entries: 50, days: 90 },
      formats: ["atom"],
      files: { rss: "rss.xml", atom: "feed.xml", json: "feed.json", page: "index.html" },
      host: "nginx",
      replace: ["atom.xml", "tags/*/index.xml"],
      hubs: ["https://hub.example.org/"],
      posts: ["notes/**"],
      dialect: "hexo",
      languages: ["zh-CN", "en-US"],
      fileDates: true,
      include: { paths: ["notes/**"], tags: [], categories: [] },
      exclude: { paths: [], tags: ["Secret"], categories: ["日记"] },
      defaults: [{ paths: ["notes/old"], values: { author: "ann", draft: true }, lines: { author: 23, draft: 23 } }],
      content: "summary",
      taxonomies: ["series"],
      kinds: {
        tags: { ...given, limit: { entries: 5 }, content: "full", title: "{name} · {site}", path: "tag/{slug}/" },
        categories: { ...given, path: "categories/{slug}/" },
        ...{ languages: { ...given, path: "languages/{slug}/" }, sections: { ...given, path: "{slug}/" } },
      },
      channels: [
        {
          ...{ path: "rural-video", of: { tags: ["扶贫", "短视频"] }, match: "all" },
          ...{ ...given, limit: { entries: 50 } },
        },
        {
          ...{ path: "elsewhere", of: { sections: ["links"] }, match: "any", language: "en" },
          ...{ ...given, title: "Elsewhere", description: "What others write" },
        },
      ],
      ...{ archives: "week", tombstones: 7, pages: false, ttl: 60, updates: { period: "hourly", frequency: 2 } },
      ...{ skipHours: [0, 1, 23], skipDays: ["Saturday", "Sunday"] },
      ...{ media: "https://media.example.org/", enclosurePrefix: "https://op3.dev/e/" },
      retired: [
        ...[{ from: "older.xml", to: "rss.xml" }, { from: "oldest.xml" }],
        ...[{ from: "away.xml", to: "https://example.org/feed" }],
      ],
      renamed: [
        { kind: "tags", from: ["老"], to: ["新"] },
        { kind: "categories", from: ["Drinks", "Tea"], to: ["Tea"] },
        { kind: "channels", from: ["old"], to: ["elsewhere"] },
      ],
      aliases: expect.arrayContaining([
        { from: "rss/", to: "rss.xml" },
        { from: "old/feed.xml", to: "rss.xml" },
      ]),
      image: "https://example.org/wide.png",
      icon: "https://example.org/square.png",
      favicon: "https://example.org/small.png",
      accent: "#2a9d83",
      color: "#2a9d83",
      rights: "© 乡亲",
      footer: "© [{site}]({url}) {#end}",
      sourceMarkdown: true,
      emoji: false,
      templates: {
        ...{ "slide-share": "drop", Note: "content" },
        video2: '<a href="https://youtu.be/{0}">{title}</a>',
      },
      variables: { "author.name": "Ann", "author.since": "1999", beta: "true" },
      podcast: {
        ...{
          channel: "tags/podcast",
          isLimited: true,
          medium: "podcast",
          categories: [["Technology"], ["Arts", "Books"]],
        },
        ...{ explicit: false, type: "episodic", funding: [], persons: [], owner: { email: "ann@example.org" } },
      },
      guard: {
        gone: { posts: 3, percent: 10 },
        ids: { posts: 0, percent: 0 },
        published: { posts: 20, percent: 50 },
        tags: 20,
        channels: { number: 5_000, perPost: 3 },
        written: { number: 5_000_000, perPost: 2_000_000 },
      },
      cacheControl: "public, max-age=60",
    });
  });

  test("feeds are served from the site's own URL unless another is given", () => {
    expect(siteFrom("title: A\nurl: https://example.org/blog\nsince: 2020\n").feeds).toBe("https://example.org/blog/");
  });

  test("a domain in another script becomes punycode", () => {
    const site = siteFrom("title: A\nurl: https://例え.jp/ブログ\nsince: 2020\n");
    expect(site.url).toBe("https://xn--r8jz45g.jp/%E3%83%96%E3%83%AD%E3%82%B0/");
  });

  test.each(["description", "feeds", "language", "timezone", "authors", "permalink", "limit", "hubs", "posts"])(
    "an empty %s counts as not given",
    (key) => expect(siteFrom(`${REQUIRED}${key}:\n`)).toEqual(siteFrom(REQUIRED)),
  );

  test("an author's empty keys count as not given", () => {
    expect(siteFrom(`${REQUIRED}authors:\n  ann:\n    name: Ann\n    email:\n    url: ~\n`).authors).toEqual({
      ann: { name: "Ann" },
    });
  });

  test("a byte order mark and CRLF do not matter", () => {
    expect(siteFrom(`\ufeff${REQUIRED.replaceAll("\n", "\r\n")}`)).toEqual(siteFrom(REQUIRED));
  });

  test("Norwegian is not false", () => {
    expect(siteFrom(`${REQUIRED}language: no\n`).language).toBe("no");
  });
});

describe("what is wrong with a site", () => {
  test("a missing file is a problem whose fix says what to write", () => {
    const [problem, ...others] = problemsFrom(undefined);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: "site-missing", severity: "error", file: "site.yaml" });
    expect(problem?.fix).toMatch(/`dripfeed init` .*title, url and since/);
  });

  test.each([
    ["title: 2024", "title must be text"],
    ["title: [a]", "title must be text"],
    ["title: ' '", "title must not be empty"],
    ['title: "a\\u0008b"', "title must hold no control characters"],
    ["url: example.org", "url must be a URL that starts with https://"],
    ["url: ftp://example.org", "url must be a URL that starts with https://"],
    ["url: javascript:alert(1)", "url must be a URL that starts with https://"],
    ["url: https://", "url must be a URL that starts with https://"],
    ["url: https://example.org/?a=b", "url must have no ? and no #"],
    ["url: 'https://example.org/#a'", "url must have no ? and no #"],
    ["feeds: /feeds", "feeds must be a URL that starts with https://"],
    ["description: 7", "description must be text"],
    ["language: Chinese language", "language must be a language tag such as en or zh-CN (BCP 47)"],
    ["timezone: Mars/Olympus", "timezone must be an IANA time zone such as Asia/Shanghai or Europe/Paris"],
    ["since: '2020'", "since must be a number"],
    ["since: 2020.5", "since must be a whole number"],
    ["since: 1969", "since must be at least 1990"],
    ["since: 20200", "since must be at most 2026"],
    ["limit: 0", "limit must be at least 1"],
    ["limit: 1001", "limit must be at most 1000"],
    ["limit: many", "limit must be a number"],
    ["host: apache", "host must be edge, files, netlify, nginx or caddy"],
    ["replace: atom.xml", "replace must be a list of globs"],
    ["hubs: https://hub.example.org", "hubs must be a list of URLs"],
    ["hubs: [https://hub.example.org, hub]", "hubs[1] must be a URL that starts with https://"],
    ["posts: posts/**", "posts must be a list of globs"],
    ["posts: []", "posts must name at least one glob"],
    ["accent: #2a9d83", "accent has no value, since YAML takes a bare # for a comment"],
    ["color: '#2a9d8'", COLOUR.replace("accent", "color")],
    ["accent: 123456", COLOUR],
    ["accent: teal", COLOUR],
    ["accent: '#2a9d8'", COLOUR],
    ["accent: 'url(#abc)'", COLOUR],
    ["cacheControl: 300", "cacheControl must be text"],
    ["permalink: /:year/", "permalink must name :slug, :title, :name or :abbrlink, or every post of a day has one URL"],
    ["dialect: wordpress", "dialect must be plain, hexo, jekyll, hugo, zola, astro or eleventy"],
    ["content: short", "content must be full or summary"],
    ["kinds: { tags: { content: none } }", "kinds.tags.content must be full or summary"],
    ["exclude: [secret]", "exclude must hold paths, tags or categories"],
    [
      "exclude: { paths: ['!posts/a.md'] }",
      "exclude.paths[0] must not begin with !: name what fits, not what does not",
    ],
    ["kinds: [x]", "kinds must hold keys and values"],
    ["taxonomies: series", "taxonomies must be a list of keys of front matter, such as [series]"],
    ["taxonomies: [Series]", "taxonomies[0] must be a key of front matter in small letters, such as series"],
    ["taxonomies: [tags]", "taxonomies[0] has a meaning of its own: name another key"],
    ["taxonomies: [constructor]", "taxonomies[0] has a meaning of its own: name another key"],
    ["taxonomies: [a/b]", "taxonomies[0] must be a key of front matter in small letters, such as series"],
    ["kinds: { tags: 3 }", "kinds.tags must be true, false, or hold keys and values"],
    ["limit: { days: 0 }", "limit.days must be at least 1"],
    ["formats: [rss, opml]", "formats[1] must be rss, atom or json"],
    ["formats: []", "formats must name at least one of rss, atom and json"],
    ["channels: [{ path: tags/x }]", "channels[0].path must not begin with the folder of a kind, such as tags/"],
    ["channels: [{ path: a b }]", "channels[0].path must be a path of letters, digits, - and _, such as rural-video"],
    ["channels: [{ path: a }, { path: /a/ }]", "channels[1] must have a path of its own"],
    [
      "channels: [{ path: feeds.opml }]",
      "channels[0].path must be a path of letters, digits, - and _, such as rural-video",
    ],
    ["channels: [{ path: Tags/x }]", "channels[0].path must not begin with the folder of a kind, such as tags/"],
    ["channels: [{ path: news }, { path: News }]", "channels[1] must have a path of its own"],
    [
      "podcast: { categories: [constructor] }",
      "podcast.categories[0] must be a category of Apple's, such as `Technology` or `Arts > Books`",
    ],
    ["retired: [old.xml]", "retired must be paths and what became of them"],
    ["retired: { ../x: gone }", "retired.../x must be a path such as feed/ or old/atom.xml"],
    ["renamed: { tags: [a, b] }", "renamed must be a list, such as - tags: [old, new]"],
    ["renamed: [{ tags: [a] }]", "renamed[0].tags must be the old name and the new one, such as [old, new]"],
    ["renamed: [{ tags: a }]", "renamed[0].tags must be the old name and the new one, such as [old, new]"],
    ["renamed: [{ categories: [a, /] }]", "renamed[0].categories[1] must name a category"],
    [
      "renamed: [{ tags: [Big Data, big_data] }]",
      "renamed[0].tags Big Data: big_data is one name in two spellings, with one address: there is nothing to redirect",
    ],
    [
      "renamed: [{ tags: [a, b] }, { tags: [A, c] }]",
      "renamed[1].tags A: c is the second new name of one channel: keep one of the two",
    ],
    [
      "renamed: [{ categories: [Tea, Tea/Green] }]",
      "renamed[0].categories Tea: Tea/Green leads back to the old name: a redirect from there would never end",
    ],
    [
      "renamed: [{ channels: [tags/a, b] }]",
      "renamed[0].channels[0] must not begin with the folder of a kind, such as tags/",
    ],
    ["aliases: [blogger]", "aliases[0] must be hexo, jekyll, hugo, wordpress or ghost"],
    ["aliases: [{ ../x: rss.xml }]", "aliases[0].../x must be a path such as feed/ or old/atom.xml"],
    [
      "podcast: { categories: [Tech] }",
      "podcast.categories[0] must be a category of Apple's, such as `Technology` or `Arts > Books`",
    ],
    ["podcast: { categories: [Technology], guid: x }", "podcast.guid must be a UUID"],
    ["skipHours: [24]", "skipHours[0] must be at most 23"],
    ["skipHours: night", "skipHours must be a list of hours, 0 to 23, in GMT"],
    [`skipHours: [${[...Array(24).keys()].join(", ")}]`, "skipHours must leave an hour in which readers may ask"],
    ["skipDays: [Sonntag]", "skipDays[0] must be a whole day of the week in English: Monday, Tuesday, …"],
    [
      "skipDays: [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday, sunday]",
      "skipDays must leave a day on which readers may ask",
    ],
    ["media: media.example.org", "media must be a URL that starts with https://"],
    ["enclosurePrefix: https://counts.example/?url=", "enclosurePrefix must have no ? and no #"],
    ["guard: false", "guard must hold keys and values"],
    ["guard: { gone: true }", "guard.gone must be false, or hold posts and percent"],
    ["guard: { ids: 3 }", "guard.ids must be false, or hold posts and percent"],
    ["guard: { updated: { percent: 101 } }", "guard.updated.percent must be at most 100"],
    ["guard: { bytes: 10 MB }", "guard.bytes must be false or a number"],
    ["guard: { bytes: 5 }", "guard.bytes must be at least 1000"],
    ["guard: { tags: 0 }", "guard.tags must be at least 1"],
    ["guard: { channels: 9 }", "guard.channels must be false, or hold number and perPost"],
    ["archives: true", "archives must be year, month, week or day"],
    ["exclude: { tags: secret }", "exclude.tags must be a list of names"],
    ["fileDates: sometimes", "fileDates must be true or false"],
    ["permalink: /?p=:slug", "permalink must hold no ?, #, \\ or space"],
    ["authors: { ann: Ann }", "authors.ann must hold keys and values"],
    ["authors: { ann: {} }", "authors.ann.name is missing"],
    ["authors: { ann: { name: Ann, email: ann } }", "authors.ann.email must be an e-mail address"],
    ["authors: { ann: { name: Ann, url: ann.example } }", "authors.ann.url must be a URL that starts with https://"],
  ])("%s: refused", (line, message) => {
    const kept = REQUIRED.split("\n").filter((each) => each.split(":")[0] !== line.split(":")[0]);
    const problems = problemsFrom(["# a site", ...kept.filter(Boolean), line].join("\n"));
    expect(problems.map(({ message }) => message)).toEqual([message]);
    expect(problems[0]).toMatchObject({ code: "site-value", severity: "error", line: kept.length + 1 });
  });

  test("a colour of three digits is one of six", () => {
    const site = parseSite(bytesOf(`${REQUIRED}accent: "#0aF"\n`), "content", 2026);
    expect(site).toMatchObject({ ok: true, site: { accent: "#00aaff", color: "#00aaff" } });
    const other = parseSite(bytesOf(`${REQUIRED}accent: "#0aF"\ncolor: "#b00"\n`), "content", 2026);
    expect(other).toMatchObject({ ok: true, site: { accent: "#00aaff", color: "#bb0000" } });
  });

  test("a colour without quotes is shown with them", () => {
    const [problem] = problemsFrom(`${REQUIRED}accent: #2a9d83\n`);
    expect(problem?.fix).toBe('write accent: "#2a9d83"');
    expect(problemsFrom(`${REQUIRED}description: # later\naccent: #\n`)).toEqual([]);
  });

  test.each(["title", "url", "since"])("without %s there is no site", (key) => {
    const without = REQUIRED.split("\n").filter((line) => !line.startsWith(key));
    const [problem, ...others] = problemsFrom(without.join("\n"));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ message: `${key} is missing`, fix: expect.stringContaining(`\`${key}: `) });
  });

  test("authors that are no map are a problem that says what they should be", () => {
    expect(messagesFrom(`${REQUIRED}authors: Ann\n`)).toEqual([expect.stringMatching(/^4: authors must hold /)]);
  });

  test("a cache policy is one line, as HTTP headers are", () => {
    expect(problemsFrom(`${REQUIRED}cacheControl: "public\\nx: y"\n`).map(({ code }) => code)).toEqual(["site-value"]);
  });

  test("all problems are reported at once, by line", () => {
    expect(
      messagesFrom("title: 7\nurl: example.org\nlimit: none\nauthors:\n  ann:\n    email: x\nhubs:\n  - y\n"),
    ).toEqual([
      "-: since is missing",
      "1: title must be text",
      "2: url must be a URL that starts with https://",
      "3: limit must be a number",
      "5: authors.ann.name is missing",
      "6: authors.ann.email must be an e-mail address",
      "8: hubs[0] must be a URL that starts with https://",
    ]);
  });

  test("all unknown keys are reported at once", () => {
    expect(messagesFrom(`${REQUIRED}titel: A\nlimits: 3\ntheme: dark\n`)).toEqual([
      "4: titel is no key of site.yaml",
      "5: limits is no key of site.yaml",
      "6: theme is no key of site.yaml",
    ]);
  });

  test.each([
    ["timezome: UTC", "timezome", "write timezone instead"],
    ["Limit: 5", "Limit", "write limit instead"],
    ["cachecontrol: no-store", "cachecontrol", "write cacheControl instead"],
    ["authors: { ann: { name: Ann, emial: a@example.org } }", "authors.ann.emial", "write email instead"],
  ])("%s: the nearest key is named", (line, name, fix) => {
    const [problem, ...others] = problemsFrom(`${REQUIRED}${line}\n`);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: "site-key", line: 4, message: `${name} is no key of site.yaml`, fix });
  });

  test("a footer has no address that is none for a blank in it", () => {
    const mail = "mailto:a@example.org?subject=Re:";
    expect(messagesFrom(`${REQUIRED}footer: '[Reply](${mail} {title})'\n`)).toEqual([
      "4: footer has a blank in an address: write %20 in its place",
    ]);
    expect(messagesFrom(`${REQUIRED}footer: '[Reply](<${mail} {title}>) [a]({url} "b c") (d e)'\n`)).toEqual([]);
  });

  test("a footer names what is known", () => {
    expect(problemsFrom(`${REQUIRED}footer: |\n  [{titel}]({url})\n`)).toMatchObject([
      {
        code: "site-value",
        line: 4,
        message: "footer has {titel}, which stands for nothing",
        fix: "write {title} instead; there are {url}, {title}, {site}",
      },
    ]);
  });

  test("an unknown key that resembles none gets the list of keys", () => {
    const [top] = problemsFrom(`${REQUIRED}navigation: x\n`);
    expect(top?.fix).toBe(
      "remove it; the keys are title, url, feeds, media, description, language, timezone, since, authors, dialect, permalink, languages, fileDates, include, exclude, defaults, posts, templates, variables, content, limit, formats, files, taxonomies, kinds, channels, archives, tombstones, pages, aliases, retired, renamed, host, replace, hubs, ttl, updates, skipHours, skipDays, image, icon, favicon, accent, color, rights, footer, sourceMarkdown, emoji, enclosurePrefix, podcast, guard, cacheControl",
    );
    const [inAuthor] = problemsFrom(`${REQUIRED}authors: { ann: { name: Ann, biography: x } }\n`);
    expect(inAuthor?.fix).toBe("remove it; the keys are name, email, url");
  });

  test.each([
    ["exclude: { labels: [secret] }", "exclude.labels"],
    ["kinds: { tags: { size: 5 } }", "kinds.tags.size"],
    ["kinds: { series: true }", "kinds.series"],
    ["guard: { gone: { share: 5 } }", "guard.gone.share"],
  ])("%s: an unknown key within", (line, key) => {
    expect(messagesFrom(`${REQUIRED}${line}\n`)).toEqual([`4: ${key} is no key of site.yaml`]);
  });

  test.each(["constructor", "toString", "hasOwnProperty"])("%s is no key either", (key) => {
    expect(messagesFrom(`${REQUIRED}${key}: x\n`)).toEqual([`4: ${key} is no key of site.yaml`]);
  });

  test("broken YAML is a problem with its line", () => {
    const [problem] = problemsFrom(`${REQUIRED}description: a: b\n`);
    expect(problem).toMatchObject({ code: "site-yaml", severity: "error", line: 4 });
  });

  test("a key given twice is a problem with the second line", () => {
    expect(problemsFrom(`${REQUIRED}title: Other\n`)).toMatchObject([{ code: "site-yaml", line: 4 }]);
  });

  test.each(["", "# nothing\n", "just words\n", "- title: A\n", "~\n"])(
    "a file without keys (%j) is a problem",
    (yaml) => {
      expect(problemsFrom(yaml)).toMatchObject([{ code: "site-yaml", line: 1 }]);
    },
  );

  test("a file that is not UTF-8 is a problem", () => {
    expect(problemsFrom(Uint8Array.of(...bytesOf("title: "), 0xc3, 0x28))).toMatchObject([{ code: "site-encoding" }]);
  });

  const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    .concat(
      ["b", "c", "d", "e", "f", "g", "h"].map((key, i) => `${key}: &${key} [${Array(9).fill(`*${"abcdefg"[i]}`)}]`),
    )
    .join("\n");

  test.each([
    ["an alias bomb", bomb],
    ["an alias of nothing", "description: *nothing"],
    ["an alias within itself", "hubs: &hubs [*hubs]"],
    ["a map within itself", "authors: &authors { ann: *authors }"],
    ["a list nested ten thousand deep", `hubs: ${"[".repeat(10_000)}${"]".repeat(10_000)}`],
    ["a list that opens ten thousand times", `hubs: ${"[".repeat(10_000)}`],
  ])("%s is a problem, not an exception", (_, yaml) => {
    const problems = problemsFrom(`${REQUIRED}${yaml}\n`);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThan(20);
  });
});

test("names that lead in a circle are problems, each with its line", () => {
  const yaml = "renamed:\n  - tags: [a, b]\n  - authors: [a, b]\n  - tags: [b, c]\n  - tags: [c, A]\n";
  const said = problemsFrom(`${REQUIRED}${yaml}`).map(({ line, message }) => [line, message.split(" leads")[0]]);
  const first = REQUIRED.split("\n").length;
  expect(said).toEqual([
    [first + 1, "renamed[0].tags a: b"],
    [first + 3, "renamed[2].tags b: c"],
    [first + 4, "renamed[3].tags c: A"],
  ]);
});

describe("the year of the ids", () => {
  const site = siteFrom(REQUIRED);

  test("the year of the first run is no problem", () =>
    expect(siteWarnings(site, { since: 2020, records: [{ key: "posts/a.md" }], channels: [SITE_CHANNEL] })).toEqual(
      [],
    ));

  test("another year is a warning that names the first", () => {
    expect(siteWarnings(site, { since: 2018, records: [{ key: "posts/a.md" }], channels: [SITE_CHANNEL] })).toEqual([
      {
        code: "site-since",
        severity: "warning",
        file: "site.yaml",
        message: "ids were made with since: 2018",
        fix: "write since: 2018, or leave it: ids stay as they are",
      },
    ]);
  });
});

test("a rule of exclude that fits no file is a warning, since it may be intended to hide one", () => {
  const site = siteFrom(`${REQUIRED}exclude: { paths: [posts/private, secret/**] }\n`);
  expect(
    siteWarnings(site, { since: 2020, records: [{ key: "posts/private/a.md" }], channels: [SITE_CHANNEL] }),
  ).toMatchObject([{ code: "site-rule", severity: "warning", message: "exclude.paths: no post is at secret/**" }]);
});

test("so are paths of defaults, each once", () => {
  const values = "values: { draft: true }";
  const site = siteFrom(
    `${REQUIRED}defaults:\n  - { paths: [posts/x, "no/**"], ${values} }\n  - { paths: [posts, posts/x], ${values} }\n`,
  );
  const problems = siteWarnings(site, { since: 2020, records: [{ key: "posts/a.md" }], channels: [SITE_CHANNEL] });
  expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    "site-rule: defaults.paths: no post is at posts/x",
    "site-rule: defaults.paths: no post is at no/**",
  ]);
});

test("a site without a single post is warned of its globs", () => {
  expect(
    siteWarnings(siteFrom(`${REQUIRED}posts: [nope/**]\n`), { since: 2020, records: [], channels: [SITE_CHANNEL] }),
  ).toMatchObject([{ code: "site-no-posts", severity: "warning", message: "no file matches posts: nope/**" }]);
});

test.each(["english", "chinese", "x"])("%s is no language, though it has the form of one", (language) => {
  expect(messagesFrom(`${REQUIRED}language: ${language}\n`)).toHaveLength(1);
});

test("a format named twice is one", () => {
  expect(siteFrom(`${REQUIRED}formats: [rss, rss, json]\n`).formats).toEqual(["rss", "json"]);
});

test("the private use and extensions of a language tag are left out", () => {
  expect(siteFrom(`${REQUIRED}language: en-x-foo\n`).language).toBe("en");
  expect(siteFrom(`${REQUIRED}language: zh-Hant-u-ca-chinese\n`).language).toBe("zh-Hant");
});

test("a channel that the owner names and no post belongs in is a warning, as is a podcast without RSS or picture", () => {
  const site = siteFrom(`${REQUIRED}channels: [{ path: mine, tags: x }]\npodcast: { categories: [Technology] }\n`);
  const channels = [
    { ...SITE_CHANNEL, formats: ["atom"] as const },
    { key: "channels/mine", formats: ["rss"] as const, total: 0 },
  ];
  const seen = { since: 2020, records: [{ key: "posts/a.md" }], channels };
  expect(siteWarnings(site, seen).map(({ code, message }) => `${code}: ${message}`)).toEqual([
    "site-podcast: podcast: site has no RSS, the only format that podcast apps read",
    "site-podcast: podcast.image is missing, which directories expect",
    "site-channel: channels: no post belongs in mine",
  ]);
});

test("a podcast that leaves out episodes, or grows beyond what directories read, is a warning", () => {
  const warnings = (
    settings: string,
    channel: { episodes?: number; missing?: number; bytes?: number; total?: number },
    type = "episodic",
  ) => {
    const image = "image: https://example.org/c.png";
    const site = siteFrom(`${REQUIRED}${settings}podcast: { categories: [Technology], type: ${type}, ${image} }\n`);
    const seen = { since: 2020, records: [{ key: "posts/a.md" }], channels: [{ ...SITE_CHANNEL, ...channel }] };
    return siteWarnings(site, seen).map(({ message, fix }) => `${message}: ${fix}`);
  };
  expect(warnings("", { bytes: 10_000_000 })).toEqual([]);
  expect(warnings("limit: 20\n", { missing: 25 })).toEqual([
    "podcast: its limit leaves out its oldest 25 episodes, which podcast apps then show no more: remove `limit` of site, or raise it",
  ]);
  expect(warnings("", { missing: 3 }, "serial")).toEqual([
    "podcast: it has no room for its first 3 episodes, which podcast apps then show no more: write `content: summary` or shorter notes, or raise guard.bytes",
  ]);
  expect(warnings("", { missing: 1 })[0]).toContain("it has no room for its oldest episode,");
  expect(warnings("", { episodes: 20, total: 40 })).toEqual([]);
  expect(warnings("limit: 20\n", { episodes: 1, total: 60 })).toEqual([]);
  expect(warnings("", { episodes: 1, total: 60 })).toEqual([
    "podcast: 1 of 60 posts of site have a recording, and its feed carries all of them: write channel: with the tag or category of the episodes, such as tags/podcast; or a limit",
  ]);
  expect(warnings("guard: { bytes: false }\n", { bytes: 12_345_678 })).toEqual([
    "podcast: its feed has about 12,345,678 bytes, which directories may refuse: write `content: summary` or shorter notes",
  ]);
});

test("a podcast of a channel that does not exist is a warning", () => {
  const site = siteFrom(
    `${REQUIRED}podcast: { channel: tags/podcast, categories: [Technology], image: https://example.org/c.png }\n`,
  );
  const seen = { since: 2020, records: [{ key: "posts/a.md" }], channels: [SITE_CHANNEL] };
  expect(siteWarnings(site, seen)).toMatchObject([
    { code: "site-podcast", severity: "warning", message: "podcast.channel: there is no channel tags/podcast" },
  ]);
  expect(siteWarnings(site, { ...seen, channels: [SITE_CHANNEL, { ...SITE_CHANNEL, key: "tags/podcast" }] })).toEqual(
    [],
  );
});

describe("a taxonomy of the owner's own", () => {
  const SERIES = `${REQUIRED}taxonomies: [series, 作物, series]\n`;

  test("is a kind like the others, with its rule, in channels and among the renamed", () => {
    const site = siteFrom(`${SERIES}kinds: { series: { limit: 5 }, 作物: false }
channels: [{ path: weirs, series: Weirs, tags: [river] }]
renamed: [{ series: [Old weirs, Weirs] }]
podcast: { channel: series/weirs, categories: [Technology] }
`);
    expect(site.taxonomies).toEqual(["series", "作物"]);
    expect(site.kinds["series"]).toEqual({ ...USUAL, limit: { entries: 5 }, path: "series/{slug}/" });
    expect(Object.keys(site.kinds)).toEqual(["tags", "categories", "authors", "languages", "sections", "series"]);
    expect(site.channels[0]?.of).toEqual({ tags: ["river"], series: ["Weirs"] });
    expect(site.renamed).toEqual([{ kind: "series", from: ["Old weirs"], to: ["Weirs"] }]);
    expect(site.podcast).toMatchObject({ channel: "series/weirs", isLimited: true });
  });

  test("that no post has a name of is told", () => {
    const contents = { since: 2020, records: [{ key: "posts/a.md" }], channels: [SITE_CHANNEL] };
    const channel = { ...SITE_CHANNEL, key: "series/weirs" };
    const messages = (channels: readonly (typeof channel | typeof SITE_CHANNEL)[]) =>
      siteWarnings(siteFrom(`${REQUIRED}taxonomies: [series]\n`), { ...contents, channels }).map(
        ({ message }) => message,
      );
    expect(messages([SITE_CHANNEL])).toEqual(["taxonomies: no post has a name under `series`"]);
    expect(messages([SITE_CHANNEL, channel])).toEqual([]);
  });

  test("has the feeds that Hugo made of it among the aliases", () => {
    const { aliases } = siteFrom(`${SERIES}aliases: [hugo]\n`);
    expect(aliases).toContainEqual({ from: "series/*/index.xml", to: "series/*/rss.xml" });
  });

  test("that is not named among them, but as a kind, is told what to do", () => {
    const [problem] = problemsFrom(`${REQUIRED}kinds: { topics: true }\n`);
    expect(problem?.fix).toMatch(/^remove it, or name it under `taxonomies`; the keys are tags, /);
  });

  test("keeps its folder from the channels that the owner names", () => {
    expect(messagesFrom(`${SERIES}channels: [{ path: series/x }]\n`)).toEqual([
      "5: channels[0] must not begin with the folder of series",
    ]);
  });

  test("with problems of its own does not bring up others", () => {
    expect(messagesFrom(`${REQUIRED}taxonomies: [series, Bad]\nkinds: { series: false }\n`)).toEqual([
      "4: taxonomies[1] must be a key of front matter in small letters, such as series",
    ]);
  });
});
