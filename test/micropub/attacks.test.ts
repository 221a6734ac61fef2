/** Whoever may write sends what they like: it changes no post of others, breaks no file, and brings no failure. */
import { describe, expect, test } from "vitest";
import type { Grant } from "../../lib/signin/types.ts";
import type { Store } from "../../lib/stores/store.ts";
import { SITE } from "../support/world.ts";
import { type Desk, desk, deskOn, entry, OWNER } from "./desk.ts";

const AUTHORS = "authors: { ada: { name: Ada }, bo: { name: Bo } }\n";
const by = (author: string): Grant => ({ ...OWNER, role: "author", author });
const addressOf = (answer: Response): string => answer.headers.get("location") ?? "";
async function onlyUrl(to: Desk): Promise<string> {
  const { records } = await to.catalog();
  expect(records.map(({ state }) => state)).toEqual(["public"]);
  return records[0]?.facts?.url ?? "";
}
const update = (url: string, replace: { readonly [name: string]: readonly unknown[] }) => ({
  action: "update",
  url,
  replace,
});

describe("a post of somebody else", () => {
  test("that is broken is not anybody's who has no name on the site", async () => {
    const to = await desk(
      { "posts/a.md": "---\ntitle: A\nauthor: Ada\ndate: 2026-05-01\n---\nHers.\n" },
      SITE + AUTHORS,
    );
    await to.publish();
    const url = await onlyUrl(to);
    const broken = "---\ntitle: A\nauthor: Ada\ndate: 2026-13-45\n---\nHers.\n";
    await to.write("posts/a.md", broken);
    const nobody: Grant = { ...OWNER, role: "author" };
    const answer = await to.json(update(url, { content: ["mine"] }), { grant: nobody });
    expect(answer.status).toBe(403);
    expect(await to.file("posts/a.md")).toBe(broken);
  });

  test("is whose its folder says that it is", async () => {
    const to = await desk(
      { "posts/posts.json": '{ "author": "Ada" }', "posts/a.md": "---\ntitle: A\ndate: 2026-05-01\n---\nHers.\n" },
      `${SITE}dialect: eleventy\n${AUTHORS}`,
    );
    await to.publish();
    const asked = `url=${encodeURIComponent(await onlyUrl(to))}`;
    const statuses = async (grant: Grant) =>
      Promise.all(["source", "status"].map(async (q) => (await to.ask(`q=${q}&${asked}`, grant)).status));
    expect(await statuses(by("ada"))).toEqual([200, 200]);
    expect(await statuses(by("bo"))).toEqual([403, 403]);
    expect(await statuses({ ...OWNER, role: "author" })).toEqual([403, 403]);
  });

  test("keeps its address, also before a run has seen it", async () => {
    const to = await desk({}, SITE + AUTHORS);
    const hers = await to.json(entry({ name: ["Water"], content: ["Hers."] }), { grant: by("ada") });
    const moved = await to.json(update(addressOf(hers), { "mp-slug": ["weir"] }), { grant: by("ada") });
    expect(moved.status).toBe(201);
    const his = await to.json(entry({ name: ["Mine"], content: ["His."] }), { grant: by("bo") });
    const taken = await to.json(update(addressOf(his), { "mp-slug": ["weir"] }), { grant: by("bo") });
    expect(taken.status).toBe(400);
    const other = await to.json(entry({ name: ["weir"], content: ["His."] }), { grant: by("bo") });
    expect(addressOf(other)).not.toBe(addressOf(moved));
    expect((await to.ask(`q=source&url=${encodeURIComponent(addressOf(moved))}`, by("ada"))).status).toBe(200);
  });

  test("and none of one's own runs anything where the site is built", async () => {
    const to = await desk({}, SITE + AUTHORS);
    const grant = by("bo");
    const templates = [{ markdown: "{{ range.constructor('…')() }}" }];
    expect((await to.json(entry({ content: templates }), { grant })).status).toBe(403);
    const url = addressOf(await to.json(entry({ name: ["Mine"], content: ["His {{ x }}."] }), { grant }));
    expect(await to.file()).not.toContain("{{");
    expect((await to.json(update(url, { content: templates }), { grant })).status).toBe(403);
    expect((await to.json(update(url, { content: templates }))).status).toBe(200);
  });

  test("does not become that of who writes, nor theirs another's", async () => {
    const to = await desk({}, SITE + AUTHORS);
    const his = addressOf(await to.json(entry({ name: ["Mine"], content: ["His."] }), { grant: by("bo") }));
    const grant = by("bo");
    for (const author of [["ada"], ["Ada"], [{ properties: { name: ["Ada"] } }], ["bo", "ada"], ["Eve"]]) {
      expect((await to.json(update(his, { author }), { grant })).status).toBe(403);
    }
    await to.json({ action: "update", url: his, delete: ["author"] }, { grant });
    expect(await to.file()).toContain("author: bo\n");
  });
});

