/** Properties of scans against a small model: triggers in any order, and documents that drifted. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { present } from "../../../lib/base/optional.ts";
import type { Store } from "../../../lib/stores/store.ts";
import { post, putPaths, SITE, type World, world } from "../../support/world.ts";

/** Without tombstones documents depend on the present posts alone. */
const PLAIN = `${SITE}tombstones: 0\n`;

// ── The model: an author's files, and which posts each feed should carry ───────────────────────────────────────────

const KEYS = ["posts/a.md", "posts/b.md", "posts/c.md", "posts/精准.md", "posts/deep/e.md"] as const;
const TAGS = ["x", "y", "滴灌"];
/** Keys that triggers name too, and that are no posts. */
const OTHER_KEYS = ["posts/never.md", "posts/../a.md", "media/picture.jpg", "", "posts/", "CNAME"];

interface File {
  readonly uid: number;
  readonly words: number;
  readonly tags: readonly string[];
  readonly isHidden: boolean;
}

type Files = ReadonlyMap<string, File>;

interface Shown {
  readonly id: string;
  readonly words: string;
  readonly tags: readonly string[];
}

const wordsOf = ({ uid, words }: File): string => `uid${uid} words${words}`;
const dateOf = ({ uid }: File): string => new Date(Date.UTC(2026, 0, 1) + uid * 60_000).toISOString().slice(0, 19);

const textOf = (file: File): string =>
  post(
    {
      title: `Post ${file.uid}`,
      date: `${dateOf(file)}Z`,
      updated: "2026-05-01T00:00:00Z",
      tags: JSON.stringify(file.tags),
      ...present({ draft: file.isHidden ? "true" : undefined }),
    },
    `${wordsOf(file)}\n`,
  );

/** The items of each JSON feed by its path, newest first. Ids depend on the key alone. */
function expectedFeeds(files: Files): { readonly [path: string]: readonly Shown[] } {
  const visible = [...files]
    .filter(([, { isHidden }]) => !isHidden)
    .sort(([, a], [, b]) => b.uid - a.uid)
    .map(([key, file]) => {
      const name = key.slice(0, -3).split("/").map(encodeURIComponent).join("/");
      return { id: `tag:example.com,2020:${name}`, words: wordsOf(file), tags: file.tags };
    });
  const ofTag = (tag: string) => visible.filter(({ tags }) => tags.includes(tag));
  const tags = TAGS.filter((tag) => ofTag(tag).length > 0);
  return Object.fromEntries([["feed.json", visible], ...tags.map((tag) => [`tags/${tag}/feed.json`, ofTag(tag)])]);
}

async function feedsOf(site: World): Promise<{ readonly [path: string]: readonly Shown[] }> {
  const paths = (await site.paths()).filter((path) => path.endsWith("feed.json"));
  const feeds = paths.map(async (path) => {
    const items: readonly { id: string; content_html: string; tags?: readonly string[] }[] = JSON.parse(
      await site.read(path),
    ).items;
    const shown = items.map(({ id, content_html, tags = [] }) => {
      return { id, words: /uid\d+ words\d+/.exec(content_html)?.[0] ?? "", tags };
    });
    return [path, shown] as const;
  });
  return Object.fromEntries(await Promise.all(feeds));
}

// ── Triggers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Change {
  readonly kind: "write" | "edit" | "hide" | "retag" | "remove";
  readonly at: number;
  readonly tags: readonly string[];
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom("write", "write", "edit", "hide", "retag", "remove"),
  at: fc.nat(KEYS.length - 1),
  tags: fc.subarray(TAGS),
});

/** Makes the change in the content store, and returns the new files. */
async function makeChange(site: World, files: Files, { kind, at, tags }: Change, uid: number): Promise<Files> {
  const key = KEYS[at] ?? KEYS[0];
  const file = files.get(key);
  const next = new Map(files);
  if (kind === "remove") {
    next.delete(key);
    await site.remove(key);
    return next;
  }
  const fresh: File = { uid, words: 0, tags, isHidden: false };
  const changed: { readonly [kind in Exclude<Change["kind"], "remove">]: File | undefined } = {
    write: fresh,
    edit: file && { ...file, words: file.words + 1 },
    hide: file && { ...file, isHidden: !file.isHidden },
    retag: file && { ...file, tags },
  };
  const written = changed[kind] ?? fresh;
  next.set(key, written);
  await site.write(key, textOf(written));
  return next;
}

/** Keys that triggers name after a change: some twice, some of no post, or none at all. */
const triggers = fc.array(fc.constantFrom(...KEYS, ...OTHER_KEYS), { maxLength: 4 });

const history = fc.array(fc.record({ change, triggers: fc.option(triggers) }), { minLength: 1, maxLength: 10 });

