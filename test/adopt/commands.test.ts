/** `dripfeed adopt` and `dripfeed ids` as people and scripts use them. */
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { readXmlFeed } from "../../lib/adopt/xmlfeed.ts";
import { main } from "../../lib/cli.ts";
import { keepIds } from "../../lib/terminal/adoption.ts";
import { SITE } from "../support/world.ts";

const folders: string[] = [];
const pages = new Map<string, string | ((origin: string) => string)>();
const asked: string[] = [];
let server: Server;
let origin = "";

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const page = pages.get(request.url ?? "");
    if (request.url?.startsWith("/moved")) return response.writeHead(301, { location: "/feed/" }).end();
    if (page === undefined) return response.writeHead(404).end("<html>not here</html>");
    return response.end(typeof page === "string" ? page : page(origin));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const NAMES = ["one", "two", "three"];

/** Three posts, and the feed of a former system that carries them. */
function freshSite(): string {
  const folder = mkdtempSync(join(tmpdir(), "dripfeed-adopt-"));
  folders.push(folder);
  mkdirSync(join(folder, "content/posts"), { recursive: true });
  writeFileSync(join(folder, "content/site.yaml"), SITE);
  NAMES.forEach((name, i) => {
    writeFileSync(
      join(folder, `content/posts/${name}.md`),
      `---\ntitle: Post ${name}\ndate: 2024-01-0${i + 1}\n---\nWords.\n`,
    );
  });
  writeFileSync(join(folder, "old.xml"), feedOf(NAMES));
  return folder;
}

const itemOf = (name: string) =>
  `<item><title>Post ${name}</title><link>https://example.com/2024/01/0${NAMES.indexOf(name) + 1}/${name}/</link>
<guid isPermaLink="false"> ${name} &amp; co</guid><pubDate>Mon, 0${NAMES.indexOf(name) + 1} Jan 2024 00:00:00 GMT</pubDate></item>`;
const feedOf = (names: readonly string[], head = "") =>
  `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>t</title>${head}${names.map(itemOf).join("")}</channel></rss>`;
const linkTo = (rel: string, href: string) => `<atom:link rel="${rel}" href="${href}"/>`;

