/** Files among the posts in a markup that is not read. */
import { expect, test } from "vitest";
import { post, SITE, world } from "../../support/world.ts";

async function told(keys: readonly string[], yaml = SITE): Promise<readonly string[]> {
  const files = Object.fromEntries(keys.map((key) => [key, "= Text\n"]));
  const site = await world({ "posts/a.md": post({}), ...files }, yaml);
  const { problems } = await site.publish();
  return problems.filter(({ code }) => code === "other-markup").map(({ file, message }) => `${file}: ${message}`);
}

const ONE = "the file is no Markdown, and not published";

test("are told once for each folder and extension", async () => {
  expect(await told(["posts/b.adoc", "posts/c.adoc", "posts/d.ADOC", "posts/d.org", "posts/x/e.org"])).toEqual([
    "posts/b.adoc: 3 files such as this are no Markdown, and not published",
    `posts/d.org: ${ONE}`,
    `posts/x/e.org: ${ONE}`,
  ]);
});

test("are told once for all posts with a folder of their own", async () => {
  expect(await told(["posts/b/index.rst", "posts/c/index.rst"])).toEqual([
    "posts/b/index.rst: 2 files such as this are no Markdown, and not published",
  ]);
});

test("are counted where there are many", async () => {
  const lines = await told(Array.from({ length: 30 }, (_, i) => `posts/${String(i).padStart(2, "0")}/a.textile`));
  expect(lines).toHaveLength(21);
  expect(lines.at(-1)).toBe("posts/20/a.textile: files in 10 more folders are no Markdown either, and not published");
});

test.each([
  ["elsewhere", "notes/b.adoc"],
  ["in folders of drafts and templates", "posts/_drafts/b.adoc"],
  ["beside the text of a post", "posts/b/data.ipynb"],
  ["of other kinds", "posts/b.txt"],
  ["that are keys or signatures", "posts/b.asc"],
])("are not told %s", async (_, key) => expect(await told([key, "posts/b/index.md"])).toEqual([]));

test("are not told where the owner leaves them out", async () => {
  expect(await told(["posts/b.adoc"], `${SITE}posts: ["posts/**/*.md"]\n`)).toEqual([]);
  expect(await told(["posts/old/b.adoc"], `${SITE}exclude: { paths: [posts/old] }\n`)).toEqual([]);
});

test("are told with what leaves them out", async () => {
  const files = { "posts/a.md": post({}), "posts/b.adoc": "", "posts/c.adoc": "", "posts/d/index.rst": "" };
  const { problems } = await (await world(files)).publish();
  const paths = problems.flatMap(({ fix = "" }) => /paths: \[("[^\]]*")\]/.exec(fix)?.[1] ?? []);
  expect(paths).toEqual(['"posts/*.adoc"', '"posts/*/index.rst"']);
  expect(await told(Object.keys(files), `${SITE}exclude: { paths: [${paths.join(", ")}] }\n`)).toEqual([]);
});

test("cost nothing in a run with hints", async () => {
  const site = await world({ "posts/a.md": post({}), "posts/b.adoc": "= B\n" });
  await site.publish();
  const { problems, operations } = await site.publish({ hints: ["posts/b.adoc"] });
  expect(problems).toEqual([]);
  expect(operations.content).toMatchObject({ list: 0, get: 1 });
});
