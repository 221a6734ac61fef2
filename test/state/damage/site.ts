/** A site with everything in its state, of which a run was killed. */
import { writeAdopted } from "../../../lib/state/adopted.ts";
import { takeChanges } from "../../../lib/state/announcing.ts";
import { readHead } from "../../../lib/state/head.ts";
import type { Store } from "../../../lib/stores/store.ts";
import { post, SITE, type World, world } from "../../support/world.ts";

export type Objects = ReadonlyMap<string, Uint8Array>;

const DAY = 86_400_000;
const START = Date.parse("2026-06-01T12:00:00Z");
const day = (n: number) => new Date(START + n * DAY);

/** When the run that meets the damage takes place. */
export const DAMAGED_AT = day(9);

const FORMER = { rss: "https://old.example/?p=9", atom: "https://old.example/?p=9", json: "https://old.example/?p=9" };
/** The ids of a former system, which only the state store and the owner have. */
export const LEDGER = new Map([["posts/adopted.md", { key: "posts/adopted.md", ids: FORMER }]]);

const BROKEN = "---\ntitle: Broken\ndate: soon\n---\n\nNot these words\n";
const YAML = SITE.replace("archives: false", "archives: month\nlimit: 4");

/** A site of which a run was killed, with news that no run has seen. */
export interface Wounded {
  readonly content: Objects;
  readonly public: Objects;
  readonly state: Objects;
  /** Content keys of the news, which a run with hints is told of. */
  readonly hints: readonly string[];
  /** Paths that are still to be announced: those in the head, and those that somebody is announcing. */
  readonly owed: { readonly head: readonly string[]; readonly announcing: readonly string[] };
}

/**
 * Several runs; posts that are hidden, renamed, removed, dated later, beyond the limit of the feed, and broken with a last good
 * entry; ids of a former system that wait for their post; the lease and the intent of a run that was killed; changes that
 * somebody is announcing.
 */
export async function woundedSite(): Promise<Wounded> {
  const site = await world({}, YAML);
  const numbered = Array.from({ length: 6 }, (_, i) => i + 1);
  for (const i of numbered)
    await site.write(`posts/${i}.md`, post({ title: `No ${i}`, date: `2026-05-0${i}` }, `${i}\n`));
  await site.write("posts/adopted.md", post({ title: "Adopted", draft: "true", date: "2026-04-01" }, "Adopted\n"));
  await site.write("posts/broken.md", post({ title: "Broken", date: "2026-05-20", tags: "[x]" }, "Good words\n"));
  await site.write("posts/old.md", post({ title: "Renamed", date: "2026-05-21", tags: "[x]" }, "Renamed words\n"));
  await site.write("posts/hidden.md", post({ title: "Hidden", date: "2026-05-22" }, "Hidden words\n"));
  await site.write("posts/gone.md", post({ title: "Gone", date: "2026-05-23", tags: "[y]" }, "Gone words\n"));
  await site.write("posts/later.md", post({ title: "Later", date: "2027-01-01" }, "Later words\n"));
  await writeAdopted(site.state, await readHead(site.state), LEDGER, "former");
  await published(site, { run: "a", now: day(0) });
  await site.remove("posts/old.md");
  await site.write("posts/new.md", post({ title: "Renamed", date: "2026-05-21", tags: "[x]" }, "Renamed words\n"));
  await site.write("posts/broken.md", BROKEN);
  await published(site, { run: "b", now: day(1) });
  await site.write("posts/hidden.md", post({ title: "Hidden", date: "2026-05-22", draft: "true" }, "Hidden words\n"));
  await site.write("posts/old.md", post({ title: "Newcomer", date: "2026-05-24", tags: "[x]" }, "At an old key\n"));
  await site.remove("posts/gone.md");
  await published(site, { run: "c", now: day(2) });
  const taking = { state: site.state, public: site.public, clock: site.clock, log: () => undefined };
  const { paths: announcing = [] } = (await takeChanges({ ...taking, by: "announcer", keeps: 1000 })) ?? {};
  await site.write("posts/2.md", post({ title: "No 2", date: "2026-05-02", tags: "[w]" }, "2, edited\n"));
  await published(site, { run: "d", now: day(2.5) });
  const { paths: head } = (await site.head()).outbox;
  if (announcing.length === 0 || head.length === 0) throw new Error("nothing is to be announced");
  // Feeds that a run leaves half written say when it ran: without a date of its own, the edit would count from then.
  const edited = { title: "No 1", date: "2026-05-01", tags: "[z]", updated: "2026-06-04" };
  await site.write("posts/1.md", post(edited, "1, edited\n"));
  await killed(site, { run: "killed", now: day(3) });
  await site.write("posts/6.md", post({ title: "No 6", date: "2026-05-06", tags: "[x]" }, "6, edited\n"));
  await site.remove("posts/new.md");
  await site.write("posts/newest.md", post({ title: "Renamed", date: "2026-05-21", tags: "[x]" }, "Renamed words\n"));
  await site.write("posts/hidden.md", post({ title: "Hidden", date: "2026-05-22" }, "Hidden words, shown again\n"));
  await site.write("posts/adopted.md", post({ title: "Adopted", date: "2026-04-01" }, "Adopted\n"));
  const names = ["6", "1", "new", "newest", "hidden", "adopted"];
  const hints = names.map((name) => `posts/${name}.md`);
  return {
    content: await objectsOf(site.content),
    public: await objectsOf(site.public),
    state: await objectsOf(site.state),
    hints,
    owed: { head, announcing },
  };
}

export async function published(site: World, options: Parameters<World["publish"]>[0]): Promise<void> {
  const { refused } = await site.publish(options);
  if (refused) throw new Error(refused.message);
}

/** A run that is killed after its third document leaves its lease. */
export async function killed(site: World, options: Parameters<World["publish"]>[0]): Promise<void> {
  let left = 3;
  const dies = async (): Promise<never> => {
    throw new Error("killed");
  };
  const dying: Store = {
    ...site.public,
    put: (...args) => (left-- > 0 ? site.public.put(...args) : dies()),
    delete: dies,
  };
  const state: Store = { ...site.state, put: (...args) => (left > 0 ? site.state.put(...args) : dies()) };
  await site.publish({ ...options, public: dying, state }).catch(() => undefined);
  if (!(await site.head()).lease) throw new Error("the run that was killed left no lease");
}

export async function objectsOf(store: Store): Promise<Objects> {
  const objects = new Map<string, Uint8Array>();
  for await (const { key } of store.list("")) {
    const object = await store.get(key);
    if (typeof object === "object") objects.set(key, new Uint8Array(object.body));
  }
  return objects;
}
