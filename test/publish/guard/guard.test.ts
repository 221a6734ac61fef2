/** The guard: what looks like an accident is refused with its numbers, and nothing is written. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GonePost, ListedRecord, Refusal, Report } from "../../../lib/model.ts";
import { refusalsOf } from "../../../lib/publish/guard/refusals.ts";
import { refuseTooLarge } from "../../../lib/publish/guard/sizes.ts";
import { listedOf } from "../../channels/records.ts";
import { siteOf } from "../../content/helpers.ts";
import { ids, NOW, post, SITE, type World, world } from "../../support/world.ts";

const name = (i: number): string => `posts/${String(i).padStart(3, "0")}.md`;
const daysBefore = (days: number): string => new Date(NOW.getTime() - days * 86_400_000).toISOString();
const hoursLater = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);

type Front = { readonly [key: string]: string };

const file = (i: number, front: Front = {}, body = `Words ${i}.\n`): string =>
  post({ title: `Post ${i}`, date: daysBefore(i + 1), ...front }, body);

const numbers = (count: number, from = 0): readonly number[] => Array.from({ length: count }, (_, i) => from + i);

const files = (count: number, front?: (i: number) => Front): { readonly [key: string]: string } =>
  Object.fromEntries(numbers(count).map((i) => [name(i), file(i, front?.(i))]));

async function published(count: number, site = SITE, front?: (i: number) => Front): Promise<World> {
  const built = await world(files(count, front), site);
  expect((await built.publish()).refused).toBeUndefined();
  return built;
}

async function each(site: World, of: readonly number[], front: Front, body?: (i: number) => string): Promise<void> {
  for (const i of of) await site.write(name(i), file(i, front, body?.(i)));
}

async function remove(site: World, of: readonly number[]): Promise<readonly string[]> {
  for (const i of of) await site.remove(name(i));
  return of.map(name);
}

/** Publishes, and expects that neither feeds nor state move for it. */
async function refusedBy(site: World, options?: Parameters<World["publish"]>[0]): Promise<Refusal> {
  const before = [await site.dump(site.public), await site.dump(site.state)];
  const { refused } = await site.publish(options);
  expect(refused).toBeDefined();
  expect([await site.dump(site.public), await site.dump(site.state)]).toEqual(before);
  return refused ?? { code: "", message: "", fix: "" };
}

const passes = async (report: Promise<Report>): Promise<void> => expect((await report).refused).toBeUndefined();

