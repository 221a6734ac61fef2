/** Output for a terminal: every problem with its lines, and no control characters from content. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Problem } from "../../lib/model.ts";
import type { Report } from "../../lib/publish/types.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { type Store, StoreUnreadable } from "../../lib/stores/store.ts";
import { type Checked, showCheck } from "../../lib/terminal/check.ts";
import { readFrames, showFrame } from "../../lib/terminal/frame.ts";
import { showReport } from "../../lib/terminal/report.ts";
import { columns, cut, type Paint, plain, visible } from "../../lib/terminal/text.ts";
import { anyText } from "../support/nasty.ts";
import { codes, post, SITE, world } from "../support/world.ts";

const NONE = { public: 0, future: 0, expired: 0, hidden: 0, broken: 0, conflicting: 0, removed: 0 };

const problemOf = (given: Partial<Problem> = {}): Problem => ({
  ...{ code: "odd", severity: "error", file: "posts/a.md", message: "it is odd", fix: "make it even" },
  ...given,
});

async function storeOf(files: { readonly [key: string]: string | Uint8Array }): Promise<Store> {
  const store = memoryStore("content");
  for (const [key, file] of Object.entries(files)) {
    const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
    await store.put(key, bytes, { contentType: "text/markdown" });
  }
  return store;
}

const checkOf = async (problems: readonly Problem[], content: Store, given: Partial<Checked> = {}, paint?: Paint) =>
  showCheck(
    { problems, records: NONE, heldBack: {}, ...given },
    { frames: await readFrames(content, problems), paint },
  );

/** The lines of the frame of a problem at `line` of `file`. */
async function frameIn(file: string | Uint8Array, line: number): Promise<readonly string[]> {
  const shown = await checkOf([problemOf({ line })], await storeOf({ "posts/a.md": file }));
  return shown.split("\n").filter((text) => /^ {4}[> ] +\d+ \|/.test(text));
}

describe("a frame", () => {
  test("is the marked line of the problem between its neighbours", async () => {
    expect(await frameIn("one\ntwo\nthree\nfour\n", 2)).toEqual(["      1 | one", "    > 2 | two", "      3 | three"]);
    expect(await frameIn("one\ntwo\n", 1)).toEqual(["    > 1 | one", "      2 | two"]);
  });

  test("leaves out blank neighbours, but not a blank line of the problem", async () => {
    expect(await frameIn("\ntwo\n \n", 2)).toEqual(["    > 2 | two"]);
    expect(await frameIn("one\n\nthree\n", 2)).toEqual(["      1 | one", "    > 2 |", "      3 | three"]);
  });

  test("aligns line numbers of different length", async () => {
    expect(await frameIn("line\n".repeat(12), 10)).toEqual(["       9 | line", "    > 10 | line", "      11 | line"]);
  });

  test("counts lines as front matter does: \\r\\n and \\r end one, U+2028 does not", async () => {
    expect(await frameIn("one\r\ntwo\rthree\u2028still three\nfour", 3)).toEqual([
      "      2 | two",
      "    > 3 | three<U+2028>still three",
      "      4 | four",
    ]);
  });

  test("shows no byte order mark", async () => {
    expect(await frameIn("\ufeffone\n", 1)).toEqual(["    > 1 | one"]);
  });

  test("cuts a long line at 100 columns, of which a Chinese character takes two", async () => {
    expect(await frameIn("x".repeat(100), 1)).toEqual([`    > 1 | ${"x".repeat(100)}`]);
    expect(await frameIn("x".repeat(101), 1)).toEqual([`    > 1 | ${"x".repeat(99)}…`]);
    expect(await frameIn("滴".repeat(50), 1)).toEqual([`    > 1 | ${"滴".repeat(50)}`]);
    expect(await frameIn("滴".repeat(51), 1)).toEqual([`    > 1 | ${"滴".repeat(49)}…`]);
  });

  test("shows tabs as spaces and other control characters as symbols", async () => {
    expect(await frameIn("\ttags: \u001b[31mred\u0000\u007f\u009b\u202e", 1)).toEqual([
      "    > 1 |   tags: ␛[31mred␀␡<U+009B><U+202E>",
    ]);
  });

  test.each([
    ["is not UTF-8", Uint8Array.of(0x61, 0xff, 0x0a)],
    ["has no such line", "one line"],
  ])("is left out for a file that %s, and the line is still named", async (_, file) => {
    expect(await frameIn(file, 7)).toEqual([]);
    const shown = await checkOf([problemOf({ line: 7 })], await storeOf({ "posts/a.md": file }));
    expect(shown).toContain("  line 7: error: it is odd [odd]\n    fix: make it even\n");
  });

  test("is left out for a file that is gone or cannot be read", async () => {
    const problems = [problemOf({ line: 1, file: "gone.md" }), problemOf({ line: 1, file: "locked.md" })];
    const store: Store = {
      ...(await storeOf({})),
      async get(key) {
        if (key === "locked.md") throw new StoreUnreadable("content", "get", key, "permission denied");
        return undefined;
      },
    };
    expect(await readFrames(store, problems)).toEqual(new Map());
  });

  test("is as narrow as the terminal", async () => {
    const store = await storeOf({ "a.md": `${"word ".repeat(40)}\n` });
    const problem = problemOf({ file: "a.md", line: 1 });
    const frames = await readFrames(store, [problem], 40);
    const [shown = ""] = showFrame(frames.get(problem) ?? new Map(), 1, plain);
    expect(`    ${shown}`).toHaveLength(40);
    expect(shown).toMatch(/…$/);
  });

  test("costs one read for each file that has a problem with a line, and none for the others", async () => {
    const store = await storeOf({ "a.md": "one\ntwo\n", "b.md": "one\n", "c.md": "one\n" });
    const read: string[] = [];
    const spied: Store = {
      ...store,
      get(key, known) {
        read.push(key);
        return store.get(key, known);
      },
    };
    const problems = [
      problemOf({ file: "a.md", line: 1 }),
      problemOf({ file: "a.md", line: 2 }),
      problemOf({ file: "b.md" }),
    ];
    expect((await readFrames(spied, problems)).size).toBe(2);
    expect(read).toEqual(["a.md"]);
  });
});

