/** The guard against changing the dates of many posts at once. */
import { describe, expect, test } from "vitest";
import { SITE } from "../../support/world.ts";
import { daysBefore, expectAllowed, numbers, published, refusedBy, rewrite } from "./site.ts";

describe("changing many posts at once", () => {
  test("is refused when `updated` of too many would move", async () => {
    const site = await published(50);
    await rewrite(site, numbers(30), {}, (i) => `Words ${i}, replaced.\n`);
    expect(await refusedBy(site)).toMatchObject({
      code: "many-updated",
      message:
        "30 of 50 posts would say that they changed just now (posts/000.md, posts/001.md, posts/002.md and 27 more)",
      fix: expect.stringContaining("minor: true"),
    });
    await expectAllowed(site.publish({ force: true }));
  });

  test("is allowed when `updated` stays, or is older than a day", async () => {
    const site = await published(50);
    await rewrite(site, numbers(50), { minor: "true" }, (i) => `Words ${i}, replaced.\n`);
    await expectAllowed(site.publish());
    await rewrite(site, numbers(50), { minor: "true", updated: daysBefore(1.5) }, (i) => `Words ${i}, replaced.\n`);
    await expectAllowed(site.publish());
  });

  test("is refused when front matter moves `updated` of too many into the past day", async () => {
    const site = await published(50);
    await rewrite(site, numbers(50), { updated: daysBefore(0.5) });
    expect((await refusedBy(site)).code).toBe("many-updated");
  });

  test("is allowed for a few, or when site.yaml says so", async () => {
    const site = await published(50);
    await rewrite(site, numbers(20), { title: "Another" });
    await expectAllowed(site.publish());
    await site.write("site.yaml", `${SITE}guard: { updated: false }\n`);
    await rewrite(site, numbers(50), { title: "Yet another" });
    await expectAllowed(site.publish());
  });

  test("is refused when too many would be dated in another month", async () => {
    const site = await published(50, `${SITE}guard: { updated: false }\n`);
    await rewrite(site, numbers(50), { date: "2026-06-01" });
    expect(await refusedBy(site)).toMatchObject({
      code: "many-dates",
      message: "50 of 50 posts would be dated in another month (posts/000.md, posts/001.md, posts/002.md and 47 more)",
    });
    await site.write("site.yaml", `${SITE}guard: { updated: false, published: { percent: 100 } }\n`);
    await expectAllowed(site.publish());
  });

  test("is allowed when a new time zone moves their dates by hours", async () => {
    const site = await published(50, SITE, (i) => ({ date: daysBefore(i + 1).slice(0, 19) }));
    await site.write("site.yaml", `${SITE}timezone: Asia/Shanghai\n`);
    await expectAllowed(site.publish());
  });

  test("is allowed in the first run", async () => {
    await published(50, SITE, () => ({ updated: daysBefore(0.1), date: "2026-06-01" }));
  });
});
