/** Readers that people use read through nginx: the audience of its log is what they did. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countAudience } from "../../lib/audience/audience.ts";
import { dayOf } from "../../lib/audience/days.ts";
import { loadSite } from "../../lib/publish/sitefile.ts";
import { folderStore } from "../../lib/stores/folder.ts";
import { post } from "../support/world.ts";
import { openBrowser } from "./browser.ts";
import { newHome, newsboat } from "./newsboat.ts";
import { type StaticServer, startHost } from "./statichosts.ts";

const run = promisify(execFile);

/** feedparser, a library: it asks as the program that uses it is called, and again with what it was told to ask with. */
const FEEDPARSER = `
import feedparser, sys
feed = feedparser.parse(sys.argv[1], agent=sys.argv[2])
again = feedparser.parse(sys.argv[1], agent=sys.argv[2], etag=feed.get("etag"), modified=feed.get("modified"))
print(feed.get("status"), again.get("status"))
`;

async function personsAgent(browser: Browser): Promise<string> {
  const page = await browser.newPage();
  const agent = await page.evaluate(() => navigator.userAgent);
  await page.close();
  return agent.replace("Headless", "");
}

let folder: string;
let server: StaticServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dripfeed-audience-"));
  server = await startHost("nginx", folder, {
    site: "title: Field notes\nurl: https://example.com/\nfeeds: https://example.com/feeds/\nsince: 2020\naliases: [hugo]\n",
    posts: {
      "posts/a.md": post({
        title: "A weir",
        tags: "[weirs]",
        audio: '{ url: "https://example.com/audio/1.mp3", length: 200000, duration: 50 }',
      }),
    },
    pages: { "index.html": "the home page", "audio/1.mp3": "s".repeat(200_000) },
    below: "feeds/",
  });
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

test("newsboat, feedparser and Chromium are who asked, for what they asked for", async () => {
  const { world, url } = server;
  const home = await newHome(folder, `${url}feeds/rss.xml`, `${url}feeds/tags/weirs/atom.xml`);
  await newsboat(home, "-x", "reload");
  await newsboat(home, "-x", "reload");
  const feedparser = async (path: string, agent: string) =>
    (await run("/usr/bin/python3", ["-c", FEEDPARSER, url + path, agent])).stdout.trim();
  expect(await feedparser("feeds/feed.json", "Feedbin feed-id:1 - 142 subscribers")).toBe("200 304");
  expect(await feedparser("index.xml", "Feedbin feed-id:2 - 8 subscribers")).toBe("200 304");
  expect(await feedparser("feeds/rss.xml", "feedparser/6 +https://github.com/kurtmckee/feedparser/")).toBe("200 304");
  expect(await feedparser("atom.xml", "FreshRSS/1.24.3 (Linux; https://freshrss.org)")).toBe("404 404");
  const browser = await openBrowser();
  // Without a screen it calls itself HeadlessChrome, and is a bot then.
  const page = await browser.newPage({ userAgent: await personsAgent(browser) });
  await page.goto(`${url}feeds/rss.xml`);
  expect(await page.title()).toBe("Field notes");
  // The page of a feed may load nothing by a script.
  await page.goto(url);
  expect(await page.evaluate(async () => (await (await fetch("/audio/1.mp3")).blob()).size)).toBe(200_000);
  await browser.close();

  const site = await loadSite(world.content, new Date());
  if (!site.ok) throw new Error("site.yaml cannot be used");
  const lines: string[] = [];
  const { report, audience, days } = await countAudience({
    logs: [folderStore(dirname(server.log))],
    public: world.public,
    state: world.state,
    site: site.site,
    today: dayOf(new Date()),
    salt: [1, 2],
    log: (line) => lines.push(line),
  });
  expect(lines).toEqual([]);
  expect(report).toMatchObject({ files: 1, damaged: 0 });
  const channels = days.map((day) => day.channels);
  // Unless midnight was in between.
  expect(channels).toHaveLength(1);
  expect(channels[0]).toMatchObject({
    site: { subscribers: { Feedbin: 150 }, readers: { newsboat: 1 }, browsers: 1 },
    "tags/weirs": { subscribers: {}, readers: { newsboat: 1 } },
  });
  expect(days[0]?.readers).toEqual({ newsboat: 1 });
  expect(days[0]?.agents["newsboat"]).toMatchObject({ requests: 4, pairs: 2 });
  expect(days[0]?.agents["Feedbin"]).toMatchObject({ requests: 4, unchanged: 2, pairs: 2 });
  expect(days[0]?.recordings).toEqual({ "audio/1.mp3": { downloads: 1, estimated: 0, bytes: 200_000 } });
  expect(days[0]?.former).toEqual({ "index.xml": { kind: "alias", requests: 2, subscribers: 8 } });
  expect(days[0]?.missing).toEqual({ "atom.xml": { requests: 2, subscribers: 0 } });
  expect(audience.subscribers).toMatchObject({ reported: 150, estimated: 1, total: 151 });
});
