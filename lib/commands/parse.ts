/** What was typed after a command, as its declaration says. */
import type { Command, CommanderError } from "commander";
import { nearest } from "../base/nearest.ts";
import { listInWords } from "../base/text.ts";
import { buildCommand, type ReadText } from "./build.ts";
import type { Declaration, InputOf } from "./declare.ts";
import { UsageError } from "./exit.ts";
import { explainArguments, explainOption, explainValue } from "./explain.ts";

/** `others`: where else an option may be, for the message. Throws a `UsageError`. Of an option that is given twice the last counts. */
export function parseWords<D extends Declaration>(
  declaration: D,
  words: readonly string[],
  others: readonly Declaration[],
): InputOf<D> {
  const given: { [option: string]: string } = {};
  const read: ReadText = (text, name, declared) => {
    if (name.startsWith("--")) given[name.slice(2)] = text;
    return readText(text, name, declared);
  };
  const command = buildCommand(declaration.name, declaration, read);
  try {
    command.parse(words, { from: "user" });
  } catch (error) {
    throw isOfCommander(error) ? explain(error, declaration, words, others) : error;
  }
  // The types are those that the declaration has, by which commander parsed.
  return { values: valuesOf(command, declaration), args: argsOf(command, declaration), given, words } as InputOf<D>;
}

const valuesOf = (command: Command, { options }: Declaration) =>
  Object.fromEntries(
    command.options
      .filter((option) => Object.hasOwn(options, option.name()))
      .map((option) => [
        option.name(),
        command.getOptionValue(option.attributeName()) ?? (option.required ? undefined : false),
      ]),
  );

const argsOf = (command: Command, { arguments: declared = {} }: Declaration) =>
  Object.fromEntries(Object.keys(declared).map((name, i) => [name, command.processedArgs[i]]));

const readText: ReadText = (text, name, declared) => {
  // `--content --dry-run` lacks a value; a folder of such a name is `./--dry-run`.
  if (name.startsWith("--") && "value" in declared && (text === "" || /^-./.test(text)))
    throw explainValue(name, declared, text);
  if (!("choices" in declared) && !("parse" in declared)) return text;
  const { choices, parse } = declared;
  if (choices && !choices.includes(text)) {
    const near = nearest(text, choices);
    throw new UsageError(`${name} cannot be ${text}: write ${near ?? listInWords(choices, "or")}`);
  }
  return parse ? parse(text) : text;
};

const isOfCommander = (error: unknown): error is CommanderError =>
  error instanceof Error && "code" in error && String(error.code).startsWith("commander.");

function explain(
  error: CommanderError,
  declaration: Declaration,
  words: readonly string[],
  others: readonly Declaration[],
): UsageError {
  if (error.code === "commander.optionMissingArgument") {
    // A value is missing only at the end.
    const flag = words.at(-1) ?? "";
    return explainValue(flag, declaration.options[flag.slice(2)], "");
  }
  const { operands, unknown } = buildCommand(declaration.name, declaration, (text) => text).parseOptions([...words]);
  const [option] = unknown;
  return option === undefined ? explainArguments(declaration, operands) : explainOption(option, declaration, others);
}
