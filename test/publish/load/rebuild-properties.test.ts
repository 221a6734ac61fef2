/** A rebuild after any history gives the same documents. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { present } from "../../../lib/base/optional.ts";
import { memoryStore } from "../../../lib/stores/memory.ts";
import { post, SITE, world } from "../../support/world.ts";
import { day } from "./past.ts";

/** One tombstone is also in the full window of a tag, the other in that of the site alone. */
const FULL_WINDOWS = [
  { what: "write", at: 0, to: 0, tag: 0 },
  { what: "write", at: 0, to: 0, tag: 0 },
  { what: "write", at: 3, to: 0, tag: 0 },
  { what: "write", at: 2, to: 0, tag: 1 },
  { what: "remove", at: 2, to: 0, tag: 0 },
  { what: "rename", at: 0, to: 3, tag: 0 },
  { what: "write", at: 0, to: 0, tag: 0 },
] as const;

test("whatever edits came before the loss, a rebuild changes no id and no date", { timeout: 60_000 }, async () => {
  const keys = ["a", "b", "c", "d"];
  const step = fc.record({
    what: fc.constantFrom("write", "edit", "retag", "hide", "remove", "rename"),
    at: fc.nat(3),
    to: fc.nat(3),
    tag: fc.nat(2),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 12 }),
      // Without archives, documents carry only the posts within the limit.
      fc.constantFrom(["month", 1], ["month", 2], ["year", 1], ["year", 3], ["year", 20], ["false", 20]),
      async (steps, [archives, limit]) => {
        const site = await world({}, `${SITE.replace("archives: false", `archives: ${archives}`)}limit: ${limit}\n`);
        const files = new Map<string, { uid: number; words: number; tag: number; draft: boolean }>();
        let uid = 0;
        for (const [n, { what, at, to, tag }] of steps.entries()) {
          const key = keys[at] ?? "";
          const file = files.get(key);
          if (what === "write" || !file) files.set(key, { uid: ++uid, words: 0, tag, draft: false });
          else if (what === "edit") files.set(key, { ...file, words: file.words + 1 });
          else if (what === "retag") files.set(key, { ...file, tag });
          else if (what === "hide") files.set(key, { ...file, draft: !file.draft });
          else files.delete(key);
          if (what === "rename" && file) files.set(keys[to] ?? "", file);
          for (const name of keys) {
            const wanted = files.get(name);
            if (!wanted) await site.remove(`posts/${name}.md`);
            else {
              const front = {
                ...{
                  title: `Post ${wanted.uid}`,
                  date: `2026-0${1 + (wanted.uid % 5)}-1${wanted.uid % 10}`,
                  tags: `[t${wanted.tag}]`,
                },
                ...present({ draft: wanted.draft ? "true" : undefined }),
              };
              await site.write(`posts/${name}.md`, post(front, `uid${wanted.uid} words${wanted.words}\n`));
            }
          }
          await site.publish({ now: day(n), force: true });
        }
        const now = day(steps.length);
        await site.publish({ now, force: true });
        const before = await site.dump(site.public);
        const state = memoryStore("state");
        const report = await site.publish({ now, state, rebuild: true });
        expect(report.refused).toBeUndefined();
        expect(await site.dump(site.public)).toEqual(before);
        expect((await site.publish({ now, state })).operations.state).toMatchObject({ put: 0 });
      },
    ),
    { numRuns: 100, examples: [[[...FULL_WINDOWS], ["year", 1]]] },
  );
});
