/** What is said of a post elsewhere never comes before what it says itself, and never shows what anything holds back. */
import fc from "fast-check";
import { expect, test } from "vitest";
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
  const started = performance.now();
  for (let i = 0; i < 50; i++) {
    parseBeside({ key: `content/a${i}.md`, files: { "content/_index.md": index }, site: { dialect: "hugo" } });
  }
  expect(performance.now() - started).toBeLessThan(5000);
});
