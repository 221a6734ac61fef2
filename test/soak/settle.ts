/** What must hold of a site now and then, and in the end, whatever was done to it. */

import type { Report } from "../../lib/publish/types.ts";
import { LEASE_MS } from "../../lib/state/lease.ts";
import { asOfAnOlderVersion } from "../always/older.ts";
import type { Random } from "../bench/random.ts";
import type { World } from "../support/world.ts";
import { announce } from "./announcer.ts";
import type { Author } from "./author.ts";
import { measure, type Sample } from "./measure.ts";
import type { SimulatedTime } from "./time.ts";
import type { Writers } from "./writers.ts";

export interface Soaking {
  readonly site: World;
  readonly time: SimulatedTime;
  readonly random: Random;
  readonly author: Author;
  readonly writers: Writers;
  /** What was found to be wrong so far. */
  readonly faults: string[];
  /** By post, the id that it was first seen with. */
  readonly ids: Map<string, string>;
}

const HOUR_MS = 3_600_000;
/** Of a month that has more posts than an archive has room for. */
const MAX_PARTS = 3;
/** The site, three categories, two authors, a language. */
const FEW_CHANNELS = 7;

export const writes = ({ operations: { content, public: documents, state } }: Report): number =>
  [content, documents, state].reduce((sum, { put, delete: deleted }) => sum + put + deleted, 0);

/** A full run, after any lease of a run that was killed. */
export async function recover({ time, writers }: Pick<Soaking, "time" | "writers">): Promise<Report> {
  await time.wait(LEASE_MS + 1);
  return writers.full();
}

/** Brings everything up to date and holds it against what always holds. */
export async function settle(soaking: Soaking, runs: number, folder: string | undefined): Promise<Sample> {
  const { site, time, random, author, writers, faults } = soaking;
  const at = `after ${runs} runs`;
  await recover(soaking);
  const again = await writers.full();
  if (again.refused) faults.push(`${at}, a full run was refused: ${again.refused.message}`);
  if (writes(again) > 0) faults.push(`${at}, the second of two full runs wrote ${writes(again)} objects`);
  for (let left = 2; left > 0; left--) {
    await time.wait(2 * HOUR_MS);
    await announce({ stores: site, time, random, isFailing: false });
  }
  const { outbox } = await site.head();
  if (outbox.paths.length > 0) faults.push(`${at}, ${outbox.paths.length} paths are still to be announced`);
  await expectOwnIds(soaking, at);
  const { posts, tags, months } = author.ever();
  const channels = tags + MAX_PARTS * months + FEW_CHANNELS;
  return measure(site, { runs, files: author.files(), ever: { posts, channels }, folder });
}

/** In every feed, each post has the id that it was first seen with, and no other post has it. */
async function expectOwnIds({ site, ids, faults }: Soaking, at: string): Promise<void> {
  const owners = new Map([...ids].map(([uid, id]) => [id, uid]));
  for await (const { key } of site.public.list("")) {
    if (!key.endsWith("feed.json")) continue;
    const items: readonly { readonly id: string; readonly content_html: string }[] = JSON.parse(
      await site.read(key),
    ).items;
    for (const { id, content_html } of items) {
      const uid = /uid(\d+)/.exec(content_html)?.[1] ?? "none";
      const known = ids.get(uid) ?? id;
      if (known !== id) faults.push(`${at}, post ${uid} has the id ${id} in ${key}, which was ${known}`);
      const owner = owners.get(id) ?? uid;
      if (owner !== uid) faults.push(`${at}, post ${uid} has the id ${id} of post ${owner} in ${key}`);
      ids.set(uid, known);
      owners.set(id, owner);
    }
  }
}

/** Reading and rendering everything again, with what is known of ids and times, gives the same bytes. */
export async function expectAsPublishedAnew(soaking: Soaking): Promise<void> {
  const { site, time, writers, faults } = soaking;
  await time.until(recover(soaking));
  const published = await site.dump(site.public);
  await asOfAnOlderVersion(site);
  const { put } = await time.until(writers.full());
  if (put.length !== Object.keys(published).length) faults.push(`only ${put.length} documents were published anew`);
  const anew = await site.dump(site.public);
  for (const path of new Set([...Object.keys(published), ...Object.keys(anew)])) {
    if (published[path] !== anew[path]) faults.push(`${path} is not what publishing it anew gives`);
  }
}
