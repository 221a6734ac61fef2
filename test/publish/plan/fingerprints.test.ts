/** Which documents a change of site.yaml makes stale. */
import { describe, expect, test } from "vitest";
import { post, putPaths, SITE, siteAndTags, world } from "../../support/world.ts";

describe("a document is stale", () => {
  test.each([
    ["cacheControl", `${SITE}cacheControl: no-cache\n`],
    ["an author's address", SITE.replace("since", "authors: { ada: { name: Ada, url: https://ada.example/ } }\nsince")],
    ["a hub", `${SITE}hubs: [https://hub.example/]\n`],
    ["the feeds' address", SITE.replace("feeds.example.com", "other.example.com")],
    ["the description", SITE.replace("Notes from a field", "Other words")],
    ["the language", `${SITE}language: fr\n`],
  ])("when %s of the site changes", async (_, siteYaml) => {
    const site = await world({ "posts/a.md": post({ tags: "x" }) });
    await site.publish();
    await site.write("site.yaml", siteYaml);
    expect(putPaths(await site.publish())).toEqual(expect.arrayContaining([...siteAndTags("x")]));
  });

  test("but not when a new limit leaves its entries as they are", async () => {
    const site = await world({ "posts/a.md": post({ tags: "x" }) });
    await site.publish();
    await site.write("site.yaml", `${SITE}limit: 5\n`);
    expect((await site.publish()).put).toEqual([]);
  });
});
