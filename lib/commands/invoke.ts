/** `dripfeed invoke`: calls a Lambda function on this machine. */
import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import type { Result as Announcement } from "../../functions/announce.ts";
import type { Report } from "../publish/types.ts";
import { print } from "./console.ts";
import { DONE, exitCode, FAILED, UsageError } from "./exit.ts";
import { readJsonInput } from "./input.ts";
import { fromCallersFolder, STORES, type StoreName, storeNames } from "./options.ts";

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
  const event = await readJsonInput(fromCallersFolder(file), 'an event, such as {"full":true}');
  const { handlerFor } = await load();
  const defaults = storeNames(values);
  const setting = (name: StoreName) =>
    (values[name] === undefined && process.env[`DRIPFEED_${name.toUpperCase()}`]) || defaults[name];
  const handler = handlerFor({
    ...process.env,
    DRIPFEED_CONTENT: setting("content"),
    DRIPFEED_PUBLIC: setting("public"),
    DRIPFEED_STATE: setting("state"),
  });
  const result: Report | Announcement = await handler(event, { awsRequestId: randomUUID() });
  print(JSON.stringify(result ?? null, null, 2));
  if (result && "records" in result) return exitCode(result, false);
  return result?.failed === undefined ? DONE : FAILED;
}
