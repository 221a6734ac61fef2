/** Rendering on several threads gives the same results as rendering on one. */
import { afterEach, describe, expect, test } from "vitest";
import { renderEntry } from "../../lib/content/entry.ts";
import type { Post } from "../../lib/model.ts";
import { openRenderers, type Renderers } from "../../lib/workers/renderers.ts";
import { openTimeLimit, TimedOut, type TimeLimit } from "../../lib/workers/timelimit.ts";
import { syntheticPosts } from "../bench/posts.ts";
import { parse, postOf } from "../content/helpers.ts";
import { WHOLE_SITE, world } from "../support/world.ts";

let renderers: Renderers | undefined;
afterEach(async () => {
  await renderers?.close();
  renderers = undefined;
});

/** Enough posts for threads to start. */
const MANY = 260;

describe("with worker threads", () => {
  test("the bytes in every store are the same as with one thread", async () => {
    const dumps: unknown[] = [];
    for (const threads of [0, 1, 3]) {
      renderers = openRenderers(threads);
      const site = await world(
        Object.fromEntries([...syntheticPosts(MANY)].map(({ key, text }) => [key, text])),
        WHOLE_SITE,
      );
      const { entries } = await site.publish({ run: "one", renderEntry: renderers.render });
      expect(entries.rendered).toBeGreaterThan(200);
      dumps.push([await site.dump(site.public), await site.dump(site.state)]);
      await renderers.close();
    }
    expect(dumps[1]).toEqual(dumps[0]);
    expect(dumps[2]).toEqual(dumps[0]);
  });

  test("a post that cannot be rendered fails as on the main thread, and the others are rendered", async () => {
    const deep = `${"> ".repeat(20_000)}deep`;
    const good = "Some *words*.";
    const posts: readonly Post[] = Array.from({ length: MANY }, (_, i) =>
      postOf(
        parse("posts/a.md", `---\ntitle: T\ndate: 2026-01-01\n---\n\n${i % 130 === 129 ? deep : `${good} ${i}`}\n`),
      ),
    );
    const outcome = (work: () => unknown) =>
      Promise.resolve()
        .then(work)
        .catch((error: Error) => error.message);
    const here = await Promise.all(posts.map((post) => outcome(() => renderEntry(post))));
    renderers = openRenderers(2);
    const { render } = renderers;
    const there = await Promise.all(posts.map((post) => outcome(() => render(post))));
    expect(there).toEqual(here);
    expect(here.filter((entry) => typeof entry === "string").length).toBe(2);
  });

  test("a thread that takes too long is ended with the post that it is at, and every other post is rendered", async () => {
    const long = "Some *words*, and [a link](https://example.com/).\n\n".repeat(3000);
    const post = postOf(parse("posts/a.md", `---\ntitle: T\ndate: 2026-01-01\n---\n\n${long}`));
    let spent = 0;
    const limit: TimeLimit = {
      ...openTimeLimit(),
      // Any time is too long from when the threads are at work, until one was ended.
      limitInThread: () => (done > 10 && spent === 0 ? 0 : 60_000),
      spend: () => {
        spent += 1;
      },
    };
    renderers = openRenderers(1, limit);
    const { render } = renderers;
    let done = 0;
    const begun = Array.from({ length: 140 }, async () => {
      const entry = await render(post);
      done += 1;
      return entry;
    });
    const outcomes = await Promise.allSettled(begun);
    const failures = outcomes.filter((each) => each.status === "rejected");
    expect(failures.map(({ reason }) => reason)).toEqual([expect.any(TimedOut)]);
    expect(spent).toBe(1);
  });

  test("after close, the main thread renders", async () => {
    renderers = openRenderers(1);
    const { render, close } = renderers;
    const post = postOf(parse("posts/a.md", "---\ntitle: T\ndate: 2026-01-01\n---\n\nWords.\n"));
    await Promise.all(Array.from({ length: MANY }, () => render(post)));
    await close();
    expect(await render(post)).toEqual(renderEntry(post));
  });
});