describe("check", () => {
  test("names a file once, with all its problems by line", async () => {
    const problems = [
      problemOf({ line: 3, message: "third" }),
      problemOf({ line: 1, message: "first", severity: "warning" }),
      problemOf({ message: "of the whole" }),
    ];
    const shown = await checkOf(problems, await storeOf({ "posts/a.md": "one\n\n\n" }));
    expect(shown).toBe(`posts/a.md: 3 problems

  error: of the whole [odd]
    fix: make it even

  line 1: warning: first [odd]
    > 1 | one
    fix: make it even

  line 3: error: third [odd]
    > 3 |
    fix: make it even

0 posts checked
2 errors, 1 warning in 1 file`);
  });

  test("names site.yaml first, then files in UTF-8 key order", async () => {
    const files = ["posts/\u{1f33e}.md", "posts/\uff5e.md", "a.md", "site.yaml", "posts/é.md", "posts/z.md"];
    const shown = await checkOf(
      files.map((file) => problemOf({ file })),
      await storeOf({}),
    );
    expect(shown.match(/^.+(?=: 1 problem$)/gm)).toEqual([
      ...["site.yaml", "a.md", "posts/z.md", "posts/é.md", "posts/\uff5e.md", "posts/\u{1f33e}.md"],
    ]);
  });

  test("counts posts by status, and hidden ones by reason", async () => {
    const records = { ...NONE, public: 5, future: 1, hidden: 3 };
    const shown = await checkOf([], await storeOf({}), { records, heldBack: { draft: 2, password: 1 } });
    expect(shown).toBe("9 posts checked: 5 public, 1 future, 3 hidden (2 draft, 1 password)\nno problems");
  });

  test("counts more than a few problems by code: errors first, then the most frequent", async () => {
    const warnings = Array.from({ length: 10 }, () => problemOf({ severity: "warning", code: "often" }));
    const errors = ["late", "early", "late"].map((code) => problemOf({ code }));
    const shown = await checkOf([...warnings, ...errors], await storeOf({}));
    expect(shown.split("\n").slice(-4)).toEqual([
      "3 errors, 10 warnings in 1 file:",
      "   2  error    late",
      "   1  error    early",
      "  10  warning  often",
    ]);
  });

  test("says why the posts were not checked if no problem says it", async () => {
    const refused = { code: "unsettled", message: "the content kept changing", fix: "check again" };
    expect(await checkOf([], await storeOf({}), { refused })).toBe(
      "the posts were not checked\nno problems\nthe content kept changing\n  fix: check again",
    );
  });

  test("styles severities, marks and names, and changes no word", async () => {
    const paint: Paint = (style, text) => `{${style} ${text}}`;
    const problems = [problemOf({ line: 1 }), problemOf({ line: 2, severity: "warning" })];
    const store = await storeOf({ "posts/a.md": "one\ntwo\n" });
    const painted = await checkOf(problems, store, {}, paint);
    expect(painted).toContain("{bold posts/a.md}: 2 problems");
    expect(painted).toContain("{red error}: it is odd {dim [odd]}");
    expect(painted).toContain("{yellow warning}: it is odd");
    expect(painted).toContain("{red >} {bold 1 |} one");
    expect(painted.replace(/\{\w+ ([^{}]*)\}/g, "$1")).toBe(await checkOf(problems, store));
  });

  test("finds a post that cannot be rendered even if no document needs it", async () => {
    const deep = post({ title: "Deep", date: "2020-01-01" }, `${"> ".repeat(20_000)}x`);
    const old = post({ title: "Old", date: "2021-01-01" });
    const posts = { "posts/new.md": post({}), "posts/old.md": old, "posts/deep.md": deep };
    const site = await world(posts, `${SITE}limit: 1\n`);
    expect(codes(await site.publish({ dryRun: true }))).toEqual([]);
    const report = await site.publish({ dryRun: true, renderAll: true });
    expect(codes(report)).toEqual(["too-slow"]);
    expect(report.problems[0]?.message).not.toContain("\n");
    expect(report).toMatchObject({ records: { public: 2, broken: 1 }, entries: { rendered: 2 } });
  });
});