/** Runs in this process, on the stores and files of `folder`: starting a process for each call is slow. */
async function dripfeed(folder: string, ...args: readonly string[]) {
  const output = { stdout: "", stderr: "" };
  for (const name of ["npm_lifecycle_event", "npm_command"]) vi.stubEnv(name, undefined);
  const listen = (name: "stdout" | "stderr") =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      output[name] += String(text);
      return true;
    });
  const spies = [listen("stdout"), listen("stderr")];
  const stores = args[0] === "ids" ? ["content", "state"] : ["content", "public", "state"];
  const places: { readonly [store: string]: string } = { state: ".dripfeed" };
  try {
    const status = await main([
      ...args.map((arg) => (/^[^/]+\.(?:xml|html|jsonl)$/.test(arg) ? join(folder, arg) : arg)),
      ...stores.flatMap((name) => [`--${name}`, join(folder, places[name] ?? name)]),
    ]);
    const [stdout, stderr] = [output.stdout, output.stderr].map((text) => text.replaceAll(`${folder}/`, ""));
    return { status, stdout: stdout ?? "", stderr: stderr ?? "" };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const guids = (folder: string) =>
  readXmlFeed(readFileSync(join(folder, "public/rss.xml"), "utf8"))
    ?.entries.map(({ id }) => id)
    .toSorted();
const FORMER = NAMES.map((name) => ` ${name} & co`).toSorted();

describe("dripfeed adopt", () => {
  test("shows what matched and what did not, and the next publish uses the ids", async () => {
    const folder = freshSite();
    writeFileSync(join(folder, "content/posts/new.md"), "---\ntitle: New\ndate: 2024-05-05\n---\nWords.\n");
    const gone = `<item><title>Gone</title><link>https://example.com/gone/</link></item>`;
    writeFileSync(join(folder, "old.xml"), feedOf(NAMES).replace("</channel>", `${gone}</channel>`));
    const { status, stdout, stderr } = await dripfeed(folder, "adopt", "old.xml");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toBe(`old.xml: rss, 4 entries

matched (3)
  posts/one.md
    rss  by link:  one & co
  posts/two.md
    rss  by link:  two & co
  posts/three.md
    rss  by link:  three & co

entries of which no id is kept (1)
  rss "Gone" https://example.com/gone/: no post has its link, slug, or title and date

posts that match no entry: they get new ids, and readers see them as new, unless --by-address is given (1)
  posts/new.md

kept the ids of 3 posts in content/ids.jsonl
next, if the former feed once carried the 1 other post: dripfeed adopt old.xml --content content --public public --state .dripfeed --by-address
Next:
  dripfeed publish --content content --public public --state .dripfeed
  dripfeed ids export --content content --state .dripfeed
The last adds the ids of all other posts; commit the file with the content
`);
    expect(readdirSync(folder)).not.toContain(".dripfeed");
    expect((await dripfeed(folder, "publish")).status).toBe(0);
    expect(guids(folder)).toEqual([...FORMER, "tag:example.com,2020:posts/new"]);
  });

  test("names posts that the former feed carried, and that are hidden", async () => {
    const folder = freshSite();
    writeFileSync(join(folder, "content/posts/two.md"), "---\ntitle: Two\ndate: 2024-01-02\nhidden: true\n---\n");
    const { stdout } = await dripfeed(folder, "adopt", "old.xml", "--dry-run");
    expect(stdout).toMatch(/^posts that the former feed carried, and that are hidden now.*\(1\)\n {2}posts\/two\.md$/m);
  });

  test("names the permalink where entries are at other addresses than the posts", async () => {
    const folder = freshSite();
    writeFileSync(join(folder, "old.xml"), feedOf(NAMES).replaceAll("example.com/2024", "example.com/blog/2024"));
    const { stdout } = await dripfeed(folder, "adopt", "old.xml", "--dry-run");
    expect(stdout).toContain("write `permalink: /blog/:year/:month/:day/:slug/` in site.yaml, and adopt again (3)\n");
    writeFileSync(join(folder, "content/site.yaml"), `${SITE}permalink: /blog/:year/:month/:day/:slug/\n`);
    expect((await dripfeed(folder, "adopt", "old.xml", "--dry-run")).stdout).not.toContain("permalink");
  });

  test("--dry-run keeps nothing, --json lists everything", async () => {
    const folder = freshSite();
    const { status, stdout } = await dripfeed(folder, "adopt", "old.xml", "--dry-run", "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ dryRun: true, posts: 3, feeds: [{ source: "old.xml", format: "rss", pages: 1, entries: 3 }] },
      matches: [{ key: "posts/one.md", by: "link", format: "rss", id: " one & co" }, {}, {}],
      ...{ entriesWithoutPost: [], postsWithoutEntry: [], otherDates: [] },
    });
    expect(readdirSync(folder).sort()).toEqual(["content", "old.xml"]);
    expect(readdirSync(join(folder, "content")).sort()).toEqual(["posts", "site.yaml"]);
  });

  test("keeps the ids of drafts, and does not list drafts without an entry", async () => {
    const folder = freshSite();
    writeFileSync(
      join(folder, "content/posts/one.md"),
      "---\ntitle: Post one\ndate: 2024-01-01\ndraft: true\n---\nWords.\n",
    );
    writeFileSync(
      join(folder, "content/posts/idea.md"),
      "---\ntitle: Idea\ndate: 2024-01-09\ndraft: true\n---\nWords.\n",
    );
    const { stdout } = await dripfeed(folder, "adopt", "old.xml", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ posts: 3, postsWithoutEntry: [] });
  });

  test("a second time adds to the first", async () => {
    const folder = freshSite();
    writeFileSync(join(folder, "1.xml"), feedOf(["one"]));
    writeFileSync(join(folder, "2.xml"), feedOf(["two", "three"]));
    await dripfeed(folder, "adopt", "1.xml");
    await dripfeed(folder, "adopt", "2.xml");
    await dripfeed(folder, "publish");
    expect(guids(folder)).toEqual(FORMER);
  });

  test("refuses once feeds are published and says what would happen, unless --force is given", async () => {
    const folder = freshSite();
    await dripfeed(folder, "publish");
    const before = guids(folder);
    for (const flags of [[], ["--dry-run"]]) {
      const { status, stdout } = await dripfeed(folder, "adopt", "old.xml", ...flags);
      expect(status).toBe(3);
      expect(stdout).toContain(`refused: the feeds are published already: 3 of their 3 posts would get another id, \
and every reader would see them as new
  fix: add --force if nobody reads the new feeds yet, or if the former ids matter more
`);
    }
    expect((await dripfeed(folder, "publish")).stdout).toContain("nothing to do");
    expect(guids(folder)).toEqual(before);
    expect((await dripfeed(folder, "adopt", "old.xml", "--force")).status).toBe(0);
    await dripfeed(folder, "publish");
    expect(guids(folder)).toEqual(FORMER);
  });

  test("needs no --force the second time where guids are permalinks, and another format has ids", async () => {
    const folder = freshSite();
    writeFileSync(
      join(folder, "old.xml"),
      `<rss version="2.0"><channel><item><link>https://example.com/2024/01/01/one/</link><guid>https://example.com/2024/01/01/one/</guid></item></channel></rss>`,
    );
    writeFileSync(
      join(folder, "atom.xml"),
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://example.com/2024/01/01/one/"/><id>urn:one</id></entry></feed>`,
    );
    await dripfeed(folder, "adopt", "old.xml", "atom.xml");
    await dripfeed(folder, "publish");
    for (const feed of ["old.xml", "atom.xml"]) {
      expect(await dripfeed(folder, "adopt", feed)).toMatchObject({ status: 0 });
    }
  });

  test("believes the feed that is named first, where two give one post two ids", async () => {
    const folder = freshSite();
    writeFileSync(join(folder, "older.xml"), feedOf(NAMES).replaceAll("&amp; co", "of old"));
    const { status, stdout } = await dripfeed(folder, "adopt", "old.xml", "older.xml", "--dry-run");
    expect(status).toBe(0);
    expect(stdout).toContain("entries of which no id is kept (3)\n");
    expect(stdout).toContain("/one/: a feed named before gives it the id  one & co\n");
    expect(stdout).toContain("would keep the ids of 3 posts");
    await dripfeed(folder, "adopt", "older.xml", "old.xml");
    await dripfeed(folder, "publish");
    expect(guids(folder)).toEqual(NAMES.map((name) => ` ${name} of old`).toSorted());
  });

  test("does not list posts whose ids are in the file as posts that get new ones", async () => {
    const folder = freshSite();
    writeFileSync(join(folder, "content/posts/new.md"), "---\ntitle: New\ndate: 2024-05-05\n---\nWords.\n");
    await dripfeed(folder, "publish");
    await dripfeed(folder, "ids", "export");
    expect((await dripfeed(folder, "adopt", "old.xml", "--dry-run", "--force")).stdout).not.toContain("posts/new.md");
  });

  test("exits 1 and keeps nothing when no entry matches a post", async () => {
    const folder = freshSite();
    writeFileSync(join(folder, "other.xml"), feedOf(["one"]).replaceAll(/one/g, "other").replace(" Jan ", " Dec "));
    const { status, stdout } = await dripfeed(folder, "adopt", "other.xml");
    expect(status).toBe(1);
    expect(stdout).toContain("refused: no entry matches a post, so there is no id to keep\n  fix: check --content");
    expect(readdirSync(folder)).not.toContain(".dripfeed");
  });

  test("names every source that cannot be read", async () => {
    const folder = freshSite();
    writeFileSync(join(folder, "page.html"), "<html><body>no feed</body></html>");
    const { status, stderr } = await dripfeed(
      folder,
      "adopt",
      "none.xml",
      "page.html",
      `${origin}/none`,
      "http://127.0.0.1:1/",
    );
    expect(status).toBe(2);
    expect(stderr).toMatch(/^dripfeed: none.xml: there is no such file/);
    expect(stderr).toMatch(/\ndripfeed: page.html: it is not an RSS, Atom or JSON feed/);
    expect(stderr).toContain(
      `\ndripfeed: ${origin}/none: the server answered 404 Not Found: correct the address, or save the feed and name the file\n`,
    );
    expect(stderr).toMatch(/\ndripfeed: http:\/\/127.0.0.1:1\/: it cannot be fetched: /);
    expect((await dripfeed(folder, "adopt")).stderr).toContain(
      "<feed...> is missing (each feed of the former system: a file or a URL): write dripfeed adopt <feed...>",
    );
  });
});

