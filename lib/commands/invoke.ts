/** `dripfeed invoke`: a Lambda function called from here. */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Report } from "../model.ts";
import { exitCode, print, STORES, type StoreName, storeNames, UsageError } from "./command.ts";

const FUNCTIONS = { rebuild: "../../functions/rebuild.ts" } as const;

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
