/** Random histories of a phone, an author and CI over the same posts: no text is lost that nobody replaced, and in the end all sides are alike. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeLines } from "../../lib/commands/gitmerge.ts";
import { sha256 } from "../../lib/push/files.ts";
import type { TextMerging } from "../../lib/push/pull/merge.ts";
import { pull } from "../../lib/push/pull/pull.ts";
import type { PullReport } from "../../lib/push/pull/types.ts";
import { push } from "../../lib/push/push.ts";
import { readKnown } from "../../lib/push/seen.ts";
import { countedStore } from "../../lib/stores/counted.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { type ObjectInfo, readObject, type Store, StoreConflict, StoreError } from "../../lib/stores/store.ts";
import { copied, filesIn, isHidden, remove, storeOf, write } from "./sides.ts";

/** A text has three paragraphs, each one word that nobody wrote before. Whoever changes a paragraph has read the former one. */
const PARAGRAPHS = 3;
const paragraphsOf = (text: string | undefined): readonly string[] =>
  text?.trimEnd().split("\n\n").filter(Boolean) ?? [];
const textOf = (paragraphs: readonly string[]) => `${paragraphs.join("\n\n")}\n`;

const key = fc.constantFrom("posts/a.md", "posts/b.md", "posts/c.md");
const place = fc.nat({ max: PARAGRAPHS - 1 });
const who = fc.constantFrom("author" as const, "phone" as const);
const edit = fc.record({ do: fc.constant("edit" as const), who, key, place });
/** What happens during the n-th operation of a push or pull. */
const during = fc.option(
  fc.oneof(
    fc.record({ at: fc.nat({ max: 12 }), what: fc.constantFrom("fails before" as const, "fails after" as const) }),
    fc.record({ at: fc.nat({ max: 12 }), what: fc.constant("phone" as const), key, place, isRemoval: fc.boolean() }),
  ),
  { nil: undefined },
);
type During = typeof during extends fc.Arbitrary<infer T> ? T : never;
const step = fc.oneof(
  { weight: 4, arbitrary: edit },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("remove" as const), who, key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("rename" as const), key, to: key }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("pull" as const), during, isTwice: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("push" as const), from: fc.constantFrom("author", "ci"), during }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("checkout" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("settle" as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Two posts that all sides have. */
const BEGINNING: readonly Step[] = [
  { do: "edit", who: "author", key: "posts/a.md", place: 0 },
  { do: "edit", who: "author", key: "posts/b.md", place: 0 },
  { do: "push", from: "author", during: undefined },
  { do: "checkout" },
];

async function openHistory() {
  const author = await storeOf({ "site.yaml": "title: Notes\n" }, "author");
  const bucket = memoryStore("bucket");
  let ci = await copied(author);
  /** Words that somebody wrote, and nobody who had read them replaced. */
  const alive = new Set<string>();
  const texts = new Map<string, Uint8Array>();
  let words = 0;

  const read = async (store: Store, of: string) => (await filesIn(store))[of];
  /** Replaces what it has read, and nothing else. */
  async function replace(
    store: Store,
    of: string,
    by: (former: readonly string[]) => readonly string[],
  ): Promise<void> {
    const object = await readObject(store, of);
    const former = paragraphsOf(object && new TextDecoder().decode(object.body));
    const paragraphs = by(former);
    const condition = object ? { ifMatch: object.etag } : { ifAbsent: true as const };
    try {
      await store.put(of, new TextEncoder().encode(textOf(paragraphs)), { contentType: "text/markdown", ...condition });
    } catch (error) {
      if (error instanceof StoreConflict) return replace(store, of, by);
      throw error;
    }
    for (const word of former) if (!paragraphs.includes(word)) alive.delete(word);
    for (const word of paragraphs) if (!former.includes(word)) alive.add(word);
    await keep(store);
  }
  const change = (store: Store, of: string, at: number) =>
    replace(store, of, (former) =>
      former.length < PARAGRAPHS
        ? Array.from({ length: PARAGRAPHS }, () => `w${words++}`)
        : former.map((word, i) => (i === at ? `w${words++}` : word)),
    );
  /** As a phone does: withdrawn, and then gone. */
  async function discard(store: Store, of: string): Promise<void> {
    if ((await readObject(store, of)) === undefined) return;
    await replace(store, of, () => []);
    await remove(store, of);
  }
  /** As git does with every commit. */
  async function keep(store: Store): Promise<void> {
    for (const text of Object.values(await filesIn(store))) {
      const body = new TextEncoder().encode(text);
      texts.set(sha256(body), body);
    }
  }
  const merging: TextMerging = { baseOf: async (_, digest) => texts.get(digest), mergeLines };

  function disturbed(store: Store, happens: During, counter: { n: number }): Store {
    const around = async <T>(work: () => Promise<T>): Promise<T> => {
      const isNow = happens !== undefined && counter.n++ === happens.at;
      const failure = new StoreError(store.name, "put", "", "the connection broke");
      if (isNow && happens.what === "fails before") throw failure;
      if (isNow && happens.what === "phone") {
        await (happens.isRemoval ? discard(bucket, happens.key) : change(bucket, happens.key, happens.place));
      }
      const result = await work();
      if (isNow && happens.what === "fails after") throw failure;
      return result;
    };
    return {
      ...store,
      list: async function* (prefix) {
        yield* await around(async () => {
          const objects: ObjectInfo[] = [];
          for await (const object of store.list(prefix)) objects.push(object);
          return objects;
        });
      },
      put: (...args) => around(() => store.put(...args)),
      delete: (...args) => around(() => store.delete(...args)),
    };
  }
  /** A person makes one text of two, and removes the other. */
  async function settle({ conflicts }: PullReport): Promise<void> {
    for (const { key: of, aside } of conflicts) {
      if (aside === undefined) continue;
      const both = [await read(author, of), await read(author, aside)].flatMap(paragraphsOf);
      await write(author, of, textOf([...new Set(both)]));
      await remove(author, aside);
    }
    await keep(author);
  }
  const tolerant = (work: Promise<unknown>) => work.catch((error) => expect(error).toBeInstanceOf(StoreError));

  return {
    author,
    bucket,
    merging,
    async take(each: Step): Promise<void> {
      const side = "who" in each && each.who === "phone" ? bucket : author;
      if (each.do === "edit") await change(side, each.key, each.place);
      else if (each.do === "remove") await discard(side, each.key);
      else if (each.do === "rename") {
        const text = await read(author, each.key);
        if (text === undefined || (await read(author, each.to)) !== undefined) return;
        await write(author, each.to, text);
        await remove(author, each.key);
      } else if (each.do === "checkout") ci = await copied(author);
      else if (each.do === "settle") await settle(await pull({ from: bucket, to: author, merging }));
      else {
        const counter = { n: 0 };
        const to = disturbed(bucket, each.during, counter);
        if (each.do === "push") await tolerant(push({ from: each.from === "ci" ? ci : author, to }));
        else {
          const folder = disturbed(author, each.during, counter);
          const once = () => tolerant(pull({ from: to, to: folder, merging }));
          await (each.isTwice ? Promise.all([once(), once()]) : once());
        }
      }
      await keep(author);
    },
    async resolve(): Promise<void> {
      for (let round = 1; ; round++) {
        const report = await pull({ from: bucket, to: author, merging });
        await settle(report);
        if (report.conflicts.length === 0) return;
        expect(round).toBeLessThan(5);
      }
    },
    async lost(): Promise<readonly string[]> {
      const all = (await Promise.all([author, bucket, ci].map(filesIn))).flatMap((files) => Object.values(files));
      const there = new Set(all.flatMap(paragraphsOf));
      return [...alive].filter((word) => !there.has(word));
    },
  };
}

const visible = async (store: Store) =>
  Object.fromEntries(Object.entries(await filesIn(store)).filter(([name]) => !isHidden(name)));

test("whatever a phone, an author and CI do, whenever it breaks off: no text is lost, and in the end both sides are alike", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30, size: "max" }), async (steps) => {
      const history = await openHistory();
      for (const each of BEGINNING) await history.take(each);
      for (const each of steps) {
        await history.take(each);
        expect(await history.lost()).toEqual([]);
      }
      const { author, bucket, merging } = history;
      await history.resolve();
      const report = await push({ from: author, to: bucket });
      expect(report).toMatchObject({ conflicts: [], kept: [] });
      expect(await history.lost()).toEqual([]);

      const [here, there] = [await visible(author), await visible(bucket)];
      const { files: brought } = await readKnown(author);
      // Removed here before any push had it: it stays in the store alone.
      const alone = Object.keys(there).filter((name) => !(name in here) && name in brought);
      expect(there).toEqual({ ...here, ...Object.fromEntries(alone.map((name) => [name, there[name]])) });

      const [folder, store] = [countedStore(author), countedStore(bucket)];
      expect(await pull({ from: store, to: folder, merging })).toMatchObject({
        brought: [],
        removed: [],
        conflicts: [],
      });
      await push({ from: folder, to: store });
      const { operations } = folder;
      expect([operations.put, operations.delete]).toEqual([0, 0]);
      expect([store.operations.put, store.operations.delete]).toEqual([0, 0]);
    }),
    { numRuns: Number(process.env["HISTORIES"] ?? 100) },
  );
});
