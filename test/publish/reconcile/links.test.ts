/** Links between posts: they lead where the other post is, and follow it. */
import { describe, expect, test } from "vitest";
import type { PublishOptions } from "../../../lib/publish/options.ts";
import { codes, post, SITE, type World, world } from "../../support/world.ts";

const LINKING = post({ title: "One", date: "2026-01-01" }, "See [it](two.md#part) and [[two|this]].\n");
const two = (front: { readonly [key: string]: string } = {}) => post({ title: "Two", date: "2026-01-02", ...front });

async function htmlOf(site: World, title = "One"): Promise<string> {
  const { items } = JSON.parse(await site.read("feed.json"));
  return items.find((item: { title: string }) => item.title === title)?.content_html;
}

const linksOf = async (site: World, title?: string) =>
  [...(await htmlOf(site, title)).matchAll(/href="([^"]*)"/g)].map(([, href]) => href);

const LED = ["https://example.com/2026/01/02/two/#part", "https://example.com/2026/01/02/two/"];
const hint = (...hints: string[]): Partial<PublishOptions> => ({ hints });

describe("a link to the file of another post", () => {
  test("leads to its address", async () => {
    const site = await world({ "posts/one.md": LINKING, "posts/two.md": two() });
    expect((await site.publish()).problems).toEqual([]);
    expect(await linksOf(site)).toEqual(LED);
  });

  test.each([
    ["a hint of the target alone", hint("posts/two.md")],
    ["a full run", {}],
  ])("follows it when it moves, by %s, and the entry's `updated` stays", async (_, options) => {
    const site = await world({ "posts/one.md": LINKING, "posts/two.md": two() });
    await site.publish();
    const before = (await site.catalog()).records[0]?.facts;
    await site.write("posts/two.md", two({ permalink: "/moved/" }));
    const { entries, operations } = await site.publish(options);
    expect(await linksOf(site)).toEqual(["https://example.com/moved/#part", "https://example.com/moved/"]);
    expect(entries.rendered).toBe(2);
    expect(operations.content).toMatchObject({ put: 0 });
    const after = (await site.catalog()).records[0]?.facts;
    expect(after?.inputHash).not.toBe(before?.inputHash);
    expect([after?.updated, after?.sourceDigest, after?.id]).toEqual([
      before?.updated,
      before?.sourceDigest,
      before?.id,
    ]);
  });

  test("is not rendered anew by an edit of the target's text or of a title that it does not show", async () => {
    const site = await world({ "posts/one.md": LINKING, "posts/two.md": two() });
    await site.publish();
    await site.write("posts/two.md", two({ title: "Other words" }));
    const { entries } = await site.publish(hint("posts/two.md"));
    expect(entries.rendered).toBe(1);
  });

  test("that shows the target's title shows its new one", async () => {
    const site = await world(
      { "source/_posts/one.md": post({ title: "One" }, "{% post_link two %}\n"), "source/_posts/two.md": two() },
      `${SITE}dialect: hexo\n`,
    );
    await site.publish();
    expect(await htmlOf(site)).toContain(">Two</a>");
    await site.write("source/_posts/two.md", two({ title: "'2 < 3 & *so on*'" }));
    await site.publish(hint("source/_posts/two.md"));
    expect(await htmlOf(site)).toContain(">2 &lt; 3 &amp; *so on*</a>");
  });

  test.each([
    ["a draft", { draft: "true" }],
    ["to come", { date: "2027-01-01" }],
    ["expired", { expires: "2026-02-01" }],
    ["hidden", { hidden: "true" }],
  ])("that is %s is its text, with a warning, and tells nothing of it", async (_, front) => {
    const site = await world({ "posts/one.md": LINKING, "posts/two.md": two({ title: "Secret", ...front }) });
    const report = await site.publish();
    expect(await htmlOf(site)).toBe("<p>See it and this.</p>");
    expect(report.problems.map(({ file, line, message }) => [file, line, message])).toEqual([
      ["posts/one.md", 6, 'the link to "two" leads to a post that is not public: its text stays'],
      ["posts/one.md", 6, 'the link to "two.md#part" leads to a post that is not public: its text stays'],
    ]);
    expect(JSON.stringify(await site.dump(site.public))).not.toContain("Secret");
  });

  test("that is not there is its text, until the target comes", async () => {
    const site = await world({ "posts/one.md": LINKING });
    expect(codes(await site.publish())).toEqual(["template-link", "template-link"]);
    expect(await htmlOf(site)).toBe("<p>See it and this.</p>");
    await site.write("posts/two.md", two());
    expect((await site.publish(hint("posts/two.md"))).problems).toEqual([]);
    expect(await linksOf(site)).toEqual(LED);
  });

  test("that goes is its text from then on, with a warning that stays until it is mended", async () => {
    const site = await world({ "posts/one.md": LINKING, "posts/two.md": two() });
    await site.publish();
    await site.remove("posts/two.md");
    expect(codes(await site.publish(hint("posts/two.md")))).toEqual(["template-link", "template-link"]);
    expect(await htmlOf(site)).toBe("<p>See it and this.</p>");
    expect(codes(await site.publish())).toEqual(["template-link", "template-link"]);
  });

  test("that is to come is there when it comes, without a hint of it", async () => {
    const site = await world({ "posts/one.md": LINKING, "posts/two.md": two({ date: "2026-07-01" }) });
    await site.publish();
    await site.publish({ hints: [], now: new Date("2026-07-02T00:00:00Z") });
    expect(await linksOf(site)).toEqual([
      "https://example.com/2026/07/01/two/#part",
      "https://example.com/2026/07/01/two/",
    ]);
  });

  test("of a broken post, and to one, stays as it was", async () => {
    const site = await world({ "posts/one.md": LINKING, "posts/two.md": two() });
    await site.publish();
    await site.write("posts/two.md", "---\ntitle: [\n---\n");
    await site.publish();
    expect(await linksOf(site)).toEqual(LED);
    await site.write("posts/one.md", "---\ntitle: [\n---\n");
    await site.publish();
    expect(await linksOf(site)).toEqual(LED);
  });

  test("of two posts to each other is no circle, whichever trigger comes first", async () => {
    const back = post({ title: "Two", date: "2026-01-02" }, "Back to [one](one.md).\n");
    for (const order of [
      ["posts/one.md", "posts/two.md"],
      ["posts/two.md", "posts/one.md"],
    ]) {
      const site = await world({ "posts/other.md": post({ title: "Other" }) });
      await site.publish();
      const texts: { readonly [key: string]: string } = { "posts/one.md": LINKING, "posts/two.md": back };
      for (const key of order) {
        await site.write(key, texts[key] ?? "");
        await site.publish(hint(key));
      }
      expect(await linksOf(site, "One")).toEqual(LED);
      expect(await linksOf(site, "Two")).toEqual(["https://example.com/2026/01/01/one/"]);
      const whole = await world({ ...texts, "posts/other.md": post({ title: "Other" }) });
      await whole.publish();
      expect(await htmlOf(site)).toBe(await htmlOf(whole));
    }
  });

  test("that is written the same twice is warned of once", async () => {
    const site = await world({ "posts/one.md": post({}, "[a](x.md)\n\n[b](x.md)\n") });
    expect((await site.publish()).problems.map(({ line }) => line)).toEqual([6]);
  });

  test("is rendered by a run that reads the post again, and by one with the former entry lost", async () => {
    const site = await world({ "posts/one.md": LINKING, "posts/two.md": two() });
    await site.publish();
    for await (const { key } of site.state.list("entries/")) await site.state.delete(key);
    await site.write("posts/three.md", post({ title: "Three" }));
    await site.publish();
    expect(await linksOf(site)).toEqual(LED);
  });

  test("of a renamed post leads on", async () => {
    const site = await world({ "posts/one.md": LINKING, "posts/two.md": two() });
    await site.publish();
    await site.remove("posts/one.md");
    await site.write("posts/first.md", LINKING);
    const { entries } = await site.publish();
    expect(await linksOf(site)).toEqual(LED);
    expect(entries.rendered).toBe(1);
  });

  test("changes nothing when nothing has changed", async () => {
    const site = await world({ "posts/one.md": LINKING, "posts/two.md": two() });
    await site.publish();
    const { operations, put } = await site.publish();
    expect([put, operations.state.put, operations.public.put]).toEqual([[], 0, 0]);
  });
});

describe("a post to which a hundred link", () => {
  const edited = async (body: string, changed: string) => {
    const linking = Array.from({ length: 100 }, (_, i) => [`posts/p${i}.md`, post({ title: `P ${i}` }, body)] as const);
    const site = await world({ ...Object.fromEntries(linking), "posts/two.md": two({ date: "2026-02-01" }) });
    await site.publish();
    await site.write("posts/two.md", changed);
    const { operations, entries, put } = await site.publish(hint("posts/two.md"));
    return { operations, rendered: entries.rendered, put: put.length };
  };

  test("costs an edit of its text what one costs to which none links", async () => {
    const changed = two({ date: "2026-02-01", title: "Renamed" });
    expect(await edited("[it](two.md)\n", changed)).toEqual(await edited("[it](https://other.example/)\n", changed));
  });

  test("has those rendered that a document carries when it moves, and no other", async () => {
    const changed = two({ date: "2026-02-01", permalink: "/moved/" });
    expect(await edited("[it](two.md)\n", changed)).toMatchObject({
      rendered: 20,
      operations: { content: { list: 0 } },
    });
  });
});
