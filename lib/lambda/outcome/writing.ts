/** What became of a request of a phone or an app, as a log line, and as a metric where somebody was refused. */
import type { Log } from "../log.ts";
import { count, writeMetrics } from "../metrics.ts";

export interface WritingOutcome {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Milliseconds. */
  readonly took: number;
  readonly who?: string;
  /** Somebody tried to prove who they are, and could not. */
  readonly isRefused: boolean;
  readonly error?: string;
  readonly failure?: { readonly id: string; readonly name: string; readonly where: string };
}

export function logWriting({ failure, ...line }: WritingOutcome, log: Log, site: string): void {
  if (failure) log("error", "failed", { ...line, ...failure });
  else log("info", "answered", line);
  // Whatever else may be well: many of these mean that somebody guesses.
  if (line.isRefused) writeMetrics(site, { SignInRefused: count(1) });
}
