/** Triggers in any order, number and delay, against a model of the content: a full run gives the same feeds, and ids stay. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { publishUnlessAtRest } from "../../lib/publish/rest/look.ts";
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

/**
 * A change, and how its trigger comes: at once, never, twice, together with later ones, in reverse order, or one key at a time; or
 * that a full run takes place.
 */
const step = fc.record({
  change,
  delivery: fc.constantFrom("now", "never", "twice", "late", "each", "full"),
  /** A day passes: the trigger of a post that becomes due may be lost as well. */
  dayPasses: fc.boolean(),
});

/** The feed carries every post that is neither hidden nor broken, and beyond these only last good entries. */
async function expectRightPosts(site: World, { files, former }: ReturnType<typeof author>, now: Date): Promise<void> {
  const uids = (await shown(site)).map(({ uid }) => uid).toSorted((a, b) => a - b);
  const good = [...files.values()].filter(({ isHidden, isBroken }) => !isHidden && !isBroken).map(({ uid }) => uid);
  const waiting = now.getTime() >= NOW.getTime() + 3 * DAY_MS ? [900] : [];
  for (const uid of [...good, ...waiting]) expect(uids).toContain(uid);
  // A last good entry is of a post that once was at a key whose file is broken now.
  const broken = [...files].flatMap(([key, { isBroken }]) => (isBroken ? [...(former.get(key) ?? [])] : []));
  for (const uid of uids) expect([...good, ...waiting, ...broken]).toContain(uid);
  expect(new Set(uids).size).toBe(uids.length);
}

test("A trigger may come twice, late, out of order or not at all; the next full run makes it right.", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const waits = post(
        { title: "Waits", date: new Date(NOW.getTime() + 3 * DAY_MS).toISOString() },
        "uid900 words0\n",
      );
      const site = await world({ "posts/waits.md": waits }, `${SITE}tombstones: 0\n`);
      const writer = author(site);
      const late: string[] = [];
      const publishedIds = new Map<number, string>();
      /** A post that was published keeps its id. */
      const expectSameIds = async () => {
        const items = await shown(site);
        expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
        for (const { id, uid } of items) {
          expect(publishedIds.get(uid) ?? id).toBe(id);
          publishedIds.set(uid, id);
        }
      };
      let now = NOW;
      const publishFor = async (keys: readonly string[]) => {
        const report = await site.publish({ ...readTrigger(eventOf(keys), "s3://content"), force: true, now });
        await expectSameIds();
        return report;
      };
      /** As the packed command does it, which looks first whether the site is at rest. */
      const publishAll = async () => {
        const { content, public: served, state, clock } = site;
        const given = { content, public: served, state, clock, now, run: "looks" };
        const { refused } = await publishUnlessAtRest(given, "this program", ({ run: _, ...more }) =>
          site.publish(more),
        );
        if (refused) await site.publish({ force: true, now });
        await expectSameIds();
      };
      for (const { change, delivery, dayPasses } of steps) {
        const keys = await writer.change(change);
        if (dayPasses) now = new Date(now.getTime() + DAY_MS);
        if (delivery === "never") continue;
        late.push(...keys);
        if (delivery === "late") continue;
        if (delivery === "full") await publishAll();
        else if (delivery === "each") for (const key of late) await publishFor([key]);
        else await publishFor([...late].reverse());
        if (delivery === "twice") await publishFor(late);
        writer.seen(late);
        late.length = 0;
      }
      await publishAll();
      await expectRightPosts(site, writer, now);
      // Triggers that come when all is published find nothing to do; so do those for keys that never existed.
      for (const keys of [[...KEYS, ...KEYS], ["posts/never.md"], late]) {
        expect((await publishFor(keys)).operations).toMatchObject({ state: { put: 0 }, public: { put: 0, delete: 0 } });
      }
      expect((await site.publish({ force: true, now })).operations.state).toMatchObject({ put: 0, delete: 0 });
    }),
    {
      numRuns: 120,
      examples: [
        [
          [
            { change: { kind: "write", at: 0, triggers: [0] }, delivery: "now", dayPasses: false },
            { change: { kind: "replace", at: 0, to: 1, triggers: [0] }, delivery: "each", dayPasses: false },
          ],
        ],
        [
          [
            { change: { kind: "write", at: 0, triggers: [0] }, delivery: "now", dayPasses: false },
            { change: { kind: "write", at: 1, triggers: [0] }, delivery: "now", dayPasses: false },
            { change: { kind: "remove", at: 0, triggers: [0] }, delivery: "never", dayPasses: true },
            { change: { kind: "rename", at: 1, to: 2, triggers: [0] }, delivery: "twice", dayPasses: true },
            { change: { kind: "edit", at: 2, triggers: [0] }, delivery: "late", dayPasses: true },
          ],
        ],
        [
          [
            { change: { kind: "write", at: 0, triggers: [0] }, delivery: "full", dayPasses: false },
            { change: { kind: "hide", at: 0, triggers: [0] }, delivery: "never", dayPasses: false },
          ],
        ],
        [
          [
            { change: { kind: "write", at: 0, triggers: [0] }, delivery: "full", dayPasses: true },
            { change: { kind: "remove", at: 1, triggers: [0] }, delivery: "late", dayPasses: true },
            { change: { kind: "remove", at: 1, triggers: [0] }, delivery: "late", dayPasses: true },
          ],
        ],
      ],
    },
  );
});
