/** Files that posts include: what a change of one does to the posts. */
import { describe, expect, test } from "vitest";
import { codes, post, SITE, type World, world } from "../../support/world.ts";

const KEY = "_includes/a.md";
const INNER = "_includes/sub/b.md";
const POST = post({ title: "A post" }, "Some words.\n\n{% include a.md %}\n");

const withIncludes = (): Promise<World> =>
  world(
    { "posts/a.md": POST, [KEY]: "Outer. {% include sub/b.md %}\n", [INNER]: "Inner.\n" },
    `${SITE}dialect: jekyll\nposts: [posts/**]\n`,
  );

interface Item {
  readonly content_html: string;
  readonly date_modified: string;
}

async function itemOf(site: World): Promise<Item> {
  const [item] = JSON.parse(await site.read("feed.json")).items;
  return item;
}

describe.each(["a hint of its key", "a full run"])("an include, at %s,", (name) => {
  const hints = (...keys: string[]) => (name === "a full run" ? {} : { hints: keys });

  test("that changed makes its post be rendered anew, and `updated` stays", async () => {
    const site = await withIncludes();
    expect(codes(await site.publish())).toEqual([]);
    const before = await itemOf(site);
    expect(before.content_html).toContain("Outer. Inner.");
    await site.write(INNER, "Changed.\n");
    site.clock.advance(60_000);
    await site.publish({ now: site.clock.now(), ...hints(INNER) });
    const after = await itemOf(site);
    expect(after.content_html).toContain("Outer. Changed.");
    expect(after.date_modified).toBe(before.date_modified);
  });

  test("that goes is told, and that comes is shown", async () => {
    const site = await withIncludes();
    await site.publish();
    await site.remove(INNER);
    expect(codes(await site.publish(hints(INNER)))).toEqual(["template-unknown"]);
    expect((await itemOf(site)).content_html).not.toContain("Inner.");
    await site.write(INNER, "Back.\n");
    expect(codes(await site.publish(hints(INNER)))).toEqual([]);
    expect((await itemOf(site)).content_html).toContain("Outer. Back.");
  });

  test("that becomes a draft is shown no more", async () => {
    const site = await withIncludes();
    await site.publish();
    await site.write(INNER, "---\ndraft: true\n---\nInner.\n");
    await site.publish(hints(INNER));
    expect((await itemOf(site)).content_html).not.toContain("Inner.");
  });
});

test("what the owner says of templates and values makes posts be read anew, and `updated` stays", async () => {
  const site = await world(
    { "posts/a.md": post({}, "{% poll 1 %} {{ site.name }}\n") },
    `${SITE}dialect: jekyll\nposts: [posts/**]\n`,
  );
  expect(codes(await site.publish())).toEqual(["template-unknown", "template-unknown"]);
  const before = await itemOf(site);
  await site.write(
    "site.yaml",
    `${SITE}dialect: jekyll\nposts: [posts/**]\ntemplates: { poll: "P{0}" }\nvariables: { name: Ann }\n`,
  );
  site.clock.advance(60_000);
  expect(codes(await site.publish({ now: site.clock.now(), hints: ["site.yaml"] }))).toEqual([]);
  const after = await itemOf(site);
  expect(after.content_html).toContain("P1 Ann");
  expect(after.date_modified).toBe(before.date_modified);
});
