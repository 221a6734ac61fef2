/** What a command is given to read: a file, a pipe such as `<(command)` of a shell, or `-`, standard input of any kind. */
import { createReadStream } from "node:fs";
import { readAll } from "../base/bytes.ts";
import { UsageError } from "./exit.ts";

/** Far more than any event, report or file of ids has. */
const LIMIT = { maxBytes: 256_000_000, tooLarge: (why: string) => new Error(why) };

/** Throws a `UsageError` for what cannot be read or is not UTF-8. */
export async function readTextInput(file: string): Promise<string> {
  try {
    // To open `/dev/stdin` by its name again fails for a socket, and waits for ever once a pipe has ended.
    const bytes = await readAll(file === "-" ? process.stdin : createReadStream(file), LIMIT);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UsageError(`${nameOf(file)} cannot be read: ${reasonOf(error as NodeJS.ErrnoException)}`);
  }
}

/** `what` it should be, for the message. */
export async function readJsonInput(file: string, what: string): Promise<unknown> {
  const text = await readTextInput(file);
  if (text.trim() === "") throw new UsageError(`${nameOf(file)} is empty: it should be ${what}`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${nameOf(file)} cannot be read as JSON: ${(error as Error).message}; it should be ${what}`);
  }
}

const nameOf = (file: string): string => (file === "-" ? "standard input" : file);

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "it is a folder: name a file in it";
  if (code === "ENXIO") return "it is a socket: write - and redirect it";
  return code === "ERR_ENCODING_INVALID_ENCODED_DATA" ? "it is not UTF-8: save it as such" : message;
}
