/** The preview's own pages: posts, one entry as a feed reader shows it, problems. */
import { request as ask } from "node:http";
import { describe, expect, test } from "vitest";
import { tagIn } from "../../lib/preview/inject.ts";
import { jsonItem, xmlItem } from "../../lib/preview/own/item.ts";
import { open, POST, SITE, until } from "./opened.ts";

const FILES = { "site.yaml": SITE, "posts/a.md": POST };
const ENTRIES = "/.dripfeed/entries";

const draft = (more = "") => POST.replace("title: First water", `title: Secret water\ndraft: true${more}`);

describe("the list of entries", () => {
  test("has every post, with what keeps it from being published", async () => {
    const { read } = await open({
      ...FILES,
      "posts/draft.md": draft(),
      "posts/later.md": POST.replace("2024-01-02", "2999-01-02").replace("First", "Later"),
      "posts/bad.md": POST.replace("2024-01-02", "soon").replace("First", "Bad"),
      "posts/locked.md": POST.replace("tags", "password: x\ntags").replace("First", "Locked"),
    });
    const page = await read(ENTRIES);
    const rows = [...page.matchAll(/<tr><td>[\s\S]*?<\/tr>/g)].map(([row]) => row.replace(/<[^>]*>/g, " "));
    const statusOf = (title: string) => rows.find((row) => row.includes(title));
    expect(page).toContain("1 post published, 4 not.");
    expect(statusOf("First water")).toContain("public");
    expect(statusOf("Secret water")).toContain("hidden: a draft");
    expect(statusOf("Later water")).toContain("future: due 2999-01-02T00:00:00Z");
    expect(statusOf("Bad water")).toMatch(/broken\s+1 problem/);
    expect(statusOf("Locked water")).toContain("hidden: it has a password");
  });

  test("has the day of each post in the time zone of the site", async () => {
    const early = POST.replace("2024-01-02", "2024-01-02T07:10:00+08:00");
    const { read } = await open({ "site.yaml": `${SITE}timezone: Asia/Shanghai\n`, "posts/a.md": early });
    expect(await read(ENTRIES)).toContain('<td class="date">2024-01-02</td>');
  });

  test("leads to each post, whatever its file is called", async () => {
    const { read, origin } = await open({ ...FILES, "posts/滴灌 50%?#é.md": POST.replace("First", "Strange") });
    const [, path = ""] = /href="([^"]*)"><bdi>Strange water/.exec(await read(ENTRIES)) ?? [];
    const response = await fetch(origin + path);
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining("posts/滴灌 50%?#é.md")]);
  });

  test("is there while site.yaml is broken", async () => {
    const { write, read, printed } = await open(FILES);
    await write("site.yaml", "title: [");
    await until(() => printed.length > 2);
    expect(await read(ENTRIES)).toContain("1 post published, 0 not.");
  });
});

