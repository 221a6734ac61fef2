/** How often the body of a webhook triggers a run: seldom enough for replays to cost nothing, and late enough for none to be lost. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { memoryStore } from "../../lib/stores/memory.ts";
import { type Store, StoreError, StoreUnknown } from "../../lib/stores/store.ts";
import { deliveriesIn, SLOT_MS } from "../../lib/triggers/deliveries.ts";

const START = Date.parse("2026-11-12T08:00:00Z");
const silent = () => {};

/** Deliveries at some times, of some bodies, to some instances of the function. */
const arrivals = fc.array(
  fc.record({
    after: fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 2 * SLOT_MS })),
    body: fc.constantFrom("{}", '{"keys":["a.md"]}', '{"keys":["b.md"]}'),
    instance: fc.nat(2),
  }),
  { maxLength: 60 },
);

interface Enqueued {
  readonly body: string;
  readonly slot: number;
  /** When a run may begin for it. */
  readonly visible: number;
}

test("each delivery is followed by a run for it, at most five minutes later; of one body there are two in five minutes at most", async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, async (all) => {
      const state = memoryStore();
      const instances = [0, 1, 2].map(() => deliveriesIn(state));
      const enqueued: Enqueued[] = [];
      let now = START;
      const delivered: { readonly body: string; readonly now: number }[] = [];
      for (const { after, body, instance } of all) {
        now += after;
        const delivery = await instances[instance]?.take(Buffer.from(body), new Date(now), silent);
        delivered.push({ body, now });
        if (!delivery) continue;
        enqueued.push({ body, slot: Math.floor(now / SLOT_MS), visible: now + delivery.delay * 1000 });
      }
      for (const each of delivered) {
        const runs = enqueued.filter(({ body, visible }) => body === each.body && visible >= each.now);
        expect(Math.min(...runs.map(({ visible }) => visible)) - each.now).toBeLessThanOrEqual(SLOT_MS + 2_000);
      }
      for (const [, same] of Map.groupBy(enqueued, ({ body, slot }) => `${slot} ${body}`)) {
        expect(same.length).toBeLessThanOrEqual(2);
      }
    }),
  );
});

test("a replay that is kept up makes two puts in five minutes, however often it comes to one instance", async () => {
  const memory = memoryStore();
  let puts = 0;
  const put: Store["put"] = (...given) => {
    puts += 1;
    return memory.put(...given);
  };
  const deliveries = deliveriesIn({ ...memory, put });
  const body = Buffer.from("{}");
  for (let ms = 0; ms < SLOT_MS; ms += 100) await deliveries.take(body, new Date(START + ms), silent);
  expect(puts).toBe(2);
});

test("a delivery that was released counts again", async () => {
  const deliveries = deliveriesIn(memoryStore());
  const take = () => deliveries.take(Buffer.from("{}"), new Date(START), silent);
  await (await take())?.release();
  expect(await take()).toMatchObject({ delay: 0 });
  await (await take())?.release();
  expect(await take()).toMatchObject({ delay: SLOT_MS / 1000 + 1 });
  expect(await take()).toBeUndefined();
});

test("where the store fails a delivery counts, and the failure is logged", async () => {
  const memory = memoryStore();
  const put: Store["put"] = async (key) => {
    throw new StoreError("memory", "put", key, "it does not answer");
  };
  const lines: string[] = [];
  const take = () => deliveries.take(Buffer.from("{}"), new Date(START), (line) => lines.push(line));
  const deliveries = deliveriesIn({ ...memory, put });
  expect([await take(), await take(), await take()]).toMatchObject([{ delay: 0 }, { delay: 301 }, undefined]);
  expect(lines).toHaveLength(2);
});

test("where it is unknown whose mark it is, a delivery waits for the slot's end, and none is dropped", async () => {
  const memory = memoryStore();
  const put: Store["put"] = async (key) => {
    throw new StoreUnknown("memory", "put", key, "the reply was lost");
  };
  const instances = [0, 1, 2].map(() => deliveriesIn({ ...memory, put }));
  const taken = await Promise.all(instances.map((each) => each.take(Buffer.from("{}"), new Date(START), silent)));
  expect(taken.map((delivery) => delivery?.delay)).toEqual([301, 301, 301]);
});
