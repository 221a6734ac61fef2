/** A reader people use, subscribed to the example site over loopback: what newsboat lists is what the site says. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Listed, listedIn, newHome, newsboat } from "./newsboat.ts";

interface Served {
  /** Under which the public paths answer, ending with a slash. */
  readonly base: string;
  stop(): Promise<void>;
}

/** `dripfeed dev` on the example site, as a person starts it. */
async function serveSite(): Promise<Served> {
  const preview = spawn(process.execPath, ["lib/dripfeed.js", "dev", "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(preview, "exit");
  let said = "";
  for await (const chunk of preview.stdout) {
    said += chunk;
    const base = /^ {2}page {2}(http:\S+)$/m.exec(said)?.[1];
    if (base === undefined) continue;
    return {
      base,
      async stop() {
        preview.kill("SIGINT");
        await ended;
      },
    };
  }
  throw new Error(`dripfeed dev ended: ${said}`);
}

let site: Served;
let folder: string;

beforeAll(async () => {
  site = await serveSite();
  folder = await mkdtemp(join(tmpdir(), "dripfeed-newsboat-"));
});

afterAll(async () => {
  await site.stop();
  await rm(folder, { recursive: true, force: true });
});

interface JsonItem {
  readonly id: string;
  readonly title?: string;
  readonly url: string;
  readonly date_published: string;
}

async function itemsOf(path: string): Promise<readonly Listed[]> {
  const response = await fetch(new URL(path, site.base));
  const { items } = (await response.json()) as { readonly items: readonly JsonItem[] };
  return items.map(({ id, title, url, date_published }) => ({
    ...{ guid: id, title: title ?? titleOf(url), url, pubDate: new Date(date_published).getTime() / 1000 },
  }));
}

/** What newsboat calls an entry without a title: the end of its address, in words. */
const titleOf = (url: string): string =>
  (new URL(url).pathname.split("/").at(-2) ?? "").replaceAll("-", " ").replace(/^./, (letter) => letter.toUpperCase());

test.each(["rss.xml", "atom.xml"])(
  "newsboat subscribes to %s and lists the site's entries, all of them unread",
  async (path) => {
    const items = await itemsOf("feed.json");
    expect(items.length).toBeGreaterThan(5);
    const home = await newHome(folder, new URL(path, site.base).href);
    await newsboat(home, "-x", "reload");
    expect(listedIn(home)).toEqual(items);
    expect(await newsboat(home, "-x", "print-unread")).toBe(`${items.length} unread articles\n`);
  },
);

test("newsboat subscribed to RSS and Atom at once has each entry with one id in both", async () => {
  const home = await newHome(folder, ...["rss.xml", "atom.xml"].map((path) => new URL(path, site.base).href));
  await newsboat(home, "-x", "reload");
  const ids = listedIn(home).map(({ guid }) => guid);
  expect([...new Set(ids)].sort()).toEqual((await itemsOf("feed.json")).map(({ guid }) => guid).sort());
});

test("newsboat reads a feed again without an entry twice", async () => {
  const home = await newHome(folder, new URL("rss.xml", site.base).href);
  await newsboat(home, "-x", "reload");
  const listed = listedIn(home);
  await newsboat(home, "-x", "reload");
  expect(listedIn(home)).toEqual(listed);
});

test("newsboat finds nothing where there is no feed", async () => {
  const home = await newHome(folder, new URL("no-such.xml", site.base).href);
  await newsboat(home, "-x", "reload");
  expect(listedIn(home)).toEqual([]);
});

test("newsboat takes every channel from the OPML", async () => {
  const home = await newHome(folder);
  const opml = await (await fetch(new URL("feeds.opml", site.base))).text();
  await writeFile(join(home, "feeds.opml"), opml);
  await newsboat(home, "-i", "feeds.opml");
  const urls = (await readFile(join(home, "urls"), "utf8")).trim().split("\n");
  const listed = [...opml.matchAll(/xmlUrl="([^"]*)"/g)].map(([, url = ""]) => url.replaceAll("&amp;", "&"));
  expect(listed.length).toBeGreaterThan(10);
  expect(urls.map((line) => line.split(" ")[0])).toEqual(listed);
});
