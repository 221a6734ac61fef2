/** Ten thousand hints, as a queue delivers them, on a real object store: requests are counted on their way there. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { forEachAtOnce } from "../../lib/base/concurrency.ts";
import { s3Store } from "../../lib/stores/s3.ts";
import { memoryStores, post, SITE, worldOn } from "../support/world.ts";
import { type Between, openProxy } from "./chain/proxy.ts";
import { endpoint, newPlace } from "./s3.ts";

let proxy: Between;
const asked: string[] = [];

beforeAll(async () => {
  proxy = await openProxy(endpoint, (each) => asked.push(each));
});
afterAll(() => proxy.close());

test("of which three changed take the pages of a listing and what the three take", async () => {
  const place = await newPlace();
  const content = s3Store({ bucket: place.bucket, prefix: "", endpoint: proxy.origin });
  const site = worldOn({ ...memoryStores(), content });
  const keys = Array.from({ length: 2_500 }, (_, i) => `posts/${String(i).padStart(5, "0")}.md`);
  await place.put("site.yaml", SITE);
  await forEachAtOnce(keys.entries(), ([i, key]) => place.put(key, post({ title: `Post ${i}` })));
  await site.publish();

  for (const i of [3, 30, 300]) await place.put(keys[i] ?? "", post({ title: `Post ${i}` }, "Other words.\n"));
  const others = Array.from({ length: 7_500 }, (_, i) => `posts/none-${i}.md`);
  asked.length = 0;
  const { put } = await site.publish({ hints: [...keys, ...others] });
  expect(put.length).toBeGreaterThan(0);
  expect(asked.filter((each) => each.includes("list-type=2"))).toHaveLength(3);
  expect(asked.length).toBeLessThan(20);

  asked.length = 0;
  expect(await site.publish({ hints: [...keys, ...others] })).toMatchObject({ put: [], removed: [] });
  expect(asked.length).toBeLessThan(6);
});
