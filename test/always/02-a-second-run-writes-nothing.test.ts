/** Whatever edits came before, a run over unchanged content makes no put and no commit. */

import { utimes } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { present } from "../../lib/base/optional.ts";
import type { Report } from "../../lib/publish/types.ts";
import { type Store, StoreUnreadable } from "../../lib/stores/store.ts";
import { author, type Change, change } from "../support/author.ts";
import { NOW, post, SITE, WHOLE_SITE, world } from "../support/world.ts";
import { inFolders } from "./environment.ts";

function expectNoWrite({ operations, put, removed }: Report): void {
  expect({ put, removed }).toEqual({ put: [], removed: [] });
  for (const store of [operations.content, operations.public, operations.state]) {
    expect(store).toMatchObject({ put: 0, delete: 0 });
  }
}

/** The same bytes under other ETags, as after a bucket was copied or every file touched. */
function withOtherEtags(store: Store, mark: string): Store {
  const withoutMark = (etag: string | undefined) => etag?.replace(new RegExp(`^${mark}`), "");
  return {
    ...store,
    async *list(prefix) {
      for await (const info of store.list(prefix)) yield { ...info, etag: mark + info.etag };
    },
    async get(key, etag) {
      const isMarked = etag?.startsWith(mark) === true;
      const object = await store.get(key, isMarked ? withoutMark(etag) : undefined);
      return typeof object === "object" ? { ...object, etag: mark + object.etag } : object;
    },
    async put(key, body, { ifMatch, ...options }) {
      const match = withoutMark(ifMatch);
      return mark + (await store.put(key, body, { ...options, ...present({ ifMatch: match }) }));
    },
  };
}

/** A month later; nothing becomes due before. */
const NEXT_MONTH = new Date("2026-07-02T00:00:00Z");

async function inMemory(changes: readonly Change[], posts: { readonly [key: string]: string }): Promise<void> {
  const site = await world(posts, `${SITE}tombstones: 0\n`);
  const writer = author(site);
  for (const each of changes) {
    const hints = await writer.change(each);
    await site.publish({ force: true, hints: each.triggers.length > 2 ? hints : undefined });
    writer.seen(hints);
  }
  await site.publish({ force: true });
  const before = [await site.dump(site.content), await site.dump(site.public), await site.dump(site.state)];
  const keys = Object.keys(before[0] ?? {});
  const otherEtags = { content: withOtherEtags(site.content, "~"), public: withOtherEtags(site.public, "~") };
  for (const more of [{}, { hints: keys }, { hints: [] }, { now: NEXT_MONTH }, { ...otherEtags, now: NEXT_MONTH }]) {
    expectNoWrite(await site.publish({ force: true, ...more }));
    expect([await site.dump(site.content), await site.dump(site.public), await site.dump(site.state)]).toEqual(before);
  }
}

/** Touching a file changes its ETag in a folder store. */
async function onDisk(posts: { readonly [key: string]: string }): Promise<void> {
  await inFolders(async (stores, root) => {
    const site = await world();
    const put = (key: string, text: string) =>
      stores.content.put(key, new TextEncoder().encode(text), { contentType: "text/markdown" });
    await put("site.yaml", WHOLE_SITE);
    for (const [key, text] of Object.entries(posts)) await put(key, text);
    const first = await site.publish(stores);
    expect(first.put.length).toBeGreaterThan(10);
    const before = [await site.dump(stores.public), await site.dump(stores.state)];
    expectNoWrite(await site.publish(stores));
    const keys = Object.keys(posts);
    for (const file of [...keys.map((key) => join("content", key)), join("public", "rss.xml")]) {
      await utimes(join(root, file), new Date(), new Date());
    }
    expectNoWrite(await site.publish({ ...stores, hints: keys }));
    expectNoWrite(await site.publish(stores));
    expect([await site.dump(stores.public), await site.dump(stores.state)]).toEqual(before);
  });
}

/** Posts that every full run reads again, ever so many for the time that it has: held back by another, and unreadable. */
async function readAgain(): Promise<void> {
  const names = Array.from({ length: 12 }, (_, n) => String(n));
  const of = (folder: string, id: string) =>
    Object.fromEntries(names.map((n) => [`posts/${folder}/${n}.md`, post({ title: n, id: `${id}${n}` })]));
  const site = await world({ ...of("first", "urn:n:"), ...of("second", "urn:n:"), ...of("locked", "urn:l:") });
  const content: Store = {
    ...site.content,
    async get(key, ...rest) {
      if (key.startsWith("posts/locked/")) throw new StoreUnreadable("content", "get", key, "access denied");
      return site.content.get(key, ...rest);
    },
  };
  let begun = 0;
  const preparer = { atLeast: 10, begin: async () => ++begun > 0 };
  const options = { content, until: new Date(NOW.getTime() + 60_000), portion: 1, force: true };
  await site.publish(options);
  const before = await site.dump(site.state);
  const report = await site.publish({ ...options, preparer });
  expectNoWrite(report);
  expect([report.records.conflicting, report.records.broken, begun, report.unfinished]).toEqual([12, 12, 0, undefined]);
  expect(await site.dump(site.state)).toEqual(before);
}

const POSTS = {
  "posts/a.md": post({ title: "A", tags: "[x]" }),
  "posts/draft.md": post({ title: "B", draft: "true" }),
  "posts/later.md": post({ title: "C", date: "2030-01-01T00:00:00Z" }),
  "posts/twin.md": post({ title: "D", slug: "a" }),
  "posts/broken.md": "---\ntitle: [\n---\n",
};

test("A second run over unchanged content writes nothing, in any store.", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 8 }), (changes) => inMemory(changes, POSTS)),
    {
      numRuns: 60,
      examples: [
        [
          [
            { kind: "write", at: 1, triggers: [0] },
            { kind: "edit", at: 0, triggers: [0, 1, 0] },
            { kind: "hide", at: 1, triggers: [0, 1, 0] },
            { kind: "write", at: 2, triggers: [0] },
            { kind: "rename", at: 2, to: 3, triggers: [0, 1] },
            { kind: "break", at: 3, triggers: [0, 1] },
          ],
        ],
        [
          [
            { kind: "write", at: 3, triggers: [0, 1] },
            { kind: "break", at: 3, triggers: [0, 1] },
            { kind: "remove", at: 3, triggers: [0, 1] },
          ],
        ],
      ],
    },
  );
  await onDisk(POSTS);
  await readAgain();
});
