/** Known faults of the libraries `feed` and `marked`: each is shown, and that our documents do not have it. */
import { Feed } from "feed";
import { marked } from "marked";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { post, SITE, world } from "../support/world.ts";

async function published(front: { readonly [key: string]: string }, body?: string, site?: string) {
  const made = await world({ "posts/a.md": post(front, body) }, site);
  const report = await made.publish();
  expect(report.records).toMatchObject({ public: 1 });
  const [rss = "", atom = "", json = ""] = await Promise.all(["rss.xml", "atom.xml", "feed.json"].map(made.read));
  return { rss, atom, json };
}

function isWellFormed(xml: string): boolean {
  try {
    const parser = new SaxesParser({ xmlns: true });
    parser.on("error", (error) => {
      throw error;
    });
    parser.write(xml).close();
    return true;
  } catch {
    return false;
  }
}

const naive = (item: Partial<Parameters<Feed["addItem"]>[0]>, options = {}) => {
  const feed = new Feed({
    title: "T",
    id: "https://example.com/",
    link: "https://example.com/",
    updated: new Date(0),
    ...options,
  });
  feed.addItem({ title: "t", link: "https://example.com/a", date: new Date(0), ...item });
  return feed;
};

describe("feed", () => {
  test("splits only the first ]]>", async () => {
    expect(isWellFormed(naive({ content: "]]> ]]>" }).rss2())).toBe(false);
    const { rss, atom } = await published({ title: '"]]> ]]>"', description: '"]]> ]]>"' }, "`]]> ]]>`\n");
    expect([isWellFormed(rss), isWellFormed(atom)]).toEqual([true, true]);
  });

  test("passes control characters, of which one makes the whole feed malformed", async () => {
    expect(isWellFormed(naive({ content: "\u0008" }).atom1())).toBe(false);
    const { rss, atom } = await published({ title: '"a\\u0008b"' }, "a\u0008b\n");
    expect([isWellFormed(rss), isWellFormed(atom)]).toEqual([true, true]);
    expect(atom).toContain("<title>ab</title>");
  });

  test("leaves < bare in category attributes", async () => {
    expect(isWellFormed(naive({ category: [{ term: "<b>" }] }).atom1())).toBe(false);
    const { atom } = await published({ tags: "['<b> & \"c\"']" });
    expect(atom).toContain(' term="&lt;b&gt; &amp; &quot;c&quot;"/>');
  });

  test("turns a written &amp; into & in channel titles", async () => {
    expect(naive({}, { title: "a &amp; b" }).rss2()).toContain("<title>a &amp; b</title>");
    const { rss, atom } = await published({}, undefined, SITE.replace("Field notes", "a &amp; b"));
    expect([rss, atom].every((xml) => xml.includes("<title>a &amp;amp; b</title>"))).toBe(true);
  });

  test("marks Atom titles as HTML", async () => {
    expect(naive({ title: "a < b" }).atom1()).toContain('<title type="html"><![CDATA[a < b]]></title>');
    expect((await published({ title: "a <b> c" })).atom).toContain("<title>a &lt;b&gt; c</title>");
  });

  test("rewrites ids in Atom but not in RSS", async () => {
    const id = "http://EXAMPLE.com/%7Ea";
    expect(naive({ id }).atom1()).not.toContain(id);
    const { rss, atom, json } = await published({ id });
    expect([rss, atom, json].every((text) => text.includes(id))).toBe(true);
  });

  test("throws on a plain id", async () => {
    expect(() => naive({ id: "42" }).atom1()).toThrow();
    expect((await published({ id: "42" })).atom).toContain("<id>tag:example.com,2020:id:42</id>");
  });

  test("writes a name without an e-mail address into RSS `author`, which demands one", async () => {
    expect(naive({ author: [{ name: "Ada" }] }).rss2()).toContain("<author>Ada</author>");
    const { rss } = await published({ author: "Ada" });
    expect(rss).toContain("<dc:creator>Ada</dc:creator>");
    expect(rss).not.toContain("<author>");
  });

  test("declares no namespaces in RSS without items", async () => {
    const empty = await world();
    await empty.publish();
    expect(await empty.read("rss.xml")).toContain('xmlns:dc="http://purl.org/dc/elements/1.1/"');
  });

  test("supports one hub, no xml:lang, and JSON Feed 1 only", async () => {
    const { rss, atom, json } = await published(
      { lang: "zh-CN" },
      undefined,
      `${SITE}hubs: [https://a.example/, https://b.example/]\n`,
    );
    expect(rss.match(/rel="hub"/g)).toHaveLength(2);
    expect(atom.match(/rel="hub"/g)).toHaveLength(2);
    expect(atom).toContain('<entry xml:lang="zh-CN">');
    expect(JSON.parse(json)).toMatchObject({
      version: "https://jsonfeed.org/version/1.1",
      hubs: [
        { type: "WebSub", url: "https://a.example/" },
        { type: "WebSub", url: "https://b.example/" },
      ],
    });
  });

  test("dates a feed by the clock; ours are dated by their content, in formats that every parser understands", async () => {
    const { rss, atom } = await published({ date: "2020-10-15T08:20:25+08:00" });
    expect(rss).toContain("<pubDate>Thu, 15 Oct 2020 00:20:25 GMT</pubDate>");
    expect(rss).toContain("<lastBuildDate>Thu, 15 Oct 2020 00:20:25 GMT</lastBuildDate>");
    expect(atom.match(/<(?:updated|published)>2020-10-15T00:20:25Z</g)).toHaveLength(3);
    expect(rss + atom).not.toMatch(/&#/);
  });
});

describe("marked", () => {
  test("is configured globally by marked.use, which does not change our instance", async () => {
    marked.use({ renderer: { paragraph: () => "<p>somebody else's</p>" } });
    expect((await published({}, "Ours.\n")).rss).toContain("<p>Ours.</p>");
  });

  test("keeps javascript: links and raw scripts", async () => {
    expect(marked.parseInline("[a](javascript:alert)")).toContain("javascript:");
    const { json } = await published({}, "[a](javascript:alert) <script>alert(1)</script>\n");
    expect(json).not.toMatch(/javascript:|<script|alert/);
  });
});