describe("many posts that go at once", () => {
  test("are refused with how many, of how many, and the first of them", async () => {
    const site = await published(30);
    await remove(site, numbers(11));
    const refused = await refusedBy(site);
    expect(refused).toEqual({
      code: "many-gone",
      message: "11 of 30 posts would be gone (posts/000.md, posts/001.md, posts/002.md and 8 more)",
      fix: expect.stringContaining("--force"),
    });
    expect(ids(await site.read("feed.json"))).toHaveLength(20);
  });

  test("go when it is meant, and the report says what was forced", async () => {
    const site = await published(30);
    await remove(site, numbers(11));
    const { refused, forced, put } = await site.publish({ force: true });
    expect({ refused, forced }).toEqual({ refused: undefined, forced: expect.objectContaining({ code: "many-gone" }) });
    expect(put.length).toBeGreaterThan(0);
    await passes(site.publish());
  });

  test.each([
    ["drafts", { draft: "true" }],
    ["given a password", { password: "secret" }],
    ["dated later", { date: "2027-01-01" }],
    ["edited so that their time is over", { expires: "2026-05-01" }],
  ])("count when they are %s", async (_, front) => {
    const site = await published(30);
    await each(site, numbers(12), front);
    expect((await refusedBy(site)).message).toMatch(/^12 of 30 posts would be gone \(posts\/000\.md, /);
  });

  test("count when site.yaml is what takes them", async () => {
    const site = await published(30);
    await site.write("site.yaml", `${SITE}posts: ["posts/00*"]\n`);
    expect((await refusedBy(site, { hints: ["site.yaml"] })).message).toMatch(/^20 of 30 posts would be gone/);
    await site.write("site.yaml", `${SITE}exclude: { paths: ["posts/01*", "posts/02*"] }\n`);
    expect((await refusedBy(site)).message).toMatch(/^20 of 30 posts would be gone/);
  });

  test("do not count when their time is over, however many they are", async () => {
    const site = await published(30, SITE, (i) => (i < 25 ? { expires: "2026-06-02" } : {}));
    await passes(site.publish({ now: hoursLater(12), hints: [] }));
    await remove(site, [25]);
    await passes(site.publish({ now: hoursLater(13) }));
    expect(ids(await site.read("feed.json"))).toHaveLength(4);
  });

  test("do not count when they were published as at a later moment, and that is taken back", async () => {
    const site = await published(30, `${SITE}limit: 100\n`, (i) => (i < 20 ? { date: `2026-07-${i + 1}` } : {}));
    expect(ids(await site.read("feed.json"))).toHaveLength(10);
    await passes(site.publish({ now: new Date("2026-08-01T00:00:00Z") }));
    expect(ids(await site.read("feed.json"))).toHaveLength(30);
    await passes(site.publish());
    expect(ids(await site.read("feed.json"))).toHaveLength(10);
  });

  test("do not count when they went as at a later moment", async () => {
    const site = await published(60);
    await remove(site, numbers(10));
    await passes(site.publish({ now: hoursLater(30) }));
    await remove(site, numbers(5, 10));
    await passes(site.publish());
  });

  test("while the run begins to write are refused all the same, and the next need not wait", async () => {
    const site = await published(30);
    const before = await site.dump(site.public);
    await each(site, numbers(12), { title: "Edited" });
    let isTaken = false;
    const state: World["state"] = {
      ...site.state,
      async put(key, body, options) {
        const etag = await site.state.put(key, body, options);
        if (key === "head.json" && !isTaken) {
          isTaken = true;
          await remove(site, numbers(12));
        }
        return etag;
      },
    };
    expect((await site.publish({ state })).refused).toMatchObject({ code: "many-gone" });
    expect(isTaken).toBe(true);
    expect((await site.head()).lease).toBeUndefined();
    expect(await site.dump(site.public)).toEqual(before);
  });

  test("do not count when they are renamed", async () => {
    const site = await published(30);
    const before = ids(await site.read("feed.json"));
    await remove(site, numbers(30));
    for (const i of numbers(30)) await site.write(name(i).replace("posts/", "posts/old/"), file(i));
    await passes(site.publish());
    expect(ids(await site.read("feed.json"))).toEqual(before);
  });

  test("do not count when only the triggers of a rename's one half have rung: everything is looked at first", async () => {
    const site = await published(30);
    const before = ids(await site.read("feed.json"));
    const triggers = await remove(site, numbers(20));
    for (const i of numbers(20)) await site.write(name(i).replace("posts/", "posts/old/"), file(i));
    await passes(site.publish({ hints: triggers }));
    expect(ids(await site.read("feed.json"))).toEqual(before);
  });

  test("do not count when they cannot be read: their last good entries stay", async () => {
    const site = await published(30, `${SITE}limit: 30\n`);
    for (const i of numbers(20)) await site.write(name(i), "---\ntitle: [\n---\n");
    await passes(site.publish());
    expect(ids(await site.read("feed.json"))).toHaveLength(30);
  });

  test("cannot slip by in batches: what went within a day is counted", async () => {
    const site = await published(40);
    await passes(site.publish({ hints: await remove(site, numbers(5)) }));
    await each(site, numbers(5, 5), { draft: "true" });
    await passes(site.publish({ now: hoursLater(8), hints: numbers(5, 5).map(name) }));
    const hints = await remove(site, numbers(5, 10));
    expect((await refusedBy(site, { now: hoursLater(16), hints })).message).toBe(
      "15 of 40 posts would be gone within a day, 5 of them now (posts/010.md, posts/011.md, posts/012.md and 2 more)",
    );
    await passes(site.publish({ now: hoursLater(33), hints }));
  });

  test("are not counted again once they were meant", async () => {
    const site = await published(60);
    await remove(site, numbers(20));
    await passes(site.publish({ force: true }));
    await remove(site, numbers(10, 20));
    await passes(site.publish({ now: hoursLater(1) }));
    await remove(site, numbers(1, 30));
    expect((await refusedBy(site, { now: hoursLater(2) })).message).toMatch(
      /^11 of 40 posts would be gone within a day, 1 of them now/,
    );
    expect((await site.catalog()).meant).toBe("2026-06-01T12:00:00Z");
  });

  test("do not hold back a run that takes none", async () => {
    const site = await published(40);
    await remove(site, numbers(10));
    await passes(site.publish());
    await site.write("site.yaml", `${SITE}guard: { gone: { posts: 1, percent: 1 } }\n`);
    await site.write(name(20), file(20, { title: "Edited" }));
    await passes(site.publish());
    expect(JSON.parse(await site.read("feed.json")).items).toContainEqual(expect.objectContaining({ title: "Edited" }));
  });

  test("are as many as site.yaml says", async () => {
    const site = await published(30, `${SITE}guard: { gone: { posts: 2, percent: 0 } }\n`);
    await remove(site, numbers(3));
    expect((await refusedBy(site)).code).toBe("many-gone");
    await site.write("site.yaml", `${SITE}guard: { gone: { posts: 2, percent: 10 } }\n`);
    await passes(site.publish());
    await site.write("site.yaml", `${SITE}guard: { gone: false }\n`);
    await remove(site, numbers(20, 5));
    await passes(site.publish());
  });

  test("are refused in a dry run as well", async () => {
    const site = await published(30);
    await remove(site, numbers(11));
    expect((await refusedBy(site, { dryRun: true })).code).toBe("many-gone");
    expect(await site.publish({ dryRun: true, force: true })).toMatchObject({ forced: { code: "many-gone" } });
  });

  test("are never more within a day than are let through, whatever goes in whatever batches", async () => {
    const batch = fc.record({
      take: fc.array(fc.nat(29), { minLength: 1, maxLength: 12 }),
      how: fc.constantFrom<"remove" | "hide">("remove", "hide"),
      isHinted: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { maxLength: 8 }), async (batches) => {
        const site = await published(30, `${SITE}limit: 100\n`);
        for (const { take, how, isHinted } of batches) {
          const present = new Set(Object.keys(await site.dump(site.content)));
          const taken = take.filter((i) => present.has(name(i)));
          if (how === "remove") await remove(site, taken);
          else await each(site, taken, { draft: "true" });
          await site.publish(isHinted ? { hints: taken.map(name) } : {});
          expect(ids(await site.read("feed.json")).length).toBeGreaterThanOrEqual(20);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("many posts that change", () => {
  test("their date of change at once are refused, and left as they were", async () => {
    const site = await published(50);
    await each(site, numbers(30), {}, (i) => `Words ${i}, replaced.\n`);
    expect(await refusedBy(site)).toMatchObject({
      code: "many-updated",
      message:
        "30 of 50 posts would say that they changed just now (posts/000.md, posts/001.md, posts/002.md and 27 more)",
      fix: expect.stringContaining("minor: true"),
    });
    await passes(site.publish({ force: true }));
  });

  test("in what they say, but not their date, are no accident", async () => {
    const site = await published(50);
    await each(site, numbers(50), { minor: "true" }, (i) => `Words ${i}, replaced.\n`);
    await passes(site.publish());
    await each(site, numbers(50), { minor: "true", updated: daysBefore(1.5) }, (i) => `Words ${i}, replaced.\n`);
    await passes(site.publish());
  });

  test("their date of change as their author says so, all to this day, are refused too", async () => {
    const site = await published(50);
    await each(site, numbers(50), { updated: daysBefore(0.5) });
    expect((await refusedBy(site)).code).toBe("many-updated");
  });

  test("are let through a few at a time", async () => {
    const site = await published(50);
    await each(site, numbers(20), { title: "Another" });
    await passes(site.publish());
    await site.write("site.yaml", `${SITE}guard: { updated: false }\n`);
    await each(site, numbers(50), { title: "Yet another" });
    await passes(site.publish());
  });

  test("their date to another month are refused", async () => {
    const site = await published(50, `${SITE}guard: { updated: false }\n`);
    await each(site, numbers(50), { date: "2026-06-01" });
    expect(await refusedBy(site)).toMatchObject({
      code: "many-dates",
      message: "50 of 50 posts would be dated in another month (posts/000.md, posts/001.md, posts/002.md and 47 more)",
    });
    await site.write("site.yaml", `${SITE}guard: { updated: false, published: { percent: 100 } }\n`);
    await passes(site.publish());
  });

  test("the hour of their date, as another zone has it, are no accident", async () => {
    const site = await published(50, SITE, (i) => ({ date: daysBefore(i + 1).slice(0, 19) }));
    await site.write("site.yaml", `${SITE}timezone: Asia/Shanghai\n`);
    await passes(site.publish());
  });

  test("are no accident when nothing was published before", async () => {
    await published(50, SITE, () => ({ updated: daysBefore(0.1), date: "2026-06-01" }));
  });
});

describe("many posts that would be shown under another id", () => {
  // Two posts of the same words are told apart by their files alone, and lose themselves when both are renamed.
  const twins = (...names: string[]) =>
    numbers(8).flatMap((i) =>
      names.map((name) => {
        return [`posts/${i}-${name}.md`, post({ title: `Twin ${i}`, date: daysBefore(i) }, `Words ${i}\n`)] as const;
      }),
    );

  test("are refused, with the ids that readers know", async () => {
    const site = await world(Object.fromEntries(twins("a", "b")), `${SITE}guard: { gone: false }\n`);
    await site.publish();
    for (const [key] of twins("a", "b")) await site.remove(key);
    for (const [key, text] of twins("c", "d")) await site.write(key, text);
    const refused = await refusedBy(site);
    expect(refused).toMatchObject({ code: "many-ids", fix: expect.stringContaining("id: …") });
    expect(refused.message).toMatch(
      /^16 of 16 posts would get another id, and be new to all readers \(posts\/0-c\.md, known as tag:example\.com,2020:posts\/0-[ab]; /,
    );
    await passes(site.publish({ force: true }));
  });

  const before = { records: numbers(10).map((i) => listedOf(`old-${i}`, { sourceDigest: `${i}` })), gone: [] };
  const refusals = (after: readonly ListedRecord[], gone: readonly GonePost[] = [], former = before) =>
    refusalsOf({
      before: former,
      after: { records: after, gone },
      sizes: [],
      site: siteOf({ guard: { ids: { posts: 5, percent: 1 } } }),
      now: "2026-06-01T12:00:00Z",
    }).map(({ code, message }) => [code, message.split(" ").slice(0, 3).join(" ")]);

  test.each([
    ["key", (i: number) => listedOf(`new-${i}`, { sourceDigest: "x" }, { key: `posts/old-${i}.md` })],
    ["address", (i: number) => listedOf(`new-${i}`, { sourceDigest: "x", url: `https://example.org/old-${i}/` })],
    ["words", (i: number) => listedOf(`new-${i}`, { sourceDigest: `${i}` })],
  ])("are known by their %s", (_, made) => {
    expect(refusals(numbers(6).map(made))).toEqual([["many-ids", "6 of 10"]]);
    expect(refusals(numbers(5).map(made))).toEqual([]);
  });

  test("are known though they are gone already", () => {
    const gone = before.records.map(({ key, facts }) => ({ key, facts, since: "2026-01-01T00:00:00Z" }));
    const after = numbers(6).map((i) => listedOf(`new-${i}`, { sourceDigest: `${i}` }));
    const stays = listedOf("stays");
    expect(refusals([stays, ...after], gone, { records: [stays], gone: gone as never })).toEqual([
      ["many-ids", "6 of 1"],
    ]);
  });

  test("are not those whose key is another's now, while they are shown elsewhere", () => {
    const moved = before.records.map((record, i) => ({ ...record, key: `posts/old-${(i + 1) % 10}.md` }));
    expect(refusals(moved)).toEqual([]);
    const added = numbers(10).map((i) => listedOf(`new-${i}`, { sourceDigest: "x" }, { key: `posts/old-${i}.md` }));
    expect(refusals([...added, ...before.records.map((record) => ({ ...record, key: `x/${record.key}` }))])).toEqual(
      [],
    );
  });

  test("are not new posts", () => {
    expect(
      refusals([...before.records, ...numbers(50).map((i) => listedOf(`n${i}`, { sourceDigest: `n${i}` }))]),
    ).toEqual([]);
  });
});

describe("a document that is too large", () => {
  const LARGE = `${SITE}guard: { bytes: 20000 }\n`;
  const long = (i: number) => `${`Words ${i}. `.repeat(200)}\n`;

  test("is refused before anything is written, with its size and what to write", async () => {
    const site = await world({}, LARGE);
    await each(site, numbers(15), { tags: "[x]" }, long);
    expect(await refusedBy(site)).toMatchObject({
      code: "too-large",
      message: expect.stringMatching(
        /^rss\.xml would have about \d\d,\d{3} bytes, where 20,000 are the limit, and 5 more are too large$/,
      ),
      fix: expect.stringContaining("`limit: { bytes: 10000 }`"),
    });
    await site.write("site.yaml", `${LARGE}limit: { bytes: 10000 }\n`);
    await passes(site.publish());
    await site.write("site.yaml", `${LARGE}content: summary\n`);
    await passes(site.publish());
    await site.write("site.yaml", `${SITE}guard: { bytes: false }\n`);
    await passes(site.publish());
  });

  test("is an archive that should be shorter", async () => {
    const site = await world({}, `${LARGE.replace("archives: false", "archives: month")}`);
    await each(site, numbers(15), {}, long);
    expect((await refusedBy(site)).fix).toMatch(/^write `archives: week`/);
  });

  test("was not written before, or it is not asked again", async () => {
    const site = await world({}, LARGE);
    await each(site, numbers(15), {}, long);
    await passes(site.publish({ force: true }));
    await passes(site.publish());
    await site.write(name(0), file(0, {}, `${long(0)} More.\n`));
    expect((await refusedBy(site)).code).toBe("too-large");
  });

  test("is estimated at no more than it turns out to have", async () => {
    for (const content of ["full", "summary"]) {
      const site = await world({}, `${SITE}content: ${content}\nguard: { bytes: 1000 }\n`);
      await each(site, numbers(15), {}, long);
      const { message } = await refusedBy(site);
      const estimate = Number(/about ([\d,]+) bytes/.exec(message)?.[1]?.replaceAll(",", ""));
      await site.publish({ force: true });
      const size = Buffer.byteLength(await site.read("rss.xml"));
      expect(estimate).toBeLessThanOrEqual(size);
      expect(estimate).toBeGreaterThan(size / 2);
    }
  });

  test("is refused by its exact size where its text is no measure", async () => {
    const markup = (i: number) => `${"<".repeat(1000)} ${i}\n`;
    const site = await world({}, LARGE);
    await each(site, numbers(15), {}, markup);
    const { message } = await refusedBy(site);
    const [, path = "", said] = /^(\S+) would have ([\d,]+) bytes, where 20,000/.exec(message) ?? [];
    await site.publish({ force: true });
    expect(Buffer.byteLength(await site.read(path)).toLocaleString("en-US")).toBe(said);
    await site.write("site.yaml", `${SITE}guard: { bytes: ${said?.replaceAll(",", "")} }\n`);
    await passes(site.publish());
    await site.write(name(0), file(0, {}, markup(10)));
    expect((await refusedBy(site)).message).toContain(path);
  });

  test("says whether its size is an estimate", () => {
    const site = siteOf({ guard: { bytes: 1000 } });
    const document = { path: "feeds.opml", drawing: { as: "opml" as const } };
    expect(refuseTooLarge([{ ...document, bytes: 1000 }], site)).toBeUndefined();
    expect(refuseTooLarge([{ ...document, bytes: 1001 }], site)?.message).toContain(
      "feeds.opml would have about 1,001",
    );
    expect(refuseTooLarge([{ ...document, bytes: 1001, isExact: true }], site)?.message).toContain(
      "feeds.opml would have 1,001",
    );
    expect(refuseTooLarge([{ ...document, bytes: 1001 }], siteOf())).toBeUndefined();
  });
});

test("everything that looks like an accident is told at once", async () => {
  const site = await published(100);
  await remove(site, numbers(11));
  await each(site, numbers(89, 11), { date: "2026-06-01", title: "The same" });
  const refused = await refusedBy(site);
  expect([refused, ...(refused.also ?? [])].map(({ code }) => code)).toEqual([
    "many-gone",
    "many-updated",
    "many-dates",
  ]);
});

test("a site whose last post goes is told so once", async () => {
  const site = await published(30);
  await remove(site, numbers(30));
  const refused = await refusedBy(site);
  expect(refused.code).toBe("empty-site");
  expect(refused.also).toBeUndefined();
});

test("the last post may expire: its author said when nobody is to read it any more", async () => {
  const site = await world({ [name(0)]: file(0, { expires: hoursLater(24).toISOString() }, "A secret offer.\n") });
  await site.publish();
  await passes(site.publish({ now: hoursLater(48) }));
  expect(await site.read("feed.json")).not.toContain("secret offer");
  expect((await site.publish({ now: hoursLater(49) })).put).toEqual([]);
});

test("a moment before all that was published empties no site", async () => {
  const site = await published(3);
  expect((await refusedBy(site, { now: new Date("2022-01-01T00:00:00Z") })).code).toBe("empty-site");
});

test("what was meant under a clock a year ahead blinds nobody afterwards", async () => {
  const site = await published(60, `${SITE}guard: { gone: { posts: 5, percent: 5 } }\n`);
  await each(site, [59], { title: "Changed" });
  await passes(site.publish({ now: hoursLater(365 * 24), force: true }));
  await remove(site, numbers(5));
  await passes(site.publish({ now: hoursLater(1) }));
  await remove(site, numbers(5, 5));
  expect((await refusedBy(site, { now: hoursLater(2) })).code).toBe("many-gone");
});

test("a hinted run over a large site costs no listing while nothing is refused", async () => {
  const site = await published(50);
  const { operations } = await site.publish({ hints: await remove(site, numbers(3)) });
  expect(operations.content.list).toBe(0);
});
