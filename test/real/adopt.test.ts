/** A site moves from Hexo: the feeds of Hexo's generators are adopted, and no reader sees an old entry as new. */
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { parseFeed } from "feedsmith";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readXmlFeed } from "../../lib/adopt/xmlfeed.ts";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "dripfeed-hexo-"));
const hexo = join(folder, "hexo");

beforeAll(async () => {
  cpSync("test/real/hexo", hexo, { recursive: true });
  await run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: hexo });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const dripfeed = async (cwd: string, ...args: readonly string[]) =>
  (await run(process.execPath, [resolve("lib/dripfeed.js"), ...args], { cwd, maxBuffer: 64_000_000 })).stdout;

const read = (...path: readonly string[]) => readFileSync(join(...path), "utf8");

/** Exactly as they are written, in the order of the document. */
const idsOf = (xml: string) => readXmlFeed(xml)?.entries.map(({ id }) => id) ?? [];

/** What a reader of Atom takes for a change, by id. */
function momentsOf(xml: string): ReadonlyMap<string, readonly (string | undefined)[]> {
  const read = parseFeed(xml);
  if (read.format !== "atom") throw new Error("this is no Atom feed");
  const second = (moment = "") => moment.replace(/\.\d+Z$/, "Z");
  return new Map(
    read.feed.entries?.map(({ id = "", published, updated }) => [id, [second(published), second(updated)]]),
  );
}

/** Hexo writes the machine's date into addresses, and the site's clock into dates. */
describe.each(["Asia/Shanghai", "UTC"])("a Hexo site that was built where it is %s", (zone) => {
  const place = join(folder, zone.replace("/", "-"));
  const before = { atom: "", rss: "" };

  beforeAll(async () => {
    cpSync(hexo, place, { recursive: true });
    await run(process.execPath, ["node_modules/hexo/bin/hexo", "generate"], {
      cwd: place,
      env: { ...process.env, TZ: zone },
    });
    before.atom = read(place, "public/atom.xml");
    before.rss = read(place, "public/rss2.xml");
    cpSync(join(hexo, "source"), join(place, "content/source"), { recursive: true });
    cpSync(join(hexo, "site.yaml"), join(place, "content/site.yaml"));
  });

  test("every entry matches a post, and every post an entry", async () => {
    const report = JSON.parse(
      await dripfeed(place, "adopt", "public/atom.xml", "public/rss2.xml", "--public", "feeds", "--json"),
    );
    expect(report).toMatchObject({ posts: 12, entriesWithoutPost: [], postsWithoutEntry: [], otherDates: [] });
    expect(report.matches).toHaveLength(24);
  });

  test("publishing the same posts gives no new id in any format", async () => {
    await dripfeed(place, "publish", "--public", "feeds");
    const atom = idsOf(read(place, "feeds/atom.xml"));
    const rss = idsOf(read(place, "feeds/rss.xml"));
    const json = JSON.parse(read(place, "feeds/feed.json")).items.map(({ id }: { readonly id: string }) => id);
    expect(idsOf(before.atom)).toHaveLength(12);
    expect(atom.toSorted()).toEqual(idsOf(before.atom).toSorted());
    expect(rss.toSorted()).toEqual(idsOf(before.rss).toSorted());
    // Hexo had no JSON feed: readers who switch to it know the ids of Atom.
    expect(json.toSorted()).toEqual(idsOf(before.atom).toSorted());
  });

  test("nothing looks edited: published and updated are what they were", () => {
    expect(momentsOf(read(place, "feeds/atom.xml"))).toEqual(momentsOf(before.atom));
  });

  test("the guids of the feeds of tags and of archives are the former ones too", () => {
    const known = new Set(idsOf(before.rss));
    for (const path of ["tags/drip/rss.xml", "archive/2023-06/rss.xml"]) {
      const ids = idsOf(read(place, "feeds", path));
      expect(ids).toHaveLength(2);
      expect(ids.filter((id) => !known.has(id))).toEqual([]);
    }
  });

  test("a second run has nothing to do", async () => {
    expect(await dripfeed(place, "publish", "--public", "feeds")).toContain("nothing to do");
  });
});
