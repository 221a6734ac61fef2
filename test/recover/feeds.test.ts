/** Feeds of every format, read back. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPublished } from "../../lib/recover/feeds.ts";
import { loseState } from "../publish/load/past.ts";
import { nastySite, richDocuments } from "../support/documents.ts";

describe("a published feed", () => {
  const rich = [...richDocuments()].filter(([path]) => /\/(?:rss\.xml|atom\.xml|feed\.json)$/.test(path));
  const formatOf = (path: string) => (path.endsWith("rss.xml") ? "rss" : path.endsWith("atom.xml") ? "atom" : "json");

  test("is read back, whatever else it contains", () => {
    const folders = Map.groupBy(rich, ([path]) => path.replace(/[^/]*$/, ""));
    expect(folders.size).toBeGreaterThan(10);
    for (const documents of folders.values()) {
      const read = documents.map(([path, text]) => readPublished(formatOf(path), text));
      const summaries = read.map((feed) =>
        feed?.entries.map(({ id, title, url, published }) => [id, title, url, published]),
      );
      for (const each of summaries) expect(each).toEqual(summaries[0]);
    }
    const site = readPublished("atom", rich.find(([path]) => path === "rich/atom.xml")?.[1] ?? "");
    expect(site).toMatchObject({ isMarked: true, id: "tag:example.com,2020:feeds:site", isComplete: false });
    expect(site?.deleted).toEqual([{ id: "tag:example.com,2020:posts/lost", when: "2026-11-20T00:00:00Z" }]);
    expect(site?.entries.find(({ id }) => id.endsWith("/all"))).toMatchObject({
      authors: ["Ada & Co", "林小满"],
      language: "zh-CN",
      categories: [["Field", "Melons & more"]],
      url: "https://example.com/all/?a=1&b=2",
      tags: ["video", "C++"],
    });
    const podcast = readPublished("rss", rich.find(([path]) => path === "rich/rss.xml")?.[1] ?? "");
    expect(podcast?.podcastGuid).toBe("9b024349-ccf0-5f69-a609-6b82873eab3c");
  });

  test("is read as nothing if it is no feed or incomplete, without an error", () => {
    for (const format of ["rss", "atom", "json"] as const) {
      for (const text of [
        "",
        "{}",
        "[]",
        "null",
        "<html/>",
        '{"version":"https://jsonfeed.org/version/1.1","items":[1,{}]}',
      ]) {
        expect(readPublished(format, text)?.entries ?? []).toEqual([]);
      }
    }
    fc.assert(
      fc.property(fc.constantFrom(...rich), fc.double({ min: 0, max: 1, noNaN: true }), ([path, text], part) => {
        readPublished(formatOf(path), text.slice(0, Math.floor(text.length * part)));
      }),
      { numRuns: 200 },
    );
  });

  test("is read back with every character that authors type", async () => {
    const site = await nastySite(60);
    await site.publish();
    const before = await site.dump(site.public);
    await loseState(site);
    const report = await site.publish({ rebuild: true });
    expect([report.refused, report.put, report.removed]).toEqual([undefined, [], []]);
    expect(report.recovered).toMatchObject({ posts: 60, recognised: 60, minted: 0 });
    expect(await site.dump(site.public)).toEqual(before);
  });
});
