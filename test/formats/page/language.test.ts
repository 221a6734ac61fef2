import { expect, test } from "vitest";
import { directionOf, formattersOf, scriptOf } from "../../../lib/formats/page/language.ts";

test.each([
  ["en", "ltr"],
  ["zh-TW", "ltr"],
  ["ar", "rtl"],
  ["he-IL", "rtl"],
  ["fa", "rtl"],
  ["ur-PK", "rtl"],
  ["yi", "rtl"],
  ["dv", "rtl"],
  ["syr", "rtl"],
  ["nqo", "rtl"],
  ["ff", "ltr"],
  ["ff-Adlm", "rtl"],
  ["pa", "ltr"],
  ["pa-Arab", "rtl"],
  ["ar-Latn", "ltr"],
  ["sam", "rtl"], // Samaritan
  ["tlh", "ltr"],
  ["no language tag", "ltr"],
])("text in %s runs %s", (language, direction) => expect(directionOf(language)).toBe(direction));

test.each([
  ["zh", "Hans"],
  ["zh-HK", "Hant"],
  ["yue", "Hant"],
  ["zh-Hans-HK", "Hans"],
  ["no language tag", undefined],
])("%s is written in %s", (language, script) => expect(scriptOf(language)).toBe(script));

test.each([
  ["en", "November 23, 2026 at 12:00 PM GMT+8"],
  ["zh-CN", "2026年11月23日 12:00 GMT+8"],
  ["fr", "23 novembre 2026 à 12:00 UTC+8"],
])("the time zone comes last in %s", (language, text) => {
  expect(formattersOf(language, "Asia/Shanghai").dateTime("2026-11-23T04:00:00Z")).toBe(text);
});

test.each([
  [0.2, "1 sec"],
  [59, "59 sec"],
  [59.5, "1 min"],
  [1925, "32 min"],
])("%d seconds are %s", (seconds, text) => expect(formattersOf("en", "UTC").duration(seconds)).toBe(text));
