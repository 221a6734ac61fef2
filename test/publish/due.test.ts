/** What changes at a time without an edit: nothing before it is due, and the right documents then. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { present } from "../../lib/base/optional.ts";
import { ids, NOW, post, type World, world } from "../support/world.ts";

const HOUR_MS = 3_600_000;
const at = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR_MS);
const stamp = (hours: number): string => at(hours).toISOString().slice(0, 19).concat("Z");

/** A post whose times are given in hours after the first run. */
interface Planned {
  readonly date: number;
  readonly expires: number | undefined;
  readonly live: { readonly start: number; readonly length: number | undefined; readonly status?: string } | undefined;
  readonly tag: number;
  /** What happens to it between the first run and the second. */
  readonly fate: "stays" | "goes" | "draft" | "breaks" | "edited" | "renamed";
}

const hours = fc.integer({ min: -1500, max: 1500 });
const soon = fc.integer({ min: -40, max: 40 });
const planned: fc.Arbitrary<Planned> = fc.record({
  date: fc.oneof(hours, soon),
  expires: fc.option(fc.oneof(hours, soon), { nil: undefined }),
  live: fc.option(
    fc.record(
      {
        start: soon,
        length: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
        status: fc.constantFrom("pending", "live", "ended"),
      },
      { requiredKeys: ["start", "length"] },
    ),
    { nil: undefined },
  ),
  tag: fc.nat(2),
  fate: fc.constantFrom("stays", "stays", "goes", "draft", "breaks", "edited", "renamed"),
});

const siteYaml = fc
  .record({
    archives: fc.constantFrom("day", "week", "month", "year", "false"),
    tombstones: fc.constantFrom(0, 1, 30),
    limit: fc.constantFrom(1, 3, 20),
    timezone: fc.constantFrom("UTC", "Asia/Shanghai", "America/New_York"),
  })
  .map((keys) =>
    [
      "title: T",
      "url: https://example.com/",
      "feeds: https://feeds.example.com/",
      "since: 2020",
      ...Object.entries(keys).map(([key, value]) => `${key}: ${value}`),
      "",
    ].join("\n"),
  );

const fileOf = (i: number, { date, expires, live, tag }: Planned, more: { readonly [key: string]: string } = {}) => {
  const stream = live && [
    `start: ${stamp(live.start)}`,
    ...(live.length === undefined ? [] : [`end: ${stamp(live.start + live.length)}`]),
    ...(live.status === undefined ? [] : [`status: ${live.status}`]),
    "url: https://example.com/stream.m3u8",
  ];
  return post(
    {
      title: `Post ${i}`,
      date: stamp(date),
      tags: `[t${tag}]`,
      ...present({
        expires: expires === undefined ? undefined : stamp(expires),
        live: stream && `{ ${stream.join(", ")} }`,
      }),
      ...more,
    },
    `Words ${i}\n`,
  );
};

async function applyFate(site: World, i: number, each: Planned): Promise<void> {
  const key = `posts/${i}.md`;
  if (each.fate === "goes" || each.fate === "renamed") await site.remove(key);
  if (each.fate === "renamed") await site.write(`posts/${i}-renamed.md`, fileOf(i, each));
  if (each.fate === "draft") await site.write(key, fileOf(i, each, { draft: "true" }));
  if (each.fate === "breaks") await site.write(key, "---\ntitle: [\n---\n");
  if (each.fate === "edited") await site.write(key, fileOf(i, each, { title: `Post ${i}, edited` }));
}

/** Numbers of the posts that feeds should carry, broken ones with a last good entry included. */
function expectedAt(hour: number, posts: readonly Planned[]): readonly number[] {
  return posts.flatMap(({ date, expires, fate }, i) => {
    if (fate === "goes" || fate === "draft" || (fate === "breaks" && !isPublic(0, date, expires))) return [];
    return isPublic(hour, date, expires) ? [i] : [];
  });
}

const isPublic = (hour: number, date: number, expires: number | undefined): boolean =>
  date <= hour && (expires === undefined || expires > hour);

