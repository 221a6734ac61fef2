/** The command line: arguments in, one command, an exit code. */
import { log, print } from "./commands/console.ts";
import { DONE, FAILED, FAULT, USAGE, UsageError } from "./commands/exit.ts";
import { helpText } from "./commands/help.ts";
import { COMMANDS } from "./commands/table.ts";
import { StateError } from "./state/objects.ts";
import { StoreError } from "./stores/store.ts";

// A reader that closes the pipe early, such as `head`, is not a failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

/** Resolves to the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const [name, ...args] = argv;
  const wantsHelp = name === "help" || argv.some((word) => word === "--help" || word === "-h");
  if (name === undefined || wantsHelp) {
    print(helpText());
    return wantsHelp ? DONE : USAGE;
  }
  try {
    const command = COMMANDS.find((each) => each.name === name);
    if (!command) throw new UsageError(`there is no command ${name}: ${COMMANDS.map((each) => each.name).join(", ")}`);
    const run = await command.load();
    return await run(args);
  } catch (error) {
    return logError(error);
  }
}

function logError(error: unknown): number {
  if (error instanceof StoreError || error instanceof StateError) {
    log(`dripfeed: ${error.message}`);
    return FAILED;
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (error instanceof UsageError || code.startsWith("ERR_PARSE_ARGS")) {
    log(`dripfeed: ${(error as Error).message}\nSee: dripfeed help`);
    return USAGE;
  }
  log(`dripfeed: an unexpected error, which is a fault of Dripfeed\n${(error as Error).stack ?? error}`);
  return FAULT;
}
