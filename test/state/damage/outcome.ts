/** What becomes of a site of which one object of the state store is damaged, and what must hold. */
import { matcherOf } from "../../../lib/base/fold.ts";
import { setIds } from "../../../lib/publish/adoption.ts";
import type { Report } from "../../../lib/publish/types.ts";
import { decodeCatalog } from "../../../lib/state/catalog.ts";
import { readHead } from "../../../lib/state/head.ts";
import { StateError } from "../../../lib/state/objects.ts";
import type { Announce } from "../../../lib/state/outbox.ts";
import type { Store } from "../../../lib/stores/store.ts";
import { memoryStores, testClock, type World, worldOn } from "../../support/world.ts";
import type { Damage } from "./kinds.ts";
import { DAMAGED_AT, LEDGER, type Objects, objectsOf, published, type Wounded } from "./site.ts";

/** What a damaged state must not change: what readers get, and under which ids they know it. */
export interface Expected {
  readonly before: Objects;
  /** After a run that met no damage. */
  readonly after: Objects;
  /** The id of each post, by title and date. */
  readonly ids: ReadonlyMap<string, string>;
}

async function restored(wounded: Wounded, state: Objects = wounded.state): Promise<World> {
  const stores = memoryStores();
  const fill = async (store: Store, objects: Objects) => {
    for (const [key, bytes] of objects) await store.put(key, bytes, { contentType: "text/plain" });
  };
  await Promise.all([
    fill(stores.content, wounded.content),
    fill(stores.public, wounded.public),
    fill(stores.state, state),
  ]);
  return worldOn(stores, testClock(DAMAGED_AT));
}

async function idsOf(site: World): Promise<ReadonlyMap<string, string>> {
  const head = await readHead(site.state);
  const key = head.value.catalog ?? "";
  const object = await site.state.get(key);
  if (typeof object !== "object") throw new Error("there is no catalog");
  const { records, gone } = decodeCatalog(key, object.body);
  const posts = [...records, ...gone].flatMap(({ facts }) => (facts ? [facts] : []));
  return new Map(
    posts.map(({ id, ids, title, published }) => [`${title} ${published}`, `${id} ${JSON.stringify(ids)}`]),
  );
}

const publishNow = (site: World, options: Parameters<World["publish"]>[0] = {}): Promise<Report> =>
  site.publish({ now: DAMAGED_AT, ...options });

export interface Line {
  readonly start: number;
  readonly end: number;
}

/** Where the lines of a pack lie. */
export function linesOf(pack: Uint8Array): readonly Line[] {
  const ends = [...pack.keys()].filter((at) => pack[at] === 0x0a);
  return ends.map((end, i) => ({ start: i === 0 ? 0 : (ends[i - 1] ?? 0) + 1, end }));
}

/** A run that meets no damage, after the `lost` lines of a pack have become empty. */
export async function expectedOf(wounded: Wounded, pack?: string, lost?: ReadonlySet<number>): Promise<Expected> {
  const state = new Map(wounded.state);
  if (pack !== undefined) {
    const bytes = (state.get(pack) ?? new Uint8Array()).slice();
    for (const [i, { start, end }] of linesOf(bytes).entries()) if (lost?.has(i)) bytes.fill(0x20, start, end);
    state.set(pack, bytes);
  }
  const site = await restored(wounded, state);
  await published(site, { now: DAMAGED_AT });
  return { before: wounded.public, after: await objectsOf(site.public), ids: await idsOf(site) };
}

export interface Outcome {
  /** What did not hold; empty where all did. */
  readonly wrong: readonly string[];
  /** The command that got out of it, if the run failed. */
  readonly wayOut?: string;
}

