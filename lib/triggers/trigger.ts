/** Event → trigger: events of S3, EventBridge and Ceph, as they are or wrapped by SQS or SNS. Any other event triggers a full scan. */
import { present } from "../base/optional.ts";
import { parseS3Name, type S3Name } from "../stores/name.ts";

export interface Trigger {
  /** Content keys that may have changed; absent: a full scan. */
  readonly hints?: readonly string[];
  /** What can be prepared beside a run has been: the run is to do the rest by itself. */
  readonly prepared?: boolean;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  /** Since when readers wait for what it asks, where that is earlier than the message. */
  readonly since?: Date;
}

/** What a message of the queue says. */
export type Enqueued = Pick<Trigger, "hints" | "prepared" | "force" | "since">;

type Json = { readonly [name: string]: unknown };

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isString = (value: unknown): value is string => typeof value === "string";

/**
 * A longer trigger names no keys. An SQS message may have 1 MiB, but for a queue that was told less, such as 256 KiB, which was the
 * most for long (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html).
 */
const MAX_BYTES = 200_000;

/**
 * A trigger as a message that `readTrigger` understands. Too many keys to name become a full scan. Two characters that SQS refuses
 * and JSON allows are escaped; its other such characters JSON escapes by itself.
 */
export function writeTrigger({ hints, prepared, force, since }: Enqueued): string {
  const more = present({ prepared: prepared || undefined, force: force || undefined, since });
  const message = JSON.stringify({ ...(hints ? { keys: hints } : { full: true }), ...more }).replace(
    /[\ufffe\uffff]/g,
    escaped,
  );
  return Buffer.byteLength(message) > MAX_BYTES ? writeTrigger(more) : message;
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16)}`;

/** `contentStore` is the name of the content store: keys of other buckets and prefixes are left out. */
export function readTrigger(event: unknown, contentStore: string): Trigger {
  const direct = directTrigger(event);
  if (direct) return direct;
  const hints = hintsOf(event, parseS3Name(contentStore) ?? {});
  // One message that says so is enough: of all there is one run.
  const messages = isObject(event) && Array.isArray(event["Records"]) ? event["Records"].map(messageOf) : [];
  const prepared = messages.some((message) => message?.prepared) || undefined;
  const force = messages.some((message) => message?.force) || undefined;
  return present({ hints: hints === "everything" ? undefined : [...new Set(hints)], prepared, force });
}

/** What `writeTrigger` wrote into an SQS message. */
export const messageOf = (record: unknown): Trigger | undefined =>
  directTrigger(isObject(record) ? parsed(record["body"]) : undefined);

/**
 * The body of a webhook. `{ "keys": ["posts/a.md"] }` names what changed; GitHub's payload of a push names no keys, so that
 * it triggers a full scan.
 */
export function parseDelivery(body: string): Pick<Trigger, "hints"> {
  const payload = parsed(body);
  const keys = isObject(payload) ? payload["keys"] : undefined;
  return present({ hints: Array.isArray(keys) && keys.every(isString) ? keys : undefined });
}

/** An event that AWS delivers as records (SQS, SNS, S3), and not one that a person or CI sends and waits for. */
export const hasRecords = (event: unknown): boolean => isObject(event) && Array.isArray(event["Records"]);

/** `{ "full": true, "dryRun": true, "force": true, "keys": ["posts/a.md"] }`, sent by a person or by CI. */
function directTrigger(event: unknown): Trigger | undefined {
  if (!isObject(event) || !["full", "dryRun", "force", "keys", "prepared"].some((name) => name in event))
    return undefined;
  const { full, dryRun, force, keys, prepared, since } = event;
  const hints = full !== true && Array.isArray(keys) && keys.every(isString) ? keys : undefined;
  return present({
    hints,
    dryRun: dryRun === true || undefined,
    force: force === true || undefined,
    prepared: prepared === true || undefined,
    since: isString(since) && !Number.isNaN(Date.parse(since)) ? new Date(since) : undefined,
  });
}

/** Empty for a content store in a folder: no event names that, so every bucket is accepted. */
type Location = Partial<S3Name>;

type Hints = readonly string[] | "everything";

function hintsOf(event: unknown, location: Location): Hints {
  if (isObject(event) && Array.isArray(event["Records"])) {
    return joined(event["Records"].map((record) => recordHints(record, location)));
  }
  if (isObject(event) && isObject(event["detail"]) && event["source"] === "aws.s3") {
    const { bucket, object } = event["detail"]; // EventBridge does not encode keys
    return keyHints(
      isObject(bucket) ? bucket["name"] : undefined,
      isObject(object) ? object["key"] : undefined,
      location,
    );
  }
  return "everything";
}

function recordHints(record: unknown, location: Location): Hints {
  if (!isObject(record)) return "everything";
  if (isString(record["body"])) return queuedHints(parsed(record["body"]), location); // SQS
  if (isObject(record["Sns"])) return hintsOf(parsed(record["Sns"]["Message"]), location);
  const { s3, eventSource } = record;
  if (!isObject(s3) || !isObject(s3["bucket"]) || !isObject(s3["object"])) return "everything";
  const key = s3["object"]["key"];
  // S3 form-encodes keys, Ceph sends them as they are.
  return keyHints(s3["bucket"]["name"], isString(key) && eventSource === "aws:s3" ? formDecoded(key) : key, location);
}

/** `dryRun` is for a person who sees the report; from a queue it is ignored. */
function queuedHints(event: unknown, location: Location): Hints {
  const direct = directTrigger(event);
  return direct ? (direct.hints ?? "everything") : hintsOf(event, location);
}

/** No hint for a key of another bucket or outside the prefix. */
function keyHints(bucket: unknown, key: unknown, location: Location): Hints {
  if (!isString(bucket) || !isString(key)) return "everything";
  if (location.bucket !== undefined && bucket !== location.bucket) return [];
  const { prefix = "" } = location;
  return key.startsWith(prefix) ? [key.slice(prefix.length)] : [];
}

function joined(all: readonly Hints[]): Hints {
  const keys: string[] = [];
  for (const hints of all) {
    if (hints === "everything") return hints;
    keys.push(...hints);
  }
  return all.length === 0 ? "everything" : keys;
}

function formDecoded(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

function parsed(text: unknown): unknown {
  try {
    return isString(text) ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
