/** What must not grow in a soak, however long it takes. */
import { median } from "../bench/stats.ts";
import type { Sample } from "./measure.ts";

/**
 * Bytes of heap between the second quarter and the last. Between two quarters of 2,000 runs lie 1,000: a leak of one entry a run
 * (4 KB) gives twice as much. A short soak sees only what is larger.
 */
const MAX_HEAP_GROWTH = 2_000_000;
const MAX_HANDLE_GROWTH = 3;

/** The current catalog and five former ones; and those of a few runs that died before they removed older ones. */
const MAX_CATALOGS = 6 + 6;
/** Unused objects that a collection does not yet find worth its while. */
const UNCOLLECTED = 100;
/** The head and what is being announced, when nothing is. */
const MAX_OTHER_BYTES = 4_000;

/** Nothing where all is as it should be. */
export function faultsOf(samples: readonly Sample[]): readonly string[] {
  if (samples.length < 8) return ["there are too few samples to tell"];
  return [...growthOf(samples), ...samples.flatMap(excessOf)];
}

function growthOf(samples: readonly Sample[]): readonly string[] {
  const quarter = Math.floor(samples.length / 4);
  const grew = (what: "heap" | "handles", limit: number): readonly string[] => {
    const early = median(samples.slice(quarter, 2 * quarter).map((sample) => sample[what]));
    const late = median(samples.slice(-quarter).map((sample) => sample[what]));
    return late - early > limit ? [`${what} grew from ${early} to ${late}, by more than ${limit}`] : [];
  };
  return [...grew("heap", MAX_HEAP_GROWTH), ...grew("handles", MAX_HANDLE_GROWTH)];
}

/** A site as large as at this moment needs no more than this, whatever it was before. */
function excessOf({
  runs,
  files,
  ever,
  catalog,
  catalogs,
  intents,
  entries,
  others,
  astray,
}: Sample): readonly string[] {
  const { records, gone, documents, channels, late, bytes } = catalog;
  const limits: readonly (readonly [what: string, value: number, limit: number])[] = [
    ["records", records, files],
    ["posts that are gone", gone, ever.posts],
    ["channels", channels, ever.channels],
    ["paths of late writes", late, 2 * documents],
    ["bytes of the catalog", bytes, 2_000 + 300 * records + 160 * documents + 100 * (gone + channels + late)],
    ["catalogs", catalogs.objects, MAX_CATALOGS],
    ["intents", intents.objects, MAX_CATALOGS + UNCOLLECTED],
    ["entries", entries.objects, 2 * files + UNCOLLECTED],
    ["bytes of other state", others.bytes, MAX_OTHER_BYTES],
  ];
  const excess = limits.filter(([, value, limit]) => value > limit);
  return [
    ...excess.map(([what, value, limit]) => `after ${runs} runs there are ${value} ${what}, more than ${limit}`),
    ...astray.map((path) => `after ${runs} runs ${path} is astray`),
  ];
}
