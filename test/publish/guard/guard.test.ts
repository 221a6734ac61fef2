/** The guard as a whole: empty sites, objects of others, and several refusals at once. */
import { describe, expect, test } from "vitest";
import { ids, post, wholeSite, world } from "../../support/world.ts";
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

describe("an empty site", () => {
  test("does not replace the site's feed unless forced", async () => {
    const site = await world({ "posts/a.md": post({ tags: "x" }) });
    await site.publish();
    const before = await site.dump(site.public);
    await site.remove("posts/a.md");
    const refused = await site.publish();
    expect(refused.refused).toMatchObject({ code: "empty-site" });
    expect(await site.dump(site.public)).toEqual(before);
    const forced = await site.publish({ force: true });
    expect(forced.refused).toBeUndefined();
    expect(await site.paths()).toEqual(wholeSite("x"));
    expect(ids(await site.read("feed.json"))).toEqual([]);
    expect((await site.publish()).put).toEqual([]);
  });

  test("is one refusal, without the one for many removed posts", async () => {
    const site = await published(30);
    await removePosts(site, numbers(30));
    const refused = await refusedBy(site);
    expect(refused.code).toBe("empty-site");
    expect(refused.also).toBeUndefined();
  });

  test("is allowed when the last post expires, because its author said when", async () => {
    const site = await world({ [keyOf(0)]: textOf(0, { expires: hoursLater(24).toISOString() }, "A secret offer.\n") });
    await site.publish();
    await expectAllowed(site.publish({ now: hoursLater(48) }));
    expect(await site.read("feed.json")).not.toContain("secret offer");
    expect((await site.publish({ now: hoursLater(49) })).put).toEqual([]);
  });

  test("is refused when `now` is before all posts", async () => {
    const site = await published(3);
    expect((await refusedBy(site, { now: new Date("2022-01-01T00:00:00Z") })).code).toBe("empty-site");
  });
});

const MANY = Object.fromEntries(
  Array.from({ length: 40 }, (_, i) => [`posts/${i}.md`, post({ title: `Post ${i}`, tags: `[t${i}]` }, `${i}\n`)]),
);

describe("an object that is not ours", () => {
  test("is not overwritten unless forced", async () => {
    const site = await world({ "posts/a.md": post({}) });
    await site.public.put("rss.xml", new TextEncoder().encode("<rss/>"), { contentType: "text/xml" });
    const report = await site.publish();
    expect(report.refused).toMatchObject({ code: "not-ours" });
    expect(report.refused?.message).toContain("rss.xml");
    expect(await site.paths()).toEqual(["rss.xml"]);
    expect(await site.dump(site.state)).toEqual({});
    const forced = await site.publish({ force: true });
    expect(forced.put.map(({ path, reason }) => `${path} ${reason}`)).toContain("rss.xml forced");
    expect(await site.read("rss.xml")).toContain("<channel>");
  });

  test("is found among many paths", async () => {
    const site = await world(MANY);
    await site.public.put("tags/t7/rss.xml", new TextEncoder().encode("foreign"), { contentType: "text/xml" });
    expect((await site.publish()).refused?.message).toContain("tags/t7/rss.xml");
    expect(await site.paths()).toEqual(["tags/t7/rss.xml"]);
  });
});

test("a report names every reason to refuse at once", async () => {
  const site = await published(100);
  await removePosts(site, numbers(11));
  await rewrite(site, numbers(89, 11), { date: "2026-06-01", title: "The same" });
  const refused = await refusedBy(site);
  expect([refused, ...(refused.also ?? [])].map(({ code }) => code)).toEqual([
    "many-gone",
    "many-updated",
    "many-dates",
  ]);
});
