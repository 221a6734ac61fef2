/** Reading with a helper: both threads claim keys of one list, so that neither waits for the other. */
import { type Claims, claim, closeClaims, newClaims, noteDone } from "../../base/claims.ts";
import type { Site } from "../../site/types.ts";
import type { Helper } from "../helper.ts";
import type { Objects } from "./objects.ts";
import { type KeyReading, MAX_CHARACTERS, openResult, type ReadInput, type ReadResult, readEach } from "./read.ts";
import { noteStopped, stoppedPosts } from "./slow.ts";

/** Fewer keys are read before a helper has started, */
const MANY = 300;
/** and fewer before its code is warm, where only the newest of the posts are then rendered: reading one takes half a millisecond. */
const MANY_TO_READ = 3000;
/** Keys that are claimed and read at once, under one limit of time. A folder does not mind how many are asked of it. */
const AT_ONCE = 64;
/** Where all posts are going to be rendered, all are kept if they have no more bytes: reading one again takes half of its rendering. */
const ALL_KEPT_BYTES = 32_000_000;

/** Is it worth a helper to read so many keys? */
export const areMany = (keys: readonly string[], { archives, kinds }: Pick<Site, "archives" | "kinds">): boolean =>
  keys.length >= (archives || Object.keys(kinds).length > 0 ? MANY : MANY_TO_READ);

export async function readTogether(helper: Helper, input: ReadInput, keys: readonly string[]): Promise<ReadResult> {
  const { site, slow, publishedOf, others } = input;
  const room = roomFor(site, keys, others.listed);
  const { take, findings, posts } = openResult(input, keys.length, room);
  const claims = newClaims(keys.length);
  const published = keys.map(publishedOf);
  const { listed } = others;
  const job = { claims, site, keys, published, listed, room, limits: slow.limit.limits, stopped: stoppedPosts(slow) };
  const helping = helper.help("read", job, (part) => {
    noteStopped(slow, part.stopped);
    for (const [key, finding] of part.findings) take(key, { finding });
  });
  try {
    await readClaimed(input, { claims, keys }, take);
  } finally {
    closeClaims(claims);
    await helping;
  }
  // What the helper did not hand back: the thread was lost, or the file is one on which the parser fails.
  const missing = keys.filter((key) => !findings.has(key));
  await readEach(input, missing, take);
  return { findings, posts };
}

/** Characters of Markdown that each of the two keeps. */
function roomFor({ archives }: Pick<Site, "archives">, keys: readonly string[], listed: Objects | undefined): number {
  const few = MAX_CHARACTERS / 2;
  if (!archives) return few;
  const bytes = keys.reduce((sum, key) => sum + (listed?.get(key)?.size ?? 0), 0);
  return bytes > ALL_KEPT_BYTES ? few : Math.max(few, bytes);
}

interface ClaimedKeys {
  readonly claims: Claims;
  readonly keys: readonly string[];
}

/** Reads keys, some at once, until none is left to claim. */
export async function readClaimed(
  input: ReadInput,
  { claims, keys }: ClaimedKeys,
  onRead: (key: string, reading: KeyReading) => void,
): Promise<void> {
  for (;;) {
    const { left, claimed } = claim(claims, AT_ONCE);
    if (claimed === 0) return;
    const first = keys.length - left;
    const onEach = (key: string, reading: KeyReading) => {
      noteDone(claims);
      onRead(key, reading);
    };
    await readEach(input, keys.slice(first, first + claimed), onEach, AT_ONCE);
  }
}
