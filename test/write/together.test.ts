/** Two phones, an app, git's push and a pull at once, in any order, with what breaks off: nothing that somebody wrote is lost, and each is told. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { openTogether, orders, type Told, textsIn } from "./together.ts";

const breaks = fc.array(fc.record({ at: fc.nat({ max: 90 }), isDone: fc.boolean() }), { maxLength: 3 });
const runs = fc.boolean();
/** What becomes of a draft that an app writes into meanwhile. */
const ends = fc.record({ isDiscarded: fc.boolean(), inFolder: fc.constantFrom("left", "edited", "removed") });

test("over one post, a draft and new posts of one name: each text is there, or its writer was told that it is not", async () => {
  await fc.assert(
    fc.asyncProperty(orders, breaks, runs, ends, async (order, broken, isPublished, end) => {
      const all = await openTogether(order, broken);
      const read = await all.loaded();
      const writers: readonly Promise<Told>[] = [
        all.page("page1", read),
        all.page("page2", read),
        all.app("app1"),
        all.draft("app2"),
        all.draft("app3"),
        ...(end.inFolder === "edited" ? [all.edited("author3")] : []),
      ];
      const creators = [all.create("made1"), all.create("made2")];
      const others = [
        all.pushed(),
        all.pulled(),
        all.withdraw(),
        ...(end.isDiscarded ? [all.discard()] : []),
        ...(end.inFolder === "removed" ? [all.cleared()] : []),
        ...(isPublished ? [all.publish()] : []),
      ];
      const everybody = Promise.all([Promise.all(writers), Promise.all(creators), ...others]);
      const [told, created] = await order.waitFor(everybody);

      const words = [
        "author1",
        "author2",
        ...[...told, ...created].filter((each) => each.isTaken).map((each) => each.word),
      ];
      // Who removes a text has read it, as it was.
      expect(all.removed.unseen).toEqual([]);
      const gone = all.removed.seen.join("\n");
      const there = [gone, ...(await textsIn(all.content)), ...(await textsIn(all.folder))].join("\n");
      expect(words.filter((word) => !there.includes(word))).toEqual([]);
      // Both pages read the same text: not both of them can be told that theirs is in it.
      expect(told.slice(0, 2).filter(({ isTaken }) => isTaken).length).toBeLessThan(2);
      expect(new Set(created.map(({ url }) => url)).size).toBe(2);
      for (const { url, word } of created) expect(await all.textAt(url)).toContain(word);

      await all.settle();
      const store = (await textsIn(all.content)).join("\n");
      expect(words.filter((word) => !store.includes(word) && !gone.includes(word))).toEqual([]);
      const { problems } = await all.publish();
      expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
      for (const word of ["made1", "made2"]) expect(store.split(word)).toHaveLength(2);
    }),
    { numRuns: Number(process.env["HISTORIES"] ?? 40) },
  );
});

test("of a draft that an app, a push or a pull removes while others write into it, nothing goes that its remover had not read", async () => {
  const removers = fc.constantFrom("app", "push", "pull");
  const late = fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 20 }));
  await fc.assert(
    fc.asyncProperty(orders, breaks, removers, late, async (order, broken, by, [first, second]) => {
      const all = await openTogether(order, broken);
      if (by === "push") await order.waitFor(all.cleared());
      if (by === "pull") await order.waitFor(all.discard());
      const write = by === "pull" ? all.edited : all.draft;
      const writers = [all.later(first).then(() => write("w1")), all.later(second).then(() => write("w2"))];
      const remover = { app: all.discard, push: all.pushed, pull: all.pulled }[by]();
      const [told] = await order.waitFor(Promise.all([Promise.all(writers), remover]));
      expect(all.removed.unseen).toEqual([]);
      await all.settle();
      const left = [...all.removed.seen, ...(await textsIn(all.content))].join("\n");
      expect(told.filter(({ word, isTaken }) => isTaken && !left.includes(word))).toEqual([]);
    }),
    { numRuns: Number(process.env["HISTORIES"] ?? 100) },
  );
});
