/** What a command writes into a file that was named for it. */
import { writeFile } from "node:fs/promises";
import { UsageError } from "./exit.ts";
import { asCallerTyped } from "./options.ts";

/** Throws a `UsageError` where it cannot be written. */
export async function writeTextOutput(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such folder: make it, or name another file" : message;
    throw new UsageError(`${asCallerTyped(file)} cannot be written: ${why}`);
  }
}
