/** What README and help say, held against the code. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CATALOGUE } from "../lib/base/problems.ts";
import { helpText } from "../lib/commands/help.ts";
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
  const listed = rowsOf("code").flatMap(([codes, severity]) => codes.map((code) => [code, severity]));
  const known = Object.entries(CATALOGUE).map(([code, [severity]]) => [code, severity]);
  expect(listed.toSorted()).toEqual(known.toSorted());
});

test("every key of site.yaml is in the README", () => {
  const listed = rowsOf("key").flatMap(([keys]) => keys);
  expect(siteKeys().filter((key) => !listed.includes(key))).toEqual([]);
});

test("the first key of every fact is in the README", () => {
  const listed = new Set(rowsOf("key").flatMap(([keys]) => keys.map((key) => key.toLowerCase())));
  const first = Object.values(KEYS).flatMap(([key]) => key);
  expect(first.filter((key) => !listed.has(key))).toEqual([]);
});

test("every option of every command is in the help and in the README", () => {
  const sources = readdirSync("lib/commands").map((file) => readFileSync(`lib/commands/${file}`, "utf8"));
  const options = sources.flatMap((text) =>
    [...text.matchAll(/"?([\w-]+)"?: \{ type: "(?:boolean|string)"/g)].map(([, name]) => `--${name}`),
  );
  expect(options.length).toBeGreaterThan(20);
  const help = helpText();
  expect(options.filter((option) => !help.includes(`${option} `))).toEqual([]);
  expect(options.filter((option) => !new RegExp(`${option}\\b`).test(readme))).toEqual([]);
});

test("every alarm is in the README", () => {
  const alarms = [...readFileSync("infra/watch.ts", "utf8").matchAll(/\balarm\(\s*"(\w+)"/g)].map(
    ([, name = ""]) => name,
  );
  expect(alarms.length).toBeGreaterThan(4);
  const listed = rowsOf("alarm").flatMap(([names]) => names);
  expect(alarms.filter((name) => !listed.includes(name))).toEqual([]);
});