describe("the page of an entry", () => {
  test("has its text, its ids and dates as each format has them, its items and its channels", async () => {
    const { read, origin } = await open(FILES);
    const page = await read(`${ENTRIES}/posts/a.md`);
    expect(page).toContain("<p>Words.</p>\n</template>");
    const row = (name: string) =>
      [...(new RegExp(`>${name}</th>(.*?)</tr>`).exec(page)?.[1] ?? "").matchAll(/<td>(.*?)<\/td>/g)].map(
        ([, cell]) => cell,
      );
    const id = "<div>tag:example.com,2020:posts/a</div>";
    expect(row("Id")).toEqual([id, id, id]);
    const iso = "<div>2024-01-02T00:00:00Z</div>";
    expect(row("Published")).toEqual(["<div>Tue, 02 Jan 2024 00:00:00 GMT</div>", iso, iso]);
    expect(row("Tags")).toEqual(["<div>x</div>", "<div>x</div>", "<div>x</div>"]);
    expect(page).toContain("&lt;item&gt;\n    &lt;title&gt;First water&lt;/title&gt;");
    expect(page).toContain("&lt;entry");
    expect(page).toContain('"title": "First water"');
    for (const path of ["", "tags/x/", "archive/2024-01/rss.xml"]) expect(page).toContain(`"${origin}/feeds/${path}"`);
  });

  test("has the footer of the site, as feeds have", async () => {
    const { read } = await open({ ...FILES, "site.yaml": `${SITE}footer: Thank you\n` });
    expect(await read(`${ENTRIES}/posts/a.md`)).toMatch(/Thank you[\s\S]*<\/template>/);
  });

  test("says where the feeds carry the summary alone", async () => {
    const { read } = await open({ ...FILES, "site.yaml": `${SITE}content: summary\n` });
    const page = await read(`${ENTRIES}/posts/a.md`);
    expect(page).toContain("The feeds carry the summary alone.");
    expect(page).not.toContain("</template>");
  });

  test("has players for recordings, which load nothing until asked", async () => {
    const media = "enclosure: { url: /media/a.mp3, length: 5, type: audio/mpeg }\ntags";
    const { read, origin } = await open({
      ...FILES,
      "posts/a.md": POST.replace("tags", media),
      "media/a.mp3": "sound",
    });
    expect(await read(`${ENTRIES}/posts/a.md`)).toContain(
      `<audio controls preload="none" src="${origin}/media/a.mp3">`,
    );
  });

  test("has one player for a recording that the text plays itself", async () => {
    const player = '<video controls="" src="/media/a.mp4?x=1&amp;y=2"></video>';
    const { read } = await open({
      ...FILES,
      "posts/a.md": POST.replace("tags", "video: /media/a.mp4?x=1&y=2\ntags").replace("Words.", player),
    });
    const page = await read(`${ENTRIES}/posts/a.md`);
    expect(page).toContain("Enclosures");
    expect(page.match(/<video /g)).toHaveLength(1);
  });

  test("shows a draft as it would be, with its links, and says that it is not published", async () => {
    const { read } = await open({ ...FILES, "posts/draft.md": draft().replace("Words.", "See [it](a.md), *now*.") });
    const page = await read(`${ENTRIES}/posts/draft.md`);
    expect(page).toContain("Not published:</b> hidden: a draft");
    expect(page).toContain('See <a href="https://example.com/2024/01/02/a/">it</a>, <em>now</em>.');
    expect(page).not.toContain("In the feeds");
    expect(await read("/feeds/rss.xml")).not.toContain("Secret water");
  });

  test("has the problems of its file, with the lines and what to do", async () => {
    const { read } = await open({ ...FILES, "posts/bad.md": POST.replace("2024-01-02", "soon") });
    const page = await read(`${ENTRIES}/posts/bad.md`);
    expect(page).toMatch(/the date "soon" cannot be read[\s\S]*&gt; 3 \| date: soon[\s\S]*Fix:<\/b> write the date as/);
  });

  test("is called by the title of a broken post, and has its errors first", async () => {
    const bad = POST.replace("2024-01-02", "soon").replace("Words.", "{{< nothing >}}");
    const { read } = await open({ ...FILES, "posts/bad.md": bad });
    const page = await read(`${ENTRIES}/posts/bad.md`);
    expect(page).toContain("<h1>First water</h1>");
    expect([...page.matchAll(/<b class="(error|warning)">\1:/g)].map(([, severity]) => severity)).toEqual([
      "error",
      "warning",
    ]);
    expect(page).toContain("<code>nothing: drop</code>");
  });

  test("follows the file", async () => {
    const { write, shows } = await open({ ...FILES, "posts/draft.md": draft() });
    await write("posts/draft.md", draft().replace("Words.", "Other words."));
    await shows(`${ENTRIES}/posts/draft.md`, "Other words.");
  });

  test("runs nothing, whatever the post says", async () => {
    const evil = '<script>alert(1)</script><img src="x" onerror="alert(2)"></template><p style="color:red">x</p>';
    const title = 'title: "<script>alert(3)</script>"';
    const { origin } = await open({
      ...FILES,
      "posts/a.md": POST.replace("title: First water", title).replace("Words.", evil),
    });
    for (const path of [ENTRIES, `${ENTRIES}/posts/a.md`]) {
      const response = await fetch(origin + path);
      const page = await response.text();
      expect(page).not.toMatch(/<script>alert|onerror=|<\/template><p/);
      const policy = response.headers.get("content-security-policy") ?? "";
      expect(policy).toMatch(/(?:^|; )default-src 'none'/);
      expect(policy).toMatch(/(?:^|; )script-src 'sha256-[^' ]*'(?:;|$)/);
      expect(policy).not.toContain("unsafe");
    }
  });

  test("leads nowhere else, sends nothing, and is shown in no page of another", async () => {
    const evil = [
      '<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example/">',
      '<form action="https://evil.example/"><button formaction="https://evil.example/">x</button></form>',
      '<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"></iframe><svg><style></template><a>x</style></svg>',
      '<template shadowrootmode="open"><link rel="stylesheet" href="https://evil.example/"></template></div></body>',
      '<aside id="dripfeed" data-tag="evil"><a href="java&#10;script:alert(1)">x</a></aside>',
    ].join("\n\n");
    const { origin } = await open({ ...FILES, "posts/a.md": POST.replace("Words.", `Words.\n\n${evil}`) });
    const response = await fetch(`${origin}${ENTRIES}/posts/a.md`, { headers: { origin: "http://localhost:8000" } });
    const { headers } = response;
    const page = await response.text();
    const [, text = ""] = /<template shadowrootmode="open">(.*?)<\/template>/s.exec(page) ?? [];
    expect(text).toContain("Words.");
    expect(text).not.toMatch(/<(?:base|meta|form|button|iframe|svg|template|link|body)|<aside id|script:|data-tag/);
    expect(page.match(/<\/template>/g)).toHaveLength(1);
    expect(tagIn(page)).toMatch(/^(?!evil)/);
    expect(headers.get("content-security-policy")).toMatch(
      /base-uri 'none'; form-action 'none'; frame-ancestors 'none'/,
    );
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });

  test("is not there for another host name", async () => {
    const { origin } = await open(FILES);
    const { hostname, port } = new URL(origin);
    for (const path of [ENTRIES, "/.dripfeed/events"]) {
      const status = await new Promise((resolve, reject) => {
        const headers = { host: "evil.example" };
        ask({ hostname, port, path, headers }, (response) => resolve(response.resume().statusCode))
          .on("error", reject)
          .end();
      });
      expect(status).toBe(421);
    }
  });

  test("is not there for a file that is no post", async () => {
    const { origin } = await open(FILES);
    for (const path of ["site.yaml", "posts/b.md", "..%2f..%2fetc%2fpasswd", "%ff"]) {
      expect([400, 404]).toContain((await fetch(`${origin}${ENTRIES}/${path}`)).status);
    }
  });
});

