/** An author who writes for years: posts come, change their words, names and tags, break, are fixed, hidden and removed. */
import { present } from "../../lib/base/optional.ts";
import type { Store } from "../../lib/stores/store.ts";
import { type Random, weightsOf } from "../bench/random.ts";
import { post } from "../support/world.ts";

const DAY_MS = 86_400_000;
const FEWEST = 16;
const MOST = 36;
/** Of a post: some kilobytes of text. */
const WORDS = 400;

/** No two posts share a title, a date or a line, so that each can be told from every other. */
interface File {
  readonly uid: number;
  readonly words: number;
  readonly published: Date;
  readonly expires?: Date;
  readonly tags: readonly string[];
  readonly isHidden: boolean;
  readonly isBroken: boolean;
}

export interface Author {
  /** Makes a change, and gives the keys that it concerns. */
  change(now: Date): Promise<readonly string[]>;
  /** How many posts there are. */
  files(): number;
  /** How many posts, tags and months with a post there ever were. */
  ever(): { readonly posts: number; readonly tags: number; readonly months: number };
}

const CHANGES = weightsOf({ write: 5, edit: 6, retag: 2, rename: 3, hide: 3, break: 2, remove: 4 });

const instant = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, "Z");

function textOf({ uid, words, published, expires, tags, isHidden, isBroken }: File): string {
  const front = {
    title: `Post ${uid}`,
    date: instant(published),
    tags: `[${tags.join(", ")}]`,
    categories: `[Section ${uid % 3}]`,
    author: `Writer ${uid % 2}`,
    ...present({ expires: expires && instant(expires), draft: isHidden ? "true" : undefined }),
  };
  const text = post(front, `uid${uid} ${Array.from({ length: WORDS }, (_, i) => `w${uid}x${words + i}`).join(" ")}\n`);
  return isBroken ? text.replace("tags: [", "tags: [[") : text;
}

export function soakAuthor(content: Store, random: Random): Author {
  const files = new Map<string, File>();
  const tags = new Set<string>();
  const months = new Set<string>();
  let uids = 0;

  /** Most tags are in use for some weeks, a few for ever; now and then there is one that no other post has. */
  function tagsAt(now: Date, uid: number): readonly string[] {
    const season = Math.floor(now.getTime() / (25 * DAY_MS));
    const chosen = [`always ${random.between(0, 2)}`, `season ${season + random.between(0, 1)}`];
    if (random.chance(0.3)) chosen.push(`once ${uid} ${random.between(0, 9)}`);
    for (const tag of chosen) tags.add(tag);
    return chosen;
  }

  async function put(key: string, file: File): Promise<readonly string[]> {
    files.set(key, file);
    await content.put(key, new TextEncoder().encode(textOf(file)), { contentType: "text/markdown" });
    return [key];
  }

  async function write(now: Date): Promise<readonly string[]> {
    uids += 1;
    const days = random.chance(0.2) ? random.between(1, 20) : -random.between(0, random.chance(0.2) ? 300 : 3);
    const published = new Date(Math.floor(now.getTime() / 1000) * 1000 + days * DAY_MS + uids * 1000);
    months.add(instant(published).slice(0, 7));
    const life = random.chance(0.15) ? random.between(5, 90) : undefined;
    const expires = life === undefined ? undefined : new Date(published.getTime() + life * DAY_MS);
    const file = { uid: uids, words: 0, published, tags: tagsAt(now, uids), isHidden: false, isBroken: false };
    return put(`posts/p${uids}.md`, { ...file, ...present({ expires }) });
  }

  return {
    files: () => files.size,
    ever: () => ({ posts: uids, tags: tags.size, months: months.size }),
    async change(now) {
      const [first, ...others] = [...files.keys()];
      const kind = files.size < FEWEST ? "write" : files.size > MOST ? "remove" : random.weigh(CHANGES);
      if (kind === "write" || first === undefined) return write(now);
      const key = random.pick([first, ...others]);
      const file = files.get(key);
      if (!file) return [];
      if (kind === "edit") return put(key, { ...file, words: file.words + 1, isBroken: false });
      if (kind === "retag") return put(key, { ...file, tags: tagsAt(now, file.uid) });
      if (kind === "hide") return put(key, { ...file, isHidden: !file.isHidden });
      if (kind === "break") return put(key, { ...file, isBroken: !file.isBroken });
      // A broken file cannot be recognised under another name.
      if (kind === "rename" && file.isBroken) return put(key, { ...file, isBroken: false });
      const to = `posts/p${file.uid}-${random.between(0, 2)}.md`;
      if (kind === "rename" && to === key) return [];
      files.delete(key);
      await content.delete(key);
      return kind === "rename" ? [key, ...(await put(to, file))] : [key];
    },
  };
}