/** Numbers of the posts that should have a tombstone. */
function expectedTombstonesAt(hour: number, posts: readonly Planned[], days: number): readonly number[] {
  return posts.flatMap(({ date, expires, fate }, i) => {
    const isTaken = (fate === "goes" || fate === "draft") && isPublic(0, date, expires);
    const wasPublic = date <= hour && (expires === undefined || expires > Math.max(date, 0));
    const isExpired = !["goes", "draft"].includes(fate) && wasPublic && expires !== undefined && expires <= hour;
    if (isExpired && fate === "breaks" && date > 0) return [];
    const when = isTaken ? 0 : isExpired ? expires : undefined;
    return when !== undefined && when + days * 24 > hour ? [i] : [];
  });
}

/** Numbers of the posts with a tombstone in the site's Atom feed or its archives. */
async function tombstones(site: World): Promise<readonly number[]> {
  const documents = Object.entries(await site.dump(site.public)).filter(([path]) =>
    /^(?:archive\/.*\/)?atom\.xml$/.test(path),
  );
  const refs = documents.flatMap(([, text]) => [...text.matchAll(/deleted-entry ref="[^"]*posts\/(\d+)/g)]);
  return [...new Set(refs.map(([, i]) => Number(i)))].sort((a, b) => a - b);
}

/** Numbers of the posts in the site's feed and its archives. */
async function shown(site: World): Promise<readonly number[]> {
  const documents = Object.entries(await site.dump(site.public)).filter(([path]) =>
    /^(?:archive\/.*\/)?feed\.json$/.test(path),
  );
  const titles = documents.flatMap(([, text]) => JSON.parse(text).items.map(({ title }: { title: string }) => title));
  return [...new Set<number>(titles.map((title) => Number(/\d+/.exec(title)?.[0])))].sort((a, b) => a - b);
}

/** Statuses of live streams, by number of post. */
async function statuses(site: World): Promise<{ readonly [post: string]: string | undefined }> {
  const items = (await site.read("rss.xml")).match(/<podcast:liveItem [\s\S]*?<\/podcast:liveItem>/g) ?? [];
  return Object.fromEntries(
    items.map((item) => [/Post (\d+)/.exec(item)?.[1] ?? "", /status="(\w+)"/.exec(item)?.[1]] as const),
  );
}

function statusAt(hour: number, { live }: Planned): string | undefined {
  if (!live) return undefined;
  const { start, length, status } = live;
  if (status !== undefined) return status;
  if (hour < start) return "pending";
  return length !== undefined && hour >= start + length ? "ended" : "live";
}

test("no document changes before it is due, and documents are right when it is, until nothing is due any more", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(planned, { minLength: 1, maxLength: 6 }),
      siteYaml,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })),
      async (posts, yaml, chances) => {
        const site = await world(Object.fromEntries(posts.map((each, i) => [`posts/${i}.md`, fileOf(i, each)])), yaml);
        const carriesAll = !yaml.includes("archives: false") || yaml.includes("limit: 20");
        await site.publish({ force: true });
        for (const [i, each] of posts.entries()) await applyFate(site, i, each);
        let now = at(0);
        let { due } = await site.publish({ now, force: true });
        for (let n = 0; due !== undefined; n++) {
          expect(n).toBeLessThan(100);
          const next = new Date(due);
          expect(next.getTime()).toBeGreaterThan(now.getTime());
          const chance = chances.next().value ?? 0;
          const last = next.getTime() - 1000;
          const between = Math.floor(now.getTime() + chance * (last - now.getTime()));
          for (const moment of [between, last]) {
            const before = await site.dump(site.public);
            for (const hints of [[], undefined]) {
              const report = await site.publish({ now: new Date(moment), hints, force: true });
              expect({ put: report.put, removed: report.removed }).toEqual({ put: [], removed: [] });
              expect(report.due).toBe(due);
            }
            expect(await site.dump(site.public)).toEqual(before);
          }
          now = next;
          const report = await site.publish({ now, hints: n % 2 === 0 ? [] : undefined, force: true });
          const hour = (now.getTime() - NOW.getTime()) / HOUR_MS;
          if (carriesAll) {
            expect(await shown(site)).toEqual(expectedAt(hour, posts));
            const days = Number(/tombstones: (\d+)/.exec(yaml)?.[1]);
            expect(await tombstones(site)).toEqual(expectedTombstonesAt(hour, posts, days));
          }
          for (const [i, status] of Object.entries(await statuses(site))) {
            const each = posts[Number(i)];
            expect(status).toBe(each && statusAt(hour, each));
          }
          due = report.due;
        }
        const later = await site.publish({ now: new Date(now.getTime() + 9000 * 24 * HOUR_MS), force: true });
        expect({ put: later.put, removed: later.removed }).toEqual({ put: [], removed: [] });
      },
    ),
    { numRuns: 100 },
  );
}, 120_000);

