/** Documents depend on content, ledger and `now` alone: not on the clock, random numbers, or the order of files and runs. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { memoryStore } from "../../lib/stores/memory.ts";
import type { Store } from "../../lib/stores/store.ts";
import { post, WHOLE_SITE, world, worldOn } from "../support/world.ts";
import { inFolders, withEnvironment } from "./environment.ts";
import { asOfAnOlderVersion } from "./older.ts";

const SITE = `${WHOLE_SITE}timezone: Asia/Shanghai
podcast: { channel: languages/en, categories: [News], explicit: false }
`;

interface Front {
  readonly [key: string]: string;
}

/** Dates that several posts share, with a zone and without; names in several spellings. */
const aFront: fc.Arbitrary<Front> = fc.record<Front>(
  {
    date: fc.constantFrom("2026-05-20 23:30:00", "2026-05-20", "2026-03-01T08:00:00Z", "2026-06-01T00:00:00Z"),
    updated: fc.constantFrom("2026-05-21 01:00:00", "2026-06-01T02:00:00Z"),
    tags: fc.constantFrom("[Go, 滴灌]", "[go]", "[GO, c++]", "[]"),
    categories: fc.constantFrom("[Tech]", "[tech]", "[]"),
    author: fc.constantFrom("Ada", "Lin"),
    lang: fc.constantFrom("en", "zh"),
    audio: fc.constant('{ url: "https://example.com/a.mp3", length: 1000, type: audio/mpeg }'),
    live: fc.constantFrom(
      '{ start: 2026-06-01T11:00:00Z, end: 2026-06-01T13:00:00Z, url: "https://live.example.org/x.m3u8" }',
      '{ start: 2026-07-01T11:00:00Z, url: "https://live.example.org/x.m3u8" }',
    ),
    expires: fc.constantFrom("2026-06-01 20:30:00", "2026-05-31T12:00:00Z"),
  },
  // Without `updated`, an edit would be dated by the run that saw it.
  { requiredKeys: ["date", "updated"] },
);

const fill = async (content: Store, posts: readonly (readonly [key: string, text: string])[]) => {
  for (const [key, text] of posts) {
    await content.put(key, new TextEncoder().encode(text), { contentType: "text/markdown" });
  }
};

/** Each edit changes something that some documents show and others do not. */
const EDITS: readonly (readonly [key: string, change: { readonly [name: string]: string }])[] = [
  ["posts/a.md", { title: "Edited", tags: "[x]", categories: "[Tech]", author: "Ada", lang: "en" }],
  ["posts/a.md", { title: "Edited again" }],
  ["posts/a.md", { date: "2026-01-03" }],
  ["posts/a.md", { updated: "2026-05-30" }],
  ["posts/a.md", { tags: "[x, y]" }],
  ["posts/a.md", { categories: "[Sports]" }],
  ["posts/a.md", { author: "Lin" }],
  ["posts/a.md", { lang: "zh" }],
  ["posts/a.md", { slug: "elsewhere" }],
  ["posts/a.md", { description: "In a few words" }],
  ["posts/a.md", { description: "In other words" }],
  ["posts/a.md", { content: "summary" }],
  ["posts/a.md", { link: "https://other.example/" }],
  ["posts/a.md", { comments: "https://talk.example/1" }],
  ["posts/between.md", { title: "Between", tags: "[x]", date: "2026-02-20" }],
  ["posts/a.md", { image: "/media/cover.png" }],
  ["posts/a.md", { image: "/media/another.png" }],
  ["posts/old.md", { tags: "[x, z0]" }],
  ["posts/old.md", { live: '{ start: 2026-07-01T11:00:00Z, url: "https://live.example.org/x.m3u8" }' }],
  ...[
    { description: "Other words" },
    // Before `media`: the addresses of media hold that of the site.
    { url: "https://example.org/" },
    { language: "zh" },
    { templates: "{ poll: P. }" },
    { variables: "{ by: Ann }" },
    { timezone: "Europe/Berlin" },
    { authors: "[{ name: Owner }]" },
    { hubs: '["https://hub.example/"]' },
    { image: "https://example.com/image.png" },
    { icon: "https://example.com/icon.png" },
    { favicon: "https://example.com/favicon.ico" },
    { color: '"#0b6a58"' },
    { accent: '"#2a9d83"' },
    { rights: "Mine" },
    { ttl: "60" },
    { updates: "{ period: daily, frequency: 2 }" },
    { skipHours: "[0, 1]" },
    { skipDays: "[Sunday]" },
    { media: "https://media.example.com/" },
    { enclosurePrefix: "https://op3.dev/e/" },
    { podcast: "{ channel: site, categories: [News], explicit: true }" },
    { podcast: '{ channel: site, categories: [News], explicit: true, image: "https://example.org/p.png" }' },
    { limit: "4" },
    { pages: "false" },
    // More than the edge has room for, so that some are copies; then fewer of them, and to another document.
    { aliases: `[{ ${Array.from({ length: 99 }, (_, i) => `former/${i}/of/a/blog.xml: rss.xml`).join(", ")} }]` },
    { aliases: `[{ ${Array.from({ length: 95 }, (_, i) => `former/${i}/of/a/blog.xml: atom.xml`).join(", ")} }]` },
    { title: "Other notes" },
    { defaults: "[{ paths: [posts], values: { author: Ada, tags: [x] } }]" },
    { permalink: "/p/:title/" },
  ].map((change) => ["site.yaml", change] as const),
];

