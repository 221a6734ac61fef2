/** Parts of archives: the site's feed keeps to its limit, and what it no longer carries is in a part that stays. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ids, post, putPaths, SITE, type World, world } from "../../support/world.ts";

const siteWith = (settings: string, archives = "month") =>
  `${SITE.replace("archives: false", `archives: ${archives}`)}${settings}\n`;
const day = (n: number) => `2026-05-${String(n).padStart(2, "0")}T08:00:00Z`;
const postsOn = (...days: number[]) =>
  Object.fromEntries(days.map((n) => [`posts/${n}.md`, post({ title: `Day ${n}`, date: day(n), tags: "[x]" })]));
const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
/** Within May. */
const IN_MAY = new Date("2026-05-30T00:00:00Z");
const IN_JUNE = new Date("2026-06-02T00:00:00Z");

const numbersIn = async (site: World, path: string) =>
  ids(await site.read(path)).map((id) => Number(/(\d+)$/.exec(id)?.[1]));

/** The numbers of the posts in each archive. */
async function archivesOf(site: World): Promise<{ readonly [folder: string]: readonly number[] }> {
  const paths = (await site.paths()).filter((path) => /^archive\/.*feed\.json$/.test(path));
  return Object.fromEntries(
    await Promise.all(
      paths.map(async (path) => [path.slice("archive/".length, -"/feed.json".length), await numbersIn(site, path)]),
    ),
  );
}

/** The documents from the site's feed to the end of the chain. */
async function chainOf(site: World): Promise<readonly string[]> {
  const texts: string[] = [];
  for (let path: string | undefined = "feed.json"; path !== undefined; ) {
    const text = await site.read(path);
    texts.push(text);
    path = (JSON.parse(text) as { readonly next_url?: string }).next_url?.replace("https://feeds.example.com/", "");
  }
  return texts;
}

describe("while a month lasts", () => {
  test("the site's feed keeps to its limit, and what it no longer carries is in a part of the month's archive", async () => {
    const site = await world(postsOn(1, 2, 3), siteWith("limit: 3"));
    await site.publish({ now: IN_MAY });
    expect(await archivesOf(site)).toEqual({});
    for (const n of from(4, 8)) {
      await site.write(`posts/${n}.md`, post({ title: `Day ${n}`, date: day(n) }));
      await site.publish({ now: IN_MAY, hints: [`posts/${n}.md`] });
    }
    expect(await numbersIn(site, "feed.json")).toEqual([8, 7, 6]);
    expect(await archivesOf(site)).toEqual({ "2026-05": [3, 2, 1], "2026-05/2": [6, 5, 4] });
    expect((await chainOf(site)).map(ids)).toHaveLength(3);
    expect(await site.read("rss.xml")).toContain(
      '<atom:link rel="prev-archive" href="https://feeds.example.com/archive/2026-05/2/rss.xml"/>',
    );
    expect(await site.read("archive/2026-05/2/rss.xml")).toContain("<title>Field notes: 2026-05 (2)</title>");
  });

  test("a part is put before the feed that no longer carries its posts", async () => {
    const site = await world(postsOn(1, 2, 3), siteWith("limit: 3"));
    await site.publish({ now: IN_MAY });
    await site.write("posts/4.md", post({ date: day(4) }));
    const { put } = await site.publish({ now: IN_MAY });
    const order = put.map(({ path }) => path);
    expect(order.indexOf("archive/2026-05/feed.json")).toBeGreaterThanOrEqual(0);
    expect(order.indexOf("archive/2026-05/feed.json")).toBeLessThan(order.indexOf("feed.json"));
  });

  test("a bulk import is published at once, in parts that each have room", async () => {
    const many = Object.fromEntries(
      from(1, 400).map((n) => {
        const date = new Date(Date.UTC(2026, 4, 1) + n * 6e6).toISOString();
        return [`posts/${n}.md`, post({ title: `Link ${n}`, date }, `${"Some words of the day. ".repeat(20)}\n`)];
      }),
    );
    const site = await world(many, siteWith("limit: { entries: 20, bytes: 5000 }\nguard: { bytes: 40000 }"));
    expect((await site.publish({ now: IN_MAY })).refused).toBeUndefined();
    const texts = await chainOf(site);
    expect(new Set(texts.flatMap(ids)).size).toBe(400);
    for (const text of texts) {
      expect(ids(text).length).toBeLessThanOrEqual(11); // of 460 bytes each
      expect(text.length).toBeLessThan(40_000);
    }
  });

  test("the guard's limit of bytes cuts parts where there is no other", async () => {
    const long = Object.fromEntries(
      from(1, 12).map((n) => [`posts/${n}.md`, post({ date: day(n) }, `${"A long text. ".repeat(300)}\n`)]),
    );
    const site = await world(long, siteWith("limit: { days: 2 }\nguard: { bytes: 20000 }"));
    expect((await site.publish({ now: IN_JUNE })).refused).toBeUndefined();
    const parts = await archivesOf(site);
    expect(Object.keys(parts).length).toBeGreaterThan(3);
    expect(new Set(Object.values(parts).flat()).size).toBe(12);
  });

  test("a part has room for what its posts have besides their text", async () => {
    const audio =
      '{ src: "https://cdn.example.com/a/long/path/to/the/recording.mp3", length: 1000, title: A recording }';
    const short = Object.fromEntries(
      from(1, 300).map((n) => {
        const date = new Date(Date.UTC(2026, 4, 1) + n * 3_600_000).toISOString();
        const front = { title: `Short ${n}`, date, tags: "[one, two, three]", audio, cover: "/media/a.png" };
        return [`posts/${n}.md`, post(front, "Ok.\n")];
      }),
    );
    const site = await world(short, siteWith("limit: { days: 1 }\nguard: { bytes: 100000 }"));
    expect((await site.publish({ now: IN_JUNE })).refused).toBeUndefined();
    expect(new Set(Object.values(await archivesOf(site)).flat()).size).toBe(300);
  });

  test("a tag's feed is cut by its limit alone", async () => {
    const site = await world(postsOn(...from(1, 8)), siteWith("limit: 3"));
    await site.publish({ now: IN_MAY });
    expect(await numbersIn(site, "tags/x/feed.json")).toEqual([8, 7, 6]);
  });
});

