/** How a full scan reads: what runs before have prepared is taken up, many posts may be left to others, and the rest is read while there is time. */
import type { Clock } from "../../../base/clock.ts";
import { forEachAtOnce } from "../../../base/concurrency.ts";
import type { EntryPlace } from "../../../model.ts";
import type { Site } from "../../../site/types.ts";
import { listPrepared } from "../../../state/findings.ts";
import { ENTRIES, packOf } from "../../../state/packs.ts";
import type { Store } from "../../../stores/store.ts";
import type { Helper } from "../../helper.ts";
import { OutOfTime } from "../../retry.ts";
import type { Preparer } from "../../types.ts";
import type { Finding } from "../findings.ts";
import { type ListedReadInput, type ReadResult, readKeys } from "../read.ts";
import { readerDigest } from "../reader.ts";
import { areMany, readTogether } from "../together.ts";
import { portionsOf, readPortions } from "./portions.ts";
import { takePrepared } from "./prepared.ts";

/** Keys that are read between two looks at the clock, if they are not large: a second or two of a store that answers slowly. */
const PORTION = 1000;

/** How an attempt reads, where there is a listing. */
export interface Reading {
  /** What is at the keys. Throws `OutOfTime` when there is no time for all of them. */
  read(input: ListedReadInput, keys: readonly string[], options?: ReadOptions): Promise<ReadResult>;
  /** Where entries lie that were rendered beside this run, of the posts that were read, by input hash. */
  readonly places: ReadonlyMap<string, EntryPlace>;
  /** Removes what was prepared, once what it says is known or of no use. */
  forget(): Promise<void>;
}

/** How a run reads that has no end set to its time: all at once. */
export const READS_AT_ONCE: Pick<Reading, "read"> = {
  read: (input, keys, { helper } = {}) =>
    helper && areMany(keys, input.site) ? readTogether(helper, input, keys) : readKeys(input, keys),
};

interface ReadOptions {
  readonly helper?: Helper | undefined;
  /** Keys to be read whatever is prepared. */
  readonly anew?: ReadonlySet<string> | undefined;
  /** Others are keys that every full run reads again, which is no reason to prepare anything; without it each key is news. */
  readonly isNews?: ((key: string) => boolean) | undefined;
  /** Nobody else can read these. */
  readonly byItself?: boolean | undefined;
}

export interface ReadingInput {
  readonly state: Store;
  readonly site: Site;
  readonly clock: Clock;
  /** Not to begin another portion after this moment. */
  readonly until: Date | undefined;
  readonly portion?: number | undefined;
  /** Nothing is to be written. */
  readonly dryRun: boolean;
  readonly preparer?: Preparer | undefined;
  readonly log: (line: string) => void;
}

export function openReading(given: ReadingInput): Reading {
  const { state, portion = PORTION, preparer, dryRun, log } = given;
  const found = new Set<string>();
  const places = new Map<string, EntryPlace>();

  return {
    async read(input, keys, { helper, anew, isNews = () => true, byItself = false } = {}) {
      const isMore = portionsOf(keys, portion, input.others.listed).length > 1;
      const prepared = isMore ? await readPrepared(given, input, without(keys, anew)) : NOTHING;
      for (const key of prepared.objects) found.add(key);
      for (const [inputHash, place] of prepared.places) places.set(inputHash, place);
      const { findings } = prepared;
      const missing = keys.filter((key) => !findings.has(key));
      if (findings.size > 0) log(`${findings.size} of ${keys.length} posts were read before`);
      const mayHandOver = preparer && !byItself && !dryRun && missing.filter(isNews).length >= preparer.atLeast;
      const isHandedOver = mayHandOver && (await preparer.begin());
      if (isHandedOver) throw new OutOfTime({ read: findings.size, total: keys.length, handedOver: true });
      const { until } = given;
      const read = until
        ? await readPortions({ ...given, until, portion, found, before: findings.size, isNews }, input, missing)
        : await READS_AT_ONCE.read(input, missing, { helper });
      return { findings: new Map([...findings, ...read.findings]), posts: read.posts };
    },

    places,

    async forget() {
      if (dryRun) return;
      try {
        await forEachAtOnce(found, (key) => state.delete(key));
        found.clear();
      } catch (error) {
        log(`prepared findings stay: ${(error as Error).message}`); // the run has succeeded all the same
      }
    },
  };
}

const without = (keys: readonly string[], anew: ReadonlySet<string> | undefined): ReadonlySet<string> =>
  new Set(keys.filter((key) => !anew?.has(key)));

interface Taken {
  /** Names of all objects of prepared findings, those of no use among them. */
  readonly objects: readonly string[];
  readonly findings: ReadonlyMap<string, Finding>;
  readonly places: ReadonlyMap<string, EntryPlace>;
}

const NOTHING: Taken = { objects: [], findings: new Map(), places: new Map() };

async function readPrepared(
  { state, site }: ReadingInput,
  input: ListedReadInput,
  keys: ReadonlySet<string>,
): Promise<Taken> {
  const objects = await listPrepared(state);
  const findings = new Map<string, Finding>();
  const places = new Map<string, EntryPlace>();
  await takePrepared(input, { state, reader: readerDigest(site), objects }, keys, ({ key, finding, rendered }) => {
    findings.set(key, finding);
    if (rendered && finding.post) places.set(finding.post.inputHash, rendered);
  });
  return { objects, findings, places: await inPacks(state, places) };
}

/**
 * Those of which the pack is there. No catalog names it yet, so that another run may have collected it; one that does so after this
 * moment changes the head, and then this attempt ends.
 */
async function inPacks(
  state: Store,
  places: ReadonlyMap<string, EntryPlace>,
): Promise<ReadonlyMap<string, EntryPlace>> {
  if (places.size === 0) return places;
  const packs = new Set<string | undefined>();
  for await (const { key } of state.list(ENTRIES)) packs.add(packOf(key));
  return new Map([...places].filter(([, { pack }]) => packs.has(pack)));
}
