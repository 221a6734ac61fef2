/** Every command: how it is written, what it does, and where its code is. */

/** Resolves to the exit code. */
export type RunCommand = (args: readonly string[]) => Promise<number>;

export interface Command {
  readonly name: string;
  /** Each form of the command line after `dripfeed`, with a summary. */
  readonly forms: readonly (readonly [words: string, summary: string])[];
  /** Loads the one command that is run: `publish` need not wait for what only the preview imports. */
  readonly load: () => Promise<RunCommand>;
}

export const COMMANDS: readonly Command[] = [
  {
    name: "init",
    forms: [
      ["init [options] [folder]", "write site.yaml from what the site's generator is told, and check the content"],
    ],
    load: async () => (await import("./init.ts")).runInit,
  },
  {
    name: "publish",
    forms: [["publish [options]", "content → feeds"]],
    load: async () => (await import("./publish.ts")).runPublish,
  },
  {
    name: "dev",
    forms: [["dev [options]", "preview: publish, serve to this machine, and publish again after every change"]],
    load: async () => (await import("./dev.ts")).runDev,
  },
  {
    name: "check",
    forms: [["check [options]", "show every problem of the content; publish nothing"]],
    load: async () => (await import("./check.ts")).runCheck,
  },
  {
    name: "adopt",
    forms: [
      ["adopt [options] <feed>...", "keep the ids of a former system's feeds (files or URLs), before it is replaced"],
    ],
    load: async () => (await import("./adopt.ts")).runAdopt,
  },
  {
    name: "ids",
    forms: [
      ["ids export [file]", "renew ids.jsonl in the content; with a file write that (- for standard output)"],
      ["ids check [--strict]", "compare ids.jsonl with the records"],
      ["ids import <file>", "read ids from such a file"],
    ],
    load: async () => (await import("./ids.ts")).runIds,
  },
  {
    name: "rollback",
    forms: [["rollback [options]", "go back to the ids and dates of a former run, and publish by them"]],
    load: async () => (await import("./rollback.ts")).runRollback,
  },
  {
    name: "push",
    forms: [
      [
        "push [options] <folder> <store>",
        "content → a store: put changed files, and remove only what a push put there",
      ],
    ],
    load: async () => (await import("./push.ts")).runPush,
  },
  {
    name: "report",
    forms: [["report [--strict] <file>", "show the report that a deployed function returned (- for standard input)"]],
    load: async () => (await import("./report.ts")).runReport,
  },
  {
    name: "invoke",
    forms: [
      ["invoke <function> <event>", "call a Lambda function with an event from a JSON file (- for standard input)"],
    ],
    load: async () => (await import("./invoke.ts")).runInvoke,
  },
];
