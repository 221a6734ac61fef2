/** Files that speak for the posts of a folder: a change of one has its posts looked at again, whatever triggers the run. */
import { describe, expect, test } from "vitest";
import { post, SITE, type World, world } from "../../support/world.ts";

const titles = async (site: World): Promise<readonly string[]> => {
  const { items } = JSON.parse(await site.read("feed.json")) as { items: { title: string }[] };
  return items.map(({ title }) => title).sort();
};

const DATE = "2026-05-20";
const index = (...lines: readonly string[]) => `---\ntitle: Section\n${lines.join("\n")}\n---\n`;

interface Case {
  readonly dialect: string;
  readonly file: string;
  readonly holding: string;
  readonly letting: string;
}

const CASES: readonly (readonly [name: string, each: Case])[] = [
  [
    "Hugo's cascade",
    {
      dialect: "hugo",
      file: "content/notes/_index.md",
      holding: index("cascade: { draft: true }"),
      letting: index("cascade: { author: Ada }"),
    },
  ],
  [
    "Eleventy's data file",
    {
      dialect: "eleventy",
      file: "content/notes/notes.json",
      holding: '{ "draft": true }',
      letting: '{ "author": "Ada" }',
    },
  ],
];

const POSTS = {
  "content/notes/a.md": post({ title: "A", date: DATE }),
  "content/notes/b.md": post({ title: "B", date: DATE }, "Other words.\n"),
  "content/other.md": post({ title: "Other", date: DATE }, "Yet other words.\n"),
};

describe.each(CASES)("%s", (_, { dialect, file, holding, letting }) => {
  const open = (files: { readonly [key: string]: string }) =>
    world({ ...POSTS, ...files }, `${SITE}dialect: ${dialect}\nguard: { gone: false }\n`);

  test.each([true, false])(
    "holds posts back and lets them go when it comes, changes and goes (hints: %s)",
    async (isHinted) => {
      const site = await open({});
      const publish = () => site.publish(isHinted ? { hints: [file] } : {});
      await site.publish();
      expect(await titles(site)).toEqual(["A", "B", "Other"]);

      await site.write(file, holding);
      await publish();
      expect(await titles(site)).toEqual(["Other"]);

      await site.write(file, letting);
      await publish();
      expect(await titles(site)).toEqual(["A", "B", "Other"]);
      expect(await site.read("feed.json")).toContain('"name": "Ada"');

      await site.write(file, holding);
      await publish();
      await site.remove(file);
      await publish();
      expect(await titles(site)).toEqual(["A", "B", "Other"]);
      expect(await site.read("feed.json")).not.toContain('"name": "Ada"');
    },
  );

  test("an error in it is told once, keeps new posts back, and leaves known ones as they were", async () => {
    const site = await open({});
    await site.publish();
    await site.write("content/notes/c.md", post({ title: "C", date: DATE }, "New words.\n"));
    await site.write(file, letting.replace(" }", ""));
    const { problems, records } = await site.publish({ hints: [file, "content/notes/c.md"] });
    expect(problems.map((each) => [each.file, each.severity])).toEqual([[file, "error"]]);
    expect(records).toMatchObject({ public: 1, broken: 3 });
    expect(await titles(site)).toEqual(["A", "B", "Other"]);

    await site.write(file, letting);
    await site.publish({ hints: [file] });
    expect(await titles(site)).toEqual(["A", "B", "C", "Other"]);
  });

  test("a post with errors leaves the feeds when its folder says so", async () => {
    const site = await open({});
    await site.publish();
    await site.write("content/notes/a.md", "---\ntitle: [A\n---\nText.\n");
    await site.publish({ hints: ["content/notes/a.md"] });
    expect(await titles(site)).toEqual(["A", "B", "Other"]);
    await site.write(file, holding);
    await site.publish({ hints: [file] });
    expect(await titles(site)).toEqual(["Other"]);
  });

  test("a change of it moves no `updated`, and a second run writes nothing", async () => {
    const site = await open({ [file]: letting });
    await site.publish();
    const updated = async () =>
      (await site.catalog()).records
        .map(({ key, facts }) => [key, facts?.updated])
        .filter(([, at]) => at !== undefined);
    const before = await updated();
    await site.write(file, letting.replace("Ada", "Lin"));
    site.clock.advance(60_000);
    await site.publish({ hints: [file] });
    expect(await site.read("feed.json")).toContain('"name": "Lin"');
    expect(await updated()).toEqual(before);
    expect((await site.publish()).put).toEqual([]);
  });
});

test("a file is a post again when the bundle goes that it was part of", async () => {
  const files = {
    "content/walk/index.md": post({ title: "Walk", date: DATE }),
    "content/walk/part.md": POSTS["content/notes/b.md"],
  };
  const site = await world(files, `${SITE}dialect: hugo\nguard: { gone: false }\n`);
  await site.publish();
  expect(await titles(site)).toEqual(["Walk"]);
  await site.remove("content/walk/index.md");
  await site.publish({ hints: ["content/walk/index.md"] });
  expect(await titles(site)).toEqual(["B"]);
});

test("a change of `defaults` in site.yaml is seen in all posts", async () => {
  const site = await world(POSTS, `${SITE}dialect: hugo\nguard: { gone: false }\n`);
  await site.publish();
  const defaults = "defaults: [{ paths: [content/notes], values: { hidden: true } }]\n";
  await site.write("site.yaml", `${SITE}dialect: hugo\nguard: { gone: false }\n${defaults}`);
  await site.publish({ hints: ["site.yaml"] });
  expect(await titles(site)).toEqual(["Other"]);
});
