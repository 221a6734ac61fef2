/** Triggers against a model of what the content holds: whatever they say, a full run ends at the same place, and ids stay. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { readTrigger } from "../../lib/triggers/trigger.ts";
import { author, change, KEYS, shown } from "../support/author.ts";
import { NOW, post, SITE, type World, world } from "../support/world.ts";

const DAY_MS = 86_400_000;

/** What S3 sends for keys, form-encoded and unordered. */
const eventOf = (keys: readonly string[]) => ({
  Records: keys.map((key) => ({
    eventSource: "aws:s3",
    eventName: "ObjectCreated:Put",
    s3: { bucket: { name: "content" }, object: { key: encodeURIComponent(key).replaceAll("%2F", "/") } },
  })),
});

/** A change, and how its trigger rings: at once, never, twice, only together with later ones, backwards, or each key by itself. */
const step = fc.record({
  change,
  enqueue: fc.constantFrom("now", "never", "twice", "late", "each"),
  /** A day goes by: a post that waited for it has its own trigger, which may be lost as well. */
  dayGoesBy: fc.boolean(),
});

/** The uids that belong in the feeds: what is neither hidden nor broken, and last good entries. */
async function expectRight(site: World, { files, former }: ReturnType<typeof author>, now: Date): Promise<void> {
  const uids = (await shown(site)).map(({ uid }) => uid).toSorted((a, b) => a - b);
  const good = [...files.values()].filter(({ isHidden, isBroken }) => !isHidden && !isBroken).map(({ uid }) => uid);
  const waiting = now.getTime() >= NOW.getTime() + 3 * DAY_MS ? [900] : [];
  for (const uid of [...good, ...waiting]) expect(uids).toContain(uid);
  // Besides the good ones there are only last good entries: of what was at a key whose file is broken now.
  const broken = [...files].flatMap(([key, { isBroken }]) => (isBroken ? [...(former.get(key) ?? [])] : []));
  for (const uid of uids) expect([...good, ...waiting, ...broken]).toContain(uid);
  expect(new Set(uids).size).toBe(uids.length);
}

test("A trigger may enqueue twice, late, out of order or not at all; the next full run makes it right.", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const waits = post(
        { title: "Waits", date: new Date(NOW.getTime() + 3 * DAY_MS).toISOString() },
        "uid900 words0\n",
      );
      const site = await world({ "posts/waits.md": waits }, `${SITE}tombstones: 0\n`);
      const writer = author(site);
      const late: string[] = [];
      const known = new Map<number, string>();
      /** Whoever readers have met is known to them by that id for ever. */
      const look = async () => {
        const items = await shown(site);
        expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
        for (const { id, uid } of items) {
          expect(known.get(uid) ?? id).toBe(id);
          known.set(uid, id);
        }
      };
      let now = NOW;
      const enqueue = async (keys: readonly string[]) => {
        const report = await site.publish({ ...readTrigger(eventOf(keys), "s3://content"), force: true, now });
        await look();
        return report;
      };
      for (const { change, enqueue: how, dayGoesBy } of steps) {
        const keys = await writer.change(change);
        if (dayGoesBy) now = new Date(now.getTime() + DAY_MS);
        if (how === "never") continue;
        late.push(...keys);
        if (how === "late") continue;
        if (how === "each") for (const key of late) await enqueue([key]);
        else await enqueue([...late].reverse());
        if (how === "twice") await enqueue(late);
        late.length = 0;
      }
      await site.publish({ force: true, now });
      await look();
      await expectRight(site, writer, now);
      // Triggers that come after all is done, of keys that never were as well, find nothing to do.
      for (const keys of [[...KEYS, ...KEYS], ["posts/never.md"], late]) {
        expect((await enqueue(keys)).operations).toMatchObject({ state: { put: 0 }, public: { put: 0, delete: 0 } });
      }
      expect((await site.publish({ force: true, now })).operations.state).toMatchObject({ put: 0, delete: 0 });
    }),
    {
      numRuns: 120,
      examples: [
        [
          [
            { change: { kind: "write", at: 0, triggers: [0] }, enqueue: "now", dayGoesBy: false },
            { change: { kind: "replace", at: 0, to: 1, triggers: [0] }, enqueue: "each", dayGoesBy: false },
          ],
        ],
        [
          [
            { change: { kind: "write", at: 0, triggers: [0] }, enqueue: "now", dayGoesBy: false },
            { change: { kind: "write", at: 1, triggers: [0] }, enqueue: "now", dayGoesBy: false },
            { change: { kind: "remove", at: 0, triggers: [0] }, enqueue: "never", dayGoesBy: true },
            { change: { kind: "rename", at: 1, to: 2, triggers: [0] }, enqueue: "twice", dayGoesBy: true },
            { change: { kind: "edit", at: 2, triggers: [0] }, enqueue: "late", dayGoesBy: true },
          ],
        ],
      ],
    },
  );
});
