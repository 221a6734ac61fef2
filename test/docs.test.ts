/** What the README says, held against the code. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CATALOGUE } from "../lib/base/problems.ts";
import { KEYS } from "../lib/content/facts/dialects.ts";
import { siteKeys } from "../lib/site/schema.ts";

const readme = readFileSync("README.md", "utf8");

/** The rows of each table whose head begins with `| head |`: the code words of the first cell, and the second cell. */
function rowsOf(head: string): readonly (readonly [words: readonly string[], second: string])[] {
  const [, ...tables] = readme.split(`\n| ${head} |`);
  const rows = tables.flatMap((table) => table.split("\n\n")[0]?.split("\n").slice(2) ?? []);
  return rows.map((row) => {
    const [, first = "", second = ""] = row.split("|").map((cell) => cell.trim());
    return [[...first.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => word), second];
  });
}

test("every problem is in the README, with its severity", () => {
  const told = rowsOf("code").flatMap(([codes, severity]) => codes.map((code) => [code, severity]));
  const known = Object.entries(CATALOGUE).map(([code, [severity]]) => [code, severity]);
  expect(told.toSorted()).toEqual(known.toSorted());
});

test("every key of site.yaml is in the README", () => {
  const told = rowsOf("key").flatMap(([keys]) => keys);
  expect(siteKeys().filter((key) => !told.includes(key))).toEqual([]);
});

test("the first key of every fact is in the README", () => {
  const told = new Set(rowsOf("key").flatMap(([keys]) => keys.map((key) => key.toLowerCase())));
  const first = Object.values(KEYS).flatMap(([key]) => key);
  expect(first.filter((key) => !told.has(key))).toEqual([]);
});
