/** The site that is written for is read as it is, and parsed when it is another one. */
import { expect, test } from "vitest";
import { memoryStore } from "../../lib/stores/memory.ts";
import type { Store } from "../../lib/stores/store.ts";
import { siteReader } from "../../lib/write/site.ts";

const clock = { now: () => new Date("2026-12-01T00:00:00Z"), wait: async () => {} };
const yaml = (title: string) =>
  new TextEncoder().encode(`title: ${title}\nurl: https://example.com/\nfeeds: https://example.com/\nsince: 2020\n`);

test("what site.yaml says now counts, and what has not changed is not parsed again", async () => {
  const content = memoryStore("content");
  await content.put("site.yaml", yaml("A"), { contentType: "text/yaml" });
  const site = siteReader(content, clock);
  const first = await site();
  expect(await site()).toBe(first);
  await content.put("site.yaml", yaml("B"), { contentType: "text/yaml" });
  expect((await site()).title).toBe("B");
});

test("a site.yaml that is missing, wrong or gone is not usable, and one that is mended is", async () => {
  const content: Store = memoryStore("content");
  const site = siteReader(content, clock);
  await expect(site()).rejects.toMatchObject({ code: "site_unusable" });
  await content.put("site.yaml", yaml("A"), { contentType: "text/yaml" });
  await site();
  await content.put("site.yaml", new TextEncoder().encode("titel: A"), { contentType: "text/yaml" });
  await expect(site()).rejects.toMatchObject({ code: "site_unusable" });
  await content.delete("site.yaml");
  await expect(site()).rejects.toMatchObject({ code: "site_unusable" });
  await content.put("site.yaml", yaml("C"), { contentType: "text/yaml" });
  expect((await site()).title).toBe("C");
});
