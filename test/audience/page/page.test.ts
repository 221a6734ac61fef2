/** The author's page: what it says, that it is well-formed and small whatever was counted, and that nothing in it loads or runs. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { Parser } from "htmlparser2";
import { describe, expect, test } from "vitest";
import { renderAudiencePage } from "../../../lib/audience/page/page.ts";
import type { Audience } from "../../../lib/audience/summary/types.ts";
import { oneLine } from "../../../lib/base/text.ts";
import { elementsOf } from "../../support/markup.ts";
import { anyText } from "../../support/nasty.ts";
import { CHINESE, emptyAudience, HOSTILE, sampleAudience } from "./samples.ts";

function namesAsHtml(page: string): readonly string[] {
  const names: string[] = [];
  new Parser({ onopentagname: (name) => names.push(name) }).end(page);
  return names;
}

const named = (page: string, name: string) => elementsOf(page).filter((each) => each.name === name);
const textsOf = (page: string, name: string) => named(page, name).map(({ text }) => text);
const withClass = (page: string, name: string) =>
  elementsOf(page).filter(({ attributes }) => attributes["class"] === name);

const SMALL = sampleAudience({ channels: 1, days: 3, titles: ["Field notes"] });
const LARGE = sampleAudience({
  ...{ channels: 500, days: 730, hasGaps: true, recordings: 500, hasFaults: true },
  titles: ["Field notes", "Water", "Drip irrigation"],
});
const MIDDLE = sampleAudience({
  ...{ channels: 12, days: 90, hasGaps: true, recordings: 8, hasFaults: true },
  titles: ["Field notes", "Water", "Drip irrigation"],
});
const PAGES = {
  "of a site without parts": renderAudiencePage(SMALL),
  "of twelve channels": renderAudiencePage(MIDDLE),
  "of 500 channels and two years": renderAudiencePage(LARGE),
  "in Chinese": renderAudiencePage(sampleAudience({ channels: 9, days: 90, titles: CHINESE, language: "zh-CN" })),
  "with titles that break pages": renderAudiencePage(
    sampleAudience({ channels: 12, days: 40, hasGaps: true, titles: HOSTILE, recordings: 9, hasFaults: true }),
  ),
  "of one day": renderAudiencePage(sampleAudience({ channels: 3, days: 1 })),
  "of nothing": renderAudiencePage(emptyAudience()),
};

describe.each(Object.entries(PAGES))("a page %s", (_, page) => {
  const elements = elementsOf(page);

  test("is well-formed XML, and the same to an HTML parser", () => {
    expect(namesAsHtml(page)).toEqual(elements.map(({ name }) => name));
  });

  test("runs nothing and loads nothing: no script, no style but its own, no picture but its icon", () => {
    const loading = ["script", "img", "image", "iframe", "object", "embed", "audio", "video", "use", "base", "form"];
    expect(elements.filter(({ name }) => loading.includes(name))).toEqual([]);
    expect(
      elements.flatMap(({ attributes }) => Object.keys(attributes).filter((key) => /^(?:style|src|on.*)$/.test(key))),
    ).toEqual([]);
    expect(named(page, "link").map(({ attributes }) => attributes["href"]?.slice(0, 19))).toEqual([
      "data:image/svg+xml,",
    ]);
    const [style = ""] = textsOf(page, "style");
    expect(style).not.toMatch(/url\(|@import/);
    const hash = createHash("sha256").update(style).digest("base64");
    const policy = `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
    const metas = named(page, "meta").map(({ attributes }) => attributes);
    expect(metas).toContainEqual({ "http-equiv": "Content-Security-Policy", content: policy });
    expect(metas).toContainEqual({ name: "referrer", content: "no-referrer" });
    expect(metas).toContainEqual({ name: "robots", content: "noindex, nofollow" });
  });

  test("names every plot and table by text that is there, with ids of which none is given twice", () => {
    const ids = elements.flatMap(({ attributes }) => attributes["id"] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const labels = elements.flatMap(({ attributes }) => attributes["aria-labelledby"] ?? []);
    expect(labels.filter((label) => !ids.includes(label))).toEqual([]);
    for (const svg of elements.filter(({ name, parent }) => name === "svg" && parent?.name !== "svg")) {
      const titles = elements.filter(
        ({ name, parent, text }) => name === "title" && parent === svg && text.length > 10,
      );
      const { role, "aria-hidden": hidden, "aria-labelledby": label } = svg.attributes;
      expect(hidden === "true" || (role === "img" && (label !== undefined || titles.length === 1))).toBe(true);
    }
    expect(
      elements.filter(
        ({ name, text }) => ["th", "h1", "h2", "h3", "a", "summary"].includes(name) && text.trim() === "",
      ),
    ).toEqual([]);
  });
});

test("a small page is the one beside this test", () => {
  const page = renderAudiencePage(
    sampleAudience({ channels: 2, days: 5, titles: ["Field notes", "Water & soil"], recordings: 1, hasFaults: true }),
  );
  const shown = page.replace(/<style>[^<]*<\/style>/, "<style/>").replace(/'sha256-[^']*'/, "'sha256-…'");
  const file = "test/audience/page/small.xhtml";
  if (process.env["GOLDEN"] === "write") writeFileSync(file, shown);
  expect(shown).toBe(readFileSync(file, "utf8"));
});

test("whatever titles, names and addresses are, the page is well-formed and has no element that they wrote", () => {
  const plain = namesAsHtml(renderAudiencePage(withTexts("x")));
  fc.assert(
    fc.property(anyText, (text) => {
      const page = renderAudiencePage(withTexts(text));
      expect(elementsOf(page).map(({ name }) => name)).toEqual(plain);
      expect(namesAsHtml(page)).toEqual(plain);
      const line = oneLine(text);
      if (line !== "" && line.length <= 40) expect(textsOf(page, "h1")).toEqual([line]);
    }),
    { numRuns: 60 },
  );
});

function withTexts(text: string): Audience {
  const sample = sampleAudience({ channels: 3, days: 3, recordings: 2, hasFaults: true });
  return {
    ...sample,
    site: { ...sample.site, title: text },
    channels: sample.channels.map((channel) => ({ ...channel, title: text })),
    unread: sample.unread.map((channel) => ({ ...channel, title: text })),
    readers: sample.readers.map((reader) => ({ ...reader, name: `x${text}` })),
    recordings: sample.recordings.map((recording) => ({ ...recording, title: text, path: `x${text}` })),
    missing: [{ address: text, requests: 1, subscribers: 0, isServed: false }],
    former: [{ address: text, kind: "retired", requests: 1, subscribers: 0 }],
    wasteful: [{ name: `x${text}`, requests: 1, again: 1, bytes: 1 }],
  };
}

test("500 channels, 500 episodes and two years are less than 600,000 bytes, and 500 more add no row", () => {
  expect(Buffer.byteLength(PAGES["of 500 channels and two years"])).toBeLessThan(600_000);
  const more = { ...LARGE, channels: [...LARGE.channels, ...LARGE.channels] };
  const page = renderAudiencePage(more);
  expect(named(page, "tr").length).toBe(named(PAGES["of 500 channels and two years"], "tr").length);
  expect(page).toContain("500 more are not on this page.");
});

test("the largest 24 channels have a plot, and all of them a row", () => {
  const page = PAGES["of 500 channels and two years"];
  const plots = withClass(page, "small").filter(({ parent }) => !parent?.text.includes("day:"));
  expect(plots).toHaveLength(24);
  expect(page).toContain("The 24 with the most subscribers, of 500.");
  expect(page).toContain("500 channels as a table");
});

test("the table of some days has only such as were counted, the last one first", () => {
  const days = named(PAGES["of twelve channels"], "th").filter(({ text }) => /^[A-Z][a-z]{2} \d+, 2026$/.test(text));
  const columns = days.filter(({ attributes }) => attributes["scope"] === "col").map(({ text }) => text);
  expect(columns.slice(0, 2)).toEqual(["Nov 28, 2026", "Nov 20, 2026"]);
  expect(columns).toHaveLength(25);
  const tables = withClass(PAGES["of twelve channels"], "scroll");
  const table = tables.find(({ attributes }) => attributes["aria-labelledby"] === "some-days");
  expect(table?.text).toContain("Nov 20, 2026");
  expect(table?.text).not.toContain("–");
});

test("a site whose only channel is its own has one plot, and no list of channels", () => {
  const page = PAGES["of a site without parts"];
  expect(withClass(page, "main")).toHaveLength(1);
  expect(withClass(page, "small")).toEqual([]);
  expect(textsOf(page, "h2")).not.toContain("Channels");
});

test("one day makes no plot, and its channels are a table", () => {
  const page = PAGES["of one day"];
  expect(page).toContain("One day was counted so far.");
  expect([...withClass(page, "main"), ...withClass(page, "small")]).toEqual([]);
  expect(textsOf(page, "th")).toEqual(expect.arrayContaining(["Channel", "Water", "Water 2", "Water 3"]));
});

test("the day's number, its parts and its changes come first; a change from a day that was not counted is a dash", () => {
  const { change30: _, ...subscribers } = {
    ...MIDDLE.subscribers,
    reported: 1_200,
    estimated: 34,
    total: 1_234,
    change7: -5,
  };
  const page = renderAudiencePage({ ...MIDDLE, subscribers });
  expect(textsOf(page, "strong")[0]).toBe("~1,234");
  expect(textsOf(page, "dd")).toEqual(["1,200", "~34", "−5", "–"]);
  expect(page).toContain("–: the day that it would be compared with was not counted.");
});

test("a day that has not ended is said to be one", () => {
  expect(renderAudiencePage({ ...SMALL, isPartial: true })).toContain("This day has not ended");
  expect(PAGES["of a site without parts"]).not.toContain("This day has not ended");
});

test("the lines stop where days were not counted, which the sentence and the table say as well", () => {
  const page = PAGES["of twelve channels"];
  const gaps = MIDDLE.series.filter(({ reported }) => reported === undefined).length;
  expect(page).toContain(`${gaps} days were not counted: there the lines are interrupted.`);
  expect(textsOf(page, "td").filter((text) => text === "not counted")).toHaveLength(gaps);
});

test("a line that is the other one, or 0 on every day, is not drawn", () => {
  const only = (series: Audience["series"]) => {
    const page = renderAudiencePage({ ...SMALL, series });
    return withClass(page, "legend").map(({ text }) => text.trim().split(/\s*\n\s*/));
  };
  expect(only(SMALL.series)).toEqual([["all, with the estimate", "reported by aggregators"]]);
  expect(only(SMALL.series.map((each) => ({ ...each, estimated: 0 })))).toEqual([["reported by aggregators"]]);
  expect(only(SMALL.series.map((each) => ({ ...each, reported: 0 })))).toEqual([["all, with the estimate"]]);
});

