/** The command line: words in, one call, a table or JSON out, and an exit code that means something. */
import { DONE, FAILED, FAULT, print, tell, USAGE, UsageError } from "./commands/command.ts";
import { StateError } from "./state/catalog.ts";
import { StoreError } from "./stores/store.ts";

const HELP = `dripfeed publishes the feeds of a site written in Markdown.

  dripfeed publish [options]             content → feeds
  dripfeed dev [options]                 preview: publish, serve to this machine, and again with every change
  dripfeed check [options]               every problem of the content; nothing is published
  dripfeed adopt [options] <feed>...     keep the ids of a former system's feeds (files or URLs), before it is replaced
  dripfeed ids export [file]             every post's ids, one post a line (to standard output without a file)
  dripfeed ids import <file>             ids from such a file
  dripfeed rollback [options]            make what a former run knew (ids, dates) current again, and publish by it
  dripfeed push [options] <folder> <store>
                                         content → a store: changed files alone, and only what a push put is removed
  dripfeed report [--strict] <file>      what a deployed function answered, in words (or - for standard input)
  dripfeed invoke <function> <event>     call a Lambda function with an event from a JSON file (or - for standard input)

Stores are folders or s3://bucket/prefix; AWS_ENDPOINT_URL_S3 names an S3 other than AWS.
  --content <store>   where the posts and site.yaml are           (content)
  --public <store>    where the feeds go                          (public)
  --state <store>     what Dripfeed remembers; keep it            (.dripfeed)

Options of publish and check
  --now <time>        as at this moment, such as 2026-01-01T00:00:00Z
  --json              the report (check: the problems) alone, as JSON, on standard output

Option of check
  --github            the problems as annotations of a pull request, too

Options of push
  --dry-run           say what would be put and removed, do nothing
  --force             what was altered there, or put by others, may go
  --json              what was done, as JSON

Options of publish
  --full              look at every post and document: what publish does anyway; for scripts that say it
  --dry-run           say what would be done, do nothing
  --force             what would be refused is meant
  --wait              stay, and publish again whenever something is due; ends when nothing is, or with Ctrl-C
  --strict            exit 1 when there is a problem
  --rebuild           the state store is lost or damaged: read ids and dates back from the published feeds

Options of rollback, which also takes --now, --json, --dry-run and --force
  --list              the former runs that are kept
  --to <run>         which of them (the last before the current one)

Options of adopt and ids
  --dry-run           say what would be kept, keep nothing
  --force             also after the first publication, when it changes the ids that readers know
  --json              what matched and what did not, as JSON

Option of dev, which needs no stores but --content and touches no others
  --port <number>     where it is served (4000, or the next that is free)

Exit codes: 0 done or nothing to do, 1 content problems, 2 usage or configuration, 3 refused, 4 a store failed, 70 a fault of Dripfeed.
`;

type Command = (args: readonly string[]) => Promise<number>;

/** Each is loaded when it is asked for: a publish need not wait for what the preview needs. */
const COMMANDS: { readonly [name: string]: (() => Promise<Command>) | undefined } = {
  publish: async () => (await import("./commands/publish.ts")).runPublish,
  dev: async () => (await import("./commands/dev.ts")).runDev,
  check: async () => (await import("./commands/check.ts")).runCheck,
  adopt: async () => (await import("./commands/adopt.ts")).runAdopt,
  ids: async () => (await import("./commands/ids.ts")).runIds,
  rollback: async () => (await import("./commands/rollback.ts")).runRollback,
  push: async () => (await import("./commands/push.ts")).runPush,
  report: async () => (await import("./commands/report.ts")).runReport,
  invoke: async () => (await import("./commands/invoke.ts")).runInvoke,
};

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

/** Resolves to the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const [name, ...words] = argv;
  const asksHelp = [name, ...words].some((word) => word === "--help" || word === "-h") || name === "help";
  if (name === undefined || asksHelp) {
    print(HELP.trimEnd());
    return asksHelp ? DONE : USAGE;
  }
  try {
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!load) throw new UsageError(`there is no command ${name}: ${Object.keys(COMMANDS).join(", ")}`);
    return await (await load())(words);
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): number {
  if (error instanceof StoreError || error instanceof StateError) {
    tell(`dripfeed: ${error.message}`);
    return FAILED;
  }
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (error instanceof UsageError || code.startsWith("ERR_PARSE_ARGS")) {
    tell(`dripfeed: ${(error as Error).message}\nSee: dripfeed help`);
    return USAGE;
  }
  tell(`dripfeed: this should not have happened, and is a fault of Dripfeed\n${(error as Error).stack ?? error}`);
  return FAULT;
}