const FEEDS = ["rss.xml", "atom.xml", "feed.json"];
const feeds = (folder: string) => FEEDS.map((file) => readFileSync(join(folder, "public", file), "utf8"));
const ledgerOf = (folder: string) => readFileSync(join(folder, "content/ids.jsonl"), "utf8");

/** Another machine, which has the content alone. */
function cloneOf(folder: string): string {
  const clone = mkdtempSync(join(tmpdir(), "dripfeed-clone-"));
  folders.push(clone);
  cpSync(join(folder, "content"), join(clone, "content"), { recursive: true });
  return clone;
}

describe("ids.jsonl in the content", () => {
  test("is all that an empty machine needs to keep every id", async () => {
    const folder = freshSite();
    await dripfeed(folder, "adopt", "old.xml");
    const clone = cloneOf(folder);
    expect((await dripfeed(clone, "publish")).status).toBe(0);
    expect(guids(clone)).toEqual(FORMER);
  });

  test("keeps ids and dates when the state is lost, though posts were edited, and files renamed since", async () => {
    const folder = freshSite();
    const text = (words: string) => `---\ntitle: Post two\ndate: 2024-01-02\nslug: two\n---\n${words}.\n`;
    writeFileSync(join(folder, "content/posts/two.md"), text("Words"));
    await dripfeed(folder, "adopt", "old.xml");
    await dripfeed(folder, "publish");
    writeFileSync(join(folder, "content/posts/two.md"), text("Other words"));
    await dripfeed(folder, "publish", "--now", "2026-06-01T00:00:00Z");
    expect((await dripfeed(folder, "ids", "export")).stdout).toBe(
      "content/ids.jsonl has the ids of 3 posts: commit the file with the content\n",
    );
    renameSync(join(folder, "content/posts/two.md"), join(folder, "content/posts/2024-01-02-renamed.md"));
    const clone = cloneOf(folder);
    await dripfeed(clone, "publish", "--now", "2026-07-01T00:00:00Z");
    expect(feeds(clone)).toEqual(feeds(folder));
  });

  test("is merged with by adopt, and left as it is where a line cannot be read", async () => {
    const folder = freshSite();
    writeFileSync(
      join(folder, "content/ids.jsonl"),
      `{"dripfeed":"ids","format":1}\n{"key":"posts/one.md","id":"urn:1"}\n`,
    );
    await dripfeed(folder, "adopt", "old.xml");
    expect(ledgerOf(folder).split("\n")[1]).toBe(
      `{"key":"posts/one.md","url":"https://example.com/2024/01/01/one/","id":"urn:1","rss":" one & co"}`,
    );
    const damaged = `${ledgerOf(folder)}<<<<<<< HEAD\n`;
    writeFileSync(join(folder, "content/ids.jsonl"), damaged);
    for (const words of [
      ["adopt", "old.xml"],
      ["ids", "check"],
      ["ids", "export", "-"],
    ]) {
      const { status, stdout } = await dripfeed(folder, ...words);
      expect([status, stdout]).toEqual([
        1,
        expect.stringContaining("ids.jsonl:5: error: a merge left its mark here\n"),
      ]);
    }
    expect(ledgerOf(folder)).toBe(damaged);
  });

  test("is given what --force changes, so that it and the records agree", async () => {
    const folder = freshSite();
    await dripfeed(folder, "publish");
    await dripfeed(folder, "ids", "export");
    const before = ledgerOf(folder);
    expect((await dripfeed(folder, "adopt", "old.xml")).status).toBe(3);
    expect(ledgerOf(folder)).toBe(before);
    await dripfeed(folder, "adopt", "old.xml", "--force");
    await dripfeed(folder, "publish");
    expect((await dripfeed(folder, "ids", "check")).status).toBe(0);
    expect(guids(folder)).toEqual(FORMER);
  });

  test("needs no --force once it is published, if no id that readers know changes; the state stays as it is", async () => {
    const folder = freshSite();
    const draft = "---\ntitle: Post three\ndate: 2024-01-03\ndraft: true\n---\nWords.\n";
    writeFileSync(join(folder, "content/posts/three.md"), draft);
    writeFileSync(join(folder, "first.xml"), feedOf(NAMES.slice(0, 2)));
    await dripfeed(folder, "adopt", "first.xml");
    await dripfeed(folder, "publish");
    const before = readFileSync(join(folder, ".dripfeed/head.json"), "utf8");
    expect((await dripfeed(folder, "adopt", "old.xml")).status).toBe(0);
    expect(readFileSync(join(folder, ".dripfeed/head.json"), "utf8")).toBe(before);
    writeFileSync(join(folder, "content/posts/three.md"), draft.replace("draft: true\n", ""));
    await dripfeed(folder, "publish");
    expect(guids(folder)).toEqual(FORMER);
  });
});

