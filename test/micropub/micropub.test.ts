/** Posts of phones, from the request to the feeds. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Grant } from "../../lib/signin/types.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { SITE } from "../support/world.ts";
import { type Desk, desk, entry, OWNER } from "./desk.ts";
import { ftyp, jpeg } from "./media/samples.ts";

const AUTHORS = `${SITE}authors: { ada: { name: Ada }, bo: { name: Bo } }\n`;
const grantOf = (role: Grant["role"], author?: string): Grant => ({ ...OWNER, role, ...(author && { author }) });

interface Answer {
  readonly url: string;
  readonly key: string;
  readonly etag?: string;
  readonly error?: string;
  readonly error_description: string;
  readonly problems: readonly { readonly code: string; readonly fix: string }[];
  readonly properties: { readonly [name: string]: readonly unknown[] };
  readonly status: string;
}

const told = async (answer: Response): Promise<Answer> => (await answer.json()) as Answer;
const made = async (to: Desk, properties: { readonly [name: string]: readonly unknown[] }, grant = OWNER) =>
  told(await to.json(entry(properties), { grant }));
const status = async (to: Desk, url: string) =>
  (await told(await to.ask(`q=status&url=${encodeURIComponent(url)}`))).status;

describe("a post that is created", () => {
  test("is at the address that the answer says, once a run has seen it", async () => {
    const to = await desk();
    const answer = await to.json(entry({ name: ["雨"], content: ["下雨了"] }));
    expect(answer.status).toBe(202);
    const { url } = await told(answer);
    expect(answer.headers.get("location")).toBe(url);
    expect(await status(to, url)).toBe("waiting");
    await to.publish();
    expect(await to.read("rss.xml")).toContain(`<link>${url}</link>`);
    expect(await status(to, url)).toBe("published");
  });

  test("in the future waits for its date", async () => {
    const to = await desk();
    const { url } = await made(to, { content: ["Soon"], published: ["2026-07-01T00:00:00Z"] });
    await to.publish({ force: true });
    expect(await status(to, url)).toBe("future");
  });

  test.each([
    [{ "post-status": ["draft"] }, "draft"],
    [{ visibility: ["private"] }, "hidden"],
    [{ visibility: ["unlisted"] }, "hidden"],
  ])("with %j is in no feed", async (properties, expected) => {
    const to = await desk({ "posts/a.md": "---\ndate: 2026-01-01\n---\na" });
    const { url } = await made(to, { content: ["Held back"], ...properties });
    await to.publish();
    expect(await to.read("rss.xml")).not.toContain("Held back");
    expect(await status(to, url)).toBe(expected);
  });

  test("tells the problems that its post has", async () => {
    const { problems } = await made(await desk(), { content: ["x"], audio: ["https://example.org/a.mp3"] });
    expect(problems).toMatchObject([{ code: "media-length", fix: expect.any(String) }]);
  });

  test("is a draft where no more is allowed", async () => {
    const to = await desk({}, AUTHORS);
    for (const grant of [grantOf("drafts", "bo"), { ...grantOf("author", "bo"), scopes: ["draft"] } as Grant]) {
      const { key } = await made(to, { content: ["Perhaps"], "post-status": ["published"] }, grant);
      expect(await to.file(key)).toContain("draft: true\n");
    }
  });

  test("names its author", async () => {
    const to = await desk({}, AUTHORS);
    const { key } = await made(to, { content: ["Mine"] }, grantOf("author", "bo"));
    expect(await to.file(key)).toContain("author: bo\n");
    const { key: other } = await made(to, { content: ["Hers"], author: ["Ada"] }, grantOf("owner", "bo"));
    expect(await to.file(other)).toContain("author: ada\n");
    const refused = await to.json(entry({ content: ["Not mine"], author: ["Ada"] }), {
      grant: grantOf("author", "bo"),
    });
    expect([refused.status, (await told(refused)).error]).toEqual([403, "forbidden"]);
  });

  test("names the only author that its site has, so that a second one takes over no post", async () => {
    const to = await desk({}, `${SITE}authors: { ada: { name: Ada } }\n`);
    for (const [grant, author] of [
      [grantOf("owner", "ada"), []],
      [grantOf("owner"), []],
      [grantOf("owner"), ["Ada"]],
      [grantOf("author", "ada"), []],
    ] as const) {
      const { key } = await made(to, { content: ["Hers"], ...(author.length > 0 && { author }) }, grant);
      expect(await to.file(key)).toContain("author: ada\n");
    }
    const { key, url } = await made(to, { content: ["Hers, too"] }, grantOf("owner", "ada"));
    await to.write("site.yaml", AUTHORS);
    expect(
      (await to.json({ action: "update", url, replace: { content: ["x"] } }, { grant: grantOf("author", "bo") }))
        .status,
    ).toBe(403);
    expect(
      (await to.json({ action: "update", url, replace: { content: ["x"] } }, { grant: grantOf("author", "ada") }))
        .status,
    ).toBe(200);
    expect(await to.file(key)).toContain("author: ada\n");
  });

  test("has no author where its writer is none of those of the site", async () => {
    for (const site of [SITE, AUTHORS]) {
      const to = await desk({}, site);
      const { key } = await made(to, { content: ["Whose?"] }, grantOf("owner"));
      expect(await to.file(key)).not.toContain("author");
    }
  });

  test("takes neither the file nor the address of another", async () => {
    const to = await desk({
      "posts/other.md": "---\ndate: 2026-06-01\npermalink: /2026/06/01/rain/\ntitle: x\n---\nx",
    });
    await to.publish();
    const { key, url } = await made(to, { content: ["x"], "mp-slug": ["rain"] });
    expect([key, url]).toEqual(["posts/rain-2.md", "https://example.com/2026/06/01/rain-2/"]);
  });

  test("goes where most posts of the site are", async () => {
    const site = `${SITE}dialect: hugo\n`;
    const post = "---\ntitle: x\ndate: 2026-01-01\n---\nx";
    const to = await desk({ "content/blog/a.md": post, "content/blog/b.md": post, "content/posts/c.md": post }, site);
    await to.publish();
    expect((await made(to, { content: ["new"] })).key).toBe("content/blog/new.md");
    const bundles = await desk({ "content/a/index.md": post, "content/b/index.md": post }, site);
    await bundles.publish();
    expect((await made(bundles, { content: ["new"] })).key).toBe("content/new.md");
    const globs = await desk(
      { "notes/a.md": post, "log/b.md": post, "log/c.md": post, "log/d.md": post },
      `${SITE}posts: ["notes/**", "log/*.md"]\n`,
    );
    expect((await made(globs, { content: ["new"] })).key).toBe("notes/new.md");
    await globs.publish();
    expect((await made(globs, { content: ["next"] })).key).toBe("log/next.md");
    const wild = await desk({ "2026/log/a.md": post }, `${SITE}posts: ["*/log/**"]\n`);
    expect(await made(wild, { content: ["new"] })).toMatchObject({
      error_description: expect.stringContaining("`posts`"),
    });
    await wild.publish();
    expect((await made(wild, { content: ["new"] })).key).toBe("2026/log/new.md");
  });

  test("shows a portrait film with its size, duration and poster", async () => {
    const to = await desk();
    const film = {
      value: "https://example.org/a.mp4",
      size: 6_000_000,
      width: 720,
      height: 1280,
      duration: 31,
      poster: "https://example.org/a.jpg",
    };
    await made(to, { name: ["Film"], content: ["See."], video: [film] });
    await to.publish();
    const { items } = JSON.parse(await to.read("feed.json"));
    expect(items[0].attachments).toMatchObject([
      { url: film.value, mime_type: "video/mp4", size_in_bytes: 6_000_000, duration_in_seconds: 31 },
    ]);
    const rss = await to.read("rss.xml");
    expect(rss).toContain('height="1280" width="720"');
    expect(rss).toContain('<media:thumbnail url="https://example.org/a.jpg"');
  });
});

describe("a stream", () => {
  test("begins, ends, and has its recording later, each by an update", async () => {
    const to = await desk();
    const live = { url: "https://example.org/stream", status: "live", start: "2026-06-01T12:00:00Z" };
    const { url, key } = await made(to, { name: ["Harvest"], live: [live] });
    await to.publish();
    expect(await to.read("rss.xml")).toContain('<podcast:liveItem status="live"');
    const ended = { ...live, status: "ended", end: "2026-06-01T13:00:00Z" };
    await to.json({ action: "update", url, replace: { live: [ended] } });
    await to.publish();
    expect(await to.read("rss.xml")).not.toContain('status="live"');
    await to.json({ action: "update", url, replace: { live: [{ ...ended, url: "https://example.org/recording" }] } });
    expect(await to.file(key)).toContain(
      'live: { url: "https://example.org/recording", status: ended, start: 2026-06-01T12:00:00+00:00, end: 2026-06-01T13:00:00+00:00 }',
    );
  });
});

const BY_HAND = `---
# written in an editor
Title: Old title   # the title
date: 2026-01-05 08:00
category: Water
tags: one, two
lastmod: 2026-01-06
cover: /a.jpg
---

Text with {{< youtube abc >}} in it &nbsp;<b>and</b> tags.
`;

describe("a post that came by git", () => {
  test("is changed where it says what is meant, by the keys that it has", async () => {
    const to = await desk({ "content/posts/a.md": BY_HAND }, `${SITE}dialect: hugo\n`);
    await to.publish();
    const url = "https://example.com/posts/a/";
    const replace = {
      name: ["New"],
      category: ["one", "three"],
      updated: ["2026-02-01T00:00:00Z"],
      "mp-channel": ["Land"],
    };
    const answer = await to.json({ action: "update", url, replace });
    expect(answer.status).toBe(200);
    expect(await to.file()).toBe(
      BY_HAND.replace("Old title", "New")
        .replace("one, two", "[one, three]")
        .replace("2026-01-06", "2026-02-01T00:00:00+00:00")
        .replace("Water", "[Land]"),
    );
  });

  test("keeps its templates and its HTML when its text is sent back with a change", async () => {
    const to = await desk({ "content/posts/a.md": BY_HAND }, `${SITE}dialect: hugo\n`);
    const url = "https://example.com/posts/a/";
    const { properties } = await told(await to.ask(`q=source&url=${encodeURIComponent(url)}`));
    const text = String(properties["content"]?.[0]);
    await to.json({ action: "update", url, replace: { content: [`${text}\n\nMore {{< typed >}} <i>here</i>`] } });
    expect(await to.file()).toBe(`${BY_HAND}\nMore &#123;&#123;< typed >}} &lt;i>here&lt;/i>\n`);
  });

  test("is published when it was a draft in another way of saying so", async () => {
    const to = await desk({ "posts/a.md": "---\ntitle: a\ndate: 2026-01-05\nstatus: draft\nwip: yes\n---\na\n" });
    const url = "https://example.com/2026/01/05/a/";
    expect((await to.json({ action: "update", url, replace: { "post-status": ["published"] } })).status).toBe(200);
    expect(await to.file()).toBe("---\ntitle: a\ndate: 2026-01-05\n---\na\n");
  });

  test("keeps what no app could send, and can have it replaced", async () => {
    const odd = `---\ntitle: a\ndate: 2026-01-05\nlang: klingonish\nlive: soon\nphoto: my photo.jpg\nin-reply-to: somebody\nmf2: { rsvp: "yes", x: [a] }\n---\na\n`;
    const to = await desk({ "posts/a.md": odd });
    const url = "https://example.com/2026/01/05/a/";
    const replace = async (properties: object) =>
      (await to.json({ action: "update", url, replace: properties })).status;
    expect(await replace({ name: ["b"] })).toBe(200);
    expect(await to.file()).toBe(odd.replace("title: a", "title: b"));
    expect(await replace({ photo: ["https://example.org/a.jpg"], rsvp: ["no"] })).toBe(200);
    expect(await to.file()).toBe(
      odd
        .replace("title: a", "title: b")
        .replace("my photo.jpg", '["https://example.org/a.jpg"]')
        .replace('{ rsvp: "yes", x: [a] }', '{ rsvp: ["no"], x: [a] }'),
    );
  });

  test("is not cut where it is longer than a post may be", async () => {
    const long = `---\ntitle: a\ndate: 2026-01-05\n---\n${"x".repeat(16_000_000)}`;
    const to = await desk({ "posts/a.md": "---\ntitle: a\ndate: 2026-01-05\n---\na\n" });
    await to.publish();
    await to.write("posts/a.md", long);
    const answer = await to.json({
      action: "update",
      url: "https://example.com/2026/01/05/a/",
      replace: { name: ["b"] },
    });
    expect([answer.status, await to.file()]).toEqual([400, long]);
  });

  test("is found at an address that no run has seen", async () => {
    const posts = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`posts/p${i}.md`, `---\ndate: 2026-01-05\n---\nx`]),
    );
    const to = await desk(posts);
    const answer = await to.ask(`q=source&url=${encodeURIComponent("https://example.com/2026/01/05/p7/")}`);
    expect(answer.status).toBe(200);
    expect((await to.ask("q=source&url=https://example.com/nothing/")).status).toBe(404);
  });
});

describe("an update", () => {
  test("that changes the address says the new one, and the former is nobody's", async () => {
    const to = await desk({}, `${SITE}dialect: hugo\npermalink: /:slug/\n`);
    const { url } = await made(to, { name: ["Rain"], content: ["x"] });
    const answer = await to.json({ action: "update", url, replace: { "mp-slug": ["../Snow & Ice"] } });
    expect([answer.status, answer.headers.get("location")]).toEqual([201, "https://example.com/snow-ice/"]);
    expect(await to.file()).toContain("slug: snow-ice\n");
    expect((await to.ask(`q=source&url=${encodeURIComponent(url)}`)).status).toBe(404);
  });

  test("may not take the address of another post", async () => {
    const to = await desk(
      { "content/a.md": "---\ntitle: a\ndate: 2026-01-01\nslug: taken\n---\n" },
      `${SITE}dialect: hugo\npermalink: /:slug/\n`,
    );
    await to.publish();
    const { url } = await made(to, { name: ["Rain"], content: ["x"] });
    expect((await to.json({ action: "update", url, replace: { "mp-slug": ["taken"] } })).status).toBe(400);
  });

  test.each([
    ["future", "2031-01-05", ""],
    ["hidden", "2026-01-05", "expiryDate: 2026-02-01\n"],
    ["hidden", "2026-01-05", "password: x\n"],
    ["draft", "2026-01-05", "draft: true\n"],
  ])(
    "of a post that no reader gets leaves it %s, though a run has nothing to commit (%s %s)",
    async (is, date, more) => {
      const to = await desk({ "posts/a.md": `---\ntitle: a\ndate: ${date}\n${more}---\na\n` });
      await to.publish();
      const url = `https://example.com/${date.replaceAll("-", "/")}/a/`;
      expect(await status(to, url)).toBe(is);
      expect((await to.json({ action: "update", url, replace: { content: ["b"] } })).status).toBe(200);
      await to.publish();
      expect(await status(to, url)).toBe(is);
    },
  );

  test.each(["plain", "hexo", "jekyll", "hugo", "zola", "astro", "eleventy"])(
    "hides a post and shows it again, and makes it a draft and publishes it, in %s",
    async (dialect) => {
      const to = await desk({}, `${SITE}dialect: ${dialect}\n`);
      const { url, key } = await made(to, { name: ["Rain"], content: ["x"] });
      const before = await to.file(key);
      const replace = async (properties: object) =>
        expect((await to.json({ action: "update", url, replace: properties })).status).toBe(200);
      for (const visibility of ["unlisted", "private"]) {
        await replace({ visibility: [visibility] });
        const { properties } = await told(await to.ask(`q=source&url=${encodeURIComponent(url)}`));
        expect(properties).toMatchObject({ visibility: [visibility], "post-status": ["published"] });
        await to.publish({ force: true });
        expect(await status(to, url)).toBe("hidden");
        await replace({ visibility: ["public"] });
        expect(await to.file(key)).toBe(before);
      }
      await replace({ "post-status": ["draft"] });
      await to.publish({ force: true });
      expect(await status(to, url)).toBe("draft");
      await replace({ "post-status": ["published"] });
      expect(await to.file(key)).toBe(before);
    },
  );
});

describe("two writers", () => {
  test("the one that read an older post is told so, and changes nothing", async () => {
    const to = await desk();
    const { url } = await made(to, { name: ["One"], content: ["x"] });
    const etag = (await to.ask(`q=source&url=${encodeURIComponent(url)}`)).headers.get("etag") ?? "";
    const update = { action: "update", url, replace: { content: ["mine"] } };
    expect((await to.json(update, { headers: { "if-match": etag } })).status).toBe(200);
    const late = await to.json({ ...update, replace: { content: ["theirs"] } }, { headers: { "if-match": etag } });
    expect([late.status, (await told(late)).error]).toEqual([412, "changed"]);
    expect(await to.file()).toContain("mine");
  });

  test("at once both change what they meant", async () => {
    const to = await desk();
    const { url } = await made(to, { name: ["One"], content: ["x"], category: ["a"] });
    const answers = await Promise.all([
      to.json({ action: "update", url, add: { category: ["b"] } }),
      to.json({ action: "update", url, add: { category: ["c"] } }),
      to.json({ action: "update", url, replace: { content: ["new"] } }),
    ]);
    expect(answers.map((each) => each.status)).toEqual([200, 200, 200]);
    const file = await to.file();
    expect(file).toMatch(/tags: \[a, (?:b, c|c, b)\]/);
    expect(file).toContain("\nnew\n");
  });
});

test("which file an address is of is noted until a run has seen the post", async () => {
  const to = await desk();
  const { url } = await made(to, { name: ["Rain"], content: ["x"] });
  const marks = async () => Object.keys(await to.dump(to.state)).filter((key) => key.startsWith("write/posts/"));
  expect(await marks()).toHaveLength(1);
  const change = (text: string) => to.json({ action: "update", url, replace: { content: [text] } });
  await change("y");
  expect(await marks()).toHaveLength(1);
  await to.publish();
  await change("z");
  expect(await marks()).toEqual([]);
  expect((await to.ask(`q=source&url=${encodeURIComponent(url)}`)).status).toBe(200);
});

test("in folders all of it is the same", async () => {
  const folder = mkdtempSync(join(tmpdir(), "micropub-"));
  const stores = {
    content: folderStore(join(folder, "c")),
    public: folderStore(join(folder, "p")),
    state: folderStore(join(folder, "s")),
  };
  const to = await desk({}, SITE, stores);
  const key = { headers: { "idempotency-key": "1" } };
  const answers = await Promise.all([1, 2, 3].map(() => to.json(entry({ name: ["雨"], content: ["x"] }), key)));
  const url = answers[0]?.headers.get("location") ?? "";
  expect(await to.keys()).toEqual(["posts/雨.md"]);
  const before = await to.file();
  const etag = (await to.ask(`q=source&url=${encodeURIComponent(url)}`)).headers.get("etag") ?? "";
  const add = (tag: string) => to.json({ action: "update", url, add: { category: [tag] } });
  await Promise.all([add("a"), add("b"), add("c")]);
  expect(
    (await to.file())
      .match(/tags: \[(.*)\]/)?.[1]
      ?.split(", ")
      .toSorted(),
  ).toEqual(["a", "b", "c"]);
  const late = await to.json({ action: "update", url, delete: ["category"] }, { headers: { "if-match": etag } });
  expect(late.status).toBe(412);
  await to.json({ action: "update", url, delete: ["category"] });
  await to.json({ action: "delete", url });
  await to.json({ action: "undelete", url });
  expect(await to.file()).toBe(before);
  rmSync(folder, { recursive: true });
});

describe("a post that is deleted", () => {
  const remove = (to: Desk, url: string, grant = OWNER) => to.json({ action: "delete", url }, { grant });

  test("is withdrawn, and removed the next time, but for the same request sent again", async () => {
    const to = await desk();
    const { url } = await made(to, { name: ["One"], content: ["x"] });
    await to.publish();
    await remove(to, url);
    await remove(to, url);
    await to.publish({ force: true });
    expect(await status(to, url)).toBe("withdrawn");
    to.clock.advance(600_000);
    await remove(to, url);
    expect(await to.keys()).toEqual([]);
    expect((await to.json({ action: "undelete", url })).status).toBe(404);
  });

  test("is removed at once where it is said to be the withdrawn one", async () => {
    const to = await desk();
    const { url } = await made(to, { name: ["One"], content: ["x"] });
    const etag = async () => (await to.ask(`q=source&url=${encodeURIComponent(url)}`)).headers.get("etag") ?? "";
    const published = await etag();
    const removeIf = (known: string) => to.json({ action: "delete", url }, { headers: { "if-match": known } });
    await removeIf(published);
    expect((await removeIf(published)).status).toBe(200);
    expect(await to.keys()).toHaveLength(1);
    expect((await removeIf(await etag())).status).toBe(200);
    expect(await to.keys()).toEqual([]);
  });

  test.each([
    "---\ntitle: a\ndate: 2026-01-05\n---\na\n",
    "---\r\ntitle: a\r\ndraft:   false # no\r\ndate: 2026-01-05\r\n---\r\n\r\na\r\n",
    "---\ntitle: a\ndate: 2026-01-05\nnote: |+\n  x\n\n---\na\n",
    "+++\ntitle = 'a'\ndate = 2026-01-05\n[params]\nx = 1\n+++\na\n",
    '{\n  "title": "a",\n  "date": "2026-01-05"\n}\na\n',
    '{ "date": "2026-01-05", "draft": false }\na\n',
  ])("comes back byte for byte: %j", async (file) => {
    const to = await desk({ "posts/a.md": file });
    await to.publish();
    const url = "https://example.com/2026/01/05/a/";
    expect(await told(await remove(to, url))).toMatchObject({ url });
    await to.publish({ force: true });
    expect(await to.read("feeds.json")).toBeDefined();
    expect(await status(to, url)).toBe("withdrawn");
    expect((await to.json({ action: "undelete", url })).status).toBe(200);
    expect(await to.file()).toBe(file);
  });

  test("says since when it is", async () => {
    const to = await desk();
    const { url } = await made(to, { name: ["One"], content: ["x"] });
    await remove(to, url);
    const { properties } = await told(await to.ask(`q=source&url=${encodeURIComponent(url)}`));
    expect(properties).toMatchObject({ withdrawn: ["2026-06-01T12:00:00Z"], "post-status": ["draft"] });
  });

  test("is back by an update that publishes it, too", async () => {
    const to = await desk();
    const { url } = await made(to, { name: ["One"], content: ["x"] });
    const before = await to.file();
    await remove(to, url);
    await to.json({ action: "update", url, replace: { "post-status": ["published"] } });
    expect(await to.file()).toBe(before);
  });
});

describe("who may do what", () => {
  const posts = {
    "posts/a.md": "---\ntitle: a\ndate: 2026-01-05\nauthor: ada\n---\na\n",
    "posts/b.md": "---\ntitle: b\ndate: 2026-01-05\nauthor: bo\n---\nb\n",
  };
  const update = (name: string) => ({
    action: "update",
    url: `https://example.com/2026/01/05/${name}/`,
    replace: { name: ["new"] },
  });

  test.each([
    [grantOf("owner"), 200, 200],
    [grantOf("author", "ada"), 200, 403],
    [grantOf("drafts", "ada"), 403, 403],
    [{ ...OWNER, scopes: ["create", "delete"] } as Grant, 403, 403],
    [{ ...OWNER, scopes: ["draft", "update"] } as Grant, 403, 403],
    [{ ...OWNER, scopes: ["update"] } as Grant, 200, 200],
  ])("%j", async (grant, own, other) => {
    const to = await desk(posts, AUTHORS);
    const answers = [await to.json(update("a"), { grant }), await to.json(update("b"), { grant })];
    expect(answers.map((each) => each.status)).toEqual([own, other]);
  });

  test("whoever writes drafts alone changes theirs, and publishes none", async () => {
    const to = await desk(posts, AUTHORS);
    const grant = grantOf("drafts", "bo");
    const { url } = await made(to, { name: ["Mine"], content: ["x"] }, grant);
    expect((await to.json({ action: "update", url, replace: { content: ["y"] } }, { grant })).status).toBe(200);
    expect(
      (await to.json({ action: "update", url, replace: { "post-status": ["published"] } }, { grant })).status,
    ).toBe(403);
    expect((await to.json({ action: "delete", url }, { grant: grantOf("drafts", "ada") })).status).toBe(403);
    expect((await to.json({ action: "delete", url }, { grant })).status).toBe(200);
  });

  test("lists and sources are of own posts", async () => {
    const to = await desk(posts, AUTHORS);
    await to.publish();
    const list = async (grant: Grant) =>
      ((await (await to.ask("q=source", grant)).json()) as { items: readonly unknown[] }).items.length;
    expect([await list(grantOf("owner")), await list(grantOf("author", "bo"))]).toEqual([2, 1]);
    expect((await to.ask("q=source&url=https://example.com/2026/01/05/a/", grantOf("author", "bo"))).status).toBe(403);
  });
});

describe("queries", () => {
  test("the list of posts has the newest first, those that no run has seen among them, in pages", async () => {
    const to = await desk(
      Object.fromEntries(
        [1, 2, 3].map((day) => [`posts/p${day}.md`, `---\ntitle: p${day}\ndate: 2026-01-0${day}\n---\nx`]),
      ),
    );
    await to.publish();
    await made(to, { name: ["draft"], content: ["x"], "post-status": ["draft"] });
    const seen: unknown[] = [];
    let after = "";
    for (let pages = 0; pages < 5; pages++) {
      const answer = await to.ask(`q=source&limit=2${after && `&after=${after}`}`);
      const page = (await answer.json()) as { items: readonly Answer[]; paging: { after?: string } };
      seen.push(
        ...page.items.map(({ properties }) => [
          properties["name"]?.[0],
          properties["post-status"]?.[0],
          properties["url"]?.[0],
        ]),
      );
      after = page.paging.after ?? "";
      if (after === "") break;
    }
    expect(seen).toEqual([
      ["draft", "draft", "https://example.com/2026/06/01/draft/"],
      ...[3, 2, 1].map((day) => [`p${day}`, "published", `https://example.com/2026/01/0${day}/p${day}/`]),
    ]);
  });

  test("tags come in the order of their use, and can be searched", async () => {
    const to = await desk({
      "posts/a.md": "---\ndate: 2026-01-01\ntags: [rain, 滴灌]\ncategories: [Land, North]\n---\n",
      "posts/b.md": "---\ndate: 2026-01-02\ntags: [滴灌]\n---\n",
    });
    await to.publish();
    expect(await (await to.ask("q=category")).json()).toEqual({ categories: ["滴灌", "rain"] });
    expect(await (await to.ask("q=category&filter=AI")).json()).toEqual({ categories: ["rain"] });
    expect(await (await to.ask("q=channel")).json()).toEqual({
      channels: [{ uid: "Land/North", name: "Land / North" }],
    });
  });

  test("a check says what would be, and writes nothing", async () => {
    const to = await desk();
    const before = [await to.dump(to.content), await to.dump(to.state)];
    const path = "/write/check";
    const found = await told(
      await to.json(entry({ name: ["Rain"], content: ["x"], audio: ["https://example.org/a.mp3"] }), { path }),
    );
    expect(found).toMatchObject({ url: "https://example.com/2026/06/01/rain/", problems: [{ code: "media-length" }] });
    expect([await to.dump(to.content), await to.dump(to.state)]).toEqual(before);
    const { url } = await made(to, { name: ["Rain"], content: ["x"] });
    const file = await to.file();
    expect((await to.json({ action: "update", url, replace: { name: ["Snow"] } }, { path })).status).toBe(200);
    expect(await to.file()).toBe(file);
  });
});

describe("a request that cannot be understood is told what is wrong, and how to mend it", () => {
  test.each([
    [entry({}), "empty"],
    [{ type: ["h-card"], properties: { name: ["x"] } }, "only entry"],
    [{ type: ["h-entry"], properties: { content: "x" } }, "`properties.content` is no list"],
    [entry({ content: ["x"], published: ["yesterday"] }), "published"],
    [entry({ content: ["x"], photo: [{ alt: "no address" }] }), "photo has no address"],
    [entry({ content: ["x"], photo: ["data:image/png;base64,AAAA"] }), "photo has no address"],
    [entry({ content: ["x"], visibility: ["friends"] }), "visibility"],
    [entry({ content: ["x"], lang: ["klingonisch!"] }), "lang"],
    [entry({ "like-of": ["javascript:alert(1)"] }), "like-of"],
    [{ action: "burn", url: "https://example.com/" }, "burn"],
    [{ action: "update", url: "https://example.com/" }, "replace"],
    [{ action: "update", replace: {} }, "`url`"],
    [[], "no JSON object"],
  ])("%j", async (request, message) => {
    const to = await desk();
    const answer = await to.json(request);
    expect(answer.status).toBe(400);
    expect(await told(answer)).toMatchObject({
      error: "invalid_request",
      error_description: expect.stringContaining(message),
    });
    expect(await to.keys()).toEqual([]);
  });

  test("files that come with it are not kept", async () => {
    const to = await desk();
    const form = new FormData();
    form.set("published", "yesterday");
    form.set("photo", new File(["x"], "a.jpg", { type: "image/jpeg" }));
    expect((await to.send(form)).status).toBe(400);
    expect(Object.keys(await to.dump(to.content))).toEqual(["site.yaml"]);
    const page = new FormData();
    page.set("photo", new File(["<script>alert(1)</script>"], "a.jpg", { type: "image/jpeg" }));
    expect((await to.send(page)).status).toBe(415);
    expect(Object.keys(await to.dump(to.content))).toEqual(["site.yaml"]);
  });

  test.each([
    ["photo", "video/mp4", ftyp("isom"), "photo has a file that is a video: send it as video"],
    ["photo", "", ftyp("isom"), "send it as video"],
    ["video", "image/jpeg", jpeg(), "video has a file that is a picture: send it as photo"],
    ["audio", "video/mp4", ftyp("isom"), "send it as video"],
    ["video", "", ftyp("M4A "), "send it as audio"],
  ])(
    "a file sent as %s that is another kind (%s), and with it those that are well",
    async (property, type, bytes, why) => {
      const to = await desk();
      const form = new FormData();
      form.append("photo", new File([jpeg()], "a.jpg", { type: "image/jpeg" }));
      form.append(property, new File([bytes], "b", { type }));
      const answer = await to.send(form);
      expect([answer.status, (await told(answer))["error_description"]]).toEqual([400, expect.stringContaining(why)]);
      expect(Object.keys(await to.dump(to.content))).toEqual(["site.yaml"]);
    },
  );

  test.each([
    ["photo", "https://example.com/media/2026/06/a.mp4", 400],
    ["photo", "https://example.com/media/2026/06/a.m4a", 400],
    ["video", "https://example.com/media/2026/06/a.jpg", 400],
    ["audio", "https://example.com/media/2026/06/a.png", 400],
    ["audio", "https://example.com/media/2026/06/a.mp4", 202], // sound alone, perhaps
    ["video", "https://example.com/media/2026/06/a.m3u8", 202],
    ["photo", "https://example.org/media/a.mp4", 202], // it may be a page's picture
    ["photo", "https://example.com/media/2026/06/a", 202],
  ])("media of the site itself as %s that its name says to be another kind: %s", async (property, url, expected) => {
    const to = await desk();
    expect((await to.json(entry({ content: ["x"], [property]: [url] }))).status).toBe(expected);
    const { url: post } = await made(to, { content: ["y"] });
    const changed = await to.json({ action: "update", url: post, add: { [property]: [url] } });
    expect(changed.status).toBe(expected === 202 ? 200 : 400);
  });

  test("a sound that has no type of its own is taken as audio", async () => {
    const to = await desk();
    const form = new FormData();
    form.append("audio", new File([ftyp("isom")], "b"));
    expect((await to.send(form)).status).toBe(202);
    expect(await to.file()).toMatch(/^audio: .*\.m4a"$/m);
  });

  test("types that are no requests, and queries that are none", async () => {
    const to = await desk();
    expect((await to.send("<a/>", { headers: { "content-type": "application/xml" } })).status).toBe(415);
    expect((await to.send("{", { headers: { "content-type": "application/json" } })).status).toBe(400);
    expect((await to.ask("q=everything")).status).toBe(400);
    expect((await to.json(entry({ content: ["x".repeat(2_100_000)] }))).status).toBe(413);
  });
});
