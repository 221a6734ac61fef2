/** Edits of front matter leave every other byte as it is. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSource } from "../../lib/content/frontmatter/frontmatter.ts";
import { restoredFile, withdrawnFile } from "../../lib/micropub/act/withdraw.ts";
import { type FieldChange, withChanges } from "../../lib/micropub/edit/frontmatter.ts";
import { readPostFile } from "../../lib/micropub/post/read.ts";
import { bare, type FieldValue } from "../../lib/micropub/post/types.ts";
import type { PostsContext } from "../../lib/micropub/store/context.ts";
import type { DialectName } from "../../lib/model.ts";
import type { Site } from "../../lib/site/types.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
const edited = (text: string, ...fields: readonly FieldChange[]): string =>
  textOf(withChanges(bytesOf(text), { fields }));
const set = (name: string, value?: FieldValue): FieldChange => ({ path: [name.toLowerCase()], key: name, value });

const HAND = `---
# by hand
title: 'It''s  "here"'   # a remark
date:  2024-10-15 08:20
Tags:
  - one   # first
  - two
layout: post
note: |
  several
  lines
url-like: &here https://example.com/#x
alias: *here
---

Text
`;

describe("an edit of front matter", () => {
  test("changes the value alone, and keeps remarks, order, quotes and what is not known", () => {
    expect(edited(HAND, set("tags", ["one", "three"]))).toBe(HAND.replace(/Tags:\n.*\n.*\n/, "Tags: [one, three]\n"));
    expect(edited(HAND, set("title", "New: one"))).toBe(HAND.replace(`'It''s  "here"'`, '"New: one"'));
    expect(edited(HAND, set("note", "one line"))).toBe(
      HAND.replace("note: |\n  several\n  lines\n", "note: one line\n"),
    );
    expect(edited(HAND, set("lang", "zh"))).toBe(HAND.replace("alias: *here\n", "alias: *here\nlang: zh\n"));
    expect(edited(HAND, set("date"))).toBe(HAND.replace("date:  2024-10-15 08:20\n", ""));
  });

  test("refuses what would change another field, and says so", () => {
    expect(() => edited(HAND, set("url-like"))).toThrow("cannot be");
  });

  test("is that of TOML, tables included", () => {
    const toml = `+++\ntitle = 'One' # a remark\ndate = 2024-10-15\n\n[taxonomies]\ntags = ["a",\n  "b"]\n\n[extra]\nx = 1\n+++\nText\n`;
    const tags = (value?: FieldValue): FieldChange => ({ path: ["taxonomies", "tags"], key: "tags", value });
    expect(edited(toml, tags(["c"]))).toBe(toml.replace('["a",\n  "b"]', '["c"]'));
    expect(edited(toml, tags())).toBe(toml.replace('tags = ["a",\n  "b"]\n', ""));
    expect(edited(toml, set("draft", bare(true)))).toBe(toml.replace("2024-10-15\n", "2024-10-15\ndraft = true\n"));
    const flagged = edited(toml, { path: ["extra", "unlisted"], key: "unlisted", value: bare(true) });
    expect(edited(flagged, { path: ["extra", "unlisted"], key: "unlisted" })).toBe(toml);
    const bareToml = "+++\ntitle = 'One'\n+++\n";
    const both = edited(bareToml, tags(["a"]), { path: ["taxonomies", "categories"], key: "categories", value: ["b"] });
    expect(edited(edited(bareToml, tags(["a"])), tags())).toBe(bareToml);
    expect(both).toBe('+++\ntitle = \'One\'\n\n[taxonomies]\ntags = ["a"]\ncategories = ["b"]\n+++\n');
  });

  test("is that of JSON, in braces and in Hexo's way", () => {
    const json = '{\n  "title": "One",\n  "tags": ["a"]\n}\nText\n';
    expect(edited(json, set("tags", ["b", "c"]))).toBe(json.replace('["a"]', '["b", "c"]'));
    expect(edited(json, set("lang", "zh"))).toBe(json.replace('["a"]', '["a"],\n  "lang": "zh"'));
    expect(edited(json, set("tags"))).toBe('{\n  "title": "One"\n}\nText\n');
    expect(edited(json, set("title"))).toBe('{\n  "tags": ["a"]\n}\nText\n');
    const hexo = '"title": "One",\n"date": "2024-10-15"\n;;;\nText\n';
    expect(edited(hexo, set("title", "Two"))).toBe(hexo.replace("One", "Two"));
    expect(edited(hexo, set("published", bare(false)))).toContain('"published": false');
  });

  test("keeps byte order marks and the ends of lines", () => {
    const windows = `\ufeff${HAND.replaceAll("\n", "\r\n")}`;
    const next = edited(windows, set("lang", "zh"), set("date"));
    expect(next).toBe(
      windows.replace("alias: *here\r\n", "alias: *here\r\nlang: zh\r\n").replace("date:  2024-10-15 08:20\r\n", ""),
    );
  });

  test("gives a file without front matter some", () => {
    expect(edited("Text\n", set("title", "One"), set("lang", "en"))).toBe("---\ntitle: One\nlang: en\n---\nText\n");
    expect(edited("---\n---\nText\n", set("title", "One"))).toBe("---\ntitle: One\n---\nText\n");
  });

  test("puts a text in the place of the one that is there, between the blank lines around it", () => {
    const next = (text: string, body: string) => textOf(withChanges(bytesOf(text), { fields: [], body }));
    expect(next("---\ntitle: a\n---\n\n\nOld\n\ntext\n\n", "New")).toBe("---\ntitle: a\n---\n\n\nNew\n\n");
    expect(next("---\ntitle: a\n---\n", "New")).toBe("---\ntitle: a\n---\n\nNew\n");
    expect(next("---\ntitle: a\n---", "New")).toBe("---\ntitle: a\n---\n\nNew\n");
    expect(next("---\r\ntitle: a\r\n---\r\n\r\nOld\r\n", "Two\nlines")).toBe(
      "---\r\ntitle: a\r\n---\r\n\r\nTwo\r\nlines\r\n",
    );
  });
});

const line = fc.constantFrom(
  "title: One",
  "title: 'One'",
  'title: "One" # remark',
  "title: >-\n  One\n  line",
  "tags: [a, b] # c",
  "tags:\n  - a\n  # remark\n  - b\n",
  "tags: a, b",
  "tags:\n- a\n- b",
  "draft: false",
  "# a remark",
  "",
  "date: 2024-10-15",
  "lang:",
  "params:\n  draft: false\n  deep: { a: [1, 2] }",
  "'quoted key': x",
  "中文: 值",
  "note: |+\n  kept\n\n",
  "last: 'x'",
);
const block = fc
  .uniqueArray(line, { minLength: 1, maxLength: 8, selector: (text) => text.split(":")[0] })
  .map((lines) => `---\n${lines.join("\n")}\n---\n\nText\n`);
const change = fc.record({
  name: fc.constantFrom("title", "tags", "draft", "lang", "new-key", "date"),
  value: fc.oneof(
    fc.constant<FieldValue | undefined>(undefined),
    fc.string().map((text): FieldValue => text),
    fc.array(fc.string()).map((texts): FieldValue => texts),
    fc.constant<FieldValue>(bare(true)),
    fc.constant<FieldValue>(
      new Map<string, FieldValue>([
        ["url", "https://example.com/"],
        ["alt", "a: b"],
      ]),
    ),
  ),
});

test("a post that is withdrawn and brought back is the very file, whatever its front matter", () => {
  const site = { posts: ["**"], languages: [], taxonomies: [], timezone: "UTC" } as unknown as Site;
  const context = { now: "2026-06-01T12:00:00Z", site } as unknown as PostsContext;
  fc.assert(
    fc.property(
      block,
      fc.constantFrom("\n", "\r\n"),
      fc.constantFrom<DialectName>("plain", "jekyll"),
      (text, end, dialect) => {
        const before = text.replaceAll("\n", end);
        const file = { ...readPostFile("a.md", bytesOf(before), site), dialect };
        const away = withdrawnFile(file, context);
        const withdrawn = { ...readPostFile("a.md", away, site), dialect };
        expect(withdrawn.held).toBe("draft");
        expect(withdrawn.withdrawn).toBeDefined();
        expect(textOf(restoredFile(withdrawn))).toBe(before);
      },
    ),
    { numRuns: 1000 },
  );
});

test("any edit of any front matter leaves every other field, and every other line, as it was", () => {
  fc.assert(
    fc.property(block, change, fc.constantFrom("\n", "\r\n"), (text, { name, value }, end) => {
      const before = text.replaceAll("\n", end);
      const after = edited(before, set(name, value));
      const [old, next] = [before, after].map((each) => readSource("a.md", bytesOf(each)).source);
      for (const key of new Set([...(old?.fields.keys() ?? []), ...(next?.fields.keys() ?? [])])) {
        if (key !== name) expect(next?.fields.get(key)?.value, key).toEqual(old?.fields.get(key)?.value);
      }
      expect(next?.fields.has(name)).toBe(value !== undefined);
      expect(next?.body).toBe(old?.body);
      const [was, is] = [before.split(end), after.split(end)];
      const field = old?.fields.get(name);
      const same = was.findIndex((each, i) => each !== is[i]);
      if (field === undefined) {
        if (value === undefined) expect(after).toBe(before);
        else expect([...was.slice(0, same), ...is.slice(same, same + 1), ...was.slice(same)]).toEqual(is);
        return;
      }
      const following = [...(old?.fields.values() ?? [])].map(({ line }) => line).filter((each) => each > field.line);
      const rest = was.slice(Math.min(...following, was.lastIndexOf("---") + 1) - 1);
      expect(same === -1 || same >= field.line - 1).toBe(true);
      expect(is.slice(is.length - rest.length)).toEqual(rest);
    }),
    { numRuns: 1500 },
  );
});
