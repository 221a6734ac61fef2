/** The table of commands: what is typed, what the code gets, what help says, and what is said of a mistake. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import { main } from "../../lib/cli.ts";
import { declare, type InputOf } from "../../lib/commands/declare.ts";
import { PUBLISH } from "../../lib/commands/declared/feeds.ts";
import type { ADOPT } from "../../lib/commands/declared/ids.ts";
import type { INVOKE } from "../../lib/commands/declared/stores.ts";
import { parseWords } from "../../lib/commands/parse.ts";
import { DECLARATIONS, findCommand } from "../../lib/commands/table.ts";
import { typed } from "../../lib/commands/typed.ts";

beforeEach(() => {
  for (const name of [
    "npm_lifecycle_event",
    "npm_command",
    "npm_config_package",
    "INIT_CWD",
    "NO_COLOR",
    "FORCE_COLOR",
  ])
    vi.stubEnv(name, undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

async function run(...words: readonly string[]) {
  const written = { out: "", err: "" };
  for (const [stream, name] of [
    [process.stdout, "out"],
    [process.stderr, "err"],
  ] as const) {
    vi.spyOn(stream, "write").mockImplementation((text) => {
      written[name] += String(text);
      return true;
    });
  }
  const code = await main(words);
  vi.restoreAllMocks();
  return { code, ...written };
}

const COLOURED = declare({
  name: "paint",
  summary: "a command with all kinds of words",
  arguments: { side: { summary: "which", choices: ["left", "right"] }, more: { summary: "others", isOptional: true } },
  options: {
    colour: { value: "name", summary: "its colour", choices: ["red", "green"], default: "red" },
    width: { value: "number", summary: "how wide", parse: Number },
    wet: { summary: "do not wait" },
  },
  examples: [],
});

describe("what a command gets", () => {
  const parse = (...words: readonly string[]) => parseWords(COLOURED, words, []);

  test("is typed by its declaration", () => {
    const input = parse("left");
    expectTypeOf(input.values).toEqualTypeOf<{
      readonly colour: "red" | "green";
      readonly width: number | undefined;
      readonly wet: boolean;
    }>();
    expectTypeOf(input.args).toEqualTypeOf<{ readonly side: "left" | "right"; readonly more: string | undefined }>();
    expectTypeOf<InputOf<typeof ADOPT>["args"]>().toEqualTypeOf<{ readonly feed: readonly string[] }>();
    expectTypeOf<InputOf<typeof PUBLISH>["values"]["now"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<InputOf<typeof INVOKE>["args"]["function"]>().toEqualTypeOf<"rebuild" | "announce" | "audience">();
  });

  test("has defaults, and says what was typed", () => {
    expect(parse("left")).toEqual({
      ...{ values: { colour: "red", width: undefined, wet: false }, args: { side: "left", more: undefined } },
      ...{ given: {}, words: ["left"] },
    });
    const words = ["--width=7", "right", "--wet", "--colour", "green", "x"];
    expect(parse(...words)).toEqual({
      ...{ values: { colour: "green", width: 7, wet: true }, args: { side: "right", more: "x" } },
      ...{ given: { width: "7", colour: "green" }, words },
    });
  });

  test("has what comes after -- as words, whatever they begin with", () => {
    expect(parse("--wet", "--", "left", "--wet").args).toEqual({ side: "left", more: "--wet" });
  });

  test("has the last value of an option that is given twice", () => {
    expect(parse("left", "--width", "1", "--width", "2")).toMatchObject({
      values: { width: 2 },
      given: { width: "2" },
    });
  });

  test.each([
    [["up"], "<side> cannot be up: write left or right"],
    [["rihgt"], "<side> cannot be rihgt: write right"],
    [["left", "--colour", "gren"], "--colour cannot be gren: write green"],
    [["left", "--colour"], "--colour needs a value: write --colour <name>"],
    [["left", "--colour="], "--colour needs a value: write --colour <name>"],
    [["left", "--colour", "--wet"], "--colour needs a value, and --wet is none: write --colour <name>"],
    [["left", "--wet=yes"], "--wet takes no value: write --wet alone"],
    [["left", "-wet"], "there is no option -wet: write --wet"],
    [["left", "--color", "red"], "paint has no option --color: write --colour"],
    [["left", "--toString"], "paint has no option --toString: its options are --colour, --width, --wet, --no-color"],
    [[], "<side> is missing (which: left or right): write dripfeed paint <side> [more]"],
    [["left", "a", "b"], "paint has no use for b: write dripfeed paint <side> [more]"],
  ])("a mistake says what to write: %j", (words, message) => {
    expect(() => parse(...words)).toThrow(expect.objectContaining({ name: "UsageError", message }));
  });
});

describe("a mistake", () => {
  test.each([
    [["publsh"], "there is no command publsh: write publish", "help"],
    [["export"], "there is no command export: write ids export", "help"],
    [["toString"], "there is no command toString: the commands are init, publish, ", "help"],
    [["ids"], "ids is the first word of several commands: write dripfeed ids export [file], ", "help ids"],
    [["ids", "exprot"], "there is no command ids exprot: write dripfeed ids export [file]\n", "help ids"],
    [["--dry-run", "publish"], "options come after the command: write dripfeed publish --dry-run", "help"],
    [["check", "--rebuild"], "check has no option --rebuild: publish has it", "help check"],
    [["dev", "--stict"], "dev has no option --stict: publish, check, ids check and report have --strict", "help dev"],
    [["help", "rolback"], "there is no command rolback: write rollback", "help"],
    [["rolback", "--help"], "there is no command rolback: write rollback", "help"],
  ])("%j is named, with what to write and where help is", async (words, message, see) => {
    const { code, out, err } = await run(...words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`dripfeed: ${message}`);
    expect(err).toMatch(new RegExp(`\\nSee: dripfeed ${see}\\n$`));
  });

  test("is answered in the way in which the command was typed", async () => {
    vi.stubEnv("npm_command", "exec");
    expect((await run("push")).err).toBe(
      "dripfeed: <folder> is missing (the content): write npx dripfeed push <folder> <store>\nSee: npx dripfeed help push\n",
    );
  });
});

describe("help", () => {
  test("is short for the program, with every command and exit code", async () => {
    const { code, out, err } = await run("--help");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const { name, summary } of DECLARATIONS)
      expect(out).toMatch(new RegExp(`^ {2}${name}(?: [<[].*)? {2,}${summary.replaceAll(".", "\\.")}$`, "m"));
    expect(out.replaceAll(/\s+/g, " ")).toContain("0 done or nothing to do, 1 problems of the content, 2 ");
    expect(out.split("\n").length).toBeLessThan(40);
    expect((await run("help")).out).toBe(out);
    expect((await run("-h")).out).toBe(out);
  });

  test.each(DECLARATIONS.map((each) => [each.name, each] as const))(
    "of %s names its arguments, options, defaults and examples",
    async (name, { arguments: args = {}, options, examples }) => {
      const { code, out } = await run(...name.split(" "), "--help");
      expect(code).toBe(0);
      expect(out).toMatch(new RegExp(`^Usage: dripfeed ${name} \\[options\\]`));
      for (const argument of Object.keys(args)) expect(out).toMatch(new RegExp(`^ {2}${argument} {2,}\\S`, "m"));
      for (const [option, declared] of Object.entries(options)) {
        expect(out).toMatch(new RegExp(`^ {2}--${option}(?: <\\w+>)? {2,}\\S`, "m"));
        if (declared.value !== undefined && declared.default !== undefined)
          expect(out.replaceAll(/\s+/g, " ")).toContain(`(default: ${declared.default})`);
      }
      expect(examples).toHaveLength(2);
      for (const [words, meaning] of examples) expect(out).toContain(`  dripfeed ${words}\n      ${meaning}\n`);
      expect((await run("help", ...name.split(" "))).out).toBe(out);
    },
  );

  test("is at most 80 columns wide, and no line ends with a space", async () => {
    for (const words of [[], ["ids"], ...DECLARATIONS.map(({ name }) => name.split(" "))]) {
      const lines = (await run("help", ...words)).out.split("\n");
      expect(lines.filter((line) => line.length > 80 || line.endsWith(" "))).toEqual([]);
    }
  });

  test("lists the commands that begin with one word", async () => {
    const { code, out } = await run("help", "ids");
    expect(code).toBe(0);
    expect(out.match(/^ {2}ids \w+/gm)).toEqual(["  ids export", "  ids check", "  ids import"]);
    expect((await run("ids", "--help")).out).toBe(out);
  });

  test("has examples that can be typed", () => {
    for (const { name, examples } of DECLARATIONS) {
      for (const [line] of examples) {
        const [command, rest] = findCommand(line.split(" ")) ?? [];
        expect(command?.declaration.name).toBe(name);
        expect(parseWords(command?.declaration ?? PUBLISH, rest ?? [], [])).toHaveProperty("words", rest);
      }
    }
  });

  test("writes commands as they were typed", async () => {
    vi.stubEnv("npm_lifecycle_event", "dripfeed");
    expect((await run("help", "check")).out).toMatch(/^Usage: npm run dripfeed -- check \[options\]\n/);
    vi.stubEnv("npm_lifecycle_event", "start");
    vi.stubEnv("npm_package_name", "blog");
    expect((await run("help", "check")).out).toMatch(/^Usage: dripfeed check /);
    vi.stubEnv("npm_package_name", "dripfeed");
    expect((await run("help", "check")).out).toMatch(/^Usage: npm run dripfeed -- check /);
    vi.stubEnv("npm_lifecycle_event", undefined);
    vi.stubEnv("npm_command", "exec");
    expect((await run("--help")).out).toMatch(/^Usage: npx dripfeed <command> \[options\]\n/);
  });

  test("is not asked for by words after --", async () => {
    expect(await run("report", "--", "--help")).toMatchObject({ code: 2, out: "" });
  });
});

const CONTROLS = "\u001b]8;;https://evil.example\u0007\u001b[31m\u202e\u009b\u200b";

describe("nothing that is typed controls the terminal", () => {
  test.each([
    [CONTROLS],
    ["help", CONTROLS],
    ["check", `--${CONTROLS}`],
    ["check", CONTROLS],
    ["check", "--content", `nowhere${CONTROLS}`],
    ["dev", "--port", CONTROLS],
    ["publish", "--now", CONTROLS],
    ["report", `nowhere${CONTROLS}`],
    ["init", `nowhere${CONTROLS}`],
    ["ids", CONTROLS],
    ["invoke", CONTROLS, "event.json"],
  ])("as %j", async (...words) => {
    const { code, out, err } = await run(...words);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("␛[31m");
    expect(err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e]/);
  });

  test("and a command that is told with such a word can be typed", () => {
    const word = "it's\u001b[31m \\ 灌溉 🌱";
    const shown = typed(["check", word], {});
    expect(shown).toBe("dripfeed check $'it\\'s\\u001b[31m \\\\ 灌溉 🌱'");
    const line = shown.replace("dripfeed check", "printf %s");
    expect(execFileSync("bash", ["-c", line], { encoding: "utf8", env: { LC_ALL: "C.UTF-8" } })).toBe(word);
  });
});

test.each([["--version"], ["-V"], ["publish", "--version"]])(
  "%s prints the version of the package",
  async (...words) => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(await run(...words)).toEqual({ code: 0, out: `${version}\n`, err: "" });
  },
);

test.each([
  ["--no-color", "check", "--content", "content"],
  ["check", "--no-color", "--content", "content"],
])("colours are off with %s %s, even where they are asked for", async (...words) => {
  vi.stubEnv("FORCE_COLOR", "1");
  expect((await run(...words)).code).toBe(0);
  expect(process.env).toMatchObject({ NO_COLOR: "1" });
  expect(process.env["FORCE_COLOR"]).toBeUndefined();
});
