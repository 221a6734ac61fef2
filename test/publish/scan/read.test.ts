/** Reading keys: a file on which the parser fails is a problem of its own, and a store that fails ends the run. */
import { expect, test } from "vitest";
import { openOthers } from "../../../lib/publish/scan/others.ts";
import { readKeys } from "../../../lib/publish/scan/read.ts";
import { slowPosts } from "../../../lib/publish/scan/slow.ts";
import type { Site } from "../../../lib/site/types.ts";
import { memoryStore } from "../../../lib/stores/memory.ts";
import { type Store, StoreError } from "../../../lib/stores/store.ts";
import { openTimeLimit } from "../../../lib/workers/timelimit.ts";
import { bytesOf, siteOf } from "../../content/helpers.ts";

/** An author on whom the parser fails where a post names it. No site has one: the parser is not known to fail. */
const authors: Site["authors"] = Object.defineProperty({}, "nobody", {
  get: () => {
    throw new RangeError("Maximum call stack size exceeded");
  },
});
const BAD = "posts/bad.md";
const GOOD = "posts/good.md";

async function contentOf(front: string): Promise<Store> {
  const content = memoryStore("content");
  const put = (key: string, body: string) =>
    content.put(key, bytesOf(body), { contentType: "text/markdown", ifAbsent: true });
  await put(BAD, `---\ntitle: A\ndate: 2024-01-05\nauthor: nobody\n${front}---\nText.\n`);
  await put(GOOD, `---\ntitle: A\ndate: 2024-01-05\nauthor: Ann\n${front}---\nText.\n`);
  return content;
}

const read = (content: Store) =>
  readKeys(
    {
      content,
      site: siteOf({ authors }),
      slow: slowPosts(openTimeLimit()),
      log: () => undefined,
      publishedOf: () => undefined,
      others: openOthers(content),
    },
    [BAD, GOOD],
  );

test.each(["", "audio: /a.mp3\n"])("the parser fails on one file, and others are read: %j", async (front) => {
  const { findings, posts } = await read(await contentOf(front));
  expect([...posts.keys()]).toEqual([GOOD]);
  const bad = findings.get(BAD);
  expect(bad).toMatchObject({ etag: expect.stringMatching(/./), problems: [{ code: "unrenderable", file: BAD }] });
  expect(bad).not.toHaveProperty("post");
});

test.each(["get", "list"] as const)("a store that fails at %s ends the run", async (operation) => {
  const content = await contentOf("audio: /a.mp3\n");
  const fail = (): never => {
    throw new StoreError("content", operation, GOOD, "the line is down");
  };
  const failing: Store = operation === "get" ? { ...content, get: fail } : { ...content, list: fail };
  await expect(read(failing)).rejects.toThrow("the line is down");
});
