/** What is kept back is in no document, however it is said and in whatever form of front matter. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { SITE, world } from "./world.ts";

type Front = readonly (readonly [key: string, value: string | boolean])[];

/** Each way to keep a post back, in a case of its own choosing. */
const WAYS: readonly Front[] = [
  [["draft", true]],
  [["draft", "yes"]],
  [["draft", "maybe"]],
  [["published", false]],
  [["publish", "no"]],
  [["hidden", "on"]],
  [["unlisted", true]],
  [["private", "1"]],
  [["feed", false]],
  [["rss", "off"]],
  [["status", "Draft"]],
  [["visibility", "private"]],
  [["password", "open sesame"]],
  [["encrypted", true]],
  [["headless", true]],
  [["is-draft", true]],
  [["is_draft", "true"]],
  [["post_status", "draft"]],
  [["post-password", "open sesame"]],
  [["visibility", "friends"]],
  [["date", "2031-01-01"]],
  [["publishDate", "2031-01-01T00:00:00+08:00"]],
  [["expiryDate", "2026-01-03"]],
  [["tags", "Not For Feeds"]],
];

/** A base of YAML that says all of it, for the post to merge. */
const inBase = (front: Front) => `base: &base\n${front.map(([key, value]) => `  ${key}: ${value}`).join("\n")}`;

const FORMS: readonly ((front: Front) => string)[] = [
  (front) => `---\n${front.map(([key, value]) => `${key}: ${value}`).join("\n")}\n---\n`,
  (front) => `---\n${front.map(([key, value]) => `"${key}": "${value}"`).join("\n")}\n...\n`,
  (front) => `${front.map(([key, value]) => `${key}: ${value}`).join("\r\n")}\r\n---\r\n`,
  (front) => `---\n${front.map(([key, value]) => `'${key}': '${value}'`).join("\n")}\n---\n`,
  (front) => `---\n${inBase(front)}\nother: &other { x: y }\n<<: *other\n<<: *base\n---\n`,
  (front) => `---\n${inBase(front)}\nnested: &nested { <<: *base }\n<<: [*nested]\n---\n`,
  (front) => `+++\n${front.map(([key, value]) => `${key} = ${JSON.stringify(value)}`).join("\n")}\n+++\n`,
  (front) => `${JSON.stringify(Object.fromEntries(front), null, 2)}\n`,
  (front) => `${front.map(([key, value]) => `"${key}": ${JSON.stringify(value)}`).join(",\n")}\n;;;\n`,
];

const KEYS: readonly ((name: string) => string)[] = [
  (name) => `posts/${name}.md`,
  (name) => `posts/2024-1-5-${name}.markdown`,
  (name) => `posts/${name}/index.mdx`,
];
const ASIDE: readonly ((name: string) => string)[] = [
  (name) => `posts/_drafts/${name}.md`,
  (name) => `posts/.trash/${name}.md`,
  (name) => `posts/_${name}.md`,
];

const aPost = fc.record({
  way: fc.option(fc.constantFrom(...WAYS)),
  form: fc.constantFrom(...FORMS),
  key: fc.constantFrom(...KEYS),
  aside: fc.option(fc.constantFrom(...ASIDE), { freq: 4 }),
  upper: fc.boolean(),
});

test("no draft, hidden, locked, future, expired or excluded post reaches any document, and every other does", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aPost, { minLength: 1, maxLength: 8 }), async (posts) => {
      const site = await world({}, `${SITE}exclude: { tags: [not-for-feeds] }\n`);
      const public_: string[] = [];
      const kept: string[] = [];
      for (const [i, { way, form, key, aside, upper }] of posts.entries()) {
        const name = `word${i}x`;
        const said = (way ?? []).map(([each, value]) => [upper ? each.toUpperCase() : each, value] as const);
        const given = new Set(said.map(([each]) => each.toLowerCase()));
        const usual: Front = [
          ["title", `Title ${name}`],
          ["date", "2026-01-02"],
          ["tags", `tag-${name}`],
        ];
        const front = [...usual.filter(([each]) => !given.has(each)), ...said];
        await site.write((aside ?? key)(name), `${form(front)}\nThe text of ${name}.\n`);
        (way || aside ? kept : public_).push(name);
      }
      const report = await site.publish();
      expect(report.problems.filter(({ severity }) => severity === "error")).toEqual([]);
      const documents = JSON.stringify(await site.dump(site.public));
      for (const name of kept) expect(documents).not.toContain(name);
      for (const name of public_) expect(documents).toContain(`The text of ${name}.`);
      expect(report.records.public).toBe(public_.length);
    }),
    { numRuns: 150 },
  );
});
