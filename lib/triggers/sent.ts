/** When a trigger was sent: since then somebody waits for what it publishes. */
import { messageOf } from "./trigger.ts";

/**
 * Of several SQS messages the first, or what one that was enqueued again says. Nothing for any other event, which a person sent just
 * now and waits for; nor where one says that all is prepared and not since when: the state machine that sent it does not know.
 */
export function sentAt(event: unknown): Date | undefined {
  const { Records: records } = (event ?? {}) as { readonly Records?: unknown };
  if (!Array.isArray(records)) return undefined;
  const messages = records.map(messageOf);
  if (messages.some((message) => message?.prepared && !message.since)) return undefined;
  const sent = records.map((record: { readonly attributes?: { readonly SentTimestamp?: unknown } } | null) =>
    Number(record?.attributes?.SentTimestamp ?? Number.NaN),
  );
  const times = [...sent, ...messages.map((message) => message?.since?.getTime() ?? Number.NaN)].filter(
    (time) => Number.isSafeInteger(time) && time > 0,
  );
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}
