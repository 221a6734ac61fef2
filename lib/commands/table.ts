/** Every command: how it is declared, and where its code is. */
import type { Declaration, InputOf } from "./declare.ts";
import { TOKENS } from "./declared/access.ts";
import { AUDIENCE } from "./declared/audience.ts";
import { CHECK, DEV, PUBLISH, ROLLBACK } from "./declared/feeds.ts";
import { ADOPT, IDS_CHECK, IDS_EXPORT, IDS_IMPORT } from "./declared/ids.ts";
import { INIT, INVOKE, PULL, PUSH, REPORT } from "./declared/stores.ts";
import { WRITE } from "./declared/write.ts";

export interface Command {
  readonly declaration: Declaration;
  /** Resolves to the exit code. */
  readonly run: (words: readonly string[]) => Promise<number>;
}

/** Only the code of the one command that is run is loaded: `publish` need not wait for what only the preview imports. */
function command<D extends Declaration>(
  declaration: D,
  load: () => Promise<(input: InputOf<D>) => Promise<number>>,
): Command {
  return {
    declaration,
    run: async (words) => {
      const [{ parseWords }, run] = await Promise.all([import("./parse.ts"), load()]);
      return await run(parseWords(declaration, words, DECLARATIONS));
    },
  };
}

export const COMMANDS: readonly Command[] = [
  command(INIT, async () => (await import("./init.ts")).runInit),
  command(PUBLISH, async () => (await import("./publish.ts")).runPublish),
  command(DEV, async () => (await import("./dev.ts")).runDev),
  command(WRITE, async () => (await import("./write.ts")).runWrite),
  command(CHECK, async () => (await import("./check.ts")).runCheck),
  command(ADOPT, async () => (await import("./adopt.ts")).runAdopt),
  command(IDS_EXPORT, async () => (await import("./ids.ts")).runIdsExport),
  command(IDS_CHECK, async () => (await import("./ids.ts")).runIdsCheck),
  command(IDS_IMPORT, async () => (await import("./ids.ts")).runIdsImport),
  command(ROLLBACK, async () => (await import("./rollback.ts")).runRollback),
  command(AUDIENCE, async () => (await import("./audience.ts")).runAudience),
  command(PUSH, async () => (await import("./push.ts")).runPush),
  command(PULL, async () => (await import("./pull.ts")).runPull),
  command(TOKENS, async () => (await import("./tokens.ts")).runTokens),
  command(REPORT, async () => (await import("./report.ts")).runReport),
  command(INVOKE, async () => (await import("./invoke.ts")).runInvoke),
];

export const DECLARATIONS: readonly Declaration[] = COMMANDS.map(({ declaration }) => declaration);

/** The command that the first one or two words name, and the words after it. */
export function findCommand(
  words: readonly string[],
): readonly [command: Command, rest: readonly string[]] | undefined {
  for (const length of [1, 2]) {
    const name = words.slice(0, length).join(" ");
    const found = COMMANDS.find(({ declaration }) => declaration.name === name);
    if (found) return [found, words.slice(length)];
  }
  return undefined;
}