test("a file in a bucket is to be copied into the folder, which the next push compares with it", () => {
  expect(keepIds("s3://bucket/ids.jsonl")).toBe("copy the file into the folder that you push");
  expect(keepIds("content/ids.jsonl")).toBe("commit the file with the content");
});

describe("dripfeed ids check", () => {
  test("ends with 0 where file and records agree, drafts that wait included", async () => {
    const folder = freshSite();
    writeFileSync(
      join(folder, "content/posts/one.md"),
      "---\ntitle: Post one\ndate: 2024-01-01\ndraft: true\n---\nx\n",
    );
    await dripfeed(folder, "adopt", "old.xml");
    await dripfeed(folder, "publish");
    await dripfeed(folder, "ids", "export");
    expect(await dripfeed(folder, "ids", "check")).toMatchObject({
      status: 0,
      stdout:
        "ids.jsonl has the ids of 2 posts, as the records have them, and those of 1 post that the records do not have yet\n",
    });
    expect(ledgerOf(folder)).toContain(" one & co");
  });

  test("ends with 1 and names each difference with its fix", async () => {
    const folder = freshSite();
    await dripfeed(folder, "adopt", "old.xml");
    await dripfeed(folder, "publish");
    await dripfeed(folder, "ids", "export");
    const [head = "", one = "", , two = ""] = ledgerOf(folder).split("\n");
    const lines = [
      head,
      one.replace(" one", " other"),
      two.replace(/"id":".*?",/, ""),
      `{"key":"posts/none.md","rss":"9"}`,
    ];
    writeFileSync(join(folder, "content/ids.jsonl"), `${lines.join("\n")}\n`);
    const { status, stdout } = await dripfeed(folder, "ids", "check");
    expect(status).toBe(1);
    expect(stdout).toBe(`ids.jsonl:4: error: there is no post posts/none.md
  fix: remove the line, if the post does not come back
ids.jsonl:2: error: posts/one.md: rss is  other & co, but readers know it as  one & co
  fix: renew the file: dripfeed ids export; or, if its ids matter more, take them: dripfeed ids import <file> --force
ids.jsonl:1: warning: posts/three.md has no line
  fix: renew the file: dripfeed ids export
ids.jsonl:3: warning: posts/two.md: id tag:example.com,2020:posts/two is not in its line
  fix: renew the file: dripfeed ids export
`);
    const json = JSON.parse((await dripfeed(folder, "ids", "check", "--json")).stdout);
    expect(json.differences.map(({ what, line }: { what: string; line?: number }) => [what, line])).toEqual([
      ["unknown", 4],
      ["different", 2],
      ["missing", undefined],
      ["missing", 3],
    ]);
    await dripfeed(folder, "ids", "export");
    expect((await dripfeed(folder, "ids", "check")).stdout).toContain(
      "ids.jsonl:2: error: there is no post posts/none.md",
    );
    expect(ledgerOf(folder)).toContain(" one & co");
  });

  test("ends with 0 where the file merely lacks what was published since, and with 1 if it is to be strict", async () => {
    const folder = freshSite();
    writeFileSync(join(folder, "content/posts/new.md"), "---\ntitle: New\ndate: 2024-05-05\n---\nWords.\n");
    await dripfeed(folder, "adopt", "old.xml");
    await dripfeed(folder, "publish");
    const { status, stdout } = await dripfeed(folder, "ids", "check");
    expect([status, stdout]).toEqual([0, expect.stringContaining("warning: posts/new.md has no line\n")]);
    expect((await dripfeed(folder, "ids", "check", "--strict")).status).toBe(1);
    await dripfeed(folder, "ids", "export");
    expect((await dripfeed(folder, "ids", "check", "--strict")).status).toBe(0);
  });

  test("tells once what the file lacks of many posts", async () => {
    const folder = freshSite();
    for (let i = 0; i < 40; i++) {
      writeFileSync(join(folder, `content/posts/${i}.md`), `---\ntitle: ${i}\ndate: 2024-02-02\n---\nWords ${i}.\n`);
    }
    await dripfeed(folder, "publish");
    const { status, stdout } = await dripfeed(folder, "ids", "check");
    expect([status, stdout]).toEqual([
      0,
      "ids.jsonl:1: warning: posts/0.md has no line (and 42 more)\n  fix: renew the file: dripfeed ids export\n",
    ]);
  });

  test("tells a post that is gone, which an export leaves out", async () => {
    const folder = freshSite();
    await dripfeed(folder, "publish");
    await dripfeed(folder, "ids", "export");
    rmSync(join(folder, "content/posts/one.md"));
    await dripfeed(folder, "publish");
    expect((await dripfeed(folder, "ids", "check")).stdout).toBe(
      "ids.jsonl:2: error: there is no post posts/one.md\n  fix: renew the file: dripfeed ids export\n",
    );
    await dripfeed(folder, "ids", "export");
    expect((await dripfeed(folder, "ids", "check")).status).toBe(0);
    expect(ledgerOf(folder)).not.toContain("posts/one.md");
  });
});