async function copyOf(store: Store): Promise<Store> {
  const copy = memoryStore(store.name);
  for await (const { key } of store.list("")) {
    const object = await store.get(key);
    if (typeof object === "object") await copy.put(key, object.body, { contentType: object.contentType ?? "" });
  }
  return copy;
}

/** After each edit, the documents that were not put have the bytes that rendering them again would give. */
async function expectSameAsRenderedAgain(): Promise<void> {
  // More posts than a page lists.
  const many = Array.from({ length: 11 }, (_, i) => [
    `posts/${i}.md`,
    post({ date: "2026-05-20", tags: `[z${i % 3}]` }),
  ]);
  const fronts = new Map<string, { readonly [name: string]: string }>([
    ["posts/a.md", { title: "A", tags: "[x]" }],
    ["posts/later.md", { title: "Later", date: "2026-03-01" }],
    ["posts/old.md", { title: "Old", date: "2025-12-01", tags: "[x]", audio: "{ url: /a.mp3, length: 9 }" }],
  ]);
  const textOf = (key: string) =>
    post(fronts.get(key) ?? {}, "Some [words](/about) and ![a picture](/media/a.png). {% poll 1 %} {{ site.by }}\n");
  const posts = [...many, ...[...fronts.keys()].map((key) => [key, textOf(key)] as const)];
  const site = await world(Object.fromEntries(posts), SITE);
  await site.publish();
  let yaml = SITE;
  for (const [key, change] of EDITS) {
    if (key === "site.yaml") {
      const names = Object.keys(change).join("|");
      const lines = Object.entries(change).map(([name, value]) => `${name}: ${value}\n`);
      yaml = yaml.replace(new RegExp(`^(?:${names}):.*\n`, "gm"), "") + lines.join("");
      await site.write(key, yaml);
    } else {
      fronts.set(key, { ...fronts.get(key), ...change });
      await site.write(key, textOf(key));
    }
    expect(await site.publish({ force: true })).not.toHaveProperty("refused");
    const [content, documents, state] = await Promise.all([site.content, site.public, site.state].map(copyOf));
    if (!content || !documents || !state) throw new Error("there is no copy");
    const anew = worldOn({ content, public: documents, state }, site.clock);
    await asOfAnOlderVersion(anew);
    await anew.publish({ force: true });
    expect({ key, change, documents: await site.dump(site.public) }).toEqual({
      key,
      change,
      documents: await anew.dump(anew.public),
    });
  }
}

/** The same content published by one run, by a run after each post, and from folders with the files in another order. */
test("The same content, ledger and visibility at `now` give the same bytes: no clock, no random, no order of the file system in a document.", async () => {
  await expectSameAsRenderedAgain();
  const twins: Front = { date: "2026-05-20 23:30:00", updated: "2026-05-21 01:00:00", tags: "[Go]" };
  const live: Front = {
    ...twins,
    tags: "[go]",
    live: '{ start: 2026-06-01T11:00:00Z, end: 2026-06-01T13:00:00Z, url: "https://live.example.org/x.m3u8" }',
  };
  const expiring: Front = { ...twins, expires: "2026-06-01 20:30:00" };
  await fc.assert(
    fc.asyncProperty(fc.array(aFront, { minLength: 1, maxLength: 6 }), fc.array(fc.nat()), async (fronts, order) => {
      const posts = fronts.map((front, i) => [`posts/${i}.md`, post({ title: `Post ${i}`, ...front })] as const);
      const shuffled = posts
        .map((each, i) => [order[i] ?? -i, each] as const)
        .sort(([a], [b]) => a - b)
        .map(([, each]) => each);

      const atOnce = await withEnvironment({ now: "2026-06-01T12:00:00Z", zone: "UTC", random: 0.9 }, async () => {
        const site = await world(Object.fromEntries(posts), SITE);
        const report = await site.publish();
        expect(report.refused).toBeUndefined();
        return site.dump(site.public);
      });
      const oneByOne = await withEnvironment(
        { now: "2031-02-03T04:05:06Z", zone: "Asia/Kolkata", random: 0.1 },
        async () => {
          const site = await world({}, SITE);
          site.clock.advance(1_000_000_000);
          for (const each of shuffled) {
            await fill(site.content, [each]);
            await site.publish({ run: `by-${each[0].replace(/\W/g, "-")}`, hints: [each[0]], force: true });
          }
          await site.publish({ run: "the-last", force: true });
          return site.dump(site.public);
        },
      );
      expect(oneByOne).toEqual(atOnce);

      const inFiles = await withEnvironment(
        { now: "1999-12-31T23:59:59Z", zone: "America/New_York", random: 0.5 },
        () =>
          inFolders(async (stores) => {
            const site = await world();
            await fill(stores.content, [...shuffled.toReversed(), ["site.yaml", SITE]]);
            await site.publish({ ...stores, run: "in-files" });
            return site.dump(stores.public);
          }),
      );
      expect(inFiles).toEqual(atOnce);
    }),
    {
      numRuns: 20,
      examples: [
        [
          [twins, live, twins, expiring],
          [3, 1, 2, 0],
        ],
      ],
    },
  );
});
