import { expect, test } from "vitest";
import { directionOf, scriptOf } from "../../../lib/formats/page/language.ts";

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