describe("a text that looks like front matter", () => {
  const FAKES = [
    "---\ntitle: Fake\nauthor: Ada\n---\nx",
    "+++\ntitle = 'Fake'\n+++\nx",
    '{ "title": "Fake" }\n\nx',
    ';;;\n"title": "Fake"\n;;;\nx',
    "title: Fake\ndate: 2020-01-01\n---\nx",
    "title: Fake\ndate: 2020-01-01\n\nx",
    "-----\ntitle: Fake\n-----\nx",
  ];
  test.each(FAKES)("is text, in a file without front matter too: %j", async (text) => {
    const to = await desk({ "posts/2026-05-01-a.md": "Words.\n" });
    await to.publish();
    const url = await onlyUrl(to);
    const answer = await to.json(update(url, { content: [{ markdown: text }] }));
    expect(answer.status).toBe(200);
    const { properties } = (await (await to.ask(`q=source&url=${encodeURIComponent(url)}`)).json()) as {
      properties: { [name: string]: unknown };
    };
    expect(properties["name"]).not.toEqual(["Fake"]);
    expect(properties["author"]).toBeUndefined();
    expect(JSON.stringify(properties["content"])).toContain("Fake");
  });

  test.each(FAKES)("is text in a new post: %j", async (text) => {
    const to = await desk();
    const url = addressOf(await to.json(entry({ content: [{ markdown: text }] })));
    const { properties } = (await (await to.ask(`q=source&url=${encodeURIComponent(url)}`)).json()) as {
      properties: { [name: string]: unknown };
    };
    expect(properties["name"]).toBeUndefined();
  });
});

describe("a request that is none", () => {
  const deep = (levels: number) => `${"[".repeat(levels)}1${"]".repeat(levels)}`;
  const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
  test.each([
    ["type", `{"type":[{"toString":1}],"properties":{"content":["x"]}}`],
    ["type", `{"type":${deep(100_000)},"properties":{"content":["x"]}}`],
    ["action", `{"action":{"toString":null},"url":"https://example.com/"}`],
    ["action", `{"action":${deep(100_000)},"url":"https://example.com/"}`],
    ["a property", `{"properties":{"content":${nested(100_000)}}}`],
    ["a property", `{"properties":{"content":${deep(100_000)}}}`],
    ["a property", `{"properties":{"content":[${nested(100_000)}]}}`],
    ["delete", `{"action":"update","url":"https://example.com/","delete":${nested(100_000)}}`],
    ["mp-slug", `{"properties":{"content":["x"],"mp-slug":[{"toString":1}]}}`],
    ["mp-slug", `{"properties":{"content":["x"],"mp-slug":[[[{"toString":1}]]]}}`],
    ["nothing", "null"],
    ["a list", "[]"],
    ["nothing at all", ""],
  ])("by its %s is refused, with the reason", async (_, body) => {
    const to = await desk();
    const answer = await to.send(body, { headers: { "content-type": "application/json" } });
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { error_description: string }).error_description).toMatch(/\w{3}/);
    expect(await to.keys()).toEqual([]);
  });

  test.each([
    "q=source&limit=-1",
    "q=source&limit=1e9",
    "q=source&after=x",
    "q=source&url=x",
    "q=status",
    "q=__proto__",
  ])("%s is answered", async (query) => {
    const to = await desk({ "posts/a.md": "Words.\n" });
    expect([200, 400, 404]).toContain((await to.ask(query)).status);
  });
});

