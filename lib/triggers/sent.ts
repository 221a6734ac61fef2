/** When a trigger was sent: since then somebody waits for what it publishes. */

/** Of several SQS messages the first; nothing for any other event, which a person sent just now and waits for. */
export function sentAt(event: unknown): Date | undefined {
  const { Records: records } = (event ?? {}) as { readonly Records?: unknown };
  if (!Array.isArray(records)) return undefined;
  const times = records.flatMap((record: { readonly attributes?: { readonly SentTimestamp?: unknown } } | null) => {
    const time = Number(record?.attributes?.SentTimestamp ?? Number.NaN);
    return Number.isSafeInteger(time) && time > 0 ? [time] : [];
  });
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}
