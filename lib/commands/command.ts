/** What every command needs: its stores by name, the terminal, the clock, and an exit code that means something. */
import { relative, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { styleText } from "node:util";
import type { Clock } from "../base/clock.ts";
import { parseDate } from "../content/facts/dates.ts";
import type { Report } from "../model.ts";
import type { Paint } from "../terminal/text.ts";

export const DONE = 0;
export const PROBLEMS = 1;
export const USAGE = 2;
export const REFUSED = 3;
export const FAILED = 4;
/** What nobody foresaw; the number is that of `EX_SOFTWARE` in BSD's sysexits.h. */
export const FAULT = 70;

export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const clock: Clock = { now: () => new Date(), wait: (ms) => sleep(ms) };
export const print = (text: string) => process.stdout.write(`${text}\n`);
export const tell = (text: string) => process.stderr.write(`${text}\n`);
/** Only in a terminal, and not where NO_COLOR is set. */
export const paint: Paint = (style, text) => styleText(style, text, { stream: process.stdout });

export const STORES = { content: { type: "string" }, public: { type: "string" }, state: { type: "string" } } as const;
const DEFAULTS = { content: "content", public: "public", state: ".dripfeed" } as const;

export type StoreName = keyof typeof DEFAULTS;

/** The names that the flags give; the usual ones where they give none. */
export function storeNames(flags: { readonly [name in StoreName]?: string | undefined }): {
  readonly [name in StoreName]: string;
} {
  const nameOf = (name: StoreName) => (flags[name] === undefined ? DEFAULTS[name] : fromHere(flags[name]));
  return { content: nameOf("content"), public: nameOf("public"), state: nameOf("state") };
}

/** `npm run` works in the project's folder; a path that somebody typed is meant from where they are. */
function fromHere(name: string): string {
  const { npm_lifecycle_event: script, INIT_CWD: here } = process.env;
  return script === "dripfeed" && here && !/^s3:/i.test(name)
    ? relative(process.cwd(), resolve(here, name)) || "."
    : name;
}

export function exitCode({ refused, problems }: Report, strict: boolean): number {
  if (refused) return refused.code === "site-unusable" ? USAGE : REFUSED;
  return strict && problems.length > 0 ? PROBLEMS : DONE;
}

/** Ctrl-C, or whatever else ends programs politely; a second time it ends them at once. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

/** A name that is none is the user's to fix. */
export async function usage<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}

/** What `--now` says; the present moment where it says nothing. */
export function momentOf(text: string | undefined): Date {
  if (text === undefined) return clock.now();
  const instant = parseDate(text, "UTC");
  if (instant === undefined) throw new UsageError(`--now ${text} is no moment: write 2026-01-01T00:00:00Z`);
  return new Date(instant);
}
