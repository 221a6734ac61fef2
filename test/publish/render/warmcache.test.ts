/** What a process that stays has at hand from run to run: fewer requests, the same documents, nothing lost. */
import { expect, test } from "vitest";
import { emptyWarmCache } from "../../../lib/publish/render/entries.ts";
import { post, world } from "../../support/world.ts";

const POSTS = Object.fromEntries(
  Array.from({ length: 12 }, (_, i) => [`posts/${i}.md`, post({ title: `Post ${i}`, tags: "[tea]" })]),
);

const edited = post({ title: "Post 3, again", tags: "[tea]" });

test("an edit in a process that stays reads no entry again, and gives the documents of a process that just began", async () => {
  const [stays, begins] = [await world(POSTS), await world(POSTS)];
  const warmCache = emptyWarmCache();
  await stays.publish({ warmCache });
  await begins.publish();
  for (const site of [stays, begins]) await site.write("posts/3.md", edited);
  const warm = await stays.publish({ warmCache, hints: ["posts/3.md"] });
  const cold = await begins.publish({ hints: ["posts/3.md"] });
  expect(cold.operations.state.get - warm.operations.state.get).toBe(11);
  expect(await stays.dump(stays.public)).toEqual(await begins.dump(begins.public));
});

test("a site that is described otherwise is described so in every item, whatever is at hand", async () => {
  const [stays, begins] = [await world(POSTS), await world(POSTS)];
  const warmCache = emptyWarmCache();
  await stays.publish({ warmCache });
  await begins.publish();
  for (const site of [stays, begins]) {
    const text = (await site.dump(site.content))["site.yaml"] ?? "";
    await site.write("site.yaml", text.replace("https://feeds.example.com/", "https://other.example.com/"));
    await site.write("posts/3.md", edited);
  }
  await stays.publish({ warmCache });
  await begins.publish();
  expect(await stays.dump(stays.public)).toEqual(await begins.dump(begins.public));
});

test("an entry that a refused run rendered is cached by the run that publishes it", async () => {
  const site = await world(POSTS);
  const warmCache = emptyWarmCache();
  await site.publish({ warmCache });
  const all = Object.keys(POSTS);
  for (const key of all.slice(1)) await site.remove(key);
  await site.write("posts/0.md", edited);
  const { refused } = await site.publish({ warmCache });
  expect(refused).toBeDefined();
  await site.publish({ warmCache, force: true });
  // Broken now, it stays in the feed as it was: from the state store alone.
  await site.write("posts/0.md", "---\ntitle: [\n---\n");
  await site.write("posts/1.md", post({ title: "Another" }));
  await site.publish();
  expect(await site.read("rss.xml")).toContain("Post 3, again");
});
