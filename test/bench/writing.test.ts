/** That writing from a phone costs what docs/write.md says. */
import { expect, test } from "vitest";
import { world } from "../support/world.ts";
import { countedWriting } from "./writing.ts";

test("a post takes ten requests, some sixty reads and four writes, a fifth with a picture; an edit two", async () => {
  const site = await world({ "posts/a.md": "---\ntitle: A\ndate: 2026-01-01\n---\na" });
  await site.publish();
  const [text, picture, edit] = await countedWriting(site);
  expect([text, picture, edit].map((each) => each?.puts)).toEqual([4, 5, 2]);
  for (const each of [text, picture, edit]) {
    expect(each?.requests).toBeLessThanOrEqual(10);
    expect(each?.gets).toBeLessThan(75);
  }
});
