/** Whatever is sent, it is answered: with a post that can be read, or with what is wrong. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyText } from "../support/nasty.ts";
import { SITE } from "../support/world.ts";
import { desk, entry } from "./desk.ts";

const NAMES =
  "name content summary category published updated photo video audio location author post-status visibility lang live in-reply-to like-of bookmark-of repost-of mp-slug mp-channel mp-photo-alt checkin __proto__ url draft layout".split(
    " ",
  );
const value = fc.oneof(
  anyText,
  fc.constantFrom("draft", "private", "2026-01-01", "https://example.org/a.mp4", "ada", "zh", "#", "---", "{{ x }}"),
  fc.jsonValue({ maxDepth: 3 }),
  fc.record({
    value: fc.constant("https://example.org/a.jpg"),
    alt: anyText,
    width: fc.integer(),
    duration: fc.double(),
  }),
  fc.record({ html: anyText }),
  fc.record({
    url: fc.webUrl(),
    status: fc.constantFrom("live", "ended", "x"),
    start: fc.constant("2026-01-01T00:00:00Z"),
  }),
);
const properties = fc.dictionary(fc.constantFrom(...NAMES), fc.array(value, { maxLength: 3 }), { maxKeys: 8 });
const site = fc.constantFrom("plain", "hexo", "jekyll", "hugo", "zola", "astro", "eleventy");

test("JSON: a file that is a post, or none and the reason", async () => {
  await fc.assert(
    fc.asyncProperty(site, properties, async (dialect, sent) => {
      const to = await desk({}, `${SITE}dialect: ${dialect}\nauthors: { ada: { name: Ada }, bo: { name: Bo } }\n`);
      const answer = await to.json(entry(sent));
      const said = (await answer.json()) as { url?: string; error?: string; error_description?: string };
      const keys = await to.keys();
      if (answer.status === 202) {
        expect(keys).toHaveLength(1);
        const source = await to.ask(`q=source&url=${encodeURIComponent(said.url ?? "")}`);
        expect(source.status).toBe(200);
        expect((await to.publish()).problems.filter(({ severity }) => severity === "error")).toEqual([]);
        const { properties: back } = (await source.json()) as { properties: { [name: string]: unknown } };
        const before = await to.file();
        const replace = {
          content: back["content"] ?? ["x"],
          name: back["name"] ?? ["x"],
          category: back["category"] ?? [],
        };
        expect((await to.json({ action: "update", url: said.url, replace })).status).toBe(200);
        if (back["content"] && back["name"]) expect(await to.file()).toBe(before);
      } else {
        expect([answer.status, keys]).toEqual([400, []]);
        expect(said.error_description).toMatch(/\w{3}/);
      }
    }),
    { numRuns: 250 },
  );
});

test("forms: the same", async () => {
  const name = fc.oneof(
    fc.constantFrom(...NAMES),
    fc.constantFrom("category[]", "content[html]", "photo[]", "h", "action", "[]"),
    anyText,
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, anyText), { maxLength: 8 }), async (fields) => {
      const to = await desk();
      const answer = await to.form(fields);
      expect([202, 400]).toContain(answer.status);
      expect(await to.keys()).toHaveLength(answer.status === 202 ? 1 : 0);
    }),
    { numRuns: 250 },
  );
});

test("any bytes of any type are answered, and write nothing", async () => {
  const to = await desk();
  const types = fc.constantFrom(
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/html",
    "",
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json()), types, async (body, type) => {
      const answer = await to.send(body, { headers: { "content-type": type } });
      expect(answer.status).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
});