describe("publish", () => {
  const reportOf = (problems: readonly Problem[]): Report => ({
    ...{
      dryRun: false,
      records: NONE,
      heldBack: {},
      entries: { rendered: 0, cached: 0 },
      put: [],
      removed: [],
      unchanged: 3,
    },
    problems,
    operations: {
      ...{ content: { list: 1, get: 1, put: 0, delete: 0 }, public: { list: 1, get: 0, put: 0, delete: 0 } },
      state: { list: 0, get: 1, put: 0, delete: 0 },
    },
    took: 10,
  });

  test("prints one line for a problem, and one for its fix", async () => {
    const other = problemOf({ line: 4, message: "it is even odder" });
    expect((await showReport(reportOf([other, problemOf()]))).split("\n").slice(0, 4)).toEqual([
      ...["posts/a.md: error: it is odd [odd]", "  fix: make it even"],
      ...["posts/a.md:4: error: it is even odder [odd]", "  fix: make it even"],
    ]);
  });

  test("prints every cause of an error, however many warnings there are, and counts those of warnings beyond ten", async () => {
    const warnings = Array.from({ length: 12 }, (_, i) =>
      Array.from({ length: 40 }, (_, line) => problemOf({ line, code: `warning-${i}`, severity: "warning" })),
    );
    const errors = Array.from({ length: 30 }, (_, i) => problemOf({ file: `posts/z${i}.md`, code: `error-${i}` }));
    const lines = (await showReport(reportOf([...warnings.flat(), ...errors]))).split("\n");
    expect(lines.slice(0, 60).filter((line) => line.includes(": error: "))).toHaveLength(30);
    expect(lines.filter((line) => line.endsWith("(and 39 more)"))).toHaveLength(10);
    expect(lines).toContain("… and 80 more warnings of 2 causes: dripfeed check shows all");
  });

  test("counts changes by kind where they are many, but not where they are all there is", async () => {
    const put = (n: number, reason: "new" | "changed" | "inherited") =>
      Array.from({ length: n }, (_, i) => ({ path: `tags/${reason}${i}/rss.xml`, reason }));
    const tags = { kind: "tags", channels: 5, documents: 20, removed: 0 };
    const site = { kind: "site", channels: 1, documents: 4, put: 4, removed: 0 };
    const shown = async (changes: Partial<Report>) =>
      (await showReport({ ...reportOf([]), ...changes })).split("\n").find((line) => line.startsWith("  put"));
    expect(await shown({ put: put(24, "new"), documents: [site, { ...tags, put: 20 }] })).toBe("  put  all 24, new");
    const some = [...put(10, "changed"), ...put(2, "inherited")];
    expect(await shown({ put: some, documents: [site, { ...tags, put: 8 }] })).toBe(
      "  put  12 documents, 10 changed and 2 left unfinished by a run before: 4 of the site itself, 8 of tags",
    );
  });

  test("says of a run without time for all posts how many it has read, and counts none as published or gone", async () => {
    const unread = { ...reportOf([]), unfinished: true, scanned: { read: 40_000, total: 100_000 } } as const;
    expect(await showReport(unread)).toBe(
      "unfinished: out of time; read 40000 of 100000 posts and published nothing yet; publish again to go on",
    );
    const left = { ...unread, scanned: { read: 0, total: 100_000, handedOver: true } } as const;
    expect(await showReport(left)).toBe(
      "unfinished: read 0 of 100000 posts and published nothing yet; the others are read beside this run, and another one follows",
    );
  });

  const gone = { code: "many-gone", message: "11 of 30 posts would be gone", fix: "bring them back" };
  const large = { code: "too-large", message: "rss.xml would be too large", fix: "cut it" };

  test("prints every refusal with its fix, and no planned changes", async () => {
    expect(
      await showReport({ ...reportOf([]), refused: { ...gone, also: [large] }, due: "2026-06-01T00:00:00Z" }),
    ).toBe(
      [
        ...["refused: 11 of 30 posts would be gone", "  fix: bring them back"],
        ...["refused: rss.xml would be too large", "  fix: cut it"],
      ].join("\n"),
    );
  });

  test("prints what would have been refused without --force", async () => {
    const lines = (await showReport({ ...reportOf([]), forced: { ...gone, also: [large] } })).split("\n");
    expect(lines.slice(-2)).toEqual(["forced: 11 of 30 posts would be gone", "forced: rss.xml would be too large"]);
  });
});

