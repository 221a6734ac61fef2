/** The plan of a push, case by case. */
import { describe, expect, test } from "vitest";
import type { Pushed } from "../../lib/push/manifest.ts";
import { doubtfulKeys, planPush, refusePush, type Situation } from "../../lib/push/plan.ts";
import type { Seen } from "../../lib/push/seen.ts";

interface Case {
  /** Digest of the file in the folder. */
  readonly file?: string;
  readonly pushed?: Pushed;
  /** What a pull brought. */
  readonly seen?: Seen;
  /** ETag of the object in the store. */
  readonly etag?: string;
  /** Its digest. */
  readonly holds?: string;
}

const situation = ({ file, pushed, seen, etag, holds }: Case, force = false): Situation => ({
  files: file === undefined ? [] : [{ key: "a", digest: file, size: 1 }],
  pushed: pushed ? { a: pushed } : {},
  seen: seen ? { a: seen } : {},
  present: new Map(etag === undefined ? [] : [["a", etag]]),
  digests: new Map(holds === undefined ? [] : [["a", holds]]),
  force,
});

/** What happens to the object, in a few words. */
function fate(given: Case, force = false): string {
  const { put, remove, adopt, forget, conflicts, kept, unchanged } = planPush(situation(given, force));
  return [
    ...put.map(({ reason, over }) => `put ${reason} over ${over ?? "nothing"}`),
    ...remove.map(({ reason }) => `remove ${reason}`),
    ...Object.entries(adopt).map(([, { digest, etag }]) => `adopt ${digest} ${etag}`),
    ...forget.map(() => "forget"),
    ...conflicts.map(({ what }) => what),
    ...kept.map(({ what }) => `keep ${what}`),
    ...(unchanged > 0 ? ["unchanged"] : []),
  ].join(", ");
}

const X: Pushed = { digest: "x", etag: "1" };

describe("a file", () => {
  test.each<[string, Case, string]>([
    ["that was not pushed yet", { file: "x" }, "put new over nothing"],
    ["that did not change", { file: "x", pushed: X, etag: "1" }, "unchanged"],
    ["that changed", { file: "y", pushed: X, etag: "1" }, "put changed over 1"],
    ["whose object was removed", { file: "x", pushed: X }, "keep removed since it was pushed"],
    ["that changed, and whose object was removed", { file: "y", pushed: X }, "removed since it was pushed"],
    [
      "whose object a push that failed removed",
      { file: "x", pushed: { ...X, next: null } },
      "put missing over nothing",
    ],
    ["that another tool put with the same content", { file: "x", etag: "9", holds: "x" }, "adopt x 9, unchanged"],
    ["that another tool put with other content", { file: "x", etag: "9", holds: "z" }, "not put by a push"],
    ["whose object was altered", { file: "x", pushed: X, etag: "9", holds: "z" }, "keep altered since it was pushed"],
    [
      "that changed, and whose object was altered",
      { file: "y", pushed: X, etag: "9", holds: "z" },
      "altered since it was pushed",
    ],
    [
      "whose object was altered to the same content",
      { file: "y", pushed: X, etag: "9", holds: "y" },
      "adopt y 9, unchanged",
    ],
    ["whose object has only another ETag", { file: "y", pushed: X, etag: "9", holds: "x" }, "put changed over 9"],
    [
      "of a push that failed after its put",
      { file: "x", pushed: { next: "x" }, etag: "9", holds: "x" },
      "adopt x 9, unchanged",
    ],
    [
      "of a push that failed, and changed since",
      { file: "y", pushed: { next: "x" }, etag: "9", holds: "x" },
      "put changed over 9",
    ],
    [
      "of a push that failed before its put",
      { file: "y", pushed: { ...X, next: "y" }, etag: "1" },
      "put changed over 1",
    ],
    ["of a push that failed before its first put", { file: "x", pushed: { next: "x" } }, "put new over nothing"],
  ])("%s", (_, given, expected) => {
    expect(fate(given)).toBe(expected);
  });

  test.each<[string, Case, string]>([
    ["is removed with its file", { pushed: X, etag: "1" }, "remove file gone"],
    ["that was removed already is forgotten", { pushed: X }, "forget"],
    ["that was altered is kept", { pushed: X, etag: "9", holds: "z" }, "altered since it was pushed"],
    ["of a push that failed is removed", { pushed: { next: "x" }, etag: "9", holds: "x" }, "remove file gone"],
    ["that no push put is left alone", { etag: "9" }, ""],
  ])("an object %s", (_, given, expected) => {
    expect(fate(given)).toBe(expected);
  });

  test("or an object that others put is overwritten and removed with force", () => {
    expect(fate({ file: "x", etag: "9", holds: "z" }, true)).toBe("put forced over 9");
    expect(fate({ file: "x", pushed: X, etag: "9", holds: "z" }, true)).toBe("put forced over 9");
    expect(fate({ file: "x", pushed: X }, true)).toBe("put missing over nothing");
    expect(fate({ pushed: X, etag: "9", holds: "z" }, true)).toBe("remove forced");
    expect(fate({ etag: "9" }, true)).toBe("");
  });
});

