/** A site's folder → `site.yaml`: golden pairs, and what holds whatever a configuration says. */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { planSite } from "../../lib/init/init.ts";
import { nextCommands, showPlan } from "../../lib/init/summary.ts";
import { parseSite } from "../../lib/site/site.ts";
import { folderOf, type SampleFiles, sampleFiles } from "./sample.ts";

const YEAR = 2026;
const GOLDEN = "test/init/golden";
const CASES = readdirSync(GOLDEN).flatMap((file) => (file.endsWith(".txt") ? [file.slice(0, -4)] : []));
const sampleOf = (name: string): SampleFiles => sampleFiles(readFileSync(`${GOLDEN}/${name}.txt`, "utf8"));

const plan = (files: SampleFiles) => planSite(folderOf(files), "folder", YEAR);

/** Without the keys that take the place of former feeds, which are tested by themselves. */
function parsed(text: string) {
  const { files, kinds, replace, ...values } = parse(text);
  return parseSite(Buffer.from(JSON.stringify(values)), "sample", YEAR);
}

describe("golden pairs", () => {
  test("there are some for every generator", () => {
    expect(CASES.length).toBeGreaterThan(8);
  });

  test.each(CASES)("%s", async (name) => {
    const { text } = await plan(sampleOf(name));
    expect(text).toBe(readFileSync(`${GOLDEN}/${name}.yaml`, "utf8"));
    expect(parsed(text)).toMatchObject({ ok: true });
  });
});

describe("whatever a configuration says", () => {
  const CONFIGURATIONS = [
    "_config.yml",
    "hugo.toml",
    "config.toml",
    "config.json",
    "config/_default/params.toml",
    "astro.config.mjs",
    "src/content.config.ts",
    "src/consts.ts",
    "eleventy.config.js",
    "_data/metadata.js",
    "_data/metadata.json",
    "package.json",
    "feed.xml",
  ];
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "title:",
      "url: https://a.example/",
      "= ",
      "{{",
      "---\n",
      "[",
      "export default {",
      "permalink: /:title/",
      "\n",
      "\0",
    ),
  );
  const file = fc.tuple(
    fc.constantFrom(...CONFIGURATIONS),
    fc.array(piece, { maxLength: 8 }).map((each) => each.join("")),
  );

  test("nothing is thrown, and what is written can be read", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 4 }), async (files) => {
        const { text } = await plan(new Map([...files, ["posts/2020-01-01-a.md", "A"]]));
        expect(parsed(text)).toMatchObject({ ok: true });
      }),
      { numRuns: 300 },
    );
  });

  test("a text is the same text in the file, whatever stands in it", async () => {
    const words = fc
      .string({ unit: "grapheme-composite", minLength: 1 })
      .filter((text) => /\S/.test(text) && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufeff\ufffe\uffff]/u.test(text));
    const typed = fc.oneof(
      words,
      fc.constantFrom('a: "b" # c', "007", "yes", "- 田", "'", "%a", "@b", "null", "# x", "? y"),
    );
    await fc.assert(
      fc.asyncProperty(typed, async (title) => {
        const json = JSON.stringify({ hexo: 1, title, source_dir: "source", url: "https://a.example" });
        const { text } = await plan(new Map([["_config.json", json]]));
        // At its ends `parseSite` leaves white space of any kind out.
        expect(parse(text).title.trim()).toBe(title.replace(/ +/g, " ").trim());
      }),
      { numRuns: 300 },
    );
  });

  test("a value that cannot be used is left out, and named", async () => {
    const { text, remarks } = await plan(sampleOf("broken"));
    expect(parse(text)).toMatchObject({ url: "https://example.com/", dialect: "jekyll", since: 2018 });
    expect(remarks.join("\n")).toMatch(/_config\.yml:\d+: /);
  });

  test("since is the year of the earliest post, which is named, also of several in one year", async () => {
    const post = (date: string) => `---\ntitle: A\ndate: ${date}\n---\nA`;
    const { text } = await plan(
      new Map([
        ["_config.yml", "title: A\nurl: https://a.example\n"],
        ["package.json", '{ "dependencies": { "hexo": "7" } }'],
        ["source/_posts/bike.md", post("2018-11-02 10:00:00")],
        ["source/_posts/rain.md", post("2018-02-03 10:00:00")],
        ["source/_posts/weir.md", post("2019-01-01 10:00:00")],
      ]),
    );
    expect(text).toContain("since: 2018 # the earliest post is source/_posts/rain.md\n");
  });

  test("a timezone and a permalink that nobody knows are remarks", async () => {
    const config = "title: A\nurl: https://a.example\ntimezone: Mars/Olympus\npermalink: /:year/:nothing/\n";
    const { text, remarks } = await plan(
      new Map([
        ["_config.yml", config],
        ["_posts/2018-01-01-a.md", "A"],
      ]),
    );
    expect(parse(text)).not.toHaveProperty("timezone");
    expect(parse(text)).not.toHaveProperty("permalink");
    expect(remarks).toEqual([
      expect.stringMatching(/^_config\.yml: add site\.yaml and ids\.jsonl/),
      expect.stringContaining("language:"),
      expect.stringMatching(/^permalink: \/:year\/:nothing\/ \(_config\.yml:4\) names :nothing/),
      expect.stringMatching(/^timezone: _config\.yml:3 cannot be used: /),
    ]);
  });

  test("Jekyll is told what not to copy, unless it knows", async () => {
    const remarksFor = async (more: string) =>
      (await plan(new Map([["_config.yml", `url: https://a.example.cn\n${more}`]]))).remarks.join("\n");
    expect(await remarksFor("")).toContain("ids.jsonl");
    expect(await remarksFor("exclude: [site.yaml, ids.jsonl]\n")).not.toContain("ids.jsonl");
  });

  test("text that is not UTF-8 is a remark", async () => {
    const { remarks } = await plan(new Map([["_config.yml", "url: https://a.example.cn\ntitle: \ufffd\ufffd\n"]]));
    expect(remarks).toContainEqual(expect.stringMatching(/^_config\.yml:2: is not UTF-8/));
  });

  test("Hugo's files for the environment `production` come before those of `_default`", async () => {
    const { text } = await plan(
      new Map([
        ["config/_default/hugo.toml", 'baseURL = "http://localhost:1313/"\ntitle = "Weirs"\n'],
        ["config/production/hugo.toml", 'baseURL = "https://weirs.example.cn/"\n'],
        ["content/posts/a.md", "---\ndate: 2020-01-01\n---\nA"],
      ]),
    );
    expect(parse(text)).toMatchObject({ url: "https://weirs.example.cn/", title: "Weirs" });
  });

  test("nothing of a configuration is run", async () => {
    const code = 'globalThis.wasRun = true;\nexport default { site: (() => { throw new Error("run"); })() };\n';
    const { remarks } = await plan(new Map([["astro.config.mjs", code]]));
    expect(globalThis).not.toHaveProperty("wasRun");
    expect(remarks).toContainEqual(expect.stringMatching(/^url: /));
  });
});

