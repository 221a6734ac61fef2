/** The guard against documents that are too large. */
import { describe, expect, test } from "vitest";
import { refuseTooLarge } from "../../../lib/publish/guard/sizes.ts";
import { siteOf } from "../../content/helpers.ts";
import { SITE, world } from "../../support/world.ts";
import { expectAllowed, keyOf, numbers, refusedBy, rewrite, textOf } from "./site.ts";

describe("a document that is too large", () => {
  const LARGE = `${SITE}guard: { bytes: 20000 }\n`;
  const long = (i: number) => `${`Words ${i}. `.repeat(200)}\n`;

  test("is refused before anything is written, with its size and a setting that helps", async () => {
    const site = await world({}, LARGE);
    await rewrite(site, numbers(15), { tags: "[x]" }, long);
    expect(await refusedBy(site)).toMatchObject({
      code: "too-large",
      message: expect.stringMatching(
        /^rss\.xml would have about \d\d,\d{3} bytes, where 20,000 are the limit, and 5 more are too large$/,
      ),
      fix: expect.stringContaining("`limit: { bytes: 10000 }`"),
    });
    await site.write("site.yaml", `${LARGE}limit: { bytes: 10000 }\n`);
    await expectAllowed(site.publish());
    await site.write("site.yaml", `${LARGE}content: summary\n`);
    await expectAllowed(site.publish());
    await site.write("site.yaml", `${SITE}guard: { bytes: false }\n`);
    await expectAllowed(site.publish());
  });

  test("is refused with a limit of entries as advice where their text is not what weighs", async () => {
    const site = await world({}, `${SITE}guard: { bytes: 20000 }\nlimit: 60\n`);
    await rewrite(site, numbers(50), { tags: "[x, y, z]", author: "Lin" }, () => "Ok.\n");
    const [, advised = ""] = /write `limit: (\d+)` for it/.exec((await refusedBy(site)).fix) ?? [];
    await site.write("site.yaml", `${SITE}guard: { bytes: 20000 }\nlimit: ${advised}\n`);
    await expectAllowed(site.publish());
  });

  test("is no archive: those are cut into parts that are small enough", async () => {
    const site = await world({}, `${LARGE.replace("archives: false", "archives: month")}limit: { days: 2 }\n`);
    await rewrite(site, numbers(15), {}, long);
    await expectAllowed(site.publish());
    const archives = Object.entries(await site.dump(site.public)).filter(([path]) => path.startsWith("archive/"));
    expect(archives.length).toBeGreaterThan(3);
    for (const [, text] of archives) expect(Buffer.byteLength(text)).toBeLessThan(20_000);
  });

  const MARKED = (i: number) => `${long(i)}\n<!-- more -->\n\n${long(i)}`;

  test("is one of summaries whose authors marked long parts, of which archives are cut as well", async () => {
    const summaries = LARGE.replace("archives: false", "archives: month").concat("content: summary\n");
    const site = await world({}, summaries);
    await rewrite(site, numbers(15), {}, MARKED);
    const { message, fix } = await refusedBy(site);
    expect(message).toMatch(/^rss\.xml would have about 3\d,\d{3} bytes/);
    expect(fix).not.toContain("content: summary");
    await site.write("site.yaml", `${summaries}limit: 3\n`);
    await expectAllowed(site.publish());
    for (const text of Object.values(await site.dump(site.public)))
      expect(Buffer.byteLength(text)).toBeLessThan(20_000);
  });

  test("is so with the site's footer, which each entry carries, and archives are cut as well", async () => {
    const site = await world({}, `${LARGE.replace("archives: false", "archives: month")}limit: 5\n`);
    await rewrite(site, numbers(30), {}, () => "Ok.\n");
    await expectAllowed(site.publish());
    const footer = (bytes: number) => `footer: '${"[{title}]({url}) ".repeat(9)}${"a".repeat(bytes)}'\n`;
    await site.write("site.yaml", `${SITE}guard: { bytes: 9000 }\nlimit: 5\n${footer(1800)}`);
    expect((await refusedBy(site)).message).toMatch(/^(?:rss|atom|feed)\.\w+ would have about 1\d,\d{3} bytes/);
    await site.write("site.yaml", `${LARGE.replace("archives: false", "archives: month")}limit: 5\n${footer(900)}`);
    await expectAllowed(site.publish());
    for (const text of Object.values(await site.dump(site.public)))
      expect(Buffer.byteLength(text)).toBeLessThan(20_000);
  });

  test("is refused when it would be put, and not while it is unchanged", async () => {
    const site = await world({}, LARGE);
    await rewrite(site, numbers(15), {}, long);
    await expectAllowed(site.publish({ force: true }));
    await expectAllowed(site.publish());
    await site.write(keyOf(0), textOf(0, {}, `${long(0)} More.\n`));
    expect((await refusedBy(site)).code).toBe("too-large");
  });

  test("is estimated at no more than its size, and at more than half of it", async () => {
    for (const [content, body] of [
      ["full", long],
      ["summary", long],
      ["summary", MARKED],
    ] as const) {
      const site = await world({}, `${SITE}content: ${content}\nguard: { bytes: 1000 }\n`);
      await rewrite(site, numbers(15), {}, body);
      const { message } = await refusedBy(site);
      const estimate = Number(/about ([\d,]+) bytes/.exec(message)?.[1]?.replaceAll(",", ""));
      await site.publish({ force: true });
      const size = Buffer.byteLength(await site.read("rss.xml"));
      expect(estimate).toBeLessThanOrEqual(size);
      expect(estimate).toBeGreaterThan(size / 2);
    }
  });

  test("is refused by its exact size where escaping makes it much longer than its text", async () => {
    const markup = (i: number) => `${"<".repeat(1000)} ${i}\n`;
    const site = await world({}, LARGE);
    await rewrite(site, numbers(15), {}, markup);
    const { message } = await refusedBy(site);
    const [, path = "", reported] = /^(\S+) would have ([\d,]+) bytes, where 20,000/.exec(message) ?? [];
    await site.publish({ force: true });
    expect(Buffer.byteLength(await site.read(path)).toLocaleString("en-US")).toBe(reported);
    await site.write("site.yaml", `${SITE}guard: { bytes: ${reported?.replaceAll(",", "")} }\n`);
    await expectAllowed(site.publish());
    await site.write(keyOf(0), textOf(0, {}, markup(10)));
    expect((await refusedBy(site)).message).toContain(path);
  });

  test("is reported with `about` if its size is an estimate", () => {
    const site = siteOf({ guard: { bytes: 1000 } });
    const document = { path: "feeds.opml", source: { as: "host" as const, text: "" } };
    expect(refuseTooLarge([{ ...document, bytes: 1000 }], site)).toBeUndefined();
    expect(refuseTooLarge([{ ...document, bytes: 1001 }], site)?.message).toContain(
      "feeds.opml would have about 1,001",
    );
    expect(refuseTooLarge([{ ...document, bytes: 1001, isExact: true }], site)?.message).toContain(
      "feeds.opml would have 1,001",
    );
    expect(refuseTooLarge([{ ...document, bytes: 1001 }], siteOf())).toBeUndefined();
  });
});
