/** Posts that are about a page, and streams: a line of their text leads there on the pages of every generator. */
import { describe, expect, test } from "vitest";
import { SITE } from "../support/world.ts";
import { bodyIn, desk, made, source } from "./desk.ts";

const DRIP = "https://example.org/drip";
const WEIR = "https://example.org/weir.png";
const FILM = "https://media.example.com/media/2026/06/film.mp4";
const STREAM = "https://stream.example.org/harvest";
const URL_OF_A = "https://example.com/2026/01/05/a/";

async function begun(properties: object, more = "") {
  const to = await desk({}, SITE + more);
  const { url } = await made(to, { name: ["a"], content: ["Worth *reading*"], ...properties });
  return { to, url, update: updaterOf(to, url) };
}

/** Changes a post, and answers with its text. */
const updaterOf = (to: Awaited<ReturnType<typeof desk>>, url: string) => async (change: object) => {
  const answer = await to.json({ action: "update", url, ...change });
  expect([answer.status, await answer.clone().text()]).toEqual([200, expect.any(String)]);
  return bodyIn(await to.file());
};

async function itemOf(to: Awaited<ReturnType<typeof desk>>) {
  await to.publish();
  return JSON.parse(await to.read("feed.json")).items[0];
}

describe("a link post", () => {
  test.each(["bookmark-of", "in-reply-to", "like-of", "repost-of"])(
    "by %s has a line that leads there",
    async (how) => {
      const { to, url } = await begun({ [how]: [DRIP] });
      expect(bodyIn(await to.file())).toBe(`[a](${DRIP})\n\nWorth *reading*\n`);
      expect(await source(to, url)).toMatchObject({ [how]: [DRIP], content: ["Worth *reading*"] });
    },
  );

  test.each([
    [[], "https://www.example.org/", "example.org"],
    [[], "https://example.org/%E6%BB%B4%E7%81%8C/a_b_c/?d=1", "example.org/滴灌/a&#95;b&#95;c"],
    [["\u200b"], DRIP, "example.org/drip"],
    [["^1] & *so* {{ page.title }}"], DRIP, "&#94;1&#93; & &#42;so&#42; &#123;&#123; page.title &#125;&#125;"],
  ])("named %j is called, with the address %s, %s", async (name, page, words) => {
    const { to } = await begun({ name, "bookmark-of": [page] });
    expect(bodyIn(await to.file())).toMatch(`[${words}](${page})\n\n`);
  });

  test("about several pages has a line of each, once, above its pictures", async () => {
    const { to, url } = await begun({ "in-reply-to": [`${DRIP}/b`, DRIP], "like-of": [DRIP], photo: [WEIR] });
    expect(bodyIn(await to.file())).toBe(
      `[a](${DRIP}/b)\n[example.org/drip](${DRIP})\n![](${WEIR})\n\nWorth *reading*\n`,
    );
    expect(await source(to, url)).toMatchObject({ photo: [WEIR], content: ["Worth *reading*"] });
  });

  test("is changed by itself, and so are its pages", async () => {
    const { to, update } = await begun({ "bookmark-of": [DRIP] });
    expect(await update({ replace: { content: ["New"] } })).toBe(`[a](${DRIP})\n\nNew\n`);
    expect(await update({ add: { "like-of": [`${DRIP}/b`], photo: [WEIR] } })).toBe(
      `[a](${DRIP})\n[example.org/drip/b](${DRIP}/b)\n![](${WEIR})\n\nNew\n`,
    );
    expect(await update({ replace: { name: ["B"] } })).toContain(`[B](${DRIP})\n[example.org/drip/b]`);
    expect(await update({ delete: ["bookmark-of", "photo"] })).toBe(`[B](${DRIP}/b)\n\nNew\n`);
    expect(await update({ delete: ["like-of"] })).toBe("New\n");
    expect(await to.file()).not.toContain("-of");
    expect(await update({ replace: { "in-reply-to": [DRIP] }, delete: ["content"] })).toBe(`[B](${DRIP})\n`);
  });

  test("leads to an address of any signs, and is found again by it", async () => {
    const odd = "https://example.org\\a(1)[b]'c*{d}?x=1&copy;2\\";
    const { to, update } = await begun({ "bookmark-of": [odd], content: [] });
    const { content_html, external_url } = await itemOf(to);
    expect(external_url).toBe("https://example.org/a(1)%5Bb%5D'c*%7Bd%7D?x=1&copy;2\\");
    expect(content_html.match(/href="[^"]*"/g)).toEqual([
      'href="https://example.org/a%281%29%5Bb%5D%27c%2A%7Bd%7D?x=1&amp;copy%3B2%5C"',
    ]);
    expect(await update({ delete: ["bookmark-of"], replace: { content: ["New"] } })).toBe("New\n");
  });

  test("has its link once in a feed, and its own words as the summary", async () => {
    const { to } = await begun({ "in-reply-to": [DRIP] });
    const { content_html, summary, external_url } = await itemOf(to);
    expect(content_html).toBe(`<p>In reply to <a href="${DRIP}">a</a></p>\n<p>Worth <em>reading</em></p>`);
    expect([summary, external_url]).toEqual(["Worth reading", DRIP]);
  });

  test("about several pages has none of their links in its summary", async () => {
    const { to } = await begun({ "in-reply-to": [DRIP, `${DRIP}/b`] });
    expect((await itemOf(to)).summary).toBe("Worth reading");
  });

  test("whose text an app begins with the link has it once", async () => {
    const content = [`[Drip](${DRIP})\n![A weir](${WEIR})\n\nWorth reading`];
    const { to, url } = await begun({ "bookmark-of": [DRIP], photo: [WEIR], content });
    expect(bodyIn(await to.file())).toBe(`${content[0]}\n`);
    expect((await source(to, url))["content"]).toEqual(["Worth reading"]);
  });

  test.each(["content: summary\n", ""])("without words is that link in a feed (%j)", async (more) => {
    const { to } = await begun({ "bookmark-of": [DRIP], content: [] }, more);
    const { content_html, summary } = await itemOf(to);
    expect([content_html, summary]).toEqual([`<p><a href="${DRIP}">a</a></p>`, undefined]);
  });

  test("that came by git keeps its line where the page stays, and every other byte", async () => {
    const post = `---\r\ntitle: a\r\ndate: 2026-01-05\r\nin-reply-to: ${DRIP} # there\r\nlike_of: ["${DRIP}/b"]\r\n---\r\n\n[B  there](${DRIP}/b) \n[a \\& b](${DRIP})\r\n\r\n\r\n[x](${DRIP})\nText\r\n\r\n`;
    const to = await desk({ "posts/a.md": post });
    const update = updaterOf(to, URL_OF_A);
    expect((await source(to, URL_OF_A))["content"]).toEqual([`[x](${DRIP})\nText`]);
    await update({ replace: { name: ["b"] } });
    const named = post.replace("title: a", "title: b");
    expect(await to.file()).toBe(named);
    await update({ delete: ["like-of"] });
    expect(await to.file()).not.toContain("[B  there]");
    expect(await to.file()).toContain(`\n[x](${DRIP})\nText\r\n\r\n`);
  });

  test("that a theme shows gets no line: one whose text has none, by git", async () => {
    const post = `---\ntitle: a\ndate: 2026-01-05\nlink: ${DRIP}\n---\n\n[Read](${DRIP}) this\n`;
    const to = await desk({ "posts/a.md": post });
    const update = updaterOf(to, URL_OF_A);
    expect((await source(to, URL_OF_A))["content"]).toEqual([`[Read](${DRIP}) this`]);
    expect(await update({ replace: { "bookmark-of": [`${DRIP}/b`], name: ["b"] } })).toBe(bodyIn(post));
    expect(await update({ add: { photo: [WEIR] } })).toBe(`![](${WEIR})\n\n${bodyIn(post)}`);
  });

  test("whose text begins with a link elsewhere has that link as text", async () => {
    const post = `---\ntitle: a\ndate: 2026-01-05\nlink: ${DRIP}\n---\n\n[Read](${DRIP}/b)\n\nText\n`;
    const to = await desk({ "posts/a.md": post });
    expect((await source(to, URL_OF_A))["content"]).toEqual([`[Read](${DRIP}/b)\n\nText`]);
  });

  test("in an HTML file has its page in the front matter alone", async () => {
    const to = await desk({ "posts/a.html": "---\ntitle: a\ndate: 2026-01-05\n---\n<p>a</p>\n" });
    await updaterOf(to, URL_OF_A)({ add: { "bookmark-of": [DRIP] } });
    expect(await to.file()).toMatch(/drip"?\n---\n<p>a<\/p>\n$/);
  });
});