describe("the language of titles", () => {
  const blog = (language: string, ...titles: readonly string[]) => {
    const posts = titles.map((title, i) => [`_posts/2018-01-0${i + 1}-a.md`, `---\ntitle: ${title}\n---\nA`] as const);
    return plan(new Map([["_config.yml", `url: https://a.example\ntimezone: UTC\n${language}`], ...posts]));
  };

  test.each([
    ["zh-CN", ["田边", "Weir", "水闸"]],
    ["ja", ["田んぼ", "水門"]],
    ["ko", ["물", "수문"]],
    ["en", ["Weir", "Gate", "水"]],
  ])("is %s where nothing else names one", async (language, titles) => {
    const { text, remarks } = await blog("", ...titles);
    expect(parse(text).language).toBe(language);
    expect(remarks).toContainEqual(expect.stringContaining(`language: ${language} stands there`));
  });

  test("counts in notes without a date, and templates are not counted at all", async () => {
    const made = await plan(
      new Map([
        [".obsidian/app.json", "{}"],
        ["水闸.md", "今天放水。"],
        ["Templates/note.md", "{{title}}"],
        ["Templates/letter.md", "{{title}}"],
      ]),
    );
    expect(parse(made.text)).toMatchObject({ language: "zh-CN", exclude: { paths: ["Templates"] } });
    expect(made).toMatchObject({ posts: 1, folders: [["", 1]] });
  });

  test("is a remark where the configuration names another", async () => {
    const { text, remarks } = await blog("lang: en-US\n", "田边", "水闸");
    expect(parse(text).language).toBe("en-US");
    expect(remarks).toContain("language: en-US (_config.yml:3), but most titles are in zh-CN");
    expect((await blog("lang: zh-TW\n", "田邊")).remarks.join()).not.toContain("language");
  });
});

const POST = "---\ntitle: A\ndate: 2020-01-02\n---\nWater.\n";

