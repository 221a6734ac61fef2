/** What a generator shows of a post from a phone: its language, its layout and its pictures. */
import { describe, expect, test } from "vitest";
import { SITE } from "../support/world.ts";
import { desk, entry } from "./desk.ts";

const CHINESE = `${SITE}language: zh-CN\n`;

async function made(to: Awaited<ReturnType<typeof desk>>, properties: { readonly [name: string]: readonly unknown[] }) {
  const answer = await to.json(entry(properties));
  return (await answer.json()) as { readonly url: string; readonly key: string };
}

describe("the language of a post", () => {
  test("is written where it is not the site's", async () => {
    const to = await desk({}, CHINESE);
    await made(to, { name: ["a"], content: ["a"], lang: ["zh-cn"] });
    expect(await to.file()).not.toContain("lang");
    const { key } = await made(to, { name: ["b"], content: ["b"], lang: ["en"] });
    expect(await to.file(key)).toContain("lang: en\n");
  });

  test("goes where an update changes it back to the site's, and stays away where it was the site's", async () => {
    const to = await desk({}, CHINESE);
    const { url } = await made(to, { name: ["a"], content: ["a"] });
    const before = await to.file();
    const change = (lang: string) => to.json({ action: "update", url, replace: { lang: [lang] } });
    expect([(await change("zh-CN")).status, await to.file()]).toEqual([200, before]);
    await change("en");
    expect(await to.file()).toContain("lang: en\n");
    await change("zh-CN");
    expect(await to.file()).toBe(before);
  });

  test("is written, though it is the site's, where the posts of its folder are in another", async () => {
    const to = await desk({}, `${CHINESE}defaults: [{ paths: [posts], values: { lang: en } }]\n`);
    await made(to, { name: ["a"], content: ["a"], lang: ["zh-CN"] });
    expect(await to.file()).toContain("lang: zh-CN\n");
  });
});

describe("a post to Jekyll", () => {
  const JEKYLL = `${SITE}dialect: jekyll\n`;

  test("has the layout of posts", async () => {
    const to = await desk({}, JEKYLL);
    await made(to, { name: ["a"], content: ["a"] });
    expect(await to.file()).toMatch(/^---\nlayout: post\ntitle: a\n/);
  });

  test.each([
    [
      "_config.yml",
      { "_config.yml": 'defaults:\n- scope: { path: "", type: posts }\n  values: { layout: single }\n' },
      "",
    ],
    ["site.yaml", {}, "defaults: [{ paths: [_posts], values: { layout: single } }]\n"],
  ])("has none of its own where %s says which", async (_, files, more) => {
    const to = await desk(files, JEKYLL + more);
    const { key } = await made(to, { name: ["a"], content: ["a"] });
    expect(await to.file(key)).toMatch(/^---\ntitle: a\n/);
  });

  test("keeps the layout that its author gave it", async () => {
    const post = "---\ntitle: a\ndate: 2026-01-05\n---\na\n";
    const to = await desk({ "_posts/2026-01-05-a.md": post }, JEKYLL);
    const url = "https://example.com/2026/01/05/a.html";
    expect((await to.json({ action: "update", url, replace: { name: ["b"] } })).status).toBe(200);
    expect(await to.file()).toBe(post.replace("title: a", "title: b"));
  });
});