describe("a stream", () => {
  const live = { url: STREAM, status: "live", start: "2026-06-01T20:00:00Z" };

  test("has a line that leads there, before it begins, while it lasts, and when it has ended", async () => {
    const { to, url, update } = await begun({ live: [{ ...live, status: "pending" }] });
    const line = `[▶ a](${STREAM})\n\nWorth *reading*\n`;
    expect(bodyIn(await to.file())).toBe(line);
    expect((await source(to, url))["content"]).toEqual(["Worth *reading*"]);
    expect(await update({ replace: { live: [live] } })).toBe(line);
    const ended = { ...live, status: "ended", end: "2026-06-01T21:00:00Z" };
    expect(await update({ replace: { live: [ended] } })).toBe(line);
    expect(await to.file()).toContain("status: ended");
    expect(await update({ replace: { live: [{ ...ended, url: DRIP }] } })).toBe(line.replace(STREAM, DRIP));
    expect(await update({ delete: ["live"] })).toBe("Worth *reading*\n");
  });

  test("without a title is called by its host, beside a recording of its own", async () => {
    const { to, update } = await begun({ name: [], live: [live], photo: [WEIR] }, "dialect: hugo\n");
    expect(bodyIn(await to.file())).toMatch(`[▶ stream.example.org](${STREAM})\n![](${WEIR})\n\n`);
    expect(await update({ add: { video: [FILM] } })).toMatch(
      `[▶ stream.example.org](${STREAM})\n![](${WEIR})\n[▶ Video](${FILM})\n\n`,
    );
  });

  test("has no line where a player or another line leads there, nor without an address", async () => {
    const { to, update } = await begun({ live: [{ ...live, url: FILM }], video: [FILM] });
    expect(bodyIn(await to.file())).toMatch(/^<video [^\n]*<\/video>\n\nWorth/);
    expect(await update({ delete: ["video"] })).toBe(`[▶ a](${FILM})\n\nWorth *reading*\n`);
    const other = await begun({ live: [live], "bookmark-of": [STREAM] });
    expect(bodyIn(await other.to.file())).toBe(`[a](${STREAM})\n\nWorth *reading*\n`);
    expect(await other.update({ delete: ["bookmark-of"] })).toBe(`[▶ a](${STREAM})\n\nWorth *reading*\n`);
    expect(bodyIn(await (await begun({ live: [{ status: "live" }] })).to.file())).toBe("Worth *reading*\n");
  });

  test("of which a recording is posted keeps one line of each address", async () => {
    const { update } = await begun({ live: [{ ...live, url: FILM }] });
    expect(await update({ add: { video: [FILM] } })).toMatch(/^<video [^\n]*<\/video>\n\nWorth/);
  });

  test.each(["content: summary\n", ""])("leads there once in a feed, and is no summary (%j)", async (more) => {
    const { to } = await begun({ live: [live], content: [] }, more);
    const { content_html, summary } = await itemOf(to);
    expect([content_html, summary]).toEqual([`<p><a href="${STREAM}">▶ a</a></p>`, undefined]);
  });
});