test("posts in source/_posts are Hexo's where no configuration names another generator", async () => {
  const generatorOf = async (files: { readonly [path: string]: string }) =>
    (await plan(new Map(Object.entries({ "source/_posts/a.md": POST, ...files })))).generator;
  expect(await generatorOf({ "_config.yml": "title: A\npermalink: :year/:title/\n" })).toBe("Hexo");
  expect(await generatorOf({ "_config.yml": "title: A\nsource: source\n" })).toBe("Jekyll");
  expect(await generatorOf({ "_config.yml": "title: A\n", Gemfile: 'gem "jekyll"' })).toBe("Jekyll");
});

describe("what is told", () => {
  test("what was recognised with its place, what was not, and the next commands", async () => {
    const made = await plan(sampleOf("hexo"));
    expect(showPlan(made)).toContain("Recognised: Hexo, 2 posts in source/_posts/ (2)");
    expect(showPlan(made)).toContain("https://field.example.cn/blog/ (_config.yml:9 and _config.yml:10)");
    expect(showPlan(made)).toContain("atom.xml (atom), rss2.xml (rss)");
    expect(showPlan(made)).toContain("output     public (the generator's own): build the site first");
    const feeds = ["https://field.example.cn/blog/atom.xml", "https://field.example.cn/blog/rss2.xml"];
    expect(nextCommands(made, ".")).toEqual([
      ["adopt", ...feeds, "--content", ".", "--public", "public"],
      ["publish", "--content", ".", "--public", "public"],
    ]);
    const [, publish] = nextCommands(made, "my blog/");
    expect(publish).toEqual(
      ["publish", "--content", "my blog/", "--public", "my blog/public"].concat("--state", "my blog/.dripfeed"),
    );
  });

  test("no feed is to be adopted from an address that is an example's or this machine's; no posts are only checked", async () => {
    const post = "---\ndate: 2020-01-01\n---\nA";
    for (const url of ["http://localhost:1313/", "/", "https://example.com"]) {
      const files = { "hugo.toml": `baseURL = "${url}"\n`, "content/a.md": post };
      const made = await plan(new Map(Object.entries(files)));
      expect(nextCommands(made, ".").map(([command]) => command)).toEqual(["publish"]);
      expect(made.remarks).toContainEqual(expect.stringMatching(/^url: .*former feed .*index\.xml/));
    }
    expect(nextCommands(await plan(new Map()), ".")).toEqual([["check", "--content", "."]]);
  });

  test("folders of Astro whose names begin with _ are posts where a glob reads them", async () => {
    const read = async (loader: string) => {
      const files = {
        "astro.config.mjs": "export default {}",
        "src/content.config.ts": `export const collections = { blog: defineCollection({ ${loader} }) };`,
        "src/content/blog/a.md": POST,
        "src/content/blog/_news/b.md": POST,
      };
      return parse((await plan(new Map(Object.entries(files)))).text).posts;
    };
    const globs = ["src/content/blog/**", "src/content/blog/_news/**"];
    expect(await read('loader: glob({ pattern: "**/[^_]*.md", base: "./src/content/blog" })')).toEqual(globs);
    expect(await read('type: "content"')).toBeUndefined();
  });

  test("feeds of Astro whose language may be empty are the site's", async () => {
    const code = "export const GET = () => rss({ title: 'Weirs' });";
    const files = { "astro.config.mjs": "export default {}", "src/pages/[...lang]/rss.xml.ts": code };
    const { feeds } = await plan(new Map(Object.entries(files)));
    expect(feeds).toMatchObject([{ format: "rss", path: "rss.xml" }]);
  });

  test.each([
    ["Jekyll's own", { "_config.yml": "title: a\n", "_posts/2020-01-01-a.md": "" }, "_site"],
    ["Jekyll's", { "_config.yml": "destination: ./docs/\n", "_posts/2020-01-01-a.md": "" }, "docs"],
    ["Hugo's", { "hugo.toml": 'publishDir = "out"\n' }, "out"],
    ["Zola's", { "config.toml": 'base_url = "https://a.cn"\noutput_dir = "out"\n[markdown]\n' }, "out"],
    ["Astro's own", { "astro.config.mjs": "export default {}" }, "dist"],
    ["Astro's", { "astro.config.mjs": 'export default { outDir: "./out" }' }, "out"],
    ["Eleventy's own", { ".eleventy.js": "module.exports = () => ({})" }, "_site"],
    ["Eleventy's", { "eleventy.config.js": 'export default (c) => { c.setOutputDirectory("dist"); }' }, "dist"],
    ["one outside of the site", { "_config.yml": "destination: ../out\n", "_posts/2020-01-01-a.md": "" }, undefined],
  ])("%s folder of the built site", async (_, files, folder) => {
    expect((await plan(new Map(Object.entries(files)))).output?.value).toBe(folder);
  });
});
