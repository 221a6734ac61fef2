/** What a scan finds, against a small model that knows nothing of how: triggers in any order, and documents that drifted. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Store } from "../../../lib/stores/store.ts";
import { post, putPaths, SITE, type World, world } from "../../support/world.ts";

/** Without tombstones a document tells of what there is, and of nothing that was. */
const PLAIN = `${SITE}tombstones: 0\n`;

// ── The model: an author's files, and which posts readers are to see in which feed ─────────────────────────────────

const KEYS = ["posts/a.md", "posts/b.md", "posts/c.md", "posts/精准.md", "posts/deep/e.md"] as const;
const TAGS = ["x", "y", "滴灌"];
/** Rung now and then, and nobody's post. */
const NOISE = ["posts/never.md", "posts/../a.md", "media/picture.jpg", "", "posts/", "CNAME"];

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
      ...(file.isHidden && { draft: "true" }),
    },
    `${wordsOf(file)}\n`,
  );

/** By the path of its JSON feed: what a channel shows, newest first. A key's id stays its own, whatever is there. */
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

/** An author makes the change; the new files. */
async function make(site: World, files: Files, { kind, at, tags }: Change, uid: number): Promise<Files> {
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

/** What is rung after a change: some keys, some twice, some that are no posts; or nothing. */
const triggers = fc.array(fc.constantFrom(...KEYS, ...NOISE), { maxLength: 4 });

const history = fc.array(fc.record({ change, triggers: fc.option(triggers) }), { minLength: 1, maxLength: 10 });

test("the scan finds the same with hints and without, for any order, duplication or loss of triggers", async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.shuffledSubarray([...KEYS, ...KEYS], { minLength: 10 }), async (steps, last) => {
      const site = await world({}, PLAIN);
      let files: Files = new Map();
      for (const [i, { change, triggers }] of steps.entries()) {
        files = await make(site, files, change, i + 1);
        if (triggers) await site.publish({ hints: triggers, force: true });
      }
      // Each key rings in the end, each by itself and twice: nothing needs to be listed.
      for (const key of last) await site.publish({ hints: [key], force: true });
      expect(await feedsOf(site)).toEqual(expectedFeeds(files));
      const told = await site.dump(site.public);
      // And whoever looks at everything finds nothing to add.
      expect((await site.publish({ force: true })).operations).toMatchObject({ public: { put: 0 }, state: { put: 0 } });
      expect(await site.dump(site.public)).toEqual(told);
    }),
    { numRuns: 100 },
  );
});

test("a full scan finds the same, whichever triggers rang before", async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const [rung, silent] = await Promise.all([world({}, PLAIN), world({}, PLAIN)]);
      let files: Files = new Map();
      for (const [i, { change, triggers }] of steps.entries()) {
        await make(silent, files, change, i + 1);
        files = await make(rung, files, change, i + 1);
        if (triggers) await rung.publish({ hints: triggers, force: true });
      }
      await rung.publish({ force: true });
      await silent.publish({ force: true });
      expect(await feedsOf(rung)).toEqual(expectedFeeds(files));
      // The feed's own `updated` never falls, so XML may tell of what was; JSON Feed has no such word.
      const json = async (site: World) =>
        Object.entries(await site.dump(site.public)).filter(([path]) => path.endsWith(".json"));
      expect(await json(rung)).toEqual(await json(silent));
    }),
    { numRuns: 80 },
  );
});

// ── Drift ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const SOME = Object.fromEntries(
  KEYS.map((key, uid) => [key, textOf({ uid, words: 0, tags: TAGS.slice(0, uid % 4), isHidden: false })]),
);

/** What somebody does to one of our documents: takes it away, writes something else, or puts the same once more. */
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

interface Held {
  readonly [path: string]: { readonly etag: string; readonly bytes: string };
}

async function held(store: Store): Promise<Held> {
  const objects: { [path: string]: Held[string] } = {};
  for await (const { key, etag } of store.list("")) {
    const object = await store.get(key);
    if (typeof object === "object") objects[key] = { etag, bytes: Buffer.from(object.body).toString("hex") };
  }
  return objects;
}

test("a full run repairs every document of ours and touches no object that is not, whatever somebody did", async () => {
  const original = await world(SOME, PLAIN);
  await original.publish();
  const ours = await held(original.public);
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
      const before = await held(site.public);

      // A hint says nothing of documents: nobody looks.
      expect((await site.publish({ hints: [KEYS[0]] })).put).toEqual([]);
      const report = await site.publish();
      expect(putPaths(report)).toEqual([...wrong].sort());
      expect(report.put.every(({ reason }) => reason === "drifted")).toBe(true);
      expect(report.removed).toEqual([]);
      const after = await held(site.public);
      for (const path of theirs.keys()) expect(after[path]).toEqual(before[path]);
      const kept = Object.entries(after).filter(([path]) => !theirs.has(path));
      expect(Object.fromEntries(kept)).toEqual(ours);
      expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
    }),
    { numRuns: 100 },
  );
});
