/** Histories of a few posts that are hidden, edited, renamed and shown again, as property tests take them. */
import fc from "fast-check";
import { expect } from "vitest";
import { type World, world } from "./world.ts";

/** What may change between two runs: at most two of these at once, so that a person would still know the post. */
const PARTS = ["title", "words", "date", "key"] as const;
type Part = (typeof PARTS)[number];

/** Ways to keep a post from readers, besides a folder of drafts and a date to come; `removed`: its file is away. */
const COVERS = ["none", "draft", "password", "hidden", "expired", "yaml", "fence", "byte", "removed"] as const;
type Cover = (typeof COVERS)[number];

/** One change of one post. */
interface Edit {
  readonly post: number;
  readonly parts: readonly Part[];
  readonly cover: Cover;
  /** Where it goes if its key changes, and whether a new date is one to come. */
  readonly to: number;
  readonly isLater: boolean;
}

/** Edits between two runs, and how the runs learn of them: by a full run, one for all keys, or one for each key in turn. */
export interface Step {
  readonly edits: readonly Edit[];
  readonly triggers: "none" | "together" | "in order" | "reversed";
}

const edit: fc.Arbitrary<Edit> = fc.record({
  post: fc.nat(2),
  parts: fc.subarray([...PARTS], { maxLength: 2 }),
  cover: fc.oneof(fc.constant("none" as const), fc.constantFrom(...COVERS)),
  to: fc.nat(7),
  isLater: fc.boolean(),
});

export const step: fc.Arbitrary<Step> = fc.record({
  edits: fc.uniqueArray(edit, { minLength: 1, maxLength: 2, selector: ({ post }) => post }),
  triggers: fc.constantFrom("none", "together", "in order", "reversed"),
});

interface File {
  readonly uid: number;
  readonly title: number;
  readonly words: number;
  readonly date: string;
  readonly key: string;
  readonly cover: Cover;
}

const PLACES = [0, 1, 2, 3, 4, 5].map((i) => `posts/p${i}.md`).concat("_drafts/p6.md", "_drafts/p7.md");

/** Becomes a byte that is no UTF-8. */
const BAD = "\u00ff";

function bytesOf({ uid, title, words, date, cover }: File): Uint8Array {
  const front = [`title: Title ${title}`, `date: ${date}`, `description: uid ${uid}`];
  if (cover === "draft" || cover === "hidden") front.push(`${cover}: true`);
  if (cover === "password") front.push("password: spring");
  if (cover === "expired") front.push("expires: 2026-05-01");
  if (cover === "yaml") front.push("tags: [a");
  if (cover === "byte") front.push(`tags: [${BAD}]`);
  const end = cover === "fence" ? "" : "---\n";
  return Buffer.from(`---\n${front.join("\n")}\n${end}\nThe words are ${words}.\n`, "latin1");
}

/** A step that changes the first post. */
export const first = (cover: Cover, parts: readonly Part[] = [], to = 0): Step => {
  return { edits: [{ post: 0, parts, cover, to, isLater: false }], triggers: "none" };
};

/** Takes the steps, each followed by its runs, and looks after every run whether a post came under another id. */
export async function takeHistory(steps: readonly Step[]): Promise<void> {
  let count = 0;
  const next = () => ++count;
  const dateOf = (isLater: boolean) => `${isLater ? 2027 : 2026}-01-01T00:${String(next() % 60).padStart(2, "0")}:00Z`;
  const files: File[] = [0, 1, 2].map((uid) => {
    return { uid, title: next(), words: next(), date: dateOf(false), key: PLACES[uid] ?? "", cover: "none" };
  });
  const site = await world();
  const write = (file: File) => site.content.put(file.key, bytesOf(file), { contentType: "text/markdown" });
  for (const file of files) await write(file);
  await site.publish();
  const idOf = await idsOf(site);
  expect(idOf.size).toBe(3);
  const look = async () => {
    for (const [uid, id] of await idsOf(site)) expect([uid, id]).toEqual([uid, idOf.get(uid)]);
  };

  for (const { edits, triggers } of steps) {
    const keys: string[] = [];
    for (const { post, parts, cover, to, isLater } of edits) {
      const file = files[post];
      if (!file) continue;
      const place = PLACES[to] ?? "";
      const isFree = !files.some(({ key }) => key === place);
      const has = (part: Part) => cover !== "removed" && parts.includes(part);
      const after: File = {
        ...file,
        title: has("title") ? next() : file.title,
        words: has("words") ? next() : file.words,
        date: has("date") ? dateOf(isLater) : file.date,
        key: has("key") && isFree ? place : file.key,
        cover,
      };
      files[post] = after;
      keys.push(...new Set([file.key, after.key]));
    }
    const there = new Map(files.flatMap((file) => (file.cover === "removed" ? [] : [[file.key, file] as const])));
    for (const key of keys) {
      const file = there.get(key);
      await (file ? write(file) : site.remove(key));
    }
    for (const hints of runsFor(keys, triggers)) {
      await site.publish({ force: true, ...(hints && { hints }) });
      await look();
    }
  }
  // All are shown at last, where and as they are.
  for (const [i, file] of files.entries()) {
    const shown: File = { ...file, cover: "none" };
    files[i] = shown;
    await write(shown);
  }
  await site.publish({ force: true });
  await look();
}

function runsFor(keys: readonly string[], triggers: Step["triggers"]): readonly (readonly string[] | undefined)[] {
  if (triggers === "none") return [undefined];
  if (triggers === "together") return [keys];
  const each = keys.map((key) => [key]);
  return triggers === "reversed" ? each.toReversed() : each;
}

/** Of each post that is shown its id, by uid. No post is shown twice. */
async function idsOf(site: World): Promise<ReadonlyMap<number, string>> {
  const items: { id: string; summary: string }[] = JSON.parse(await site.read("feed.json")).items;
  const ids = items.map(({ id, summary }) => [Number(/uid (\d+)/.exec(summary)?.[1]), id] as const);
  expect(new Set(ids.map(([uid]) => uid)).size).toBe(items.length);
  return new Map(ids);
}