test("estimates are marked", () => {
  const page = PAGES["of a site without parts"];
  expect(textsOf(page, "td")).toEqual(expect.arrayContaining(["180", "90", "~60", "45", "36"]));
  expect(withClass(page, "guess")).toHaveLength(1);
});

test("a channel that is published no more is not linked, since its page may be gone", () => {
  const page = PAGES["of twelve channels"];
  const links = named(page, "a").map(({ attributes }) => attributes["href"]);
  expect(links).toContain("https://example.com/tags/tag-4/");
  const gone = named(page, "li").filter(({ text }) => text.includes("no longer published"));
  expect(gone).toHaveLength(1);
  expect(named(page, "a").filter(({ parent }) => parent?.parent === gone[0])).toEqual([]);
});

test("where there is nothing to do, the page says so; else only of what there is", () => {
  expect(PAGES["of a site without parts"]).toContain("Nothing: every channel is read");
  const page = renderAudiencePage({
    ...SMALL,
    missing: [{ address: "feed/", requests: 3, subscribers: 0, isServed: false }],
  });
  expect(textsOf(page, "h3")).toEqual(["Asked for, and not there"]);
  expect(textsOf(page, "code")).toEqual(["/feed/"]);
});

test("where nothing was counted, the page says how to count", () => {
  const page = PAGES["of nothing"];
  expect(page).toContain("Nothing was counted yet.");
  expect(textsOf(page, "code")).toEqual(["dripfeed audience <folder | s3://…>"]);
  expect(textsOf(page, "h2")).toEqual(["How it was counted"]);
});

test.each([
  ["zh-CN", "zh-CN", "怎么统计的", "2026年11月28日"],
  ["zh-TW", "zh-TW", "怎麼統計的", "2026年11月28日"],
  ["en-GB", "en-GB", "How it was counted", "28 November 2026"],
  ["de", "en", "How it was counted", "November 28, 2026"],
  ["not a language", "en", "How it was counted", "November 28, 2026"],
])("a site in %s has a page in %s", (language, shown, heading, date) => {
  const page = renderAudiencePage({ ...SMALL, site: { ...SMALL.site, language } });
  expect(named(page, "html")[0]?.attributes["lang"]).toBe(shown);
  expect(textsOf(page, "h2").at(-1)).toBe(heading);
  expect(withClass(page, "headline")[0]?.text).toContain(date);
  const marked = named(page, "bdi").find(({ text }) => text === "Field notes");
  expect(marked?.attributes["lang"]).toBe(language === "de" ? "de" : undefined);
});
