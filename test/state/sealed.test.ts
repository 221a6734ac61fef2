/** Sealed objects: whatever differs from what was written, the key included, is found. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isListOf, isMapOf, isObjectOf, isOneOf, isText, maybe } from "../../lib/state/guards.ts";
import { NewerState, StateError } from "../../lib/state/objects.ts";
import { decodeJson, openBytes, openJson, sealBytes, sealJson } from "../../lib/state/sealed.ts";

const KEY = "intents/a.json";
const value = { format: 1, run: "a", paths: ["rss.xml", "tags/é/atom.xml", "\u2028"] };
const bytes = new Uint8Array(
  Buffer.concat([Buffer.from('{"format":1}\n'), Buffer.from(Array.from({ length: 999 }, (_, i) => i % 256))]),
);

const WAYS = [
  ["JSON", sealJson(KEY, value), openJson, value],
  ["JSON for people", sealJson(KEY, value, 2), openJson, value],
  ["bytes", new Uint8Array(sealBytes(KEY, bytes)), openBytes, bytes],
] as const;

describe.each(WAYS)("a sealed object (%s)", (_, sealed, open, content) => {
  test("is read as it was written", () => {
    const read = open(KEY, sealed);
    expect(read instanceof Uint8Array ? new Uint8Array(read) : read).toEqual(content);
  });

  test("is damaged with any bit flipped, cut at any length, or longer", () => {
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const damaged = sealed.slice();
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => open(KEY, damaged)).toThrow("it is not what was written under this name");
    }
    for (let length = 0; length < sealed.length; length++) expect(() => open(KEY, sealed.slice(0, length))).toThrow();
    expect(() => open(KEY, Buffer.concat([sealed, Buffer.from(" ")]))).toThrow();
  });

  test("is damaged under another key", () => {
    expect(() => open("intents/b.json", sealed)).toThrow();
    expect(() => open("", sealed)).toThrow();
  });
});

test("any JSON object is read as it was written", () => {
  const objects = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue(), { minKeys: 1 });
  fc.assert(
    fc.property(fc.string(), objects, fc.constantFrom(undefined, 2), (key, object, indent) => {
      const plain = JSON.parse(JSON.stringify(object));
      expect(openJson(key, sealJson(key, plain, indent))).toEqual(plain);
    }),
  );
});

describe("a sealed object with a format", () => {
  const isIntent = isObjectOf<{ format: 1; run: string; paths: readonly string[] }>({
    format: isOneOf(1),
    run: isText,
    paths: isListOf(isText),
  });

  test("that is newer is no damage, and one that only looks newer is", () => {
    const newer = sealJson(KEY, { format: 2 });
    expect(() => decodeJson(KEY, newer, isIntent)).toThrow(NewerState);
    expect(() => decodeJson(KEY, Buffer.from('{"format":2,"seal":"another"}'), isIntent)).toThrow(NewerState);
    const text = new TextDecoder().decode(sealJson(KEY, value)).replace('"format":1', '"format":3');
    const damaged = () => decodeJson(KEY, new TextEncoder().encode(text), isIntent);
    expect(damaged).toThrow(StateError);
    expect(damaged).not.toThrow(NewerState);
  });

  test.each([{ format: 0 }, { format: "1" }, { format: 1 }, { ...value, paths: [1] }, { ...value, more: 1 }, [1]])(
    "and another shape is damaged (%j)",
    (other) => {
      expect(() => decodeJson(KEY, sealJson(KEY, other), isIntent)).toThrow(/^intents\/a\.json is damaged/);
    },
  );
});

test("guards know fields that may be missing, and none that a type does not have", () => {
  const isThing = isObjectOf<{ name: string; nick?: string; topics: { readonly [hub: string]: readonly string[] } }>({
    name: isText,
    nick: maybe(isText),
    topics: isMapOf(isListOf(isText)),
  });
  expect(
    [
      { name: "a", topics: {} },
      { name: "a", nick: "b", topics: { h: ["x"] } },
    ].map(isThing),
  ).toEqual([true, true]);
  const others = [
    null,
    [],
    "a",
    {},
    { name: 1, topics: {} },
    { name: "a", nick: 1, topics: {} },
    { name: "a", topics: [] },
    { name: "a", topics: { h: [1] } },
    { name: "a", topics: {}, other: 1 },
    JSON.parse('{"name":"a","topics":{},"__proto__":{}}'),
    Object.create({ name: "a", topics: {} }),
  ];
  expect(others.map((other) => isThing(other))).toEqual(others.map(() => false));
});
