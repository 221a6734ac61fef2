/** Who made a request, by User-Agents as logs have them, and by any text. */
import { readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAgent } from "../../../lib/audience/agents/agents.ts";
import { KNOWN } from "../../../lib/audience/agents/known.ts";
import type { Agent } from "../../../lib/audience/types.ts";

const NAME = /^[A-Za-z][A-Za-z0-9 _.-]{0,39}$/;
const KINDS = ["aggregator", "reader", "browser", "bot", "monitor", "program"];
const NAMES = Object.values(KNOWN).flat();
const UNNAMED = KINDS.map((kind) => (kind === "program" ? "unknown" : `unknown ${kind}`));

const at = (name: string) => `${import.meta.dirname}/${name}`;
const lines = readFileSync(at("agents.txt"), "utf8").trimEnd().split("\n");
const isAgent = (line: string) => line !== "" && !line.startsWith("# ");

describe("the User-Agents of agents.txt", () => {
  test("are those of agents.expected.txt", () => {
    const expected = at("agents.expected.txt");
    const table = `${lines.map((line) => (isAgent(line) ? rowOf(line) : line)).join("\n")}\n`;
    if (process.env["GOLDEN"] === "write") writeFileSync(expected, table);
    expect(table).toBe(readFileSync(expected, "utf8"));
  });

  test("are more than 250", () => {
    expect(lines.filter(isAgent).length).toBeGreaterThan(250);
  });
});

/** What was read, in columns, and how the User-Agent begins. */
function rowOf(agent: string): string {
  const { kind, name, subscribers, feedId } = readAgent(agent);
  const cells = [kind.padEnd(10), name.padEnd(25), `${subscribers ?? "·"}`.padStart(10), (feedId ?? "·").padEnd(24)];
  return `${cells.join("  ")}  ${agent.slice(0, 60)}`;
}

describe("the table", () => {
  test("has each name once, so that a name has one kind", () => {
    expect(NAMES.filter((name, i) => NAMES.indexOf(name) !== i)).toEqual([]);
  });

  test("has names that are safe to show", () => {
    expect(NAMES.filter((name) => !NAME.test(name))).toEqual([]);
  });
});

const anyText = fc
  .oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.string({ unit: fc.constantFrom(..."aA09 /().;,:=%@-+fFeEdDbBoOtT"), maxLength: 80 }),
    fc.array(
      fc.constantFrom(
        "Mozilla/5.0",
        "(",
        ")",
        ";",
        "compatible",
        "12 subscribers",
        "feed-id=7",
        "Feedly/1.0",
        "%20",
        "x",
        " ",
      ),
    ),
  )
  .map((text) => (typeof text === "string" ? text : text.join(" ")));

describe("any text", () => {
  test("gives a name of the table only with its kind there", () => {
    const named = fc.constantFrom(...NAMES);
    const put = fc.constantFrom<(name: string) => string>(
      (name) => name,
      (name) => `${name}/1.0 (+https://example.com)`,
      (name) => `${name}/1.0 (5 subscribers)`,
      (name) => `Mozilla/5.0 (compatible; ${name}/1.0; +https://example.com)`,
      (name) => `Any ${name} Downloader`,
    );
    fc.assert(
      fc.property(named, put, (text, write) => {
        const { name, kind } = readAgent(write(text));
        if (NAMES.includes(name)) expect(KNOWN[kind]).toContain(name);
      }),
      { numRuns: 500 },
    );
  });

  test("gives a name that is short and safe, and a kind", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { name, kind, subscribers, feedId } = readAgent(text);
        expect(name).toMatch(NAME);
        expect(KINDS).toContain(kind);
        if (kind !== "aggregator") expect([subscribers, feedId]).toEqual([undefined, undefined]);
        if (subscribers !== undefined) expect(subscribers).toBeLessThan(2 ** 31);
        if (feedId !== undefined) expect(feedId).toMatch(/^[\w-]{1,128}$/);
      }),
    );
  });

  test("gives the same each time, and nothing that comes after its first 2,000 characters", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const long = text.padEnd(2000);
        const before = readAgent(long);
        readAgent("Feedly/1.0 (+http://www.feedly.com/fetcher.html; 457 subscribers; like FeedFetcher-Google)");
        expect(readAgent(`${long} 9 subscribers NewsBlur Page Fetcher`)).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });

  test("takes no longer for 60,000 characters than for 2,000, whatever they are", () => {
    const hostile = [
      "1,".repeat(30_000),
      "feed-id".repeat(9_000),
      "(".repeat(60_000),
      " ".repeat(60_000),
      "%C3".repeat(20_000),
    ];
    for (const text of [...hostile, ..."a1.-/;:@".split("").map((unit) => unit.repeat(60_000))]) {
      const start = performance.now();
      readAgent(text);
      expect(performance.now() - start).toBeLessThan(1000);
    }
  });
});