describe("a part", () => {
  const busy = async (last = 8) => {
    const site = await world(postsOn(...from(1, last)), siteWith("limit: 3"));
    await site.publish({ now: IN_MAY });
    return site;
  };

  test("is all that an edit of one of its posts puts", async () => {
    const site = await busy();
    await site.write("posts/2.md", post({ title: "Edited", date: day(2), tags: "[x]" }));
    const put = putPaths(await site.publish({ now: IN_MAY, hints: ["posts/2.md"] }));
    expect(put).toEqual(["archive/2026-05/atom.xml", "archive/2026-05/feed.json", "archive/2026-05/rss.xml"]);
  });

  test("shrinks by a post that is removed, and has its tombstone", async () => {
    const site = await busy();
    await site.remove("posts/2.md");
    const put = putPaths(await site.publish({ now: IN_MAY, hints: ["posts/2.md"] }));
    expect(put).toContain("archive/2026-05/feed.json");
    expect(put.filter((path) => path.startsWith("archive/2026-05/2/"))).toEqual([]);
    expect(await archivesOf(site)).toEqual({ "2026-05": [3, 1], "2026-05/2": [6, 5, 4] });
    expect(await site.read("archive/2026-05/atom.xml")).toContain('ref="tag:example.com,2020:posts/2"');
  });

  test("takes in a post that is dated back, if it has room", async () => {
    const site = await busy();
    await site.remove("posts/5.md");
    await site.publish({ now: IN_MAY });
    await site.write("posts/50.md", post({ date: "2026-05-04T20:00:00Z" }));
    await site.publish({ now: IN_MAY });
    expect(await archivesOf(site)).toEqual({ "2026-05": [3, 2, 1], "2026-05/2": [6, 50, 4] });
  });

  test("is halved when it has no room, and the newer half keeps its address", async () => {
    const site = await busy();
    await site.write("posts/50.md", post({ date: "2026-05-04T20:00:00Z" }));
    const put = putPaths(await site.publish({ now: IN_MAY }));
    expect(await archivesOf(site)).toEqual({ "2026-05": [3, 2, 1], "2026-05/2": [6, 5], "2026-05/3": [50, 4] });
    expect((await chainOf(site)).map(ids).map((each) => each.length)).toEqual([3, 2, 2, 3]);
    expect(put.filter((path) => path.startsWith("archive/2026-05/") && path.endsWith("atom.xml"))).toHaveLength(3);
  });

  test("keeps its address when the parts beside it come and go, and when the limit changes", async () => {
    const site = await busy();
    for (const n of from(1, 3)) await site.remove(`posts/${n}.md`);
    await site.publish({ now: IN_MAY, force: true });
    await site.publish({ now: new Date("2026-07-10T00:00:00Z"), force: true });
    expect(await archivesOf(site)).toEqual({ "2026-05/2": [6, 5, 4], "2026-05/3": [8, 7] });
    await site.write("posts/2.md", post({ date: day(2) }));
    await site.write("site.yaml", siteWith("limit: 20"));
    await site.publish({ now: new Date("2026-07-10T00:00:00Z"), force: true });
    expect(await archivesOf(site)).toEqual({ "2026-05": [2], "2026-05/2": [6, 5, 4], "2026-05/3": [8, 7] });
  });

  test("is the last one of its month when the month is over, and holds the rest", async () => {
    const site = await busy();
    const { due } = await site.publish({ now: IN_MAY });
    expect(due).toBe("2026-06-01T00:00:00Z");
    await site.publish({ now: new Date(due ?? ""), hints: [] });
    expect(await archivesOf(site)).toEqual({ "2026-05": [3, 2, 1], "2026-05/2": [6, 5, 4], "2026-05/3": [8, 7] });
    await site.write("posts/29.md", post({ date: day(29) }));
    await site.publish({ now: IN_JUNE });
    expect((await archivesOf(site))["2026-05/3"]).toEqual([29, 8, 7]);
  });

  test("keeps its place and its address when the state is lost and read back from the feeds", async () => {
    const site = await busy();
    await site.write("posts/50.md", post({ date: "2026-05-04T20:00:00Z" }));
    await site.publish({ now: IN_MAY });
    const before = await site.dump(site.public);
    for await (const { key } of site.state.list("")) await site.state.delete(key);
    expect((await site.publish({ now: IN_MAY, rebuild: true })).refused).toBeUndefined();
    expect(await site.dump(site.public)).toEqual(before);
    await site.write("posts/60.md", post({ date: "2026-05-04T21:00:00Z" }));
    await site.publish({ now: IN_MAY });
    expect(await archivesOf(site)).toMatchObject({ "2026-05/2": [6, 5, 60], "2026-05/3": [50, 4] });
  });

  test("that is published keeps its address after a rollback", async () => {
    const site = await busy(4);
    await site.write("posts/5.md", post({ date: day(5) }));
    await site.write("posts/50.md", post({ date: "2026-05-02T20:00:00Z" }));
    await site.publish({ now: IN_MAY });
    const before = await archivesOf(site);
    expect(before).toEqual({ "2026-05": [3, 50], "2026-05/2": [2, 1] });
    await site.publish({ now: IN_MAY, rollback: "" });
    expect(await archivesOf(site)).toEqual(before);
  });
});