describe("dates", () => {
  const ZONES = ["UTC", "Asia/Shanghai", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"];
  const DATES = [
    "1890-01-01T00:00:17Z",
    "1969-12-31T23:59:59Z",
    "2026-03-29T01:30:00Z",
    "2026-10-25T00:30:00Z",
    "9999-12-31T10:00:00Z",
    "2024-02-29T12:00:00Z",
  ];
  test.each(ZONES.flatMap((zone) => DATES.map((date) => [date, zone] as const)))(
    "%s in %s is that instant",
    async (date, zone) => {
      const to = await desk({}, `${SITE}timezone: ${zone}\n`);
      const answer = await to.json(entry({ name: ["x"], content: ["x"], published: [date] }));
      expect(answer.status).toBe(202);
      const source = await to.ask(`q=source&url=${encodeURIComponent(addressOf(answer))}`);
      const { properties } = (await source.json()) as { properties: { published: string[] } };
      expect(Date.parse(properties.published[0] ?? "")).toBe(Date.parse(date));
    },
  );

  test.each(["0000-00-00", "-000001-01-01", "10000-01-01", "2026-02-30", "tomorrow", "1e9", "NaN"])(
    "%s is none, and nothing is written",
    async (published) => {
      const to = await desk();
      const answer = await to.json(entry({ content: ["x"], published: [published] }));
      expect([answer.status, await to.keys()]).toEqual([400, []]);
    },
  );
});

describe("what is written in the front matter", () => {
  const NASTY = [
    "a\n---\nevil: 1",
    '"',
    "'",
    ": x",
    "# x",
    "<<",
    "&a",
    "*a",
    "!!js x",
    "- x",
    "{{ x }}",
    "\u2028x: 1",
    "\u0000",
    "__proto__",
  ];
  const properties = (text: string): { readonly [name: string]: readonly unknown[] } => ({
    content: ["x"],
    name: [text],
    summary: [text],
    category: [text],
    "mp-channel": [text],
    "mp-slug": [text],
    location: [{ [text]: text, "<<": { draft: true }, type: text }],
    checkin: [{ [text]: [text], "<<": [{ draft: "true" }] }],
    photo: [{ value: "https://example.org/a.jpg", alt: text }],
  });
  test.each(
    ["plain", "hexo", "jekyll", "hugo", "zola", "astro", "eleventy"].flatMap((d) => NASTY.map((n) => [d, n] as const)),
  )("of a site of %s no text makes another field: %j", async (dialect, text) => {
    const to = await desk({}, `${SITE}dialect: ${dialect}\n`);
    const answer = await to.json(entry(properties(text)));
    expect(answer.status).toBe(202);
    const [key = ""] = await to.keys();
    expect(key).toMatch(/^(?:posts|_posts|src\/content\/blog|content\/posts|[\w/-]+)\/[^/]+\.md$/);
    const shown = await to.ask(`q=source&url=${encodeURIComponent(addressOf(answer))}`);
    const source = (await shown.json()) as { properties: { [name: string]: unknown } };
    const known = "name summary category mp-channel location checkin photo content published post-status".split(" ");
    expect(Object.keys(source.properties).filter((name) => !known.includes(name))).toEqual([]);
    expect(source.properties["post-status"]).toEqual(["published"]);
    expect((await to.publish()).problems.filter(({ severity }) => severity === "error")).toEqual([]);
  });
});

describe("what is too much, or comes at a bad time", () => {
  test("a site.yaml that is broken meanwhile is no fault of the request, which can be sent again", async () => {
    const to = await desk();
    await to.write("site.yaml", "title: [");
    const send = () => to.json(entry({ content: ["x"] }));
    expect([(await send()).status, await to.keys()]).toEqual([503, []]);
    await to.write("site.yaml", SITE);
    expect((await send()).status).toBe(202);
  });

  test("more pictures than a post may have are refused, and none is left out in silence", async () => {
    const to = await desk();
    const photo = Array.from({ length: 101 }, (_, i) => `https://example.org/${i}.jpg`);
    expect((await to.json(entry({ photo }))).status).toBe(400);
    expect(await to.keys()).toEqual([]);
  });

  test("of properties that are not known here some are kept, and the rest is ignored", async () => {
    const to = await desk();
    const others = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`x-${i}`, ["y"]]));
    expect((await to.json(entry({ content: ["x"], ...others }))).status).toBe(202);
    const text = await to.file();
    expect(text).toContain("x-19");
    expect(text).not.toContain("x-20");
  });
});

