/** `dripfeed invoke`: a Lambda function called from here. */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Result as Announcement } from "../../functions/announce.ts";
import type { Report } from "../model.ts";
import { DONE, exitCode, FAILED, print, STORES, type StoreName, storeNames, UsageError } from "./command.ts";

/** As Lambda calls them: an event in, an answer out. */
const FUNCTIONS = {
  rebuild: () => import("../../functions/rebuild.ts"),
  announce: () => import("../../functions/announce.ts"),
} as const;

export async function runInvoke(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...STORES },
  });
  const [name, file, ...more] = positionals;
  const names = Object.keys(FUNCTIONS);
  if (name === undefined || file === undefined || more.length > 0) {
    throw new UsageError(`write: dripfeed invoke <${names.join("|")}> <event.json>`);
  }
  const load = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name as keyof typeof FUNCTIONS] : undefined;
  if (!load) throw new UsageError(`there is no function ${name}: ${names.join(", ")}`);
  const event = await readEvent(file);
  const { handlerFor } = await load();
  const usual = storeNames(values);
  const setting = (name: StoreName) =>
    (values[name] === undefined && process.env[`DRIPFEED_${name.toUpperCase()}`]) || usual[name];
  const handler = handlerFor({
    ...process.env,
    ...{ DRIPFEED_CONTENT: setting("content"), DRIPFEED_PUBLIC: setting("public"), DRIPFEED_STATE: setting("state") },
  });
  const answer: Report | Announcement = await handler(event, { awsRequestId: randomUUID() });
  print(JSON.stringify(answer ?? null, null, 2));
  if (answer && "records" in answer) return exitCode(answer, false);
  return answer?.failed === undefined ? DONE : FAILED;
}

async function readEvent(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file === "-" ? "/dev/stdin" : file, "utf8"));
  } catch (error) {
    const source = file === "-" ? "standard input" : file;
    throw new UsageError(`${source} cannot be read as JSON: ${(error as Error).message}`);
  }
}
