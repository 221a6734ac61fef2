/** The command line: words in, one call, a table or JSON out, and an exit code that means something. */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs, styleText } from "node:util";
import { parseDate } from "./content/facts/dates.ts";
import { readFrames } from "./frame.ts";
import type { Report } from "./model.ts";
import { publish } from "./publish.ts";
import { showCheck, showReport } from "./show.ts";
import { StateError } from "./state/catalog.ts";
import type { Clock } from "./state/turn.ts";
import { memoryStore } from "./stores/memory.ts";
import { openStore, openStores } from "./stores/open.ts";
import { StoreError } from "./stores/store.ts";
import type { Paint } from "./terminal.ts";

const HELP = `dripfeed publishes the feeds of a site written in Markdown.

  dripfeed publish [options]             content → feeds
  dripfeed check [options]               every problem of the content; nothing is published
  dripfeed invoke <function> <event>     call a Lambda function with an event from a JSON file (or - for standard input)

Stores are folders or s3://bucket/prefix; AWS_ENDPOINT_URL_S3 names an S3 other than AWS.
  --content <store>   where the posts and site.yaml are           (content)
  --public <store>    where the feeds go                          (public)
  --state <store>     what Dripfeed remembers; keep it            (.dripfeed)

Options of publish and check
  --now <time>        as at this moment, such as 2026-01-01T00:00:00Z
  --json              the report (check: the problems) alone, as JSON, on standard output

Options of publish
  --full              look at every post and document: what publish does anyway; for scripts that say it
  --dry-run           say what would be done, do nothing
  --force             what would be refused is meant
  --strict            exit 1 when there is a problem

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
// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
/** Only in a terminal, and not where NO_COLOR is set. */
const paint: Paint = (style, text) => styleText(style, text, { stream: process.stdout });

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

const STORES = { content: { type: "string" }, public: { type: "string" }, state: { type: "string" } } as const;
const DEFAULTS = { content: "content", public: "public", state: ".dripfeed" } as const;

type StoreName = keyof typeof DEFAULTS;

/** The names that the flags give; the usual ones where they give none. */
function storeNames(flags: { readonly [name in StoreName]?: string | undefined }): {
  readonly [name in StoreName]: string;
} {
  const nameOf = (name: StoreName) => (flags[name] === undefined ? DEFAULTS[name] : fromHere(flags[name]));
  return { content: nameOf("content"), public: nameOf("public"), state: nameOf("state") };
}

/** `npm run` works in the project's folder; a path that somebody typed is meant from where they are. */
function fromHere(name: string): string {
  const { npm_lifecycle_event: script, INIT_CWD: here } = process.env;
  return script === "dripfeed" && here && !/^s3:/i.test(name)
    ? relative(process.cwd(), resolve(here, name)) || "."
    : name;
}

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
  const now = momentOf(values.now);
  const stores = await usage(openStores(storeNames(values), storeOptions()));
  const report = await publish({
    ...{ ...stores, now, clock, pass: randomUUID(), log: tell },
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
      ...STORES,
      now: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return main(["help"]);
  const content = await usage(openStore(storeNames(values).content, storeOptions()));
  const report = await publish({
    ...{ content, public: memoryStore(), state: memoryStore() },
    ...{ now: momentOf(values.now), clock, pass: randomUUID(), log: tell },
    ...{ dryRun: true, renderAll: true },
  });
  const { problems } = report;
  print(
    values.json ? JSON.stringify(problems, null, 2) : showCheck(report, await readFrames(content, problems), paint),
  );
  return exitCode(report, true);
}

async function runInvoke(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...STORES, help: { type: "boolean", short: "h" } },
  });
  if (values.help) return main(["help"]);
  const [name, file, ...more] = positionals;
  const names = Object.keys(FUNCTIONS);
  if (name === undefined || file === undefined || more.length > 0) {
    throw new UsageError(`write: dripfeed invoke <${names.join("|")}> <event.json>`);
  }
  if (!names.includes(name)) throw new UsageError(`there is no function ${name}: ${names.join(", ")}`);
  const event = await readEvent(file);
  const { handlerFor } = await import(FUNCTIONS[name as keyof typeof FUNCTIONS]);
  const usual = storeNames(values);
  const setting = (name: StoreName) =>
    (values[name] === undefined && process.env[`DRIPFEED_${name.toUpperCase()}`]) || usual[name];
  const handler = handlerFor({
    ...process.env,
    ...{ DRIPFEED_CONTENT: setting("content"), DRIPFEED_PUBLIC: setting("public"), DRIPFEED_STATE: setting("state") },
  });
  const report: Report = await handler(event, { awsRequestId: randomUUID() });
  print(JSON.stringify(report, null, 2));
  return exitCode(report, false);
}

async function readEvent(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file === "-" ? "/dev/stdin" : file, "utf8"));
  } catch (error) {
    const source = file === "-" ? "standard input" : file;
    throw new UsageError(`${source} cannot be read as JSON: ${(error as Error).message}`);
  }
}

const storeOptions = () => ({ endpoint: process.env["AWS_ENDPOINT_URL_S3"] ?? process.env["AWS_ENDPOINT_URL"] });

/** A name that is none is the user's to mend. */
async function usage<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}

/** What `--now` says; the present moment where it says nothing. */
function momentOf(text: string | undefined): Date {
  if (text === undefined) return clock.now();
  const instant = parseDate(text, "UTC");
  if (instant === undefined) throw new UsageError(`--now ${text} is no moment: write 2026-01-01T00:00:00Z`);
  return new Date(instant);
}
