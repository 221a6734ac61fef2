import { describe, expect, test } from "vitest";
import { placeOf } from "../../../lib/content/facts/place.ts";
import { parse, postOf, siteOf } from "../helpers.ts";

const GLOBS = ["posts/**", "source/_posts/**", "content/**", "src/content/**"];
const place = (key: string, languages: readonly string[] = ["en"]) => placeOf(key, { posts: GLOBS, languages });

describe("the name of a post", () => {
  test.each([
    ["posts/hello.md", "hello", "hello"],
    ["posts/2024-1-5-hello.md", "hello", "2024-1-5-hello"],
    ["posts/hello/index.md", "hello", "hello"],
    ["posts/2024-01-05-hello/index.zh.md", "hello", "2024-01-05-hello"],
    ["posts/2024-01-05.md", "2024-01-05", "2024-01-05"],
    ["posts/2024-01-05T10:20:30Z-hello.md", "hello", "2024-01-05T10:20:30Z-hello"],
    ["posts/index.md", "posts", "posts"],
    ["index.md", "index", "index"],
    ["posts/你好.zh-CN.md", "你好", "你好"],
    ["posts/node.js.md", "node.js", "node.js"],
    ["posts/v1.2.md", "v1.2", "v1.2"],
    ["posts/ a  b\t\nc\u0001 .md", "a  b c", "a  b c"],
    ["posts/ a.md", "a", "a"],
  ])("%s is %s", (key, name, filename) => expect(place(key)).toMatchObject({ name, filename }));
});

describe("the sections of a post", () => {
  test.each([
    ["content/posts/2024/a.md", ["posts", "2024"]],
    ["content/posts/a/index.md", ["posts"]],
    ["src/content/blog/a.md", ["blog"]],
    ["source/_posts/notes/a.md", ["notes"]],
    ["posts/notes/a.md", ["posts", "notes"]],
    ["content/en/posts/a.md", ["en", "posts"]],
  ])("of %s are %j", (key, sections) => expect(place(key).sections).toEqual(sections));

  test("are without a language, if the site names its languages", () => {
    expect(place("content/zh/posts/a.md", ["en", "zh-CN"])).toMatchObject({ sections: ["posts"], language: "zh" });
  });
});

describe("the path of a post, which is Hexo's title,", () => {
  test.each([
    ["source/_posts/notes/deep/a.md", "notes/deep/a"],
    ["posts/notes/2024-1-5-a.md", "notes/a"],
    ["other/a.md", "a"],
  ])("of %s is %s", (key, path) => expect(place(key).path).toBe(path));
});

describe("the language of a post", () => {
  test.each([
    ["posts/hello.zh.md", "zh"],
    ["posts/hello.zh-cn.md", "zh-cn"],
    ["posts/hello.pt_BR.md", "pt_BR"],
  ])("of %s is %s", (key, language) => expect(place(key).language).toBe(language));

  test.each([
    ...["posts/hello.md", "posts/node.js.md", "posts/asp.net.md", "posts/it/hello.md", "posts/cs/hello.md"],
    ...["posts/zh/hello.md", "posts/ar/hello.md", "posts/ml/hello.md", "posts/notes/2024/zh/hello.md", "posts/v1.2.md"],
  ])("is not in %s", (key) => expect(place(key)).not.toHaveProperty("language"));

  test("is any that the site names", () => {
    expect(place("posts/cs/hello.md", ["en", "cs"]).language).toBe("cs");
    expect(place("content/ja/posts/hello.md", ["en", "ja"]).language).toBe("ja");
    expect(place("source/_posts/zh-TW/hello.md", ["en", "zh-TW"]).language).toBe("zh-TW");
    expect(place("posts/hello.ml.md", ["en", "ml"]).language).toBe("ml");
    expect(place("posts/hello.fr.md", ["en", "zh-CN"])).not.toHaveProperty("language");
    expect(place("posts/hello.zh.md", ["en", "zh-CN"]).language).toBe("zh");
  });

  test("yields to the front matter's", () => {
    const post = postOf(parse("posts/hello.zh.md", "---\ndate: 2024-01-05\nlang: zh-TW\n---\n"));
    expect(post.language).toBe("zh-TW");
  });

  test("is in the URLs of translations, which would else be equal", () => {
    const urlOf = (key: string, permalink = "/:year/:slug/", languages = ["en", "zh"]) =>
      postOf(parse(key, "---\ndate: 2024-01-05\n---\n", siteOf({ permalink, languages }))).url;
    expect(urlOf("posts/hello.md")).toBe("https://example.org/2024/hello/");
    expect(urlOf("posts/hello.zh.md")).toBe("https://example.org/zh/2024/hello/");
    expect(urlOf("posts/zh/hello.md")).toBe("https://example.org/zh/2024/hello/");
    expect(urlOf("posts/en/hello.md")).toBe("https://example.org/2024/hello/");
    expect(urlOf("posts/hello.zh.md", "/:lang/:slug/")).toBe("https://example.org/zh/hello/");
    expect(urlOf("posts/zh/hello.md", "/:title/", ["en"])).toBe("https://example.org/zh/hello/");
  });
});

