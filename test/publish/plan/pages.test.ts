/** When the HTML pages are put. */
import { describe, expect, test } from "vitest";
import { post, putPaths, SITE, WHOLE_SITE, world } from "../../support/world.ts";

const WITH_PAGES = SITE.replace("pages: false", "pages: true");

describe("pages", () => {
  test("are put when an entry of their channel changes, or a count on the site's page", async () => {
    const old = { "posts/old.md": post({ date: "2020-01-01", tags: "[x]" }) };
    const newer = Array.from({ length: 12 }, (_, i) => [`posts/${i}.md`, post({ tags: "[y]" })] as const);
    const site = await world({ ...old, ...Object.fromEntries(newer) }, WITH_PAGES);
    await site.publish();
    await site.write("posts/old.md", post({ date: "2020-01-01", title: "Edited", tags: "[x, z]" }));
    const put = putPaths(await site.publish()).filter((path) => path.endsWith("index.html"));
    expect(put).toEqual(["index.html", "tags/x/index.html", "tags/z/index.html"]);
    await site.write("posts/older.md", post({ date: "2019-01-01", tags: "[y]" }));
    const counted = putPaths(await site.publish()).filter((path) => path.endsWith("index.html"));
    expect(counted).toEqual(["index.html", "tags/y/index.html"]);
  });

  test("count what the report counts: posts, channels of a kind, and the entries of each on its own page", async () => {
    const posts = Array.from({ length: 150 }, (_, i) => {
      const front = {
        date: `2026-05-${10 + (i % 20)}`,
        tags: `[t${i % 45}]`,
        categories: `[[a, b${i % 3}]]`,
        author: i % 2 === 0 ? "Ada" : "Lin",
      };
      return [`posts/${i}.md`, post(front)] as const;
    });
    const site = await world(Object.fromEntries(posts), WHOLE_SITE);
    const { records, put } = await site.publish();
    const home = await site.read("index.html");
    expect(home).toContain(`Feeds · ${records.public.toLocaleString("en")} entries`);
    const pages = put.map(({ path }) => path).filter((path) => path.endsWith("/index.html"));
    for (const [kind, heading] of Object.entries({ tags: "Tags", categories: "Categories", authors: "Authors" })) {
      const count = pages.filter((path) => path.startsWith(`${kind}/`)).length;
      expect(home).toContain(`<h3>${heading}<span class="count"> ${count}</span></h3>`);
    }
    const links = [
      ...home.matchAll(/<a href="((?:tags|categories|authors)\/[^"]*)">[^<]*<span class="count"> ([\d,]+)</g),
    ];
    expect(links.length).toBeGreaterThan(40);
    for (const [, path = "", total] of links) expect(await site.read(path)).toContain(` · ${total} entries`);
  });

  test("show the status of a stream at `now`", async () => {
    const live = '{ start: 2026-06-01T11:00:00Z, end: 2026-06-01T13:00:00Z, url: "https://live.example.org/x" }';
    const site = await world({ "posts/a.md": post({ live }) }, WITH_PAGES);
    const { due } = await site.publish();
    expect(due).toBe("2026-06-01T13:00:00Z");
    // JSON Feed has no field for a stream.
    const put = putPaths(await site.publish({ now: new Date(due ?? ""), hints: [] }));
    expect(put).toEqual(["atom.xml", "index.html", "rss.xml"]);
  });

  test("announce a stream that is older than the entries they list, from its start to its end", async () => {
    const live = '{ start: 2026-06-01T13:00:00Z, end: 2026-06-01T14:00:00Z, url: "https://live.example.org/x" }';
    const newer = Array.from({ length: 12 }, (_, i) => [`posts/${i}.md`, post({ tags: "[y]" })] as const);
    const stream = post({ title: "Seen from the shed", date: "2020-01-01", live });
    const site = await world({ "posts/old.md": stream, ...Object.fromEntries(newer) }, WITH_PAGES);
    const announced = async () => {
      const html = (await site.dump(site.public))["index.html"] ?? "";
      const [part = ""] = /<section class="streams.*?<\/section>/s.exec(html) ?? [];
      return ["Upcoming stream", "Live now", "Seen from the shed"].filter((words) => part.includes(words));
    };
    const { due } = await site.publish();
    expect(await announced()).toEqual(["Upcoming stream", "Seen from the shed"]);
    expect(due).toBe("2026-06-01T13:00:00Z");
    const { due: end } = await site.publish({ now: new Date(due ?? ""), hints: [] });
    expect(await announced()).toEqual(["Live now", "Seen from the shed"]);
    const over = await site.publish({ now: new Date(end ?? ""), hints: [] });
    expect(putPaths(over)).toEqual(["atom.xml", "index.html", "rss.xml"]);
    expect(await announced()).toEqual([]);
  });

  test("announce at most three streams that are coming, the next one first", async () => {
    const posts = [5, 2, 4, 3].map((day) => {
      const live = `{ start: 2026-07-0${day}T13:00:00Z, url: "https://live.example.org/x" }`;
      return [`posts/${day}.md`, post({ title: `On day ${day}`, live })] as const;
    });
    const site = await world(Object.fromEntries(posts), WITH_PAGES);
    await site.publish();
    const html = (await site.dump(site.public))["index.html"] ?? "";
    const [part = ""] = /<section class="streams.*?<\/section>/s.exec(html) ?? [];
    expect(part.match(/On day \d/g)).toEqual(["On day 2", "On day 3", "On day 4"]);
  });

  test("are put when a cover changes, and not when nothing does", async () => {
    const withCover = (name: string) => post({ tags: "[x]", cover: `https://example.com/${name}.jpg` });
    const site = await world({ "posts/a.md": withCover("a") }, WITH_PAGES);
    await site.publish();
    expect((await site.publish()).put).toEqual([]);
    await site.write("posts/a.md", withCover("b"));
    const put = putPaths(await site.publish()).filter((path) => path.endsWith("index.html"));
    expect(put).toEqual(["index.html", "tags/x/index.html"]);
    expect((await site.dump(site.public))["index.html"]).toContain('src="https://example.com/b.jpg"');
  });
});

describe("the page of a podcast", () => {
  test("is put when its picture changes, and no other page is", async () => {
    const yaml = (image: string) =>
      `${WITH_PAGES}podcast: { channel: tags/x, categories: [Arts], image: "https://example.com/${image}.jpg" }\n`;
    const site = await world({ "posts/a.md": post({ tags: "[x, y]" }) }, yaml("a"));
    await site.publish();
    expect((await site.publish()).put).toEqual([]);
    await site.write("site.yaml", yaml("b"));
    const put = putPaths(await site.publish()).filter((path) => path.endsWith("index.html"));
    expect(put).toEqual(["tags/x/index.html"]);
  });
});

test("pages are put when media are served at another address, since they show those alone that the site serves", async () => {
  const site = await world({ "posts/a.md": post({ cover: "https://media.example.com/a.jpg" }) }, WITH_PAGES);
  await site.publish();
  const page = async () => (await site.dump(site.public))["index.html"] ?? "";
  expect(await page()).not.toContain("<img");
  await site.write("site.yaml", `${WITH_PAGES}media: https://media.example.com/\n`);
  expect(putPaths(await site.publish())).toContain("index.html");
  expect(await page()).toContain("<img");
});
