/** Posts that look like others: which records a file that was found may be, renamed. */
import { expect, test } from "vitest";
import type { Traits } from "../../../lib/model.ts";
import { alikeTo } from "../../../lib/publish/scan/alike.ts";
import type { Finding } from "../../../lib/publish/scan/findings.ts";
import { listedOf } from "../../channels/records.ts";

const TRAITS = {
  title: "Drip lines",
  published: "2026-05-02T00:00:00Z",
  language: "en",
  sourceDigest: "text",
  wordsDigest: "words",
};
const RECORD = listedOf("old", { ...TRAITS, url: "https://e.org/old" });

/** A file with errors, of which only this can be read. */
const seenFile = (seen: Partial<Traits>): Finding => ({ etag: "1", problems: [], seen });

const found = (seen: Partial<Traits>) =>
  alikeTo(new Map([["posts/new.md", seenFile({ language: "en", ...seen })]]), [RECORD], new Set());

test.each<[string, Partial<Traits>]>([
  ["text", { sourceDigest: "text" }],
  ["title and date", { title: TRAITS.title, published: TRAITS.published }],
  ["title and words", { title: TRAITS.title, wordsDigest: "words" }],
  ["words and date", { wordsDigest: "words", published: TRAITS.published }],
])("a file that shares the %s with a post may be it", (_, seen) => {
  expect(found(seen)).toEqual([RECORD.key]);
});

test.each<[string, Partial<Traits>]>([
  ["title", { title: TRAITS.title }],
  ["date", { published: TRAITS.published }],
  ["words", { wordsDigest: "words" }],
  ["language", {}],
])("one that shares only the %s is another", (_, seen) => {
  expect(found(seen)).toEqual([]);
});

test("of two files each must share enough by itself", () => {
  const findings = new Map([
    ["posts/one.md", seenFile({ language: "en", title: TRAITS.title })],
    ["posts/two.md", seenFile({ language: "en", published: TRAITS.published })],
  ]);
  expect(alikeTo(findings, [RECORD], new Set())).toEqual([]);
});

test("what a burst of files is compared with grows with their number alone", () => {
  const findings = new Map(
    Array.from({ length: 20_000 }, (_, i) => [
      `posts/${i}.md`,
      seenFile({ language: "en", title: `Post ${i}`, published: new Date(i * 1e9).toISOString(), wordsDigest: `${i}` }),
    ]),
  );
  expect(alikeTo(findings, [RECORD], new Set())).toEqual([]);
});