test("the scan finds the same with hints and without, for any order, duplication or loss of triggers", async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.shuffledSubarray([...KEYS, ...KEYS], { minLength: 10 }), async (steps, last) => {
      const site = await world({}, PLAIN);
      let files: Files = new Map();
      for (const [i, { change, triggers }] of steps.entries()) {
        files = await makeChange(site, files, change, i + 1);
        if (triggers) await site.publish({ hints: triggers, force: true });
      }
      // In the end each key is hinted at least twice, one at a time.
      for (const key of last) await site.publish({ hints: [key], force: true });
      expect(await feedsOf(site)).toEqual(expectedFeeds(files));
      const documents = await site.dump(site.public);
      // Then a full scan finds nothing to write.
      expect((await site.publish({ force: true })).operations).toMatchObject({ public: { put: 0 }, state: { put: 0 } });
      expect(await site.dump(site.public)).toEqual(documents);
    }),
    { numRuns: 100 },
  );
});

test("a full scan finds the same, whichever triggers came before", async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const [hinted, unhinted] = await Promise.all([world({}, PLAIN), world({}, PLAIN)]);
      let files: Files = new Map();
      for (const [i, { change, triggers }] of steps.entries()) {
        await makeChange(unhinted, files, change, i + 1);
        files = await makeChange(hinted, files, change, i + 1);
        if (triggers) await hinted.publish({ hints: triggers, force: true });
      }
      await hinted.publish({ force: true });
      await unhinted.publish({ force: true });
      expect(await feedsOf(hinted)).toEqual(expectedFeeds(files));
      // A feed's `updated` never goes back, so XML depends on former runs; JSON Feed has no such field.
      const json = async (site: World) =>
        Object.entries(await site.dump(site.public)).filter(([path]) => path.endsWith(".json"));
      expect(await json(hinted)).toEqual(await json(unhinted));
    }),
    { numRuns: 80 },
  );
});

// ── Drift ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const SOME = Object.fromEntries(
  KEYS.map((key, uid) => [key, textOf({ uid, words: 0, tags: TAGS.slice(0, uid % 4), isHidden: false })]),
);

/** A change to one of our documents: it is removed, overwritten, or put again with the same bytes. */
const tampering = fc.record({
  at: fc.nat(),
  what: fc.oneof(fc.constantFrom("remove", "rewrite"), fc.uint8Array({ maxLength: 40 })),
});
const name = fc.stringMatching(/^[a-z滴0-9. -]{0,11}[a-z滴0-9]$/);
const foreign = fc.dictionary(
  fc
    .tuple(fc.constantFrom("", "tags/", "tags/x/", "archive/", "a/b/"), name)
    .map(([folder, name]) => folder + name)
    .filter((path) => !/(?:^|\/)(?:\.|\.\.)(?:\/|$)/.test(path)),
  fc.uint8Array({ maxLength: 20 }),
  { maxKeys: 5 },
);

interface StoredObjects {
  readonly [path: string]: { readonly etag: string; readonly bytes: string };
}

async function objectsIn(store: Store): Promise<StoredObjects> {
  const objects: { [path: string]: StoredObjects[string] } = {};
  for await (const { key, etag } of store.list("")) {
    const object = await store.get(key);
    if (typeof object === "object") objects[key] = { etag, bytes: Buffer.from(object.body).toString("hex") };
  }
  return objects;
}

test("a full run repairs every document of ours and touches no foreign object, whatever was changed", async () => {
  const original = await world(SOME, PLAIN);
  await original.publish();
  const ours = await objectsIn(original.public);
  const paths = Object.keys(ours);

  await fc.assert(
    fc.asyncProperty(fc.array(tampering, { maxLength: 12 }), foreign, async (tamperings, objects) => {
      const site = await world(SOME, PLAIN);
      await site.publish();
      const type = { contentType: "text/plain" };
      const theirs = new Map(Object.entries(objects).filter(([path]) => !(path in ours)));
      for (const [path, bytes] of theirs) await site.public.put(path, bytes, type);
      const wrong = new Set<string>();
      for (const { at, what } of tamperings) {
        const path = paths[at % paths.length] ?? "";
        if (what === "remove") await site.public.delete(path);
        else {
          const bytes = what === "rewrite" ? Buffer.from(ours[path]?.bytes ?? "", "hex") : what;
          await site.public.put(path, bytes, type);
        }
        if (what === "rewrite") wrong.delete(path);
        else wrong.add(path);
      }
      const before = await objectsIn(site.public);

      // A run with hints does not list the public store.
      expect((await site.publish({ hints: [KEYS[0]] })).put).toEqual([]);
      const report = await site.publish();
      expect(putPaths(report)).toEqual([...wrong].sort());
      expect(report.put.every(({ reason }) => reason === "drifted")).toBe(true);
      expect(report.removed).toEqual([]);
      const after = await objectsIn(site.public);
      for (const path of theirs.keys()) expect(after[path]).toEqual(before[path]);
      const kept = Object.entries(after).filter(([path]) => !theirs.has(path));
      expect(Object.fromEntries(kept)).toEqual(ours);
      expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
    }),
    { numRuns: 100 },
  );
});
