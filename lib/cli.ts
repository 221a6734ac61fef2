/** The command line: arguments in, one command, an exit code. */
import { logError, print, withoutColor } from "./commands/console.ts";
import { DONE, FAILED, FAULT, USAGE, UsageError } from "./commands/exit.ts";
import { DECLARATIONS, findCommand } from "./commands/table.ts";
import { typed } from "./commands/typed.ts";
import { StateError } from "./state/objects.ts";
import { StoreError } from "./stores/store.ts";

// A reader that closes the pipe early, such as `head`, is not a failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

/** Resolves to the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const end = argv.indexOf("--");
  const isBefore = (i: number) => end === -1 || i < end;
  const has = (...names: readonly string[]) => argv.some((word, i) => names.includes(word) && isBefore(i));
  if (has("--no-color")) withoutColor();
  const words = argv.filter((word, i) => word !== "--no-color" || !isBefore(i));
  const found = findCommand(words);
  try {
    if (words[0] === "help" || has("--help", "-h")) return await showHelp(words);
    if (has("--version", "-V")) {
      print((await import("./commands/version.ts")).VERSION);
      return DONE;
    }
    if (words.length === 0) {
      await showHelp([]);
      return USAGE;
    }
    if (!found) throw (await import("./commands/explain.ts")).explainCommand(words, DECLARATIONS);
    const [command, rest] = found;
    return await command.run(rest);
  } catch (error) {
    return tellError(error, found?.[0].declaration.name ?? groupOf(words[0]));
  }
}

/** Of what the words name, or of the program. */
async function showHelp(words: readonly string[]): Promise<number> {
  const { commandHelp, groupHelp, programHelp } = await import("./commands/help.ts");
  const named = words.filter((word, i) => !(i === 0 && word === "help") && word !== "--help" && word !== "-h");
  const [first] = named;
  const found = findCommand(named);
  if (found) print(commandHelp(found[0].declaration, process.env));
  else if (first === undefined || first === "help" || first.startsWith("-"))
    print(programHelp(DECLARATIONS, process.env));
  else if (named.length === 1 && groupOf(first) !== undefined) print(groupHelp(first, DECLARATIONS, process.env));
  else throw (await import("./commands/explain.ts")).explainCommand(named, DECLARATIONS);
  return DONE;
}

/** The word, if several commands begin with it. */
const groupOf = (word: string | undefined): string | undefined =>
  DECLARATIONS.some(({ name }) => name.startsWith(`${word} `)) ? word : undefined;

/** `command`: the one whose help may say more. */
function tellError(error: unknown, command: string | undefined): number {
  if (error instanceof StoreError || error instanceof StateError) {
    logError(error.message);
    return FAILED;
  }
  if (error instanceof UsageError) {
    const words = command === undefined ? [] : command.split(" ");
    logError(`${error.message}\nSee: ${typed(["help", ...words], process.env)}`);
    return USAGE;
  }
  logError(`an unexpected error, which is a fault of Dripfeed\n${(error as Error).stack ?? error}`);
  return FAULT;
}