describe("of two at once", () => {
  test("one removes a draft that the other changes: the text of the other stays", async () => {
    const to = await desk();
    const url = addressOf(await to.json(entry({ name: ["x"], content: ["x"], "post-status": ["draft"] })));
    const [key = ""] = await to.keys();
    let isChanged = false;
    const content: Store = {
      ...to.content,
      async get(asked, known, most) {
        // Between the read of the one who removes and what comes after it.
        const found = await to.content.get(asked, known, most);
        if (asked === key && !isChanged) {
          isChanged = true;
          expect((await to.json(update(url, { content: ["longer"], "post-status": ["published"] }))).status).toBe(200);
        }
        return found;
      },
    };
    const other = deskOn(to, { ...to, content });
    expect((await other.json({ action: "delete", url })).status).toBe(200);
    expect(await to.file(key)).toMatch(/published: false|draft: true[\s\S]*withdrawn[\s\S]*longer/);
  });

  test.each([undefined, "as it was loaded"])(
    "one removes a draft in the very moment of an edit: the edit stays, and who removes is told (If-Match %s)",
    async (condition) => {
      const to = await desk();
      const url = addressOf(await to.json(entry({ name: ["x"], content: ["x"], "post-status": ["draft"] })));
      const etag = (await to.ask(`q=source&url=${encodeURIComponent(url)}`)).headers.get("etag") ?? "";
      let isChanged = false;
      const content: Store = {
        ...to.content,
        async delete(...asked) {
          if (!isChanged) expect((await to.json(update(url, { content: ["longer"] }))).status).toBe(200);
          isChanged = true;
          return to.content.delete(...asked);
        },
      };
      const other = deskOn(to, { ...to, content });
      const headers: { readonly [name: string]: string } = condition === undefined ? {} : { "if-match": etag };
      const answer = await other.json({ action: "delete", url }, { headers });
      expect([answer.status, await answer.json()]).toMatchObject([412, { error: "changed" }]);
      expect(await to.file()).toContain("longer");
      expect((await other.json({ action: "delete", url })).status).toBe(200);
      expect(await to.keys()).toEqual([]);
    },
  );

  test("two remove a draft at once: both are told that it is gone", async () => {
    const to = await desk();
    const url = addressOf(await to.json(entry({ name: ["x"], content: ["x"], "post-status": ["draft"] })));
    const content: Store = {
      ...to.content,
      async delete(...asked) {
        await to.content.delete(asked[0]);
        return to.content.delete(...asked);
      },
    };
    expect((await deskOn(to, { ...to, content }).json({ action: "delete", url })).status).toBe(200);
  });

  test("a request that is sent again, as its answer was lost, is no conflict with itself", async () => {
    const to = await desk();
    const url = addressOf(await to.json(entry({ name: ["x"], content: ["x"] })));
    const { headers } = await to.ask(`q=source&url=${encodeURIComponent(url)}`);
    const send = (text: string) =>
      to.json(update(url, { content: [text] }), { headers: { "if-match": headers.get("etag") ?? "" } });
    expect((await send("mine")).status).toBe(200);
    const again = await send("mine");
    expect([again.status, again.headers.has("etag")]).toEqual([200, true]);
    expect((await send("another's")).status).toBe(412);
  });
});
