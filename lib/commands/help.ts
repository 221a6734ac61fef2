/** The help of the program, of one command, and of those that begin with one word. */
import { Command, type Help } from "commander";
import { buildCommand } from "./build.ts";
import { type Declaration, flagsOf, formOf } from "./declare.ts";
import { EXIT_CODES } from "./exit.ts";
import { COMMON, STORES } from "./options.ts";
import { type CallEnvironment, typed } from "./typed.ts";

const WIDTH = 80;

const ABOUT = "Dripfeed publishes the feeds of a site written in Markdown: RSS, Atom and JSON Feed.";
const ABOUT_STORES = "A store is a folder or s3://bucket/prefix; AWS_ENDPOINT_URL_S3 names an S3 other than AWS.";

type Row = readonly [term: string, description: string];

/** Short: the commands, and the options that are needed most. */
export function programHelp(declarations: readonly Declaration[], environment: CallEnvironment): string {
  const call = typed([], environment);
  const options: readonly Row[] = [
    ...Object.entries(STORES).map(([name, option]): Row => [flagsOf(name, option), defaulted(option)]),
    ...Object.entries(COMMON).map(([name, option]): Row => [flagsOf(name, option), option.summary]),
    ["-V, --version", "show the version"],
    ["-h, --help", "show the options and examples of a command"],
  ];
  const codes = EXIT_CODES.map(([code, meaning]) => `${code} ${meaning}`).join(", ");
  return layOut([
    `Usage: ${call} <command> [options]`,
    ABOUT,
    ["Commands:", formsOf(declarations)],
    ["Options of most commands:", options],
    ABOUT_STORES,
    `Exit codes: ${codes}.`,
    `More of a command: ${call} help <command>`,
  ]);
}

/** Of all commands that begin with `word`. */
export function groupHelp(word: string, declarations: readonly Declaration[], environment: CallEnvironment): string {
  const group = declarations.filter(({ name }) => name.startsWith(`${word} `));
  return layOut([
    `Usage: ${typed([word], environment)} <command> [options]`,
    ["Commands:", formsOf(group)],
    `More of a command: ${typed(["help", word], environment)} <command>`,
  ]);
}

export function commandHelp(declaration: Declaration, environment: CallEnvironment): string {
  const call = typed([], environment);
  const command = buildCommand(`${call} ${declaration.name}`, declaration, (text) => text);
  const examples = declaration.examples.flatMap(([words, meaning]) => [`  ${call} ${words}`, `      ${meaning}`]);
  return [command.configureHelp({ helpWidth: WIDTH }).helpInformation(), "Examples:", ...examples].join("\n");
}

const formsOf = (declarations: readonly Declaration[]): readonly Row[] =>
  declarations.map((declaration) => [formOf(declaration), declaration.summary]);

const defaulted = ({ summary, default: value }: { readonly summary: string; readonly default: string }): string =>
  `${summary} (default: ${value})`;

/** Paragraphs, and lists with a title. */
function layOut(parts: readonly (string | readonly [title: string, rows: readonly Row[]])[]): string {
  const help = helpOf();
  return parts
    .map((part) => {
      if (typeof part === "string") return help.boxWrap(part, WIDTH);
      const [title, rows] = part;
      const width = Math.max(...rows.map(([term]) => term.length));
      return [title, ...rows.map((row) => help.formatItem(row[0], width, row[1], help))].join("\n");
    })
    .join("\n\n");
}

function helpOf(): Help {
  const help = new Command().createHelp();
  help.prepareContext({ helpWidth: WIDTH });
  return help;
}