describe("dripfeed adopt --by-address", () => {
  test("gives every post the form of id that the former feed has, shows examples, and publishes by them", async () => {
    const folder = freshSite();
    NAMES.forEach((name, i) => {
      const text = `---\ntitle: Post ${name}\ndate: 2024-01-0${i + 1}\nwordpress_id: ${i + 11}\n---\nWords.\n`;
      writeFileSync(join(folder, `content/posts/${name}.md`), text);
    });
    writeFileSync(
      join(folder, "content/posts/idea.md"),
      "---\ntitle: Idea\ndate: 2024-01-09\ndraft: true\nid: 14\n---\nx\n",
    );
    const item = (name: string, id: string) => itemOf(name).replace(/(<guid.*?>).*(<\/guid>)/, `$1${id}$2`);
    const feed = (id: string) =>
      feedOf([]).replace("</channel>", `${item("two", id)}${item("three", "http://example.com/?p=13")}</channel>`);
    writeFileSync(join(folder, "old.xml"), feed("http://example.com/?p=12"));
    const shown = await dripfeed(folder, "adopt", "old.xml", "--by-address", "--dry-run");
    expect(shown.status).toBe(0);
    expect(
      shown.stdout,
    ).toContain(`ids by address in rss: http://example.com/?p=<number>, as 2 of 2 that match have them
    http://example.com/?p=12  posts/two.md
    http://example.com/?p=13  posts/three.md
  made for 1 post without an entry
    http://example.com/?p=11  posts/one.md
`);
    expect(readdirSync(join(folder, "content"))).not.toContain("ids.jsonl");
    expect((await dripfeed(folder, "adopt", "old.xml", "--by-address")).status).toBe(0);
    await dripfeed(folder, "publish");
    expect(guids(folder)).toEqual([11, 12, 13].map((number) => `http://example.com/?p=${number}`));
    expect(ledgerOf(folder)).not.toContain("idea");

    // What an archive said of a post counts before what is made of its address.
    writeFileSync(
      join(folder, "content/ids.jsonl"),
      `{"dripfeed":"ids","format":1}\n{"key":"posts/one.md","rss":"one"}\n`,
    );
    for (const store of [".dripfeed", "public"]) rmSync(join(folder, store), { recursive: true });
    expect((await dripfeed(folder, "adopt", "old.xml", "--by-address")).stdout).toContain("kept the ids of 2 posts");
    expect(ledgerOf(folder)).toContain('"rss":"one"');

    // Two entries that do not agree are no majority.
    const other = freshSite();
    writeFileSync(join(other, "old.xml"), feed("odd"));
    const refused = await dripfeed(other, "adopt", "old.xml", "--by-address");
    expect(refused).toMatchObject({ status: 3, stdout: expect.stringContaining("refused: the ids of the rss feed") });
    expect(readdirSync(join(other, "content"))).not.toContain("ids.jsonl");
  });
});

