/** How large a site is → how much memory and time `rebuild` is given, and why. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { postMatcher } from "../lib/publish/scan/keys.ts";
import type { Site } from "../lib/site/types.ts";

export interface SiteSize {
  readonly posts: number;
  /** Of their files. */
  readonly bytes: number;
}

export interface RunSize {
  /** Megabytes. */
  readonly memory: number;
  /** The time-out, in minutes. */
  readonly minutes: number;
  /** A line for the owner. */
  readonly why: string;
}

/** Of a post of which only is said that there is one: the median of blogs that were measured. */
const USUAL_BYTES = 10_000;

/** A whole processor, by https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html. Less is slower, and no cheaper. */
const PROCESSOR = 1769;

/**
 * What is enough for so many posts, or so many bytes of them. Measured with `node test/bench/first.ts`, everything on, posts of 10 KB, folders:
 * the first publication of 1,000 posts took 440 MiB and 4 s of one processor, of 10,000 622 MiB and 19 s, of 100,000 1,220 MiB and 153 s.
 * S3 answers more slowly than a folder, and Node takes more where it may: so each row has room for half as much again, or more.
 */
const ENOUGH: readonly (SiteSize & Pick<RunSize, "memory" | "minutes">)[] = [
  { posts: 20_000, bytes: 200_000_000, memory: PROCESSOR, minutes: 5 },
  { posts: 50_000, bytes: 500_000_000, memory: PROCESSOR, minutes: 15 },
  { posts: 150_000, bytes: 1_500_000_000, memory: 3008, minutes: 15 },
];

/** Beyond these: megabytes for each post more, up to the most that Lambda has, with the longest time-out that it has. */
const MOST = { memory: 10_240, minutes: 15 } as const;
const POSTS_A_MEGABYTE = 50;

/** `memory` is the owner's own choice. */
export function chooseRun(
  { posts, bytes }: SiteSize,
  { memory: own, isSaid }: { readonly memory?: number | undefined; readonly isSaid: boolean },
): RunSize {
  const row = ENOUGH.find((each) => posts <= each.posts && bytes <= each.bytes);
  const weight = Math.max(posts, bytes / USUAL_BYTES);
  const { memory: enough, minutes } = row ?? { ...MOST, memory: Math.min(MOST.memory, memoryFor(weight)) };
  const memory = own ?? enough;
  const given = `rebuild has ${memory} MB and ${minutes} minutes`;
  const chosen = own === undefined ? "" : "; the memory is that of the config";
  return { memory, minutes, why: `${given}: ${sizeInWords({ posts, bytes }, isSaid)}${chosen}` };
}

/** In whole steps of 64 MB. */
const memoryFor = (posts: number): number => Math.ceil(posts / POSTS_A_MEGABYTE / 64) * 64;

function sizeInWords({ posts, bytes }: SiteSize, isSaid: boolean): string {
  if (posts === 0) return "there are no posts beside site.yaml. If they are elsewhere, say how many: `posts: 30_000`";
  const number = posts.toLocaleString("en");
  return isSaid ? `${number} posts, as the config says` : `${number} posts, ${(bytes / 1e6).toFixed(1)} MB`;
}

/** Of so many posts. */
export const sizeOfPosts = (posts: number): SiteSize => ({ posts, bytes: posts * USUAL_BYTES });

/** The posts in a folder, and nothing in what is never pushed. */
export function measureContent(folder: string, site: Pick<Site, "posts">): SiteSize {
  const isPost = postMatcher(site);
  let [posts, bytes] = [0, 0];
  const look = (below: string) => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const key = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      if (entry.isDirectory()) look(key);
      if (!entry.isFile() || !isPost(key)) continue;
      posts += 1;
      bytes += statSync(join(folder, key)).size;
    }
  };
  look("");
  return { posts, bytes };
}
