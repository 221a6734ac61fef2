/** The guard against removing many posts at once. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ids, SITE, type World } from "../../support/world.ts";
import {
  expectAllowed,
  hoursLater,
  keyOf,
  numbers,
  published,
  refusedBy,
  removePosts,
  rewrite,
  textOf,
} from "./site.ts";

describe("removing many posts at once", () => {
  test("is refused with their number, the total and the first keys", async () => {
    const site = await published(30);
    await removePosts(site, numbers(11));
    const refused = await refusedBy(site);
    expect(refused).toEqual({
      code: "many-gone",
      message: "11 of 30 posts would be gone (posts/000.md, posts/001.md, posts/002.md and 8 more)",
      fix: expect.stringContaining("--force"),
    });
    expect(ids(await site.read("feed.json"))).toHaveLength(20);
  });

  test("is done when forced, and the report names what was forced", async () => {
    const site = await published(30);
    await removePosts(site, numbers(11));
    const { refused, forced, put } = await site.publish({ force: true });
    expect({ refused, forced }).toEqual({ refused: undefined, forced: expect.objectContaining({ code: "many-gone" }) });
    expect(put.length).toBeGreaterThan(0);
    await expectAllowed(site.publish());
  });

  test.each([
    ["made drafts", { draft: "true" }],
    ["given a password", { password: "secret" }],
    ["dated later", { date: "2027-01-01" }],
    ["edited so that they have expired", { expires: "2026-05-01" }],
  ])("counts posts that are %s", async (_, front) => {
    const site = await published(30);
    await rewrite(site, numbers(12), front);
    expect((await refusedBy(site)).message).toMatch(/^12 of 30 posts would be gone \(posts\/000\.md, /);
  });

  test("counts posts that site.yaml excludes", async () => {
    const site = await published(30);
    await site.write("site.yaml", `${SITE}posts: ["posts/00*"]\n`);
    expect((await refusedBy(site, { hints: ["site.yaml"] })).message).toMatch(/^20 of 30 posts would be gone/);
    await site.write("site.yaml", `${SITE}exclude: { paths: ["posts/01*", "posts/02*"] }\n`);
    expect((await refusedBy(site)).message).toMatch(/^20 of 30 posts would be gone/);
  });

  test("does not count posts that expire, however many", async () => {
    const site = await published(30, SITE, (i) => (i < 25 ? { expires: "2026-06-02" } : {}));
    await expectAllowed(site.publish({ now: hoursLater(12), hints: [] }));
    await removePosts(site, [25]);
    await expectAllowed(site.publish({ now: hoursLater(13) }));
    expect(ids(await site.read("feed.json"))).toHaveLength(4);
  });

  test("does not count posts that only a run with a later `now` had published", async () => {
    const site = await published(30, `${SITE}limit: 100\n`, (i) => (i < 20 ? { date: `2026-07-${i + 1}` } : {}));
    expect(ids(await site.read("feed.json"))).toHaveLength(10);
    await expectAllowed(site.publish({ now: new Date("2026-08-01T00:00:00Z") }));
    expect(ids(await site.read("feed.json"))).toHaveLength(30);
    await expectAllowed(site.publish());
    expect(ids(await site.read("feed.json"))).toHaveLength(10);
  });

  test("does not count posts that were removed in a run with a later `now`", async () => {
    const site = await published(60);
    await removePosts(site, numbers(10));
    await expectAllowed(site.publish({ now: hoursLater(30) }));
    await removePosts(site, numbers(5, 10));
    await expectAllowed(site.publish());
  });

  test("is refused when they are removed after the lease was taken, and the lease is released", async () => {
    const site = await published(30);
    const before = await site.dump(site.public);
    await rewrite(site, numbers(12), { title: "Edited" });
    let hasLease = false;
    const state: World["state"] = {
      ...site.state,
      async put(key, body, options) {
        const etag = await site.state.put(key, body, options);
        if (key === "head.json" && !hasLease) {
          hasLease = true;
          await removePosts(site, numbers(12));
        }
        return etag;
      },
    };
    expect((await site.publish({ state })).refused).toMatchObject({ code: "many-gone" });
    expect(hasLease).toBe(true);
    expect((await site.head()).lease).toBeUndefined();
    expect(await site.dump(site.public)).toEqual(before);
  });

  test("does not count posts that are renamed", async () => {
    const site = await published(30);
    const before = ids(await site.read("feed.json"));
    await removePosts(site, numbers(30));
    for (const i of numbers(30)) await site.write(keyOf(i).replace("posts/", "posts/old/"), textOf(i));
    await expectAllowed(site.publish());
    expect(ids(await site.read("feed.json"))).toEqual(before);
  });

  test("does not count renamed posts of which only the old keys are hinted: the content is listed first", async () => {
    const site = await published(30);
    const before = ids(await site.read("feed.json"));
    const triggers = await removePosts(site, numbers(20));
    for (const i of numbers(20)) await site.write(keyOf(i).replace("posts/", "posts/old/"), textOf(i));
    await expectAllowed(site.publish({ hints: triggers }));
    expect(ids(await site.read("feed.json"))).toEqual(before);
  });

  test("does not count posts that cannot be read, whose last good entries stay", async () => {
    const site = await published(30, `${SITE}limit: 30\n`);
    for (const i of numbers(20)) await site.write(keyOf(i), "---\ntitle: [\n---\n");
    await expectAllowed(site.publish());
    expect(ids(await site.read("feed.json"))).toHaveLength(30);
  });

  test("counts together what was removed within a day", async () => {
    const site = await published(40);
    await expectAllowed(site.publish({ hints: await removePosts(site, numbers(5)) }));
    await rewrite(site, numbers(5, 5), { draft: "true" });
    await expectAllowed(site.publish({ now: hoursLater(8), hints: numbers(5, 5).map(keyOf) }));
    const hints = await removePosts(site, numbers(5, 10));
    expect((await refusedBy(site, { now: hoursLater(16), hints })).message).toBe(
      "15 of 40 posts would be gone within a day, 5 of them now (posts/010.md, posts/011.md, posts/012.md and 2 more)",
    );
    await expectAllowed(site.publish({ now: hoursLater(33), hints }));
  });

  test("does not count again what a forced run removed", async () => {
    const site = await published(60);
    await removePosts(site, numbers(20));
    await expectAllowed(site.publish({ force: true }));
    await removePosts(site, numbers(10, 20));
    await expectAllowed(site.publish({ now: hoursLater(1) }));
    await removePosts(site, numbers(1, 30));
    expect((await refusedBy(site, { now: hoursLater(2) })).message).toMatch(
      /^11 of 40 posts would be gone within a day, 1 of them now/,
    );
    expect((await site.catalog()).departuresAcceptedUntil).toBe("2026-06-01T12:00:00Z");
  });

  test("does not stop a run that removes none", async () => {
    const site = await published(40);
    await removePosts(site, numbers(10));
    await expectAllowed(site.publish());
    await site.write("site.yaml", `${SITE}guard: { gone: { posts: 1, percent: 1 } }\n`);
    await site.write(keyOf(20), textOf(20, { title: "Edited" }));
    await expectAllowed(site.publish());
    expect(JSON.parse(await site.read("feed.json")).items).toContainEqual(expect.objectContaining({ title: "Edited" }));
  });

  test("is allowed for as many as site.yaml says", async () => {
    const site = await published(30, `${SITE}guard: { gone: { posts: 2, percent: 0 } }\n`);
    await removePosts(site, numbers(3));
    expect((await refusedBy(site)).code).toBe("many-gone");
    await site.write("site.yaml", `${SITE}guard: { gone: { posts: 2, percent: 10 } }\n`);
    await expectAllowed(site.publish());
    await site.write("site.yaml", `${SITE}guard: { gone: false }\n`);
    await removePosts(site, numbers(20, 5));
    await expectAllowed(site.publish());
  });

  test("is refused in a dry run as well", async () => {
    const site = await published(30);
    await removePosts(site, numbers(11));
    expect((await refusedBy(site, { dryRun: true })).code).toBe("many-gone");
    expect(await site.publish({ dryRun: true, force: true })).toMatchObject({ forced: { code: "many-gone" } });
  });

  test("never takes more within a day than the limit, in whatever batches", async () => {
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
          const taken = take.filter((i) => present.has(keyOf(i)));
          if (how === "remove") await removePosts(site, taken);
          else await rewrite(site, taken, { draft: "true" });
          await site.publish(isHinted ? { hints: taken.map(keyOf) } : {});
          expect(ids(await site.read("feed.json")).length).toBeGreaterThanOrEqual(20);
        }
      }),
      { numRuns: 40 },
    );
  });
});

test("a forced run with a clock a year ahead does not make the guard count less afterwards", async () => {
  const site = await published(60, `${SITE}guard: { gone: { posts: 5, percent: 5 } }\n`);
  await rewrite(site, [59], { title: "Changed" });
  await expectAllowed(site.publish({ now: hoursLater(365 * 24), force: true }));
  await removePosts(site, numbers(5));
  await expectAllowed(site.publish({ now: hoursLater(1) }));
  await removePosts(site, numbers(5, 5));
  expect((await refusedBy(site, { now: hoursLater(2) })).code).toBe("many-gone");
});

test("a run with hints lists nothing while nothing is refused", async () => {
  const site = await published(50);
  const { operations } = await site.publish({ hints: await removePosts(site, numbers(3)) });
  expect(operations.content.list).toBe(0);
});
