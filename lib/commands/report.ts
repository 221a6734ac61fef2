/** `dripfeed report`: what a function answered, as people read it, and with the exit code of the same run done here. */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Report } from "../model.ts";
import { showReport } from "../terminal/report.ts";
import { exitCode, FAILED, print, tell, UsageError } from "./command.ts";

export async function runReport(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { strict: { type: "boolean" } },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError("write: dripfeed report <report.json>");
  const answer = await readAnswer(file);
  if ("errorMessage" in answer) {
    tell(`the function failed: ${answer.errorMessage}`);
    return FAILED;
  }
  print(showReport(answer));
  return exitCode(answer, values.strict ?? false);
}

/** A report, or what Lambda says of a function that threw. */
async function readAnswer(file: string): Promise<Report | { readonly errorMessage: string }> {
  let answer: unknown;
  try {
    answer = JSON.parse(await readFile(file === "-" ? "/dev/stdin" : file, "utf8"));
  } catch (error) {
    throw new UsageError(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
  const { errorMessage, put, records } = (answer ?? {}) as { readonly [name: string]: unknown };
  if (typeof errorMessage === "string") return { errorMessage };
  if (!Array.isArray(put) || typeof records !== "object") throw new UsageError(`${file} is no report of a run`);
  return answer as Report;
}
