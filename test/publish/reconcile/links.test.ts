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
      ["posts/one.md", 6, 'the link to "two" leads to a post that is not public, and is left out'],
      ["posts/one.md", 6, 'the link to "two.md#part" leads to a post that is not public, and is left out'],
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

  test("that goes is its text from then on, with a warning that stays until it is fixed", async () => {
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

describe("the last good entry of a broken post", () => {
  const files = {
    "source/_posts/a.md": post({ title: "A" }, "{% post_link two %} and [words](two.md), [other](b.md).\n"),
    "source/_posts/b.md": post({ title: "B", permalink: "b/" }),
    "source/_posts/two.md": two({ title: "Takeover" }),
  };
  const hexo = `${SITE}dialect: hexo\n`;

  test.each([
    ["that cannot be read", "---\ntitle: [x\n---\n"],
    ["that has another's address", post({ title: "A", permalink: "b/" }, "Text.\n")],
  ])("%s names no post that is withdrawn since", async (_, broken) => {
    const site = await world(files, hexo);
    await site.publish();
    await site.write("source/_posts/a.md", broken);
    await site.publish();
    expect(await htmlOf(site, "A")).toContain(">Takeover</a>");
    await site.write("source/_posts/two.md", two({ title: "Takeover", draft: "true" }));
    await site.publish(hint("source/_posts/two.md"));
    expect(await htmlOf(site, "A")).toBe('<p> and words, <a href="https://example.com/b/">other</a>.</p>');
    expect(JSON.stringify(await site.dump(site.public))).not.toContain("Takeover");
    const { put, operations } = await site.publish();
    expect([put, operations.state.put]).toEqual([[], 0]);
  });

  test("leads where a post moved to, and is as its file says again when that is fixed", async () => {
    const site = await world(files, hexo);
    await site.publish();
    await site.write("source/_posts/a.md", "---\ntitle: [x\n---\n");
    await site.publish();
    for (const permalink of ["/moved/", "/once-more/"]) {
      await site.write("source/_posts/two.md", two({ title: "Takeover", permalink }));
      await site.publish(hint("source/_posts/two.md"));
      expect(await htmlOf(site, "A")).toContain(`<a href="https://example.com${permalink}">Takeover</a>`);
    }
    await site.write("source/_posts/a.md", files["source/_posts/a.md"]);
    await site.publish(hint("source/_posts/a.md"));
    const whole = await world(
      { ...files, "source/_posts/two.md": two({ title: "Takeover", permalink: "/once-more/" }) },
      hexo,
    );
    await whole.publish();
    expect(await htmlOf(site, "A")).toBe(await htmlOf(whole, "A"));
  });
});

describe("of files of like names", () => {
  const linksFrom = async (files: { readonly [key: string]: string }, settings = "") => {
    const site = await world(files, `${SITE}limit: 50\n${settings}`);
    const report = await site.publish();
    return { links: await linksOf(site), html: await htmlOf(site), codes: codes(report) };
  };
  const one = (body: string) => post({ title: "One", date: "2026-01-01" }, body);
  const at = (permalink: string) => post({ title: permalink, permalink });

  test("a draft is not replaced by another post", async () => {
    const files = {
      "content/posts/a.md": one('[x](two.md) [y]({{< ref "two.md" >}})\n'),
      "content/posts/two.md": two({ draft: "true" }),
      "content/notes/two.md": two({ title: "Other" }),
    };
    const { html, codes } = await linksFrom(files, "dialect: hugo\n");
    expect(html).toBe("<p>x y</p>");
    expect(codes).toEqual(["template-link", "template-link"]);
  });

  test("the very file is meant", async () => {
    const { links } = await linksFrom({
      "posts/a.md": one("[x](my_post.md) [w](two.md) [v](two.markdown) [u](vue.md)\n"),
      "posts/my_post.md": at("/1/"),
      "posts/my-post.md": at("/2/"),
      "posts/Two.md": at("/3/"),
      "posts/two.md": at("/4/"),
      "posts/two.markdown": at("/5/"),
      "posts/vue.md": at("/6/"),
      "posts/vue.js.md": at("/7/"),
    });
    expect(links).toEqual(["1", "4", "5", "6"].map((path) => `https://example.com/${path}/`));
  });

  test("a link to the post in another language leads there; to Hugo it means the page of its own", async () => {
    const files = (folder: string) => ({
      [`${folder}/a.zh.md`]: post({ title: "One", date: "2026-01-01" }, "[English](hello.md)\n"),
      [`${folder}/hello.zh.md`]: post({ title: "你好", date: "2026-01-01", slug: "zh" }),
      [`${folder}/hello.md`]: post({ title: "Hello", date: "2026-01-01", slug: "hi" }),
    });
    const settings = "languages: [en, zh]\nlanguage: en\npermalink: /:slug/\n";
    expect((await linksFrom(files("posts"), settings)).links).toEqual(["https://example.com/hi/"]);
    expect((await linksFrom(files("content"), `${settings}dialect: hugo\n`)).links).toEqual([
      "https://example.com/zh/zh/",
    ]);
  });

  test("an address that only looks like a file's name stays", async () => {
    const { html } = await linksFrom(
      {
        "content/posts/a.md": one("[t](../tags/) [d](docs) [b](beside) [s](../../search)\n"),
        "content/posts/beside.md": at("/there/"),
        "content/notes/tags.md": at("/no/"),
        "content/notes/docs.md": at("/no2/"),
        "content/notes/search.md": two({ draft: "true" }),
      },
      "dialect: hugo\n",
    );
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual(
      [
        "https://example.com/posts/tags/",
        "https://example.com/posts/one/docs",
        "https://example.com/there/",
        "https://example.com/search",
      ].map((url) => url.replace("/posts/one/", "/posts/a/")),
    );
  });

  test("pages and sections that are no posts are led to", async () => {
    const { links, codes } = await linksFrom(
      {
        "content/posts/a.md": one(
          '[a](../about.md) [b]({{< ref "/about" >}}) [s](/posts/_index.md) [p]({{< ref "/posts" >}})\n',
        ),
        "content/about.md": "---\ntitle: About\n---\nText.\n",
        "content/posts/_index.md": "---\ntitle: Posts\n---\n",
      },
      "dialect: hugo\n",
    );
    const [about, posts] = ["https://example.com/about/", "https://example.com/posts/"];
    expect(links).toEqual([about, about, posts, posts]);
    expect(codes).toEqual(["date-missing"]);
  });

  test("each link leads where it says, and a picture or an address in full nowhere else", async () => {
    const files = {
      "posts/a.md": post(
        { title: "One", date: "2026-01-01", permalink: "/a" },
        "[x](two.md) [abs](https://example.com/two.md?) ![p](two.md)\n",
      ),
      "posts/two.md": at("/t1/"),
    };
    const { html } = await linksFrom(files);
    expect(html).toContain('<a href="https://example.com/t1/">x</a>');
    expect(html).toContain('<img src="https://example.com/two.md" alt="p">');
  });

  test("what stands before a tag in an address is part of what the tag gives", async () => {
    const { links } = await linksFrom(
      {
        "_posts/2026-01-01-a.md": one(
          "[y](https://example.com{% post_url 2026-01-02-b %}) [m](/blog{% post_url 2026-01-02-b %}#p) <a href=\"{{ '/' | relative_url }}{% post_url 2026-01-02-b %}\">z</a>\n",
        ),
        "_posts/2026-01-02-b.md": two({ permalink: "/b/" }),
      },
      "dialect: jekyll\n",
    );
    expect(links).toEqual(["https://example.com/b/", "https://example.com/b/#p", "https://example.com/b/"]);
  });
});

describe("brackets that are text stay", () => {
  test.each([
    [
      "hugo",
      "Before [[a rather long remark in double brackets, which is the text of the author and no link to a note at all]] after.",
    ],
    ["hugo", "<div>\n[[nodiscard]] int\n</div>"],
    ["plain", 'm[[i]], $[[E]] = 1$, [[:alpha:]], [[deprecated("x")]], `[[x]]`'],
  ])("to %s: %s", async (dialect, text) => {
    const site = await world(
      { "content/posts/one.md": post({ title: "One" }, `${text}\n`) },
      `${SITE}dialect: ${dialect}\nposts: ["content/**"]\n`,
    );
    expect((await site.publish()).problems).toEqual([]);
    const brackets = (await htmlOf(site)).match(/\[\[[^\]]*\]\]/g);
    expect(brackets).toEqual(
      text
        .replaceAll('"', "&quot;")
        .match(/\[\[[^\]]*\]\]/g)
        ?.map((each) => each.replaceAll("&quot;", '"')),
    );
  });
});

describe("very many links", () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => `[x](n${i}.md)\n`).join("\n");

  test("to no post are told of by a few warnings", async () => {
    const site = await world({ "posts/one.md": post({ title: "One" }, many(100)) });
    const { problems } = await site.publish();
    expect(problems.length).toBe(21);
    expect(problems.at(-1)?.message).toBe("80 more links like these follow");
  });

  test("are not followed, which is told", async () => {
    const site = await world({ "posts/one.md": post({ title: "One" }, many(1001)) });
    const messages = (await site.publish()).problems.map(({ message }) => message);
    expect(messages).toContain("of links to other posts only the first 1000 are followed");
  });
});