describe("a count", () => {
  const count = fc.integer({ min: 0, max: 2 ** 31 - 1 });
  const written = fc.constantFrom<(n: number) => string>(
    (n) => `Unheard/1.0 (+https://example.com; ${n} subscribers)`,
    (n) => `Unheard/1.0 (+https://example.com; ${n.toLocaleString("en-US")} subscribers; feed-id=3)`,
    (n) => `Mozilla/5.0 (compatible; Unheard/1.0; ${n} readers)`,
    (n) => `Unheard feed-id:3 - ${n} subscribers`,
    (n) => `Unheard/1.0 (subscribers=${n})`,
    (n) => `Unheard/1.0 (Subscriber Count: ${n})`,
  );

  test("is read wherever an aggregator may write it, known or not", () => {
    fc.assert(
      fc.property(count, written, (n, write) => {
        const agent: Agent = readAgent(write(n));
        expect(agent).toMatchObject({ name: "Unheard", kind: "aggregator", subscribers: n });
      }),
    );
  });

  test("that nobody could have is none", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 31n, max: 10n ** 40n }), (n) => {
        expect(readAgent(`Unheard/1.0 (${n} subscribers)`)).toEqual({ name: "Unheard", kind: "aggregator" });
      }),
      { numRuns: 50 },
    );
  });

  test("is none in a version, in a URL or within a word", () => {
    const texts = [
      "Any/2.0 Reader",
      "Any/2 readers",
      "Any (v2.5 subscribers)",
      "Any (+https://example.com/9 readers/)",
      "Any (5 readership)",
    ];
    for (const text of texts) expect(readAgent(text)).not.toHaveProperty("subscribers");
  });
});

describe("what says who a person is", () => {
  const digit = fc.integer({ min: 0, max: 9 });
  const address = fc.oneof(
    fc.ipV4(),
    fc.tuple(digit, digit, digit, digit).map((parts) => parts.join(".")),
  );
  const secret = fc.oneof(
    address,
    fc.ipV6(),
    fc.emailAddress(),
    fc.emailAddress().map(encodeURIComponent),
    fc.uuid(),
    fc.tuple(address, fc.constantFrom("-", "_")).map(([text, sign]) => `ip${sign}${text.replaceAll(".", sign)}`),
    address.map((text) => `host${text}.example.com`),
  );
  const around = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => `${text}/1.0`,
    (text) => `${text} (5 subscribers)`,
    (text) => `Mozilla/5.0 (compatible; ${text}; +https://example.com)`,
    (text) => `Mozilla/5.0 (${text})`,
    (text) => `Any ${text}/2.0`,
    (text) => `Any/2.0 (${text}) CFNetwork/1.0`,
    (text) => `(${text}) ${text}`,
    (text) => `${text.padStart(2010)}/1.0`,
  );

  test("is in no name, wherever it stands", () => {
    fc.assert(
      fc.property(secret, around, (text, put) => {
        const { name } = readAgent(put(text));
        expect([...NAMES, ...UNNAMED, "Any", "CFNetwork"]).toContain(name);
      }),
      { numRuns: 300 },
    );
  });
});
