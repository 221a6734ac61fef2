/** Translations of one post in the windows of channels. */
import { describe, expect, test } from "vitest";
import { ids, post, SITE, world } from "../../support/world.ts";

const LANGUAGES = `${SITE}languages: [en, zh]\n`;

describe("translations of a post", () => {
  test("count once in a window: the one in the site's language, else the one published first", async () => {
    const site = await world(
      {
        "posts/hello.md": post({ title: "Hello" }),
        "posts/hello.zh.md": post({ title: "你好", tags: "短视频" }),
        "posts/a.md": post({ lang: "zh", translationKey: "two" }),
        "posts/b.md": post({ translationKey: "two" }),
        "posts/zh/only.md": post({ date: "2026-01-01", tags: "短视频" }),
      },
      LANGUAGES,
    );
    const report = await site.publish();
    expect(report.problems).toEqual([]);
    expect([report.records.public, report.site?.entries]).toEqual([5, 3]);
    expect(ids(await site.read("feed.json"))).toEqual(
      ["b", "hello", "zh/only"].map((key) => `tag:example.com,2020:posts/${key}`),
    );
    expect(ids(await site.read("tags/短视频/feed.json"))).toEqual(
      ["hello.zh", "zh/only"].map((key) => `tag:example.com,2020:posts/${key}`),
    );
  });

  test("take the place of one that was removed", async () => {
    const site = await world({ "posts/hello.md": post({}), "posts/hello.zh.md": post({}) }, LANGUAGES);
    await site.publish();
    await site.remove("posts/hello.md");
    await site.publish();
    expect(ids(await site.read("feed.json"))).toEqual(["tag:example.com,2020:posts/hello.zh"]);
  });
});