describe("a feed on the web", () => {
  test("is followed from page to page, and no page is read twice", async () => {
    pages.set("/a", feedOf(["one"], linkTo("next", "b?x=1&amp;y=2")));
    pages.set("/b?x=1&y=2", feedOf(["one", "two"], linkTo("prev-archive", "/c")));
    pages.set("/c", (origin) => feedOf(["three"], linkTo("next", `${origin}/a`)));
    asked.length = 0;
    const folder = freshSite();
    const { stdout } = await dripfeed(folder, "adopt", `${origin}/a`, "--json");
    expect(JSON.parse(stdout)).toMatchObject({ posts: 3, feeds: [{ pages: 3, entries: 4 }] });
    expect(asked).toEqual(["/a", "/b?x=1&y=2", "/c"]);
  });

  test("of WordPress is followed until there are no more pages", async () => {
    const generator = "<generator>https://wordpress.org/?v=6.4</generator>";
    pages.set("/feed/", feedOf(["one"], generator));
    pages.set("/feed/?paged=2", feedOf(["two", "three"], generator));
    asked.length = 0;
    const { status, stdout } = await dripfeed(freshSite(), "adopt", `${origin}/moved`, "--json");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ posts: 3, feeds: [{ pages: 2 }] });
    expect(asked).toEqual(["/moved", "/feed/", "/feed/?paged=2", "/feed/?paged=3"]);
  });

  test("of JSON continues at next_url", async () => {
    const json = (name: string, next: object) =>
      JSON.stringify({
        ...{ version: "https://jsonfeed.org/version/1.1", title: "t", ...next },
        items: [{ id: name, title: `Post ${name}`, url: `https://old.example/${name}.html`, content_text: "" }],
      });
    pages.set("/1.json", json("one", { next_url: "/2.json" }));
    pages.set("/2.json", json("two", {}));
    const { stdout } = await dripfeed(freshSite(), "adopt", `${origin}/1.json`, "--json");
    const { matches } = JSON.parse(stdout);
    expect(matches).toMatchObject([
      ...[
        { key: "posts/one.md", by: "slug", format: "json", id: "one" },
        { key: "posts/two.md", by: "slug", format: "json", id: "two" },
      ],
    ]);
  });

  test("with a missing page is an error, since the ids on it would be lost", async () => {
    pages.set("/broken", feedOf(["one"], linkTo("next", "/lost")));
    const { status, stderr } = await dripfeed(freshSite(), "adopt", `${origin}/broken`);
    expect(status).toBe(2);
    expect(stderr).toContain(`its page ${origin}/lost: the server answered 404 Not Found`);
  });

  test("from a file names the address of older entries", async () => {
    const folder = freshSite();
    writeFileSync(join(folder, "old.xml"), feedOf(["one"], linkTo("next", "https://example.com/2.xml")));
    expect((await dripfeed(folder, "adopt", "old.xml")).stdout).toContain(
      "  older entries are at https://example.com/2.xml: name that too\n",
    );
  });
});