test("a future post is published when it is due, without being hinted", async () => {
  const site = await world({ "posts/a.md": post({}), "posts/b.md": post({ date: "2026-06-02T00:00:00Z" }) });
  const first = await site.publish();
  expect(first.records).toMatchObject({ public: 1, future: 1 });
  expect(first.due).toBe("2026-06-02T00:00:00Z");
  const later = await site.publish({ now: new Date("2026-06-02T00:00:00Z"), hints: [] });
  expect(later.records).toMatchObject({ public: 2, future: 0 });
  expect(ids(await site.read("feed.json"))).toEqual(["tag:example.com,2020:posts/b", "tag:example.com,2020:posts/a"]);
});

test("a future post that no document shows yet is committed, so that its due time is known", async () => {
  const site = await world({ "posts/a.md": post({}) });
  await site.publish();
  await site.write("posts/b.md", post({ date: "2026-06-02T00:00:00Z" }));
  const noted = await site.publish({ hints: ["posts/b.md"] });
  expect(noted.put).toEqual([]);
  expect(noted.due).toBe("2026-06-02T00:00:00Z");
  expect((await site.publish()).operations.state).toMatchObject({ put: 0 });
  await site.publish({ now: new Date("2026-06-02T00:00:00Z"), hints: [] });
  expect(ids(await site.read("feed.json"))).toHaveLength(2);
});

test("a post expires at its time without an edit", async () => {
  const site = await world({ "posts/a.md": post({}), "posts/b.md": post({ expiryDate: "2026-06-02T00:00:00Z" }) });
  expect((await site.publish()).due).toBe("2026-06-02T00:00:00Z");
  const report = await site.publish({ now: new Date("2026-06-02T00:00:00Z"), hints: [] });
  expect(report.records).toMatchObject({ public: 1, expired: 1 });
  expect(JSON.parse(await site.read("feed.json")).items).toHaveLength(1);
});

test("a post whose file is broken expires at its time too", async () => {
  const site = await world({ "posts/a.md": post({}), "posts/b.md": post({ title: "B", expires: "2026-07-01" }) });
  await site.publish();
  await site.write("posts/b.md", "---\ntitle: [\n---\n");
  expect((await site.publish()).due).toBe("2026-07-01T00:00:00Z");
  expect(await site.read("rss.xml")).toContain("<title>B<");
  await site.publish({ now: new Date("2026-07-01T00:00:00Z"), hints: [] });
  expect(await site.read("rss.xml")).not.toContain("<title>B<");
  const again = await site.publish({ now: new Date("2026-07-02T00:00:00Z") });
  expect(again.operations.state).toMatchObject({ put: 0 });
});

test("a run with an earlier `now` takes back what a run with a later one published", async () => {
  const site = await world({ "posts/a.md": post({}), "posts/b.md": post({ date: "2027-03-01" }) });
  await site.publish();
  await site.publish({ now: new Date("2028-01-01T00:00:00Z") });
  expect(ids(await site.read("feed.json"))).toHaveLength(2);
  await site.publish();
  expect(ids(await site.read("feed.json"))).toHaveLength(1);
});
