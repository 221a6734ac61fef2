/** Work that takes too long is stopped wherever it is, and nothing else is. */
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../lib/content/markdown/markdown.ts";
import { openTimeLimit, TimedOut } from "../../lib/workers/timelimit.ts";

const outcomesOf = async (works: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(works)).map((each) => (each.status === "fulfilled" ? each.value : each.reason));

/** Takes longer than anyone waits, inside one regular expression. */
const backtrack = () => /^(?:a|a)*$/.test(`${"a".repeat(60)}!`);
const loop = () => {
  for (let i = 0; ; i++) if (i < 0) return i;
};
const busy = (ms: number) => () => {
  for (const until = performance.now() + ms; performance.now() < until; );
  return ms;
};

describe("within a limit of time", () => {
  test("an endless loop and an endless search are stopped, and what waits beside them is done", async () => {
    const limit = openTimeLimit({ each: 300 });
    const outcomes = await outcomesOf([
      limit.run(() => 1),
      limit.run(loop),
      limit.run(() => 2),
      limit.run(backtrack),
      limit.run(() => 3),
    ]);
    expect(outcomes).toEqual([1, expect.any(TimedOut), 2, expect.any(TimedOut), 3]);
    expect(String(outcomes[1])).toContain("longer than 0.3 s");
  });

  test("the work cannot catch that it is stopped", async () => {
    const limit = openTimeLimit({ each: 200 });
    const stubborn = () => {
      try {
        return loop();
      } catch {
        return "went on";
      }
    };
    expect(await outcomesOf([limit.run(stubborn)])).toEqual([expect.any(TimedOut)]);
  });

  test("an error of the work is its own", async () => {
    const limit = openTimeLimit();
    const fail = () => {
      throw new RangeError("too deep");
    };
    const outcomes = await outcomesOf([limit.run(fail), limit.run(() => 1)]);
    expect(outcomes).toEqual([expect.any(RangeError), 1]);
  });

  test("works that together take longer than the limit of one are all done", async () => {
    const limit = openTimeLimit({ each: 1000 });
    const works = Array.from({ length: 5 }, () => limit.run(busy(300)));
    expect(await outcomesOf(works)).toEqual([300, 300, 300, 300, 300]);
  });

  test("once the allowance is spent, each gets less", async () => {
    const limit = openTimeLimit({ each: 2000, allowance: 1500 });
    for (const seconds of ["2 s", "0.8 s"]) {
      const [error] = await outcomesOf([limit.run(loop)]);
      expect(String(error)).toContain(`longer than ${seconds}`);
    }
  });

  test("another thread of the run has one allowance with this one", async () => {
    const limit = openTimeLimit({ each: 1000, allowance: 100 });
    const other = openTimeLimit(structuredClone(limit.limits));
    const before = other.limitInThread();
    await outcomesOf([limit.run(loop)]);
    expect(before - other.limitInThread()).toBe(600);
  });
});

test("a text that is stopped while it is rendered changes nothing for those after it", async () => {
  const text =
    'Some *words*, **bold _and_ more**, `code` and [a link](https://example.com/ "title").\n\n- a\n  > b\n'.repeat(
      2000,
    );
  const short = text.slice(0, 500);
  const expected = renderMarkdown(short);
  for (const each of [5, 20, 60]) {
    const limit = openTimeLimit({ each });
    await outcomesOf(Array.from({ length: 5 }, () => limit.run(() => renderMarkdown(text))));
    expect(renderMarkdown(short)).toBe(expected);
  }
});
