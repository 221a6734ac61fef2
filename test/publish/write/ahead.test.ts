/** Documents that are made while the lease is taken. */
import { expect, test } from "vitest";
import type { PlannedDocument } from "../../../lib/formats/types.ts";
import type { Batch } from "../../../lib/publish/plan/batches.ts";
import type { EntrySource } from "../../../lib/publish/render/entries.ts";
import { makeAhead } from "../../../lib/publish/write/ahead.ts";

const documentOf = (path: string): PlannedDocument => ({
  path,
  source: { as: "host", text: `of ${path}` },
  contentType: "text/plain",
  updated: "2026-01-01T00:00:00Z",
  fingerprint: path,
});

const batchOf = (count: number): Batch => ({
  put: Array.from({ length: count }, (_, i) => ({ document: documentOf(`${i}`), reason: "new" })),
  remove: [],
  records: new Set(),
});

const entries = { gather: async () => new Map() } as unknown as EntrySource;
const from = { entries, posts: new Map() };
const textsOf = (made: ReadonlyMap<PlannedDocument, Uint8Array>) =>
  [...made].map(([{ path }, bytes]) => [path, new TextDecoder().decode(bytes)]);

test("while the lease is taken, the documents of a small batch are made", async () => {
  const made = await makeAhead(batchOf(2), from, new Promise(() => undefined));
  expect(textsOf(made)).toEqual([
    ["0", "of 0"],
    ["1", "of 1"],
  ]);
});

test("as soon as it is taken, or another run has it, none is begun", async () => {
  expect(textsOf(await makeAhead(batchOf(2), from, Promise.resolve()))).toEqual([]);
  expect(textsOf(await makeAhead(batchOf(2), from, Promise.reject(new Error("lost"))))).toEqual([]);
});

test("many are left to both threads", async () => {
  expect(textsOf(await makeAhead(batchOf(100), from, new Promise(() => undefined)))).toEqual([]);
});

test("what cannot be made is left to fail where it is written", async () => {
  const broken = { gather: () => Promise.reject(new Error("no entry")) } as unknown as EntrySource;
  const made = await makeAhead(batchOf(2), { ...from, entries: broken }, new Promise(() => undefined));
  expect(textsOf(made)).toEqual([]);
});