describe("the page of problems", () => {
  test("has every cause with its count, errors first, and links to the posts", async () => {
    const bad = POST.replace("2024-01-02", "soon");
    const odd = POST.replace("Words.", "See [it](/nowhere.md) {{< nothing >}}.");
    const { read } = await open({ ...FILES, "posts/b.md": bad, "posts/c.md": bad, "posts/d.md": odd });
    const page = await read("/.dripfeed/problems");
    const headings = [...page.matchAll(/<h2 class="(\w+)">([^<]*)/g)].map(([, severity, text]) => [severity, text]);
    expect(headings[0]).toEqual(["error", "2 errors: date-unreadable"]);
    expect(page).toContain(`<a href="${ENTRIES}/posts/b.md">posts/b.md, line 3</a>`);
  });

  test("shows what is wrong in another way, however much of the same code comes before it", async () => {
    const of = (name: string, key: string) => [`posts/${name}.md`, POST.replace("tags", key)];
    const many = Array.from({ length: 25 }, (_, i) => of(`many-${i}`, "tgas"));
    const { read } = await open({ ...FILES, ...Object.fromEntries([...many, of("z", "catgories")]) });
    const page = await read("/.dripfeed/problems");
    expect(page.match(/… and \d+ more of the same cause/g)).toEqual(["… and 5 more of the same cause"]);
    expect(page).toContain("posts/z.md, line 4");
  });

  test("says so when nothing is wrong, and is there before there is a site", async () => {
    const { read } = await open(FILES);
    expect(await read("/.dripfeed/problems")).toContain("Nothing is wrong with the content.");
    const empty = await open({ "posts/a.md": POST });
    expect(await empty.read("/.dripfeed/problems")).toMatch(/site\.yaml[\s\S]*Fix:/);
  });
});

describe("an item", () => {
  const rss = (items: string) =>
    `<?xml version="1.0"?>\n<rss version="2.0"><channel><title>T</title>\n${items}\n</channel></rss>`;

  test("of RSS is the one with the id, even where texts look like items", () => {
    const first = "<item><guid>1</guid><description><![CDATA[</item><item><guid>2</guid>]]></description></item>";
    const second = "  <item>\n    <guid>2</guid>\n    <title>a &amp; b</title>\n  </item>";
    const found = xmlItem(rss(`${first}\n${second}`), "2");
    expect(found?.source).toBe("<item>\n  <guid>2</guid>\n  <title>a &amp; b</title>\n</item>");
    expect(found?.shown.get("Title")).toEqual(["a & b"]);
    expect(xmlItem(rss(first), "2")).toBeUndefined();
  });

  test("of Atom has the link that leads to its page", () => {
    const links = '<link rel="enclosure" href="https://e.example/a.mp3"/><link href="https://e.example/"/>';
    const found = xmlItem(
      `<feed><id>f</id><entry xml:lang="zh"><id>1</id>${links}<category term="t"/></entry></feed>`,
      "1",
    );
    expect(found?.shown).toEqual(
      new Map([
        ["Language", ["zh"]],
        ["Id", ["1"]],
        ["Link", ["https://e.example/"]],
        ["Tags", ["t"]],
      ]),
    );
  });

  test("of JSON Feed has the names of its authors", () => {
    const text = JSON.stringify({
      items: [{ id: "1", authors: [{ name: "Ada" }, { name: "Lin" }], content_html: "<p>x</p>" }],
    });
    const found = jsonItem(text, "1");
    expect([found?.shown.get("Authors"), found?.html]).toEqual([["Ada", "Lin"], "<p>x</p>"]);
    expect(jsonItem(text, "2")).toBeUndefined();
  });
});
