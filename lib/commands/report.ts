/** `dripfeed report`: shows the report that a function returned, with the exit code that `publish` would have had. */
import type { Report } from "../publish/types.ts";
import { showReport } from "../terminal/report.ts";
import { log, paint, show } from "./console.ts";
import type { InputOf } from "./declare.ts";
import type { REPORT } from "./declared/stores.ts";
import { exitCode, FAILED, UsageError } from "./exit.ts";
import { readJsonInput } from "./input.ts";
import { fromCallersFolder } from "./options.ts";

export async function runReport({ values, args: { file } }: InputOf<typeof REPORT>): Promise<number> {
  const result = await readResult(file);
  if ("errorMessage" in result) {
    log(`the function failed: ${result.errorMessage}`);
    return FAILED;
  }
  await show(await showReport(result, { paint }));
  return exitCode(result, values.strict);
}

/** A report, or the error object that Lambda returns for a function that threw. */
async function readResult(file: string): Promise<Report | { readonly errorMessage: string }> {
  const result = await readJsonInput(fromCallersFolder(file), "the report of a run");
  const { errorMessage, put, records } = (result ?? {}) as { readonly [name: string]: unknown };
  if (typeof errorMessage === "string") return { errorMessage };
  if (!Array.isArray(put) || typeof records !== "object")
    throw new UsageError(
      `${file} is not the report of a run: write what the function returned, or dripfeed publish --json printed, into it`,
    );
  return result as Report;
}