describe("dripfeed ids", () => {
  const LEDGER = `{"dripfeed":"ids","format":1}
{"key":"posts/one.md","url":"https://example.com/2024/01/01/one/","id":"tag:example.com,2020:posts/one","rss":" one & co","updated":"2024-01-01T00:00:00Z"}
{"key":"posts/three.md","url":"https://example.com/2024/01/03/three/","id":"tag:example.com,2020:posts/three","rss":" three & co","updated":"2024-01-03T00:00:00Z"}
{"key":"posts/two.md","url":"https://example.com/2024/01/02/two/","id":"tag:example.com,2020:posts/two","rss":" two & co","updated":"2024-01-02T00:00:00Z"}
`;

  test("exports every id, sorted by key, one post a line", async () => {
    const folder = freshSite();
    await dripfeed(folder, "adopt", "old.xml");
    expect((await dripfeed(folder, "ids", "export", "-")).stdout).toBe(
      LEDGER.replaceAll(/"id":".*?",|,"updated":.*?(?=\})/g, ""),
    );
    await dripfeed(folder, "publish");
    expect((await dripfeed(folder, "ids", "export", "-")).stdout).toBe(LEDGER);
    expect((await dripfeed(folder, "ids", "export", "ids.jsonl")).stdout).toBe("");
    expect(readFileSync(join(folder, "ids.jsonl"), "utf8")).toBe(LEDGER);
  });

  test("imports them into an empty state store, and the documents are the same as before", async () => {
    const folder = freshSite();
    await dripfeed(folder, "adopt", "old.xml");
    await dripfeed(folder, "publish");
    writeFileSync(join(folder, "content/posts/one.md"), "---\ntitle: Post one\ndate: 2024-01-01\n---\nOther words.\n");
    await dripfeed(folder, "publish", "--now", "2026-06-01T00:00:00Z");
    await dripfeed(folder, "ids", "export", "ids.jsonl");
    const before = ["rss.xml", "atom.xml", "feed.json"].map((file) =>
      readFileSync(join(folder, "public", file), "utf8"),
    );
    for (const name of ["public", ".dripfeed"]) rmSync(join(folder, name), { recursive: true });
    expect(await dripfeed(folder, "ids", "import", "ids.jsonl")).toMatchObject({
      ...{ status: 0, stdout: "kept the ids of 3 posts; the next publish uses them\n" },
    });
    await dripfeed(folder, "publish");
    const after = ["rss.xml", "atom.xml", "feed.json"].map((file) =>
      readFileSync(join(folder, "public", file), "utf8"),
    );
    expect(after).toEqual(before);
    await dripfeed(folder, "ids", "export", "again.jsonl");
    expect(readFileSync(join(folder, "again.jsonl"), "utf8")).toBe(readFileSync(join(folder, "ids.jsonl"), "utf8"));
  });

  test("replaces published ids only with --force", async () => {
    const folder = freshSite();
    await dripfeed(folder, "publish");
    writeFileSync(join(folder, "ids.jsonl"), LEDGER);
    const refused = await dripfeed(folder, "ids", "import", "ids.jsonl");
    expect(refused).toMatchObject({
      status: 3,
      stdout: expect.stringContaining("3 of their 3 posts would get another id"),
    });
    expect((await dripfeed(folder, "ids", "import", "ids.jsonl", "--force")).status).toBe(0);
    await dripfeed(folder, "publish");
    expect(guids(folder)).toEqual(FORMER);
  });

  test("names the line of a mistake and how to fix it", async () => {
    const folder = freshSite();
    writeFileSync(join(folder, "ids.jsonl"), `${LEDGER}{"key":"posts/four.md","guid":"4"}\n{"key":"posts/one.md"}\n`);
    const { status, stdout } = await dripfeed(folder, "ids", "import", "ids.jsonl");
    expect(status).toBe(1);
    expect(stdout).toBe(`ids.jsonl:5: error: "guid" is none of key, url, id, rss, isPermaLink, atom, json, updated
  fix: remove it, or correct its name
ids.jsonl:6: error: posts/one.md occurs twice
  fix: keep one of the two lines
`);
    expect(readdirSync(folder)).not.toContain(".dripfeed");
  });

  test("says how to use it", async () => {
    const folder = freshSite();
    const forms = "write dripfeed ids export [file], dripfeed ids check or dripfeed ids import <file>";
    for (const [words, message] of [
      [[], forms],
      [["delete"], forms],
      [["import"], "<file> is missing (the file; - is standard input): write dripfeed ids import <file>"],
      [["export", "a", "b"], "ids export has no use for b: write dripfeed ids export [file]"],
      [["check", "a"], "ids check has no use for a: write dripfeed ids check"],
    ] as const) {
      const { status, stderr } = await dripfeed(folder, "ids", ...words);
      expect(status).toBe(2);
      expect(stderr).toContain(message);
    }
    expect((await dripfeed(folder, "ids", "import", "none.jsonl")).stderr).toMatch(
      /^dripfeed: none.jsonl cannot be read: there is no such file/,
    );
    expect((await dripfeed(folder, "ids", "export", "-")).stdout).toBe(`{"dripfeed":"ids","format":1}\n`);
    expect((await dripfeed(folder, "ids", "export")).stdout).toContain("publish first");
    expect(readdirSync(join(folder, "content"))).not.toContain("ids.jsonl");
  });
});