describe("translations of a post have one key", () => {
  const site = siteOf({ languages: ["en", "zh"] });
  const keyOf = (key: string, front = "") =>
    postOf(parse(key, `---\ndate: 2024-01-05\n${front}\n---\n`, site)).translation;

  test.each([
    ["posts/hello.zh.md", "posts/hello"],
    ["posts/zh/hello.md", "posts/hello"],
    ["posts/hello/index.zh.md", "posts/hello"],
    ["content/zh/posts/2024-01-05-hello.md", "content/posts/2024-01-05-hello"],
  ])("by the path %s", (key, translation) => expect(keyOf(key)).toBe(translation));

  test.each([
    "translationKey: hello",
    "translation_key: hello",
    "lang: zh\nref: hello",
    "lang-ref: hello",
    "page_id: hello",
  ])("by %j", (front) => expect(keyOf("posts/a.md", front)).toBe("=hello"));

  test("none where nothing pairs it", () => {
    expect(keyOf("posts/hello.md")).toBeUndefined();
    expect(keyOf("posts/hello.md", "ref: hello")).toBeUndefined();
  });
});

test("folders that are named like languages pair nothing on a site that names one language", () => {
  expect(postOf(parse("posts/vi/setup.md", "---\ndate: 2024-01-05\n---\n")).language).toBe("en");
  expect(postOf(parse("posts/vi/setup.md", "---\ndate: 2024-01-05\n---\n"))).not.toHaveProperty("translation");
});

test("a folder of Astro's whose name begins with _ is in no address, and its posts are public where a glob names it", () => {
  const posts = ["src/content/blog/**", "src/content/blog/_news/**"];
  const at = (key: string) => placeOf(key, { posts, languages: ["en"], dialect: "astro" });
  expect(at("src/content/blog/_news/one.md")).toMatchObject({ sections: ["blog"], path: "one" });
  expect(at("src/content/blog/_news/one.md")).not.toHaveProperty("aside");
  expect(at("src/content/blog/_news/_two.md").aside).toBe("hidden");
  expect(at("src/content/blog/_other/one.md").aside).toBe("hidden");
});

test("a language that folder and suffix name alike is named once", () => {
  expect(place("content/en/about.en.md", ["ja", "en"])).toMatchObject({ language: "en", name: "about", sections: [] });
  expect(place("content/ja/about.en.md", ["ja", "en"])).toMatchObject({ language: "en", sections: ["ja"] });
});

test("a folder that the site's glob contains holds nothing back", () => {
  const asideIn = (key: string, glob: string) => placeOf(key, { posts: [glob], languages: ["en"] }).aside;
  expect(asideIn("_notes/a.md", "_notes/**")).toBeUndefined();
  expect(asideIn("_notes/_a.md", "_notes/**")).toBe("hidden");
  expect(asideIn("_notes/a.md", "**/*.md")).toBe("hidden");
});

test.each([
  ["content/posts/_weirs/a.md", undefined],
  ["content/posts/_a.md", undefined],
  ["content/posts/_weir/index.md", undefined],
  ["content/posts/_index.md", "hidden"],
  ["content/posts/_index.fr.md", "hidden"],
  ["content/posts/.weirs/a.md", "hidden"],
  ["content/_drafts/a.md", "draft"],
])("on a site of Hugo %s is held back as %s", (key, aside) =>
  expect(placeOf(key, { posts: ["content/**"], languages: ["en"], dialect: "hugo" }).aside).toBe(aside),
);

test.each([
  ["en/news/_posts/2024-01-05-a.md", ["**/_posts/**"], ["en", "news"]],
  ["en/news/_posts/2024-01-05-a.md", ["en/news/_posts/**"], ["en", "news"]],
  ["docs/_posts/2024-01-05-a.md", ["docs/_posts/**"], []],
  ["docs/news/_posts/2024-01-05-a.md", ["docs/news/_posts/**"], ["news"]],
  ["docs/_posts/2024-01-05-a.md", ["**/_posts/**"], ["docs"]],
])("the folders above _posts in %s, named by %j, are %j", (key, posts, above) =>
  expect(placeOf(key, { posts, languages: ["en"] }).above).toEqual(above),
);

describe("a post is held back by its path", () => {
  test.each([
    ["posts/_drafts/a.md", "draft"],
    ["content/_draft/a.md", "draft"],
    ["posts/_private/a.md", "hidden"],
    ["posts/.trash/a.md", "hidden"],
    ["posts/_a.md", "hidden"],
    ["content/posts/_index.md", "hidden"],
  ])("at %s", (key, aside) => expect(place(key).aside).toBe(aside));

  test.each(["source/_posts/a.md", "posts/drafts/a.md", "posts/a_b.md"])("not at %s", (key) =>
    expect(place(key)).not.toHaveProperty("aside"),
  );

  test("and its problems do not matter", () => {
    expect(parse("posts/_drafts/a.md", "---\ntitle: [\n---\n")).toMatchObject({ heldBack: "draft", problems: [] });
    expect(parse("posts/_drafts/a.md", "Just a thought")).toMatchObject({ heldBack: "draft", problems: [] });
  });
});

test("a folder that is named as the one file of Eleventy in it is no section", () => {
  const sectionOf = (dialect: "eleventy" | "hugo") =>
    postOf(parse("posts/weir/weir.md", "---\ndate: 2024-01-05\n---\n", siteOf({ dialect }))).section;
  expect(sectionOf("eleventy")).toBeUndefined();
  expect(sectionOf("hugo")).toBe("weir");
});
