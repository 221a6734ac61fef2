/** A JSON file that a command is given; `-` is standard input. */
import { readFile } from "node:fs/promises";
import { UsageError } from "./exit.ts";

export async function readJsonFile(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file === "-" ? "/dev/stdin" : file, "utf8"));
  } catch (error) {
    const source = file === "-" ? "standard input" : file;
    throw new UsageError(`${source} cannot be read as JSON: ${(error as Error).message}`);
  }
}
