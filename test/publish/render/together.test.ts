/** Rendering with a helper: what the other thread sends. */
import { expect, test } from "vitest";
import { claim } from "../../../lib/base/claims.ts";
import type { HeldEntry } from "../../../lib/formats/types.ts";
import type { Entry } from "../../../lib/model.ts";
import type { Helper, RenderJob } from "../../../lib/publish/helper.ts";
import { encodeBlock } from "../../../lib/publish/render/encode.ts";
import { openChunks } from "../../../lib/publish/render/memory.ts";
import { renderTogether, type SharedRendering } from "../../../lib/publish/render/together.ts";
import { entriesOf } from "../../support/packs.ts";
import { post, world } from "../../support/world.ts";

/** Renders all, as another thread does: of what one sends, the other has objects of its own. */
const helperWith = (entry: Entry): Pick<Helper, "help"> => ({
  async help(_, job, take) {
    const { claims, tasks, memory } = structuredClone(job as RenderJob);
    claim(claims, tasks.length);
    const entries = tasks.map(({ facts }, task) => ({ task, facts, entry }));
    const part = { block: encodeBlock(entries, undefined, memory), faults: [], stopped: [] };
    take(structuredClone(part) as unknown as Parameters<typeof take>[0]);
  },
});

test("memory in which an entry of the other thread is held is not lent again", async () => {
  const site = await world({ "posts/a.md": post({}) });
  await site.publish();
  const [entry] = (await entriesOf(site)).values();
  const records = (await site.catalog()).records.filter(({ state }) => state === "public");
  const chunks = openChunks();
  const held: HeldEntry[] = [];
  const input = {
    slow: { limit: { limits: {} }, stopped: new Map() },
    posts: new Map(),
    rendered: (_: unknown, entry: HeldEntry) => held.push(entry),
    lend: (bytes: number) => chunks.lend(bytes, held),
  } as unknown as SharedRendering;
  if (!entry) throw new Error("nothing is rendered");
  await renderTogether(helperWith(entry) as Helper, input, records as Parameters<typeof renderTogether>[2]);
  expect(held).toHaveLength(1);
  const next = chunks.lend(1, held);
  for (const chunk of next.chunks) new Uint8Array(chunk).fill(0);
  expect(held[0]?.entry).toEqual(entry);
});