describe("what a pull brought", () => {
  const seen = { digest: "z" };
  test.each<[string, Case, string]>([
    ["and was edited here", { file: "y", seen, etag: "9", holds: "z" }, "put changed over 9"],
    [
      "over a pushed file, and was edited here",
      { file: "y", pushed: X, seen, etag: "9", holds: "z" },
      "put changed over 9",
    ],
    ["is the store's as it is", { file: "z", seen, etag: "9", holds: "z" }, "adopt z 9, unchanged"],
    [
      "but the checkout lacks",
      { file: "x", pushed: X, seen, etag: "9", holds: "z" },
      "keep altered since it was pushed",
    ],
    ["and no push has brought back is not removed with its file", { seen, etag: "9", holds: "z" }, ""],
    ["over a pushed file is removed with it", { pushed: X, seen, etag: "9", holds: "z" }, "remove file gone"],
    ["and was altered since stays", { file: "z", seen, etag: "8", holds: "w" }, "keep altered since it was pushed"],
    ["and was altered on both sides", { file: "y", seen, etag: "8", holds: "w" }, "not put by a push"],
    ["and was removed since stays away", { file: "z", seen }, "keep removed since it was pushed"],
    ["as gone, and is here all the same", { file: "y", pushed: X, seen: {} }, "put missing over nothing"],
  ])("%s", (_, given, expected) => {
    expect(fate(given)).toBe(expected);
  });
});

test("only objects whose ETag is not that of the manifest are read", () => {
  const present = new Map(["same", "altered", "foreign", "unrelated"].map((key) => [key, `${key}!`]));
  const files = ["same", "foreign", "new"].map((key) => ({ key, digest: "x", size: 1 }));
  const pushed = { same: { digest: "x", etag: "same!" }, altered: { digest: "x", etag: "1" } };
  expect(doubtfulKeys({ files, pushed, present }).toSorted()).toEqual(["altered", "foreign"]);
});

describe("a push is refused", () => {
  const pushed = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`k${i}`, { digest: "x", etag: "1" }]));
  const present = new Map(Object.keys(pushed).map((key) => [key, "1"]));
  const holding = (n: number, force = false): Situation => ({
    files: Array.from({ length: n }, (_, i) => ({ key: `k${i}`, digest: "x", size: 1 })),
    pushed,
    seen: {},
    present,
    digests: new Map(),
    force,
  });
  const refusal = (given: Situation) => refusePush(planPush(given), given)?.message;

  test("that would remove more than ten objects and a tenth of them all", () => {
    expect(refusal(holding(90))).toBeUndefined();
    expect(refusal(holding(89))).toBe("11 of 100 objects would be removed");
    expect(refusal(holding(0))).toBe("the folder is empty, and all 100 objects would be removed");
    expect(refusal(holding(0, true))).toBeUndefined();
  });

  test("that would overwrite what others put", () => {
    const given = situation({ file: "x", etag: "9", holds: "z" });
    expect(refusal(given)).toBe("a: not put by a push, and would be lost");
    expect(refusal({ ...given, force: true })).toBeUndefined();
  });
});