/** Publishes with a damaged state, and gets out of it by the command that the message names first. */
export async function outcomeOf(
  wounded: Wounded,
  expected: Expected,
  { key, bytes: damaged }: Damage,
  hints?: readonly string[],
): Promise<Outcome> {
  const bytes = damaged();
  const state = new Map(wounded.state);
  if (bytes) state.set(key, bytes);
  else state.delete(key);
  const site = await restored(wounded, state);
  const wrong: string[] = [];
  let wayOut: string | undefined;
  const message = await publishNow(site, { hints }).then(
    ({ refused }) => refused && `${refused.code}: ${refused.fix}`,
    (error: unknown) => (error instanceof StateError ? error.message : `not a state error: ${String(error)}`),
  );
  wrong.push(...wrongBytes(await objectsOf(site.public), expected));
  if (message !== undefined) {
    if (!isSame(await objectsOf(site.public), wounded.public) || !isSame(await objectsOf(site.state), state)) {
      wrong.push("the run failed, and wrote something");
    }
    wayOut = /dripfeed (publish --rebuild|rollback --to [\w-]+|ids import <file> --force)/.exec(message)?.[1];
    if (wayOut === undefined) return { wrong: [...wrong, `no way out is named: ${message}`] };
    const refused = await follow(site, wayOut);
    if (refused !== undefined) return { wrong: [...wrong, `${wayOut} does not get out of it: ${refused}`], wayOut };
    wrong.push(...wrongBytes(await objectsOf(site.public), expected));
  }
  const { head, announcing } = wounded.owed;
  const isLost = key === "announcing.json" && bytes === undefined; // which looks as if nothing were being announced
  wrong.push(...(await wrongAtTheEnd(site, expected, isLost ? head : [...head, ...announcing])));
  return { wrong, ...(wayOut !== undefined && { wayOut }) };
}

/** One more run, which announces: what is wrong after it. */
async function wrongAtTheEnd(site: World, expected: Expected, owed: readonly string[]): Promise<readonly string[]> {
  const announced: string[] = [];
  const announce: Announce = async ({ paths }) => void announced.push(...paths);
  const failed = await publishNow(site, { announce }).then(
    ({ refused }) => refused?.message,
    (error: Error) => error.message,
  );
  if (failed !== undefined) return [`the run after it fails: ${failed}`];
  const { before, after } = expected;
  const now = await objectsOf(site.public);
  const ids = await idsOf(site);
  const isAnnounced = matcherOf(announced);
  const changed = [...now].flatMap(([path, body]) => (isEqual(before.get(path), body) ? [] : [path]));
  return [
    ...[...after].flatMap(([path, body]) => (isEqual(now.get(path), body) ? [] : [`${path} is not right at the end`])),
    ...[...now.keys()].flatMap((path) => (after.has(path) ? [] : [`${path} is left over`])),
    ...[...expected.ids].flatMap(([name, id]) =>
      ids.get(name) === id ? [] : [`${name} is ${ids.get(name)}, not ${id}`],
    ),
    ...[...changed, ...owed].flatMap((path) => (isAnnounced(path) ? [] : [`${path} is not announced`])),
  ];
}

/** Why it fails, if it does. */
async function follow(site: World, command: string): Promise<string | undefined> {
  try {
    if (command.startsWith("ids")) {
      const { state, clock } = site;
      const given = { dryRun: false, force: true, clock, log: () => undefined, run: "again", next: () => LEDGER };
      return (await setIds(state, given))?.message;
    }
    const to = /rollback --to (.*)/.exec(command)?.[1];
    const { refused } = await publishNow(site, to === undefined ? { rebuild: true } : { rollback: to });
    return refused?.message;
  } catch (error) {
    return String(error);
  }
}

/** A document holds what it held before, or what it holds after a run that met no damage. */
function wrongBytes(now: Objects, { before, after }: Expected): readonly string[] {
  return [...now].flatMap(([path, body]) =>
    isEqual(before.get(path), body) || isEqual(after.get(path), body) ? [] : [`${path} holds what it should not`],
  );
}

const isEqual = (a: Uint8Array | undefined, b: Uint8Array): boolean => a !== undefined && Buffer.compare(a, b) === 0;
const isSame = (a: Objects, b: Objects): boolean =>
  a.size === b.size && [...a].every(([key, bytes]) => isEqual(b.get(key), bytes));
