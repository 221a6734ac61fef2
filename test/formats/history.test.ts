/** Links between a feed and its archives (RFC 5005). */
import { describe, expect, test } from "vitest";
import { atomOf, elementsOf, jsonOf, rssOf } from "./documents.ts";

const history = {
  current: "https://feeds.example.com/now",
  previous: "https://feeds.example.com/archive/2020-01/",
  next: "https://feeds.example.com/archive/2020-03/",
};
const ARCHIVE = { history, channel: { key: "archive/2020-02", kind: "archive", path: "archive/2020-02/" } } as const;
const NAMESPACE = "http://purl.org/syndication/history/1.0";

const linksOf = (xml: string) =>
  elementsOf(xml)
    .filter(({ name, parent }) => /^(?:atom:)?link$/.test(name) && /^(?:feed|channel)$/.test(parent))
    .flatMap(({ attributes: { rel = "", href = "" } }) => (/^(?:current|.*-archive)$/.test(rel) ? [[rel, href]] : []));
const marksOf = (xml: string) => elementsOf(xml).filter(({ uri }) => uri === NAMESPACE);

describe.each([
  ["RSS", rssOf, "channel"],
  ["Atom", atomOf, "feed"],
] as const)("history in %s", (_, render, parent) => {
  test("an archive is marked as one, and links to its neighbours and the current feed", () => {
    const xml = render(ARCHIVE);
    expect(linksOf(xml)).toEqual([
      ["current", history.current],
      ["prev-archive", history.previous],
      ["next-archive", history.next],
    ]);
    expect(marksOf(xml)).toMatchObject([{ name: "fh:archive", parent }]);
  });

  test("a feed with archives links to the newest", () => {
    const xml = render({ history: { previous: history.previous } });
    expect(linksOf(xml)).toEqual([["prev-archive", history.previous]]);
    expect(marksOf(xml)).toEqual([]);
  });

  test("a feed with all entries of its channel is marked as complete", () => {
    const xml = render({ isComplete: true });
    expect(linksOf(xml)).toEqual([]);
    expect(marksOf(xml)).toMatchObject([{ name: "fh:complete", parent }]);
  });
});

describe("history in JSON", () => {
  test("`next_url` is the next older archive", () => {
    expect(jsonOf(ARCHIVE).next_url).toBe(history.previous);
    expect(jsonOf({ history: { next: history.next } })).not.toHaveProperty("next_url");
  });
});
