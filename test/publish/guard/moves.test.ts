/** The guard against publishing many posts under another id. */
import { describe, expect, test } from "vitest";
import type { GonePost, ListedRecord } from "../../../lib/model.ts";
import { refusalsOf } from "../../../lib/publish/guard/refusals.ts";
import { listedOf } from "../../channels/records.ts";
import { siteOf } from "../../content/helpers.ts";
import { post, SITE, world } from "../../support/world.ts";
import { daysBefore, expectAllowed, numbers, refusedBy } from "./site.ts";

describe("publishing many posts under another id", () => {
  // Two posts with the same text differ by their keys alone: when both are renamed, neither is recognised.
  const twins = (...names: string[]) =>
    numbers(8).flatMap((i) =>
      names.map((name) => {
        return [`posts/${i}-${name}.md`, post({ title: `Twin ${i}`, date: daysBefore(i) }, `Words ${i}\n`)] as const;
      }),
    );

  test("is refused, and names the former ids", async () => {
    const site = await world(Object.fromEntries(twins("a", "b")), `${SITE}guard: { gone: false }\n`);
    await site.publish();
    for (const [key] of twins("a", "b")) await site.remove(key);
    for (const [key, text] of twins("c", "d")) await site.write(key, text);
    const refused = await refusedBy(site);
    expect(refused).toMatchObject({ code: "many-ids", fix: expect.stringContaining("id: …") });
    expect(refused.message).toMatch(
      /^16 of 16 posts would get another id, and be new to all readers \(posts\/0-c\.md, known as tag:example\.com,2020:posts\/0-[ab]; /,
    );
    await expectAllowed(site.publish({ force: true }));
  });

  const BEFORE = { records: numbers(10).map((i) => listedOf(`old-${i}`, { sourceDigest: `${i}` })), gone: [] };
  const refusals = (after: readonly ListedRecord[], gone: readonly GonePost[] = [], former = BEFORE) =>
    refusalsOf({
      before: former,
      after: { records: after, gone },
      sizes: [],
      site: siteOf({ guard: { ids: { posts: 5, percent: 1 } } }),
      now: "2026-06-01T12:00:00Z",
    }).map(({ code, message }) => [code, message.split(" ").slice(0, 3).join(" ")]);

  test.each([
    ["key", (i: number) => listedOf(`new-${i}`, { sourceDigest: "x" }, { key: `posts/old-${i}.md` })],
    ["address", (i: number) => listedOf(`new-${i}`, { sourceDigest: "x", url: `https://example.org/old-${i}/` })],
    ["words", (i: number) => listedOf(`new-${i}`, { sourceDigest: `${i}` })],
  ])("is noticed by their %s", (_, made) => {
    expect(refusals(numbers(6).map(made))).toEqual([["many-ids", "6 of 10"]]);
    expect(refusals(numbers(5).map(made))).toEqual([]);
  });

  test("is noticed though the former posts were removed before", () => {
    const gone = BEFORE.records.map(({ key, facts }) => ({ key, facts, since: "2026-01-01T00:00:00Z" }));
    const after = numbers(6).map((i) => listedOf(`new-${i}`, { sourceDigest: `${i}` }));
    const stays = listedOf("stays");
    expect(refusals([stays, ...after], gone, { records: [stays], gone: gone as never })).toEqual([
      ["many-ids", "6 of 1"],
    ]);
  });

  test("is not assumed of posts that are still published under another key", () => {
    const moved = BEFORE.records.map((record, i) => ({ ...record, key: `posts/old-${(i + 1) % 10}.md` }));
    expect(refusals(moved)).toEqual([]);
    const added = numbers(10).map((i) => listedOf(`new-${i}`, { sourceDigest: "x" }, { key: `posts/old-${i}.md` }));
    expect(refusals([...added, ...BEFORE.records.map((record) => ({ ...record, key: `x/${record.key}` }))])).toEqual(
      [],
    );
  });

  test("is not assumed of new posts", () => {
    expect(
      refusals([...BEFORE.records, ...numbers(50).map((i) => listedOf(`n${i}`, { sourceDigest: `n${i}` }))]),
    ).toEqual([]);
  });
});
