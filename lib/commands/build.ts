/** A declaration as commander reads it: it parses by it, and lays out its help. */
import { Argument, Command, Option } from "commander";
import {
  type Declaration,
  type DeclaredArgument,
  type DeclaredOption,
  describedOf,
  flagsOf,
  termOf,
} from "./declare.ts";
import { COMMON } from "./options.ts";

/** Reads the text that was typed for an option or an argument: `name` as in messages. */
export type ReadText = (text: string, name: string, declared: DeclaredOption | DeclaredArgument) => unknown;

/** Errors are thrown, and nothing is printed. */
export function buildCommand(name: string, declaration: Declaration, read: ReadText): Command {
  const command = new Command(name)
    .description(sentences(declaration))
    .summary(declaration.summary)
    .helpOption("-h, --help", "show this help")
    .exitOverride()
    .configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  for (const [name, declared] of Object.entries(declaration.arguments ?? {}))
    command.addArgument(buildArgument(termOf(name, declared), declared, read));
  for (const [name, declared] of Object.entries({ ...declaration.options, ...COMMON }))
    command.addOption(buildOption(name, declared, read));
  return command;
}

const sentences = ({ summary, more }: Declaration): string =>
  `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.${more === undefined ? "" : ` ${more}`}`;

function buildArgument(term: string, declared: DeclaredArgument, read: ReadText): Argument {
  const argument = new Argument(term, describedOf(declared));
  return declared.isRepeated
    ? argument.argParser((text, former: readonly unknown[] = []) => [...former, read(text, term, declared)])
    : argument.argParser((text) => read(text, term, declared));
}

function buildOption(name: string, declared: DeclaredOption, read: ReadText): Option {
  const option = new Option(flagsOf(name, declared), describedOf(declared));
  if (declared.value === undefined) return option;
  option.argParser((text) => read(text, `--${name}`, declared));
  return declared.default === undefined ? option : option.default(declared.default, String(declared.default));
}
