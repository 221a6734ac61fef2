/** The warm cache of a process that publishes several times: fewer requests, and the same documents. */
import { expect, test } from "vitest";
import { emptyWarmCache } from "../../lib/publish/warmcache.ts";
import { post, world } from "../support/world.ts";

const POSTS = Object.fromEntries(
  Array.from({ length: 12 }, (_, i) => [`posts/${i}.md`, post({ title: `Post ${i}`, tags: "[tea]" })]),
);

const EDITED = post({ title: "Post 3, again", tags: "[tea]" });

test("after an edit a warm process reads no entry again, and writes the documents that a new process would", async () => {
  const [warmSite, coldSite] = [await world(POSTS), await world(POSTS)];
  const warmCache = emptyWarmCache();
  await warmSite.publish({ warmCache });
  await coldSite.publish();
  for (const site of [warmSite, coldSite]) await site.write("posts/3.md", EDITED);
  const warm = await warmSite.publish({ warmCache, hints: ["posts/3.md"] });
  const cold = await coldSite.publish({ hints: ["posts/3.md"] });
  expect(cold.operations.state.get - warm.operations.state.get).toBe(1); // of one pack
  expect(await warmSite.dump(warmSite.public)).toEqual(await coldSite.dump(coldSite.public));
});

test("a change of site.yaml shows in every item, although entries are in the warm cache", async () => {
  const [warmSite, coldSite] = [await world(POSTS), await world(POSTS)];
  const warmCache = emptyWarmCache();
  await warmSite.publish({ warmCache });
  await coldSite.publish();
  for (const site of [warmSite, coldSite]) {
    const text = (await site.dump(site.content))["site.yaml"] ?? "";
    await site.write("site.yaml", text.replace("https://feeds.example.com/", "https://other.example.com/"));
    await site.write("posts/3.md", EDITED);
  }
  await warmSite.publish({ warmCache });
  await coldSite.publish();
  expect(await warmSite.dump(warmSite.public)).toEqual(await coldSite.dump(coldSite.public));
});

test("an entry that a refused run rendered is put into the entry cache by the run that publishes it", async () => {
  const site = await world(POSTS);
  const warmCache = emptyWarmCache();
  await site.publish({ warmCache });
  const all = Object.keys(POSTS);
  for (const key of all.slice(1)) await site.remove(key);
  await site.write("posts/0.md", EDITED);
  const { refused } = await site.publish({ warmCache });
  expect(refused).toBeDefined();
  await site.publish({ warmCache, force: true });
  // The post is broken now, so its last good entry must come from the state store.
  await site.write("posts/0.md", "---\ntitle: [\n---\n");
  await site.write("posts/1.md", post({ title: "Another" }));
  await site.publish();
  expect(await site.read("rss.xml")).toContain("Post 3, again");
});
