/**
 * docs/commands.md from its first table on, as the declarations of the commands have it.
 * `COMMANDS=write npx vitest run test/commands/page.test.ts` writes it anew.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  type Declaration,
  type DeclaredArgument,
  type DeclaredOption,
  flagsOf,
  formOf,
  termOf,
} from "../../lib/commands/declare.ts";
import { EXIT_CODES } from "../../lib/commands/exit.ts";
import { DECLARATIONS } from "../../lib/commands/table.ts";

const PAGE = "docs/commands.md";
const START = "## Exit codes\n";

type Cells = readonly string[];

/** Nothing for a table without rows. */
function table(head: Cells, rows: readonly Cells[]): readonly string[] {
  const line = (cells: Cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return rows.length === 0 ? [] : [[line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")];
}

const code = (text: string) => `\`${text}\``;
/** Names and addresses in a text are code. */
const prose = (text: string) =>
  text.replaceAll(/site\.yaml|ids\.jsonl|s3:\/\/[\w/]+|DRIPFEED_\w+|\bNO_COLOR\b|\{"full":true\}|\d{4}-\S+Z/g, code);
const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const withChoices = ({ summary, choices }: Pick<DeclaredArgument, "summary" | "choices">): string =>
  prose(summary) + (choices ? `: ${choices.map(code).join(" or ")}` : "");

const argumentRow = ([name, argument]: readonly [string, DeclaredArgument]): Cells => [
  code(termOf(name, argument)),
  withChoices(argument),
];

const optionRow = ([name, option]: readonly [string, DeclaredOption]): Cells => [
  code(flagsOf(name, option)),
  option.value === undefined ? prose(option.summary) : withChoices(option),
  option.value === undefined || option.default === undefined ? "" : code(String(option.default)),
];

/** With a column for defaults if one has a default. */
function optionsTable(options: Declaration["options"]): readonly string[] {
  const rows = Object.entries(options).map(optionRow);
  const columns = rows.some(([, , value]) => value !== "") ? 3 : 2;
  return table(
    ["option", "what it does", "default"].slice(0, columns),
    rows.map((row) => row.slice(0, columns)),
  );
}

function sectionOf(declaration: Declaration): readonly string[] {
  const { name, summary, more, arguments: args = {}, options, examples } = declaration;
  const width = Math.max(...examples.map(([words]) => words.length));
  return [
    `## ${name}`,
    code(`dripfeed ${formOf(declaration)}`),
    prose([sentence(summary), ...(more === undefined ? [] : [more])].join(" ")),
    ...table(["argument", "what it is"], Object.entries(args).map(argumentRow)),
    ...optionsTable(options),
    ["```sh", ...examples.map(([words, meaning]) => `dripfeed ${words.padEnd(width)}  # ${meaning}`), "```"].join("\n"),
  ];
}

test(`${PAGE} has every command, as it is declared`, () => {
  const [intro = "", found = ""] = readFileSync(PAGE, "utf8").split(START);
  const sections = [
    ...table(
      ["code", "meaning"],
      EXIT_CODES.map(([number, meaning]) => [String(number), prose(meaning)]),
    ),
    ...DECLARATIONS.flatMap(sectionOf),
  ];
  const expected = `\n${sections.join("\n\n")}\n`;
  if (process.env["COMMANDS"] === "write") writeFileSync(PAGE, `${intro}${START}${expected}`);
  else expect(found).toBe(expected);
});
