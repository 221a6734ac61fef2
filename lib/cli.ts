/** The command line: words in, one call, a table or JSON out, and an exit code that means something. */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Report } from "./model.ts";
import { publish } from "./publish.ts";
import { count, showProblems, showReport } from "./show.ts";
import { StateError } from "./state/catalog.ts";
import type { Clock } from "./state/turn.ts";
import { memoryStore } from "./stores/memory.ts";
import { openStore } from "./stores/open.ts";
import { StoreError } from "./stores/store.ts";

const HELP = `dripfeed publishes the feeds of a site written in Markdown.

  dripfeed publish [options]             content → feeds
  dripfeed check [options]               every problem of the content; nothing is published
  dripfeed invoke <function> <event>     call a Lambda function with an event from a JSON file (or - for standard input)

Stores are folders or s3://bucket/prefix; AWS_ENDPOINT_URL_S3 names an S3 other than AWS.
  --content <store>   where the posts and site.yaml are           (content)
  --public <store>    where the feeds go                          (public)
  --state <store>     what Dripfeed remembers; keep it            (.dripfeed)

Options of publish
  --now <time>        publish as at this moment, such as 2026-01-01T00:00:00Z
  --full              look at every post: what publish does anyway; for scripts that say it
  --dry-run           say what would be done, do nothing
  --force             what would be refused is meant
  --strict            exit 1 when a post has a problem
  --json              the report alone, as JSON, on standard output

Exit codes: 0 done or nothing to do, 1 content problems, 2 usage or configuration, 3 refused, 4 a store failed.
`;

const FUNCTIONS = { rebuild: "../functions/rebuild.ts" } as const;

const DONE = 0;
const PROBLEMS = 1;
const USAGE = 2;
const REFUSED = 3;
const FAILED = 4;

class UsageError extends Error {
  override readonly name = "UsageError";
}

const clock: Clock = { now: () => new Date(), wait: (ms) => sleep(ms) };
const print = (text: string) => process.stdout.write(`${text}\n`);
const tell = (text: string) => process.stderr.write(`${text}\n`);

/** Resolves to the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const [command, ...words] = argv;
    switch (command) {
      case "publish":
        return await runPublish(words);
      case "check":
        return await runCheck(words);
      case "invoke":
        return await runInvoke(words);
      case undefined:
      case "help":
      case "--help":
      case "-h":
        print(HELP.trimEnd());
        return command === undefined ? USAGE : DONE;
      default:
        throw new UsageError(`there is no command ${command}: publish, check or invoke`);
    }
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
  throw error;
}

const STORES = {
  content: { type: "string", default: "content" },
  public: { type: "string", default: "public" },
  state: { type: "string", default: ".dripfeed" },
} as const;

async function runPublish(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...STORES,
      now: { type: "string" },
      full: { type: "boolean" },
      "dry-run": { type: "boolean" },
      force: { type: "boolean" },
      strict: { type: "boolean" },
      json: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return main(["help"]);
  const now = values.now === undefined ? clock.now() : momentOf(values.now);
  const [content, publicStore, state] = await Promise.all([values.content, values.public, values.state].map(open));
  if (!content || !publicStore || !state) throw new UsageError("three stores are needed");

  const report = await publish({
    ...{ content, public: publicStore, state, now, clock, pass: randomUUID(), log: tell },
    ...{ dryRun: values["dry-run"], force: values.force },
  });
  print(values.json ? JSON.stringify(report, null, 2) : showReport(report));
  return exitCode(report, values.strict === true);
}

function exitCode({ refused, problems }: Report, strict: boolean): number {
  if (refused) return refused.code === "site-unusable" ? USAGE : REFUSED;
  return strict && problems.length > 0 ? PROBLEMS : DONE;
}

/** A dry run on empty stores: the content's problems are all that it can find. */
async function runCheck(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      content: STORES.content,
      now: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return main(["help"]);
  const report = await publish({
    ...{ content: await open(values.content), public: memoryStore(), state: memoryStore() },
    ...{ now: values.now === undefined ? clock.now() : momentOf(values.now), clock, pass: randomUUID(), dryRun: true },
  });
  const { problems, records } = report;
  if (values.json) print(JSON.stringify(problems, null, 2));
  else {
    for (const line of showProblems(problems)) print(line);
    const posts = Object.values(records).reduce((sum, n) => sum + n, 0);
    print(`${count(posts, "post")} checked, ${count(problems.length, "problem")}`);
  }
  if (report.refused?.code === "site-unusable") return USAGE;
  return problems.length > 0 ? PROBLEMS : DONE;
}

async function runInvoke(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...STORES, help: { type: "boolean", short: "h" } },
  });
  if (values.help) return main(["help"]);
  const [name = "", file, ...more] = positionals;
  if (!Object.hasOwn(FUNCTIONS, name) || file === undefined || more.length > 0) {
    throw new UsageError(`write: dripfeed invoke <${Object.keys(FUNCTIONS).join("|")}> <event.json>`);
  }
  const event = await readEvent(file);
  const { handlerFor } = await import(FUNCTIONS[name as keyof typeof FUNCTIONS]);
  const handler = handlerFor({
    DRIPFEED_CONTENT: values.content,
    DRIPFEED_PUBLIC: values.public,
    DRIPFEED_STATE: values.state,
    ...process.env,
  });
  const report: Report = await handler(event, { awsRequestId: randomUUID() });
  print(JSON.stringify(report, null, 2));
  return exitCode(report, false);
}

async function readEvent(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file === "-" ? "/dev/stdin" : file, "utf8"));
  } catch (error) {
    throw new UsageError(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}

async function open(name: string) {
  try {
    return await openStore(name, { endpoint: process.env["AWS_ENDPOINT_URL_S3"] ?? process.env["AWS_ENDPOINT_URL"] });
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}

function momentOf(text: string): Date {
  const isMoment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const date = new Date(text);
  if (!isMoment || Number.isNaN(date.getTime())) {
    throw new UsageError(`--now ${text} is no moment: write 2026-01-01T00:00:00Z`);
  }
  return date;
}
