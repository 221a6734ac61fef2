/** Structured logs: one JSON object a line, as CloudWatch Logs Insights reads it. */

export type Log = (
  level: "info" | "warn" | "error",
  message: string,
  details?: { readonly [name: string]: unknown },
) => void;

/** Every line carries the id of the request it belongs to. */
export function logger(requestId: string): Log {
  return (level, message, details = {}) => {
    const line = { time: new Date().toISOString(), level, requestId, message, ...details };
    process.stderr.write(`${JSON.stringify(line)}\n`);
  };
}

export function logError(log: Log, error: unknown): void {
  const { name, message, stack } = error as Error;
  log("error", message, { name, stack });
}
