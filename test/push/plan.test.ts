/** What a push would do, case by case. */
import { describe, expect, test } from "vitest";
import type { Pushed } from "../../lib/push/manifest.ts";
import { doubtfulKeys, planPush, refusePush, type Situation } from "../../lib/push/plan.ts";

interface Case {
  /** What the folder's file holds. */
  readonly file?: string;
  readonly known?: Pushed;
  /** The ETag of the object that is there. */
  readonly there?: string;
  /** What it holds. */
  readonly holds?: string;
}

const situation = ({ file, known, there, holds }: Case, force = false): Situation => ({
  files: file === undefined ? [] : [{ key: "a", digest: file, size: 1 }],
  pushed: known ? { a: known } : {},
  present: new Map(there === undefined ? [] : [["a", there]]),
  digests: new Map(holds === undefined ? [] : [["a", holds]]),
  force,
});

/** In a few words: what happens to the object. */
function fate(given: Case, force = false): string {
  const { put, remove, adopt, forget, conflicts, unchanged } = planPush(situation(given, force));
  return [
    ...put.map(({ reason, over }) => `put ${reason} over ${over ?? "nothing"}`),
    ...remove.map(({ reason }) => `remove ${reason}`),
    ...Object.entries(adopt).map(([, { digest, etag }]) => `adopt ${digest} ${etag}`),
    ...forget.map(() => "forget"),
    ...conflicts.map(({ what }) => what),
    ...(unchanged > 0 ? ["unchanged"] : []),
  ].join(", ");
}

const X: Pushed = { digest: "x", etag: "1" };

describe("a file", () => {
  test.each<[string, Case, string]>([
    ["that nobody pushed yet", { file: "x" }, "put new over nothing"],
    ["that is as it was", { file: "x", known: X, there: "1" }, "unchanged"],
    ["that changed", { file: "y", known: X, there: "1" }, "put changed over 1"],
    ["whose object went", { file: "x", known: X }, "put missing over nothing"],
    ["that another tool put, the same", { file: "x", there: "9", holds: "x" }, "adopt x 9, unchanged"],
    ["that another tool put, other bytes", { file: "x", there: "9", holds: "z" }, "not put by a push"],
    ["whose object was altered", { file: "x", known: X, there: "9", holds: "z" }, "altered since it was pushed"],
    ["whose object was altered to the same", { file: "y", known: X, there: "9", holds: "y" }, "adopt y 9, unchanged"],
    ["whose object has another ETag only", { file: "y", known: X, there: "9", holds: "x" }, "put changed over 9"],
    [
      "of a push that died after its put",
      { file: "x", known: { next: "x" }, there: "9", holds: "x" },
      "adopt x 9, unchanged",
    ],
    [
      "of a push that died, and changed since",
      { file: "y", known: { next: "x" }, there: "9", holds: "x" },
      "put changed over 9",
    ],
    ["of a push that died before its put", { file: "y", known: { ...X, next: "y" }, there: "1" }, "put changed over 1"],
    ["of a push that died before its first put", { file: "x", known: { next: "x" } }, "put new over nothing"],
  ])("%s", (_, given, expected) => {
    expect(fate(given)).toBe(expected);
  });

  test.each<[string, Case, string]>([
    ["goes with its file", { known: X, there: "1" }, "remove file gone"],
    ["that went already is forgotten", { known: X }, "forget"],
    ["that was altered stays", { known: X, there: "9", holds: "z" }, "altered since it was pushed"],
    ["of a push that died goes", { known: { next: "x" }, there: "9", holds: "x" }, "remove file gone"],
    ["that no push put is nobody's business", { there: "9" }, ""],
  ])("an object %s", (_, given, expected) => {
    expect(fate(given)).toBe(expected);
  });

  test("or an object of somebody else's gives way when that is meant", () => {
    expect(fate({ file: "x", there: "9", holds: "z" }, true)).toBe("put forced over 9");
    expect(fate({ known: X, there: "9", holds: "z" }, true)).toBe("remove forced");
    expect(fate({ there: "9" }, true)).toBe("");
  });
});

test("only objects whose ETag tells nothing are read", () => {
  const present = new Map(["same", "altered", "foreign", "unrelated"].map((key) => [key, `${key}!`]));
  const files = ["same", "foreign", "new"].map((key) => ({ key, digest: "x", size: 1 }));
  const pushed = { same: { digest: "x", etag: "same!" }, altered: { digest: "x", etag: "1" } };
  expect(doubtfulKeys({ files, pushed, present }).toSorted()).toEqual(["altered", "foreign"]);
});

describe("a push is refused", () => {
  const known = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`k${i}`, { digest: "x", etag: "1" }]));
  const present = new Map(Object.keys(known).map((key) => [key, "1"]));
  const holding = (n: number, force = false): Situation => ({
    files: Array.from({ length: n }, (_, i) => ({ key: `k${i}`, digest: "x", size: 1 })),
    ...{ pushed: known, present, digests: new Map(), force },
  });
  const refusal = (given: Situation) => refusePush(planPush(given), given)?.message;

  test("that would remove more than ten objects and a tenth of them all", () => {
    expect(refusal(holding(90))).toBeUndefined();
    expect(refusal(holding(89))).toBe("11 of 100 objects would go");
    expect(refusal(holding(0))).toBe("the folder is empty, and all 100 objects would go");
    expect(refusal(holding(0, true))).toBeUndefined();
  });

  test("that would lose what somebody else put", () => {
    const given = situation({ file: "x", there: "9", holds: "z" });
    expect(refusal(given)).toBe("a: not put by a push, and would be lost");
    expect(refusal({ ...given, force: true })).toBeUndefined();
  });
});
