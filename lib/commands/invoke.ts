/** `dripfeed invoke`: calls a Lambda function on this machine. */
import { randomUUID } from "node:crypto";
import type { Result as Announcement } from "../../functions/announce.ts";
import type { CountResult } from "../../functions/audience.ts";
import type { Report } from "../publish/types.ts";
import { print } from "./console.ts";
import type { InputOf } from "./declare.ts";
import type { INVOKE } from "./declared/stores.ts";
import { DONE, exitCode, FAILED, UsageError } from "./exit.ts";
import { readJsonInput } from "./input.ts";
import { fromCallersFolder, type StoreName } from "./options.ts";

const FUNCTIONS = {
  rebuild: () => import("../../functions/rebuild.ts"),
  announce: () => import("../../functions/announce.ts"),
  audience: () => import("../../functions/audience.ts"),
} as const;

export async function runInvoke({ values, args, given }: InputOf<typeof INVOKE>): Promise<number> {
  if (args.function === "audience" && !process.env["DRIPFEED_LOGS"]) {
    throw new UsageError("set DRIPFEED_LOGS: the folder that access logs are in, or s3://bucket/prefix");
  }
  const event = await readJsonInput(fromCallersFolder(args.event), 'an event, such as {"full":true}');
  const { handlerFor } = await FUNCTIONS[args.function]();
  const setting = (name: StoreName) =>
    (given[name] === undefined && process.env[`DRIPFEED_${name.toUpperCase()}`]) || values[name];
  const handler = handlerFor({
    ...process.env,
    DRIPFEED_CONTENT: setting("content"),
    DRIPFEED_PUBLIC: setting("public"),
    DRIPFEED_STATE: setting("state"),
  });
  const result: Report | Announcement | CountResult | undefined = await handler(event, { awsRequestId: randomUUID() });
  print(JSON.stringify(result ?? null, null, 2));
  if (result && "records" in result) return exitCode(result, false);
  return result && "failed" in result && result.failed !== undefined ? FAILED : DONE;
}
