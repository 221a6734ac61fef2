/** What is said of a post elsewhere never comes before what it says itself, and never shows what anything holds back. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DialectName } from "../../../lib/model.ts";
import { cpuMs } from "../../support/growth.ts";
import { heldBackBeside, parseBeside, withKeys } from "./sites.ts";

const flags = fc.constantFrom("draft", "hidden", "no_feed", "unlisted", "private");
const holding = fc.array(flags, { maxLength: 3 });

test("a flag that only one of post, folder and site gives counts, and the post's own counts before all", () => {
  fc.assert(
    fc.property(holding, holding, holding, holding, (shownHere, here, folder, owner) => {
      const own = [
        ...new Map([...here.map((name) => [name, true] as const), ...shownHere.map((name) => [name, false] as const)]),
      ];
      const site = {
        dialect: "eleventy" as const,
        defaults: [{ paths: ["posts"], values: Object.fromEntries(owner.map((name) => [name, true])), lines: {} }],
      };
      const files = { "posts/posts.json": JSON.stringify(Object.fromEntries(folder.map((name) => [name, true]))) };
      const text = withKeys(...own.map(([name, value]) => `${name}: ${value}`), "layout: x");
      const isHeld = [...folder, ...owner].some((name) => !shownHere.includes(name)) || own.some(([, value]) => value);
      expect(heldBackBeside({ key: "posts/a.md", text, files, site }) !== undefined).toBe(isHeld);
    }),
  );
});

describe("what a post says itself stays:", () => {
  const site = (values: { readonly [key: string]: unknown }, dialect: DialectName = "plain") => ({
    dialect,
    languages: ["en", "fr"],
    defaults: [{ paths: ["posts"], values, lines: {} }],
  });
  const VALUES = { author: "Ada", description: "All", cover: "/all.jpg", title: "All", tags: ["all"] };

  test("that there is none of something", () => {
    const text = withKeys("author: ''", 'description: ""', 'image: ""', "tags: []");
    const { post } = parseBeside({ key: "posts/a.md", text, files: {}, site: site(VALUES) });
    expect(post).toMatchObject({ authors: [], tags: [] });
    expect([post?.image, post?.description]).toEqual([undefined, undefined]);
    const untitled = "---\ntitle: ''\ndate: 2024-10-15\n---\n# Own\n";
    const titled = parseBeside({ key: "posts/a.md", text: untitled, files: {}, site: site(VALUES) });
    expect(titled.post?.title).toBe("");
  });

  test("but a key without a value says nothing, and one that is empty shows nothing", () => {
    const text = withKeys("author:", "draft: ''");
    const { post } = parseBeside({ key: "posts/a.md", text, files: {}, site: site({ author: "Ada", draft: true }) });
    expect(post).toMatchObject({ authors: [{ name: "Ada" }], hidden: "draft" });
  });

  test("in the name of its file", () => {
    const text = "---\ntitle: A\n---\nText\n";
    const read = (key: string, values: { readonly [key: string]: unknown }) =>
      parseBeside({ key, text, files: {}, site: site({ lang: "en", date: "2020-01-01", ...values }) }).post;
    expect(read("posts/2026-01-03-a.fr.md", {})).toMatchObject({ language: "fr", published: "2026-01-03T00:00:00Z" });
    expect(read("posts/a.md", {})).toMatchObject({ language: "en", published: "2020-01-01T00:00:00Z" });
    expect(read("posts/2026-01-03-a.md", { published: false })?.hidden).toBe("draft");
  });
});

test("no data file makes the parser fail, whatever is in it", () => {
  const text = fc.oneof(
    fc.json(),
    fc.string(),
    fc
      .array(fc.constantFrom("{", "}", "[", "]", '"draft"', ":", "true", ",", "\n", "cascade", "defaults", "- ", "---"))
      .map((all) => all.join("")),
  );
  const site = fc.constantFrom("hugo" as const, "jekyll" as const, "eleventy" as const);
  fc.assert(
    fc.property(text, site, (data, dialect) => {
      const files = {
        "content/_index.md": data,
        "_config.yml": data,
        "content/content.json": data,
        "content/a.json": data,
      };
      const result = parseBeside({ key: "content/a.md", files, site: { dialect } });
      expect(result.post !== undefined || result.heldBack !== undefined || result.problems.length > 0).toBe(true);
    }),
  );
});

test("a cascade that is nested and repeated is read in time that does not grow beyond it", () => {
  const index = `---\ncascade:\n${"- { draft: false, params: { a: 1 } }\n".repeat(900)}---\n`;
  const started = cpuMs();
  for (let i = 0; i < 50; i++) {
    parseBeside({ key: `content/a${i}.md`, files: { "content/_index.md": index }, site: { dialect: "hugo" } });
  }
  expect(cpuMs() - started).toBeLessThan(5000);
});
