/** Structured logs: one JSON object a line, as CloudWatch Logs Insights reads it. */

export type Log = (
  level: "info" | "warn" | "error",
  message: string,
  details?: { readonly [name: string]: unknown },
) => void;

/** Every line names the request that it belongs to. */
export function logger(requestId: string): Log {
  return (level, message, details = {}) => {
    const line = { time: new Date().toISOString(), level, requestId, message, ...details };
    process.stderr.write(`${JSON.stringify(line)}\n`);
  };
}
