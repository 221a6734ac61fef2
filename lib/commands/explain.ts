/** What is wrong with the words of a command line, and what to write instead. */
import { nearest } from "../base/nearest.ts";
import { listInWords } from "../base/text.ts";
import { type Declaration, type DeclaredOption, describedOf, flagsOf, formOf, termOf } from "./declare.ts";
import { UsageError } from "./exit.ts";
import { COMMON } from "./options.ts";
import { typed } from "./typed.ts";

const asTyped = (words: string): string => `${typed([], process.env)} ${words}`;

const namesOf = (declarations: readonly Declaration[]): readonly string[] => declarations.map(({ name }) => name);

/** An option that the command does not have, as it was typed. */
export function explainOption(word: string, declaration: Declaration, others: readonly Declaration[]): UsageError {
  const [flag = ""] = word.split("=", 1);
  const option = flag.replace(/^-+/, "");
  const own = Object.keys({ ...declaration.options, ...COMMON });
  if (own.includes(option)) {
    return word === flag
      ? new UsageError(`there is no option ${word}: write --${option}`)
      : new UsageError(`--${option} takes no value: write --${option} alone`);
  }
  return new UsageError(`${declaration.name} has no option ${flag}: ${fixOf(option, own, others)}`);
}

function fixOf(option: string, own: readonly string[], others: readonly Declaration[]): string {
  const having = (name: string) => namesOf(others.filter(({ options }) => Object.hasOwn(options, name)));
  const exact = having(option);
  if (exact.length > 0) return `${listInWords(exact, "and")} ${exact.length > 1 ? "have" : "has"} it`;
  const near = nearest(option, own);
  if (near !== undefined) return `write --${near}`;
  const elsewhere = nearest(
    option,
    others.flatMap(({ options }) => Object.keys(options)),
  );
  if (elsewhere === undefined) return `its options are ${own.map((each) => `--${each}`).join(", ")}`;
  const names = having(elsewhere);
  return `${listInWords(names, "and")} ${names.length > 1 ? "have" : "has"} --${elsewhere}`;
}

/** An option without the value that it needs, or with what looks like another option. */
export function explainValue(flag: string, option: DeclaredOption | undefined, text: string): UsageError {
  const after = text === "" ? "" : `, and ${text} is none`;
  return new UsageError(`${flag} needs a value${after}: write ${option ? flagsOf(flag.slice(2), option) : flag}`);
}

/** Too few words, or too many. */
export function explainArguments(declaration: Declaration, words: readonly string[]): UsageError {
  const declared = Object.entries(declaration.arguments ?? {});
  const missing = declared[words.length];
  const what = missing
    ? `${termOf(...missing)} is missing (${describedOf(missing[1])})`
    : `${declaration.name} has no use for ${words[declared.length] ?? "so many words"}`;
  return new UsageError(`${what}: write ${asTyped(formOf(declaration))}`);
}

/** The first word, or the first two, are no command. */
export function explainCommand(words: readonly string[], declarations: readonly Declaration[]): UsageError {
  const [first = "", second] = words;
  const names = namesOf(declarations);
  if (first.startsWith("-")) {
    const name = names.find((each) => words.includes(each)) ?? "<command>";
    return new UsageError(`options come after the command: write ${asTyped(`${name} ${first}`)}`);
  }
  const group = declarations.filter(({ name }) => name.startsWith(`${first} `));
  if (group.length > 0) return explainGroup(first, second, group);
  const inGroup = names.find((name) => name.endsWith(` ${first}`));
  const firsts = new Set(names.map((name) => name.split(" ")[0] ?? name));
  const near = inGroup ?? nearest(first, [...firsts, "help"]);
  const fix = near === undefined ? `the commands are ${names.join(", ")}` : `write ${near}`;
  return new UsageError(`there is no command ${first}: ${fix}`);
}

function explainGroup(first: string, second: string | undefined, group: readonly Declaration[]): UsageError {
  const isMissing = second === undefined || second.startsWith("-");
  const near = isMissing ? undefined : nearest(`${first} ${second}`, namesOf(group));
  const meant = near === undefined ? group : group.filter(({ name }) => name === near);
  const what = isMissing ? `${first} is the first word of several commands` : `there is no command ${first} ${second}`;
  const forms = meant.map((each) => asTyped(formOf(each)));
  return new UsageError(`${what}: write ${listInWords(forms, "or")}`);
}
