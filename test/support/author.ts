/** A model author for property tests: writes, edits, hides, breaks, renames and removes a few files. */

import fc from "fast-check";
import { present } from "../../lib/base/optional.ts";
import { post, type World } from "./world.ts";

export const KEYS = ["posts/a.md", "posts/b.md", "posts/c.md", "posts/d.md"];

/** A change of the content; `triggers` are indexes of the changed keys, in the order of their triggers, some twice. */
export type Change =
  | {
      readonly kind: "write" | "edit" | "hide" | "break" | "remove";
      readonly at: number;
      readonly triggers: readonly number[];
    }
  /** `replace`: the post is renamed and another takes its key; `replace by half`: a broken file does. */
  | {
      readonly kind: "rename" | "replace" | "replace by half";
      readonly at: number;
      readonly to: number;
      readonly triggers: readonly number[];
    };

const at = fc.nat(KEYS.length - 1);
const triggers = fc.array(fc.nat(1), { maxLength: 3 }).map((more) => [...more, 0, 1]);
export const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constantFrom("write", "edit", "hide", "break", "remove"), at, triggers }),
  fc.record({ kind: fc.constantFrom("rename", "rename", "replace", "replace by half"), at, to: at, triggers }),
);

interface File {
  readonly uid: number;
  readonly words: number;
  readonly isHidden: boolean;
  readonly isBroken: boolean;
}

const textOf = ({ uid, words, isHidden, isBroken }: File): string =>
  isBroken
    ? "---\ntitle: [\n---\n"
    : post(
        { title: `Post ${uid}`, tags: `[t${uid % 2}]`, ...present({ draft: isHidden ? "true" : undefined }) },
        `uid${uid} words${words}\n`,
      );

/** An author whose `change` changes the content and returns the changed keys. */
export function author(site: World) {
  const files = new Map<string, File>();
  /** For each key the uids of all posts that were ever at it. */
  const former = new Map<string, Set<number>>();
  /** Keys to which posts were moved since a run looked at all of them. */
  const moved = new Set<string>();
  let uids = 0;
  const put = async (key: string, file: File) => {
    files.set(key, file);
    former.set(key, (former.get(key) ?? new Set()).add(file.uid));
    await site.write(key, textOf(file));
    return [key];
  };
  return {
    files,
    former,
    async change(change: Change): Promise<readonly string[]> {
      const key = KEYS[change.at] ?? "";
      const file = files.get(key);
      if (change.kind === "write") {
        uids += 1;
        return put(key, { uid: uids, words: 0, isHidden: false, isBroken: false });
      }
      if (!file) return [];
      if (change.kind === "edit") return put(key, { ...file, words: file.words + 1, isBroken: false });
      if (change.kind === "hide") return put(key, { ...file, isHidden: !file.isHidden });
      // A broken file cannot be recognised under another name, whether it was moved before it broke or after.
      if (change.kind === "rename" && file.isBroken) return [];
      if (change.kind === "break" && moved.has(key)) return [];
      if (change.kind === "break") return put(key, { ...file, isBroken: true });
      if (change.kind === "replace" || change.kind === "replace by half") {
        const to = KEYS[change.to] ?? "";
        if (file.isBroken || files.has(to)) return [];
        await put(to, file);
        moved.add(to);
        uids += 1;
        const isBroken = change.kind === "replace by half";
        return [...(await put(key, { uid: uids, words: 0, isHidden: false, isBroken })), to];
      }
      files.delete(key);
      await site.remove(key);
      const to = change.kind === "rename" ? (KEYS[change.to] ?? "") : "";
      if (change.kind !== "rename" || files.has(to)) return [key];
      moved.add(to);
      return [key, ...(await put(to, file))];
    },
    /** Runs have looked at these keys. */
    seen(keys: readonly string[]): void {
      for (const key of keys) moved.delete(key);
    },
  };
}

/** Id and uid of each item of the site's feed. */
export async function shown(site: World): Promise<readonly { readonly id: string; readonly uid: number }[]> {
  const items: { id: string; content_html: string }[] = JSON.parse(await site.read("feed.json")).items;
  return items.map(({ id, content_html }) => ({ id, uid: Number(/uid(\d+)/.exec(content_html)?.[1]) }));
}
