/** Files of any size are read to their end, or are a problem of their own, and at a cost in proportion to their size. */
import { describe, expect, test } from "vitest";
import { fenced } from "../../lib/content/templates/meaning/output.ts";
import { contentOf } from "../../lib/content/templates/syntax/layout.ts";
import { parse } from "./helpers.ts";

const HEAD = "---\ntitle: A\ndate: 2024-01-05\n---\n";
/** A repetition in a regular expression takes stack for each time it repeats, and this is more than there is. */
const MANY = 12_000_000;

describe("nothing is thrown by a large file of", () => {
  test.each<readonly [string, string, string]>([
    ["line ends above the text", `${HEAD}${"\n".repeat(MANY)}x`, "post"],
    ["blank lines above the text", `${HEAD}${" \n".repeat(MANY / 2)}x`, "post"],
    ["blank lines within the text", `${HEAD}x${"\n".repeat(MANY)}x`, "too-slow"],
    ["words", `${HEAD}${"word ".repeat(MANY)}`, "too-slow"],
    ["blank lines alone", `${" \n".repeat(MANY / 2)}x`, "date-missing"],
    ["blank lines below an open fence", `---\n${" \n".repeat(MANY / 2)}title: A`, "front-matter-open"],
    ["one text in JSON", `{"a": A, "${"a".repeat(MANY)}`, "front-matter-open"],
    ["one text in JSON, which is closed", `{"a": A, "b": "${"a".repeat(MANY)}"}`, "too-slow"],
    ["one name in JSON", `{"${"a".repeat(MANY)}": 1}`, "too-slow"],
    ["one name in JSON that cannot be read", `{"b": A, "${"a".repeat(MANY)}": 1}`, "too-slow"],
    ["one text in JavaScript", `---js\n{ a: '${"\\a".repeat(MANY / 2)}\n---\n`, "front-matter-language"],
  ])("%s", (_, text, expected) => {
    const { post, problems } = parse("posts/a.md", text);
    expect(post ? "post" : problems[0]?.code).toBe(expected);
  });

  test("blank lines within a shortcode", () => {
    const lines = "\n".repeat(MANY);
    expect(contentOf(`${lines}x`, "", true)).toBe("x");
    expect(fenced(`${lines}x`)).toEqual({ block: "```\nx\n```" });
  });
});

describe("twice the front matter takes about twice the work, where it is", () => {
  const fill = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
  const SIZE = 250_000;

  test.each<readonly [string, (length: number) => string]>([
    ["texts of TOML that follow each other", (n) => `+++\nb = \n${fill('a="""\n', n)}\n+++\nx`],
    ["texts of TOML that begin and end", (n) => `+++\nb = \n${fill('a="""\n"""\n', n)}\n+++\nx`],
    ["a long name of a table", (n) => `+++\nb = \n[${fill("a", n / 2)}]\n${fill("a=1\n", n / 2)}\n+++\nx`],
    ["members of a long key", (n) => `---\nb: [\nkey:${fill(" ", n / 2)}\n${fill("  a: 1\n", n / 2)}\n---\nx`],
    ["code that is closed far below", (n) => `---\nb: [\n${fill("~~~\n", n / 2)}${fill("a: 1\n", n / 2)}\n---\nx`],
    ["code that is never closed", (n) => `---\nb: [\n${fill("```a\n", n)}\n---\nx`],
    ["groups of keys below an open fence", (n) => `---\n${fill("date: 1\n\n", n)}`],
    ["comments below an open fence", (n) => `---\ndate: 1\n\n${fill("# a\n", n)}date: 1\n`],
    ["JSON whose quotes are in disorder", (n) => `{"a": A, ${fill('"\\\u2028', n)}\nx`],
  ])("%s", (_, make) => {
    const [small, large] = [make(SIZE), make(4 * SIZE)];
    const timed = (text: string) => {
      const before = process.cpuUsage();
      parse("posts/a.md", text);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    // The work of four times the input is four times as much, and sixteen times if it is quadratic; the least of
    // several measurements, since the first compiles the code and others may meet the garbage collector.
    const least = (text: string, times: number) => Math.min(...Array.from({ length: times }, () => timed(text)));
    expect(least(large, 2)).toBeLessThan(10 * least(small, 3) + 100);
  });
});
