/** Advice: keys of `site.yaml` that settle many problems, and that really settle them. */
import { describe, expect, test } from "vitest";
import { fixOfUnknown } from "../../lib/content/templates/meaning/owner.ts";
import type { Problem } from "../../lib/model.ts";
import { adviceOn } from "../../lib/terminal/advice.ts";
import { codes, post, SITE, world } from "../support/world.ts";

const problemsAt = (code: string, files: readonly string[], fix = "fix it"): readonly Problem[] =>
  files.map((file) => ({ code, severity: "error", file, message: "it is odd", fix }));

const PAGES = ["about", "contact", "deep/legal"].map((name) => `content/en/pages/${name}.md`);
const POSTS = ["one", "two"].map((name) => `content/en/post/${name}.md`);
const BOTH = [...PAGES, ...POSTS];

describe("advice on posts without a date", () => {
  test("names the folder of the others, and that of the pages", () => {
    expect(adviceOn(problemsAt("date-missing", PAGES), BOTH)).toEqual([
      {
        code: "date-missing",
        problems: 3,
        fix: "in site.yaml, write `posts: [content/en/post/**]` if nothing else is posts; or leave the pages out: `exclude: { paths: [content/en/pages] }`",
      },
    ]);
  });

  test("names only the folder of the pages where posts are in no folder of their own", () => {
    const [advice] = adviceOn(problemsAt("date-missing", PAGES), [...BOTH, "content/en/loose.md"]);
    expect(advice?.fix).toBe("if these are pages, write `exclude: { paths: [content/en/pages] }` in site.yaml");
  });

  test.each([
    ["no post has a date", BOTH, BOTH],
    ["they lie among posts with dates", PAGES, [...PAGES, "content/en/pages/dated.md", "content/en/pages/deep/new.md"]],
    ["they are two", PAGES.slice(1), BOTH.slice(1)],
  ])("is none where %s", (_, undated, posts) => {
    expect(adviceOn(problemsAt("date-missing", undated), posts)).toEqual([]);
  });

  test("quotes what YAML would read otherwise", () => {
    const pages = PAGES.map((file) => file.replace("pages", "#页面"));
    const [advice] = adviceOn(problemsAt("date-missing", pages), [...pages, ...POSTS]);
    expect(advice?.fix).toContain('`exclude: { paths: ["content/en/#页面"] }`');
  });

  test.each(["posts: [content/en/post/**]\n", "posts: [content/**]\nexclude: { paths: [content/en/pages] }\n"])(
    "settles them: %j",
    async (key) => {
      const undated = Object.fromEntries(PAGES.map((file) => [file, "---\ntitle: Page\n---\nWords.\n"]));
      const dated = Object.fromEntries(POSTS.map((file) => [file, post({ slug: file.slice(-6, -3) })]));
      const before = await world({ ...undated, ...dated }, `${SITE}posts: [content/**]\n`);
      expect(codes(await before.publish({ dryRun: true }))).toEqual(PAGES.map(() => "date-missing"));
      const after = await world({ ...undated, ...dated }, SITE + key);
      const report = await after.publish({ dryRun: true });
      expect([codes(report), report.records.public]).toEqual([[], 2]);
    },
  );
});

test("advice on files in another markup is one glob for each extension", () => {
  const files = ["posts/a/one.adoc", "posts/b/two.org", "posts/c/three.adoc"];
  expect(adviceOn(problemsAt("other-markup", files), [])[0]?.fix).toContain(
    '`exclude: { paths: ["**/*.adoc", "**/*.org"] }`',
  );
});

test("advice on templates names those that are used most, and leaves out those that are used once or twice", () => {
  const used = (name: string, times: number) =>
    problemsAt(
      "template-unknown",
      Array.from({ length: times }, (_, i) => `posts/${i}.md`),
      fixOfUnknown(name),
    );
  const problems = [...used("gallery", 3), ...used("youtube-lite", 7), ...used("once", 2)];
  expect(adviceOn(problems, [])).toEqual([
    {
      code: "template-unknown",
      problems: 10,
      fix: "in site.yaml, write `templates: { youtube-lite: drop, gallery: drop }`, with `content` or a text where feeds should show something",
    },
  ]);
});