describe("a terminal", () => {
  const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Cs}/u;

  test("never gets a control character from a file, its name or a message", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, anyText, async (body, name, message) => {
        const file = `posts/${name.toWellFormed().replace(/[\u0000/\\]/g, "")}.md`;
        const problems = [problemOf({ file, line: 1, message }), problemOf({ file, line: 2, fix: message })];
        const content = await storeOf({ [file]: `${body}\n${message}` });
        expect(await checkOf(problems, content)).not.toMatch(CONTROL);
      }),
    );
  });

  test("never gets one from a report that is read from a file, whatever it says", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.constantFrom("constructor", "__proto__", "tags"), async (text, kind) => {
        const of = { channels: 2, documents: 2, put: 9, removed: 0, unchanged: 0 };
        const report: Report = {
          ...{ dryRun: false, records: NONE, heldBack: { [text]: 1 } as Report["heldBack"] },
          ...{
            entries: { rendered: 0, cached: 0 },
            removed: [],
            unchanged: 0,
            operations: {} as Report["operations"],
            took: 1,
          },
          ...{ problems: [problemOf({ code: text as Problem["code"], message: text })], due: text, isFirst: true },
          put: Array.from({ length: 9 }, () => ({ path: text, reason: "new" })),
          site: {
            title: text,
            entries: text as never,
            page: { path: text, url: text },
            feed: { path: text, url: text },
          },
          documents: [kind, text].map((each) => ({ ...of, kind: each as never })),
          forced: { code: "many-removed" as never, message: text, fix: text },
        };
        const records = { ...NONE, hidden: 1, [text]: 1 };
        expect(await showReport({ ...report, records })).not.toMatch(CONTROL);
        const refused = { code: "few" as never, message: text, fix: text };
        expect(await checkOf([], await storeOf({}), { refused })).not.toMatch(CONTROL);
      }),
    );
  });

  test("gets one line for one line", () => {
    fc.assert(fc.property(anyText, (text) => !visible(text).includes("\n")));
  });

  test.each([
    ["滴灌", 4],
    ["a，b", 4],
    ["“…—”", 4],
    ["한국어", 6],
    ["e\u0301", 1],
    ["👩‍🌾", 2],
    ["❤️", 2],
    ["", 0],
  ])("shows %s in its number of columns", async (text, width) => {
    expect(await columns(text)).toBe(width);
  });

  test("gets as much of a line as fits, and never half a character", async () => {
    const line = fc.oneof(fc.string({ unit: "grapheme" }), anyText.map(visible));
    await fc.assert(
      fc.asyncProperty(line, fc.integer({ min: 1, max: 20 }), async (text, width) => {
        const shown = await cut(text, width);
        expect(await columns(shown)).toBeLessThanOrEqual(width);
        if (shown === text) return;
        expect(shown.endsWith("…")).toBe(true);
        expect(text.startsWith(shown.slice(0, -1))).toBe(true);
        expect(shown.isWellFormed()).toBe(true);
      }),
    );
  });

  test("gets a bounded text for one character with endless combining marks", async () => {
    for (const mark of ["\u0301", "\u{1e000}"]) {
      const shown = await cut(`e${mark.repeat(100_000)}`, 10);
      expect(shown.length).toBeLessThan(1000);
      expect(shown.isWellFormed()).toBe(true);
    }
  });
});