test("whatever is written, dated back, moved and removed, and whatever state is lost, the feed keeps to its limit, and the chain meets every post", async () => {
  const step = fc.record({
    what: fc.constantFrom(
      "new",
      "new",
      "new",
      "dated back",
      "remove",
      "edit",
      "move",
      "limit",
      "lose state",
      "roll back",
    ),
    at: fc.nat(20),
    hours: fc.integer({ min: 1, max: 24 * 40 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }),
      fc.constantFrom("day", "week", "month", "year"),
      fc.integer({ min: 1, max: 4 }),
      async (runs, archives, limit) => {
        const yaml = (entries: number) => siteWith(`limit: ${entries}\ntombstones: 3`, archives);
        const site = await world({}, yaml(limit));
        let entries = limit;
        let now = new Date("2026-04-20T12:00:00Z");
        const dates = new Map<number, string>();
        let count = 0;
        const write = (n: number, date: Date, title = `Post ${n}`) => {
          dates.set(n, date.toISOString());
          return site.write(`posts/${n}.md`, post({ title, date: date.toISOString() }, `Text ${n} of ${title}.\n`));
        };
        const lose = async () => {
          for await (const { key } of site.state.list("")) await site.state.delete(key);
        };
        for (const steps of runs) {
          let rebuild = false;
          now = new Date(now.getTime() + (steps[0]?.hours ?? 1) * 3_600_000);
          for (const { what, at, hours } of steps) {
            const known = [...dates.keys()][at % Math.max(dates.size, 1)];
            const back = new Date(now.getTime() - hours * 3_600_000);
            if (what === "limit") {
              entries = 1 + (at % 4);
              await site.write("site.yaml", yaml(entries));
            } else if (what === "lose state" && (await site.paths()).length > 0) {
              await lose();
              rebuild = true;
            } else if (what === "roll back" && !rebuild) await site.publish({ now, rollback: "", force: true });
            else if (what === "new" || known === undefined)
              await write(++count, new Date(now.getTime() - 1000 * count));
            else if (what === "dated back") await write(++count, back);
            else if (what === "move") await write(known, back);
            else if (what === "edit") await write(known, new Date(dates.get(known) ?? now), `Edited ${hours}`);
            else {
              dates.delete(known);
              await site.remove(`posts/${known}.md`);
            }
          }
          expect((await site.publish({ now, rebuild, force: true })).refused).toBeUndefined();
          const texts = await chainOf(site);
          expect(ids(texts[0] ?? "").length).toBe(Math.min(entries, dates.size));
          expect(Math.max(...texts.map((text) => ids(text).length))).toBeLessThanOrEqual(entries);
          expect(new Set(texts.flatMap(ids)).size).toBe(dates.size);
          const again = await site.publish({ now });
          expect([again.put, again.removed]).toEqual([[], []]);
        }
      },
    ),
    { numRuns: 40 },
  );
});
