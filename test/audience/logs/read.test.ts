/** What holds of any log, however it comes and whatever happened to it. */
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { peekLog, readLog } from "../../../lib/audience/logs/read.ts";
import type { LogRequest } from "../../../lib/audience/types.ts";
import { cutAt, reading, streamed } from "./reading.ts";
import { type LoggedLine, percentEncoded, WRITERS } from "./writers.ts";

const LINE: LoggedLine = {
  ms: Date.UTC(2026, 10, 28, 10),
  method: "GET",
  host: "feeds.example.com",
  path: "/feed.xml",
  query: "",
  status: 200,
  bytes: 20_413,
  agent: "FreshRSS/1.24.3 (Linux; https://freshrss.org)",
  address: "192.0.2.10",
  range: undefined,
  id: "id-1==",
};
const lineOf = (i: number): LoggedLine => ({
  ...LINE,
  path: `/${i}`,
  agent: `Le水seur "${i}"`,
  address: `192.0.2.${i}`,
});
const LINES = Array.from({ length: 12 }, (_, i) => lineOf(i));

const formats = Object.entries(WRITERS);
const places = fc.array(fc.nat(), { maxLength: 8 });

describe.each(formats)("a log of %s", (_name, write) => {
  const bytes = Buffer.from(write(LINES));

  test("gives the same requests in chunks of any size", async () => {
    const whole = await reading(bytes);
    expect(whole.requests.map(({ path }) => path)).toEqual(LINES.map(({ path }) => path));
    await fc.assert(
      fc.asyncProperty(places, async (cuts) => {
        expect(await reading(...cutAt(bytes, cuts))).toEqual(whole);
      }),
      { numRuns: 20 },
    );
    expect(await reading(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole);
  });

  test("gives the same requests packed, in one member or in several, in chunks of any size", async () => {
    const whole = await reading(bytes);
    await fc.assert(
      fc.asyncProperty(places, places, async (members, cuts) => {
        const packed = Buffer.concat(cutAt(bytes, members).map((member) => gzipSync(member, { level: 1 })));
        expect(await reading(...cutAt(packed, cuts))).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  test("gives all other requests when a line is damaged", async () => {
    const text = bytes.toString();
    const lines = text.split("\n").slice(0, -1);
    const header = lines.length - LINES.length;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(LINES.length - 1),
        fc.nat(),
        fc.nat(60),
        fc.uint8Array({ maxLength: 20 }),
        async (i, ...edit) => {
          const [from, length, junk] = edit;
          const line = Buffer.from(lines[header + i] ?? "");
          const start = from % line.length;
          // A line break is another line; a mark at its start is a line of another kind.
          const added = Buffer.from(junk.filter((byte) => byte !== 0x0a && byte !== 0x23));
          const damaged = Buffer.concat([line.subarray(0, start), added, line.subarray(start + length)]);
          const log = [...lines.slice(0, header + i), damaged, ...lines.slice(header + i + 1)];
          const { requests } = await reading(...log.flatMap((part) => [part, "\n"]));
          const paths = requests.map(({ path }) => path);
          const expected = LINES.map(({ path }) => path);
          expect(paths.slice(0, i)).toEqual(expected.slice(0, i));
          expect(paths.slice(i - LINES.length + 1 || paths.length)).toEqual(expected.slice(i + 1));
          expect(requests.length - (LINES.length - 1)).toBeOneOf([0, 1]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("gives its last line without a line break, lines that end as on Windows, and what follows a byte order mark", async () => {
    const whole = await reading(bytes);
    expect(await reading(bytes.subarray(0, -1))).toEqual(whole);
    expect(await reading("\ufeff", bytes.toString().replaceAll("\n", "\r\n"))).toEqual(whole);
  });

  test("gives what comes before the place where packed bytes end or are damaged", async () => {
    const whole = await reading(bytes);
    const packed = gzipSync(bytes);
    const short = await reading(packed.subarray(0, -20));
    expect(short.isCutShort).toBe(true);
    expect(short.requests.length).toBeGreaterThan(0);
    expect(short.requests).toEqual(whole.requests.slice(0, short.requests.length));
    expect(await reading(packed, "no gzip")).toEqual({ ...whole, isCutShort: true });
    expect(await reading(packed, new Uint8Array(512))).toEqual(whole);
    expect(await reading(packed, packed.subarray(0, 12))).toMatchObject({ isCutShort: true, lines: whole.lines });
  });

  test("begins the same packed and plain, and otherwise than another", async () => {
    const long = Buffer.from(write(Array.from({ length: 250 }, (_, i) => lineOf(i))));
    const plain = await peekLog(long.subarray(0, 65_536));
    expect(plain?.first?.day).toBe("2026-11-28");
    expect(await peekLog(gzipSync(long).subarray(0, 65_536))).toEqual(plain);
    expect(await peekLog(gzipSync(long).subarray(0, -100))).toEqual(plain);
    const other = await peekLog(Buffer.from(write(Array.from({ length: 250 }, (_, i) => lineOf(i + 1)))));
    expect(other?.first?.digest).not.toBe(plain?.first?.digest);
  });
});

/** What no column of its own has: in a log it is the empty value, or looks as if it had been encoded twice. */
const isClear = (text: string) => text !== "-" && !(text.includes("%20") && !text.includes(" "));
const text = fc.string({ unit: "binary", maxLength: 20 });
const sent = fc
  .array(fc.oneof(fc.webSegment(), text.map(percentEncoded)), { maxLength: 3 })
  .map((parts) => parts.join("/"));

const anyLine: fc.Arbitrary<LoggedLine> = fc.record({
  ms: fc.integer({ min: 0, max: Date.UTC(2100, 0) }),
  method: fc.constantFrom("GET", "HEAD", "POST"),
  host: fc.constantFrom("feeds.example.com", "www.example.org"),
  path: sent.map((path) => `/${path.replaceAll("?", "")}`),
  query: sent.filter(isClear),
  status: fc.constantFrom(0, 200, 206, 304, 404, 500),
  bytes: fc.nat(),
  agent: fc.oneof(text, fc.constantFrom('a "b" \\ c', "水 \\x22", "%20 and %", "\t\u0001\u007f")).filter(isClear),
  address: fc.constantFrom("192.0.2.10", "2001:db8::17", "::ffff:192.0.2.1"),
  range: fc.option(
    fc.record({ start: fc.nat(), length: fc.option(fc.nat(), { nil: undefined }) }).map(({ start, length }) => ({
      start,
      end: length === undefined ? undefined : start + length,
    })),
    { nil: undefined },
  ),
  id: fc.constantFrom("", "id-1=="),
});

/** All that every format has. */
const requestOf = ({ ms, id: _, range: __, host: ___, ...line }: LoggedLine) => ({
  ...line,
  day: new Date(ms).toISOString().slice(0, 10),
});

describe.each(formats)("what is written as %s", (name, write) => {
  const more = ({ host, range, id }: LoggedLine): Partial<LogRequest> => {
    if (name === "nginx") return { host: undefined, range: undefined, id: undefined };
    if (name === "apache") return { host, range: undefined, id: undefined };
    return { host, range, id: name === "caddy" ? undefined : id || undefined };
  };

  test("is read as what was asked for", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { minLength: 1, maxLength: 5 }), async (lines) => {
        const { requests, damaged } = await reading(write(lines));
        expect(requests).toEqual(lines.map((line) => ({ ...requestOf(line), ...more(line) })));
        expect(damaged).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a path, a query and an agent that were sent as they are", () => {
  const escaping = formats.filter(([name]) => ["nginx", "apache", "caddy"].includes(name));
  test.each(escaping)("are read as such from %s", async (_name, write) => {
    const raw = fc.string({ unit: "grapheme", maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(raw, raw, raw, async (path, query, agent) => {
        const line = { ...LINE, path: `/${path.replaceAll("?", "")}`, query, agent: agent === "-" ? "" : agent };
        const { requests } = await reading(write([line]));
        expect(requests).toMatchObject([{ path: line.path, query, agent: line.agent }]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("what is no access log", () => {
  test.each([
    ["an empty file", ""],
    ["line breaks", "\n\r\n\n"],
    [
      "nginx's log of errors",
      '2026/11/28 10:00:07 [error] 7#7: *1 open() "/srv/x" failed, request: "GET /x HTTP/1.1"\n',
    ],
    [
      "Apache's log of errors",
      "[Sat Nov 28 10:00:07.123456 2026] [core:error] [pid 7] [client 203.0.113.9:1] AH00128\n",
    ],
    ["JSON of one value", JSON.stringify({ name: "x", status: 200, request: "/" }, null, 2)],
    ["JSON of other lines", '{"level":30,"time":1795910398123,"msg":"request","status":200}\n[1]\n"#Fields: date"\n'],
    ["columns that say too little", "#Version: 1.0\n#Fields: date time x-action\n2026-11-28\t10:00:00\tRETR\n"],
    ["a picture", Buffer.from("89504e470d0a1a0a0000000d4948445200000001", "hex")],
    ["packed bytes that end at once", Uint8Array.of(0x1f, 0x8b)],
  ])("is found in %s", async (_name, content) => {
    const { format, lines, damaged, requests } = await reading(content);
    expect({ format, lines, damaged, requests }).toEqual({ format: undefined, lines: 0, damaged: 0, requests: [] });
    expect(await peekLog(Buffer.from(content))).toBeUndefined();
  });

  test("is not read to its end", async () => {
    let given = 0;
    async function* endless() {
      for (;;) {
        given++;
        yield Buffer.from("no log\n".repeat(1000));
      }
    }
    expect(await readLog(endless(), () => {})).toMatchObject({ format: undefined });
    expect(given).toBeLessThan(20);
  });
});

describe("a line that is too long", () => {
  const write = WRITERS.nginx;
  const [first, last] = [write([lineOf(1)]), write([lineOf(2)])];
  const chunk = Buffer.alloc(65_536, "x");

  test("is counted once and not held, wherever it stands", async () => {
    const log = [first, ...Array.from({ length: 40 }, () => chunk), "\n", last];
    expect(await reading(...log)).toMatchObject({ lines: 3, damaged: 1, requests: [{ path: "/1" }, { path: "/2" }] });
    expect(await reading(...log.slice(1))).toMatchObject({ lines: 2, damaged: 1, requests: [{ path: "/2" }] });
    expect(await reading(...log.slice(0, -2))).toMatchObject({ lines: 2, damaged: 1, requests: [{ path: "/1" }] });
  });

  test("has more than 64 KB, whatever the chunks are", async () => {
    const agentOf = (bytes: number) => "x".repeat(bytes - write([{ ...LINE, agent: "" }]).length + 2);
    const log = (bytes: number) => Buffer.from(`${first}${write([{ ...LINE, agent: agentOf(bytes) }])}${last}`);
    for (const [bytes, damaged] of [
      [65_536, 0],
      [65_537, 1],
    ] as const) {
      expect(log(bytes).length - first.length - last.length).toBe(bytes + 1);
      const whole = await reading(log(bytes));
      expect(whole).toMatchObject({ lines: 3, damaged });
      for (const size of [1000, 4096, 65_536, 65_537, first.length]) {
        const cuts = Array.from({ length: Math.floor(log(bytes).length / size) }, (_, i) => (i + 1) * size);
        expect(await reading(...cutAt(log(bytes), cuts))).toEqual(whole);
      }
    }
  });
});

test("what fails in reading the file is no damage of the log", async () => {
  async function* failing() {
    yield Buffer.from(WRITERS.nginx(LINES));
    throw new Error("the disk is gone");
  }
  await expect(readLog(failing(), () => {})).rejects.toThrow("the disk is gone");
  await expect(readLog(streamed([]), () => {})).resolves.toMatchObject({ lines: 0 });
});
