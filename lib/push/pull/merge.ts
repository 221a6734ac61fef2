/** Two texts of one post that began as a third: merged by lines where no line was changed on both sides. */
import { isMarkdown } from "../keys.ts";

export interface TextMerging {
  /** The bytes with this SHA-256 that the file had once; `undefined` where nobody has kept them. */
  readonly baseOf: (key: string, digest: string) => Promise<Uint8Array | undefined>;
  /** `undefined` where both changed the same lines. */
  readonly mergeLines: (base: Uint8Array, ours: Uint8Array, theirs: Uint8Array) => Promise<Uint8Array | undefined>;
}

/** Longer posts are for a person to merge. */
const MAX_BYTES = 1_000_000;

/** `undefined` where a person has to do it. */
export async function mergePosts(
  { baseOf, mergeLines }: TextMerging,
  key: string,
  base: string | undefined,
  ours: Uint8Array,
  theirs: Uint8Array,
): Promise<Uint8Array | undefined> {
  if (base === undefined || !isMarkdown(key) || Math.max(ours.length, theirs.length) > MAX_BYTES) return undefined;
  const former = await baseOf(key, base);
  if (former === undefined || ![former, ours, theirs].every(isText)) return undefined;
  const merged = await mergeLines(former, ours, theirs);
  return merged && hasKeysOnce(merged) ? merged : undefined;
}

/** Without bytes that only look like text. */
function isText(bytes: Uint8Array): boolean {
  try {
    return !new TextDecoder("utf-8", { fatal: true }).decode(bytes).includes("\0");
  } catch {
    return false;
  }
}

/** Each side may have added the same key in another line of the front matter, which would break the post. */
function hasKeysOnce(bytes: Uint8Array): boolean {
  const [fence, ...lines] = new TextDecoder().decode(bytes).split(/\r?\n/);
  if (fence !== "---" && fence !== "+++") return true;
  const end = lines.indexOf(fence);
  const keys = lines.slice(0, end).flatMap((line) => /^["']?([\w-]+)["']?\s*[:=]/.exec(line)?.[1]?.toLowerCase() ?? []);
  return new Set(keys).size === keys.length;
}
