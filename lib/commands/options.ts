/** Options that several commands take: the stores, and the moment of a run. */
import { isAbsolute, relative, resolve } from "node:path";
import { parseDate } from "../content/facts/dates.ts";
import { clock } from "./console.ts";
import { UsageError } from "./exit.ts";

/** For `parseArgs`. */
export const STORES = { content: { type: "string" }, public: { type: "string" }, state: { type: "string" } } as const;

const DEFAULTS = { content: "content", public: "public", state: ".dripfeed" } as const;

export type StoreName = keyof typeof DEFAULTS;

export const STORE_NAMES: readonly StoreName[] = ["content", "public", "state"];

/** The names that the flags give, else the defaults. */
export function storeNames(flags: { readonly [name in StoreName]?: string | undefined }): {
  readonly [name in StoreName]: string;
} {
  const nameOf = (name: StoreName) => (flags[name] === undefined ? DEFAULTS[name] : fromCallersFolder(flags[name]));
  return { content: nameOf("content"), public: nameOf("public"), state: nameOf("state") };
}

/** `npm run` changes to the project's folder: a relative path was typed in the folder that npm passes as INIT_CWD. */
export function fromCallersFolder(name: string): string {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = process.env;
  if (script !== "dripfeed" || !folder || name === "-" || isAbsolute(name) || /^(?:s3|https?):/i.test(name))
    return name;
  return relative(process.cwd(), resolve(folder, name)) || ".";
}

/** The moment that `--now` names; without it, the present. */
export function momentOf(text: string | undefined): Date {
  if (text === undefined) return clock.now();
  const instant = parseDate(text, "UTC");
  if (instant === undefined) throw new UsageError(`--now ${text} is not a moment: write 2026-01-01T00:00:00Z`);
  return new Date(instant);
}
