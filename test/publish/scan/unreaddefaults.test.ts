/** Files of generators beside posts of a site that names none. */
import { expect, test } from "vitest";
import { post, SITE, world } from "../../support/world.ts";

async function told(files: { readonly [key: string]: string }, yaml = `${SITE}posts: ["**"]\n`) {
  const site = await world(files, yaml);
  const { problems } = await site.publish();
  return problems.filter(({ code }) => code === "defaults-unread").map(({ file, message }) => `${file}: ${message}`);
}

const NOT_READ = (who: string) =>
  `not read: if ${who} has in it what holds for posts, drafts among them, they are published all the same`;

test.each([
  ["Hugo or Zola", "site/content/x/_index.md", "site/content/x/a.md"],
  ["Hugo or Zola", "notes/_index.fr.md", "notes/deep/a.md"],
  ["Eleventy", "posts/posts.json", "posts/a.md"],
  ["Eleventy", "src/posts/posts.json", "src/posts/deep/a.md"],
  ["Eleventy", "posts/a.json", "posts/a.md"],
  ["Eleventy", "posts/posts.11tydata.js", "posts/a.md"],
  ["Jekyll", "site/_config.yml", "site/_posts/a.md"],
])("of %s are told where they are not read: %s", async (who, file, key) => {
  expect(await told({ [file]: "{}\n", [key]: post({}) })).toEqual([`${file}: the file is ${NOT_READ(who)}`]);
});

test("are told once for each generator, in every full run", async () => {
  const files = { "posts/posts.json": "{}", "posts/b/b.json": "{}", "posts/b/a.md": post({}) };
  const site = await world(files, SITE);
  for (const run of [await site.publish(), await site.publish()]) {
    expect(run.problems.map(({ message }) => message)).toEqual([`2 files such as this are ${NOT_READ("Eleventy")}`]);
  }
});

test.each([
  ["a file that is read", "content/x/_index.md", "content/x/a.md"],
  ["a file that is read", "_config.yml", "_posts/2024-01-05-a.md"],
  ["a file without posts", "data/data.json", "posts/a.md"],
  ["the configuration of Hexo", "_config.yml", "source/_posts/a.md"],
  ["other data beside posts", "posts/pictures.json", "posts/a.md"],
])("nothing is told of %s: %s", async (_, file, key) =>
  expect(await told({ [file]: "{}\n", [key]: post({}) })).toEqual([]),
);

test("nothing is told on a site that names its generator", async () => {
  expect(await told({ "posts/posts.json": "{}", "posts/a.md": post({}) }, `${SITE}dialect: plain\n`)).toEqual([]);
});
