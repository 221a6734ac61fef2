/** What README, the pages of docs/ and help say, held against the code. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { CATALOGUE } from "../lib/base/problems.ts";
import { DECLARATIONS } from "../lib/commands/table.ts";
import { KEYS } from "../lib/content/facts/dialects.ts";
import { siteKeys } from "../lib/site/schema.ts";
import { parseSite } from "../lib/site/site.ts";
import { PAGES } from "./docs/blocks.ts";

/** The rows of each table of a page whose head begins with `| head |`: the code words of the first cell, and the second cell. */
function rowsOf(page: string, head: string): readonly (readonly [words: readonly string[], second: string])[] {
  const [, ...tables] = readFileSync(page, "utf8").split(`\n| ${head} |`);
  const rows = tables.flatMap((table) => table.split("\n\n")[0]?.split("\n").slice(2) ?? []);
  return rows.map((row) => {
    const [, first = "", second = ""] = row.split("|").map((cell) => cell.trim());
    return [[...first.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word), second];
  });
}

test("every problem is in docs/problems.md, with its severity", () => {
  const listed = rowsOf("docs/problems.md", "code").flatMap(([codes, severity]) =>
    codes.map((code) => [code, severity]),
  );
  const known = Object.entries(CATALOGUE).map(([code, [severity]]) => [code, severity]);
  expect(listed.toSorted()).toEqual(known.toSorted());
});

test("every key of site.yaml is in docs/site.md", () => {
  const listed = rowsOf("docs/site.md", "key").flatMap(([keys]) => keys);
  expect(siteKeys().filter((key) => !listed.includes(key))).toEqual([]);
});

test("the first key of every fact is in docs/posts.md or docs/podcasts.md", () => {
  const rows = ["docs/posts.md", "docs/podcasts.md"].flatMap((page) => rowsOf(page, "key"));
  const listed = new Set(rows.flatMap(([keys]) => keys.map((key) => key.toLowerCase())));
  const first = Object.values(KEYS).flatMap(([key]) => key);
  expect(first.filter((key) => !listed.has(key))).toEqual([]);
});

test("every refusal of a run is in docs/operating.md", () => {
  const sources = readdirSync("lib/publish", { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const codes = sources.flatMap((name) =>
    [...readFileSync(join("lib/publish", name), "utf8").matchAll(/\bcode: "([a-z-]+)"/g)].map(([, code = ""]) => code),
  );
  expect(codes.length).toBeGreaterThan(10);
  const page = readFileSync("docs/operating.md", "utf8");
  expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
});

/** Every match in every page, with the page; in prose, without code. */
function matchesOf(pattern: RegExp, readAs: (text: string) => string = (text) => text, pages = PAGES) {
  return pages.flatMap((page) =>
    [...readAs(readFileSync(page, "utf8")).matchAll(pattern)].map((match) => ({ page, match })),
  );
}

const proseOf = (text: string): string => text.replaceAll(/^ *```\w*\n[\s\S]*?```|`[^`\n]*`/gm, "code");

/** As GitHub makes them of headings. */
const anchorsOf = (page: string): readonly string[] =>
  [...readFileSync(page, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

describe("README and the pages of docs/", () => {
  test("name commands and options that exist", () => {
    const calls = matchesOf(/(?:npx|-s|run) dripfeed (?:-- )?([a-z]+)([^|&`\n]*)/g);
    expect(calls.length).toBeGreaterThan(20);
    const named = calls.map(({ page, match: [call, ...words] }) => {
      const [first = "", second = ""] = words.join(" ").split(/\s+/);
      const found = DECLARATIONS.find(({ name }) => name === first || name === `${first} ${second}`);
      return { call: `${page}: ${call}`, found, first, options: call.match(/--[a-z][a-z-]*/g) ?? [] };
    });
    const isKnown = ({ found, first }: (typeof named)[number]) => found !== undefined || first === "help";
    expect(named.filter((each) => !isKnown(each)).map(({ call }) => call)).toEqual([]);
    const options = named.flatMap(({ call, found, options }) => options.map((option) => ({ call, found, option })));
    expect(options.length).toBeGreaterThan(20);
    const unknown = options.filter(({ found, option }) => found && !Object.hasOwn(found.options, option.slice(2)));
    expect(unknown.map(({ call, option }) => `${option} in ${call}`)).toEqual([]);
  });

  test("are a README of at most 150 lines, and pages that say first what they are for", () => {
    expect(readFileSync("README.md", "utf8").split("\n").length).toBeLessThanOrEqual(151);
    const unclear = PAGES.filter((page) => !/^# .+\n\n(?:[^\n|#`-]|`)[^\n]/.test(readFileSync(page, "utf8")));
    expect(unclear.filter((page) => page !== "SECURITY.md")).toEqual([]);
  });

  test("are each found from the README", () => {
    const readme = readFileSync("README.md", "utf8");
    expect(PAGES.filter((page) => page !== "README.md" && !readme.includes(`](${page}`))).toEqual([]);
  });

  test("link to files and headings that exist", () => {
    const pages = [...PAGES, "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"];
    const links = matchesOf(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)/g, proseOf, pages);
    expect(links.length).toBeGreaterThan(50);
    const dead = links.filter(({ page, match: [, path = "", anchor] }) => {
      const target = path === "" ? page : join(dirname(page), path);
      return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    });
    expect(dead.map(({ page, match: [link] }) => `${page}: ${link}`)).toEqual([]);
  });

  test("show the pictures of docs/pictures, each of at most 80 KB and in words, too", () => {
    const shown = matchesOf(/(?:src|srcset)="([^"]+)"/g).map(({ page, match: [, path = ""] }) =>
      join(dirname(page), path),
    );
    const drawn = readdirSync("docs/pictures").map((name) => `docs/pictures/${name}`);
    expect([...new Set(shown)].toSorted()).toEqual(drawn.toSorted());
    expect(drawn.filter((path) => statSync(path).size > 80_000)).toEqual([]);
    expect(matchesOf(/<img (?![^>]*alt="[^"]+")/g)).toEqual([]);
  });

  test("name the packed command as `npm pack` does", () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    const names = matchesOf(/dripfeed-[\d.]*\.tgz/g).map(({ match: [name] }) => name);
    expect([...new Set(names)]).toEqual([`dripfeed-${version}.tgz`]);
  });

  test("show site.yaml as it can be used", () => {
    const samples = matchesOf(/^```yaml\n(title: [\s\S]*?)^```/gm);
    expect(samples.length).toBeGreaterThan(8);
    const unusable = samples.flatMap(({ page, match: [, yaml = ""] }) => {
      const read = parseSite(new TextEncoder().encode(yaml), "content", 2026);
      return read.ok ? [] : read.problems.map(({ message }) => `${page}: ${message}\n${yaml}`);
    });
    expect(unusable).toEqual([]);
  });
});
