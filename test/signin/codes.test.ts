/** One-time codes against those who guess, and against those who would lock others out. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newCodeText, parseCode } from "../../lib/signin/codes/form.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import type { Store } from "../../lib/stores/store.ts";
import {
  type AnsweringSignIn,
  answered,
  assertion,
  jsonOf,
  keptTexts,
  letIn,
  pageRequest,
  signInWorld,
  verifyRequest,
} from "../support/signin.ts";

const tryCode = (signIn: AnsweringSignIn, code: string, headers = {}) =>
  answered(signIn, pageRequest("POST", "/write/session/code", { body: { code }, headers }));

/** The code with another secret. */
const misguessed = (code: string, i: number): string => `${code.slice(0, 5)}-${String(i).padStart(5, "0")}-AAAAA-AAAAA`;

/** Counts what a store is asked. */
function counted(store: Store): Store & { readonly counts: { get: number; put: number; list: number } } {
  const counts = { get: 0, put: 0, list: 0 };
  return {
    ...store,
    counts,
    list(prefix) {
      counts.list++;
      return store.list(prefix);
    },
    async get(...words) {
      counts.get++;
      return await store.get(...words);
    },
    async put(...words) {
      counts.put++;
      return await store.put(...words);
    },
  };
}

describe("a written code", () => {
  test("has a hundred bits, in four groups, and is read as it was written", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (random) => {
        const code = newCodeText(random);
        const { name = "", secret = "" } = parseCode(code) ?? {};
        expect(name + secret).toBe(code.replaceAll("-", ""));
        expect(code).toMatch(/^([0-9A-Z]{5}-){3}[0-9A-Z]{5}$/);
      }),
    );
  });

  test("never is anything that a person types by chance", () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const read = parseCode(typed);
        expect(read === undefined || /^[0-9A-HJKMNP-TV-Z]{20}$/.test(read.name + read.secret)).toBe(true);
      }),
    );
  });
});

describe("10,000 wrong codes", () => {
  test("never get in, cost next to nothing, and keep nobody out", async () => {
    const state = counted(memoryStore());
    const world = signInWorld({ state });
    const { passkey } = await letIn(world);
    const { code } = await world.signIn.newCode({ role: "owner", seconds: 3600 });
    Object.assign(state.counts, { get: 0, put: 0, list: 0 });
    const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    for (let i = 0; i < 10_000; i++) {
      const name = Array.from({ length: 5 }, (_, at) => digits[(i * 7919 + at * 31) % 32]).join("");
      const { status } = await tryCode(world.signIn, `${name}-00000-00000-00000`, {
        "x-forwarded-for": `198.51.${i >> 8}.${i & 255}`,
      });
      if (status !== 403) throw new Error(`${status}`);
      if (i % 100 === 0) world.clock.advance(100);
    }
    expect(state.counts.put).toBe(0);
    expect(state.counts.get + state.counts.list).toBeLessThan(20);
    expect((await answered(world.signIn, verifyRequest(await assertion(world.signIn, passkey)))).status).toBe(200);
    expect((await tryCode(world.signIn, code, { "x-forwarded-for": "203.0.113.9" })).status).toBe(200);
  });

  test("end the one code whose name they know, after ten, and no other", async () => {
    const world = signInWorld();
    const [{ code }, { code: other }] = [
      await world.signIn.newCode({ role: "owner", seconds: 3600 }),
      await world.signIn.newCode({ role: "owner", seconds: 3600 }),
    ];
    for (let i = 0; i < 9; i++) expect((await tryCode(world.signIn, misguessed(code, i))).status).toBe(403);
    expect((await tryCode(world.signIn, code)).status).toBe(200);
    expect((await tryCode(world.signIn, misguessed(code, 9))).status).toBe(403);
    expect((await tryCode(world.signIn, code)).status).toBe(403);
    expect((await tryCode(world.signIn, other)).status).toBe(200);
  });

  test("count one by one though they come at once", async () => {
    const world = signInWorld();
    const { code } = await world.signIn.newCode({ role: "owner", seconds: 3600 });
    const signIns = [world.signIn, world.another(), world.another()];
    await Promise.all(
      Array.from({ length: 30 }, (_, i) => tryCode(signIns[i % 3] ?? world.signIn, misguessed(code, i))),
    );
    const [kept = ""] = [...(await keptTexts(world.state))].flatMap(([key, text]) =>
      key.startsWith("write/codes/") ? [text] : [],
    );
    expect(JSON.parse(kept).wrong).toBe(10);
  });

  test("from one network have to wait, and say how long; another network need not", async () => {
    const world = signInWorld();
    const { code } = await world.signIn.newCode({ role: "owner", seconds: 3600 });
    const from = (address: string) => ({ "x-forwarded-for": `10.0.0.1, ${address}` });
    for (let i = 0; i < 20; i++)
      expect((await tryCode(world.signIn, "AAAAA-AAAAA-AAAAA-AAAAA", from("198.51.100.1"))).status).toBe(403);
    const waiting = await tryCode(world.signIn, code, from("198.51.100.1"));
    expect([waiting.status, waiting.headers.get("retry-after"), (await jsonOf(waiting)).error]).toEqual([
      429,
      "3",
      "too_many",
    ]);
    expect((await tryCode(world.signIn, code, from("198.51.100.2"))).status).toBe(200);
    world.clock.advance(3_000);
    expect((await tryCode(world.signIn, code, from("198.51.100.1"))).status).toBe(200);
  });
});

test("the address that CloudFront saw counts, whatever the sender says of it", async () => {
  const world = signInWorld();
  const guess = async (address: string, said: string) =>
    (
      await tryCode(world.signIn, "AAAAA-AAAAA-AAAAA-AAAAA", {
        "cloudfront-viewer-address": address,
        "x-forwarded-for": said,
      })
    ).status;
  for (let i = 0; i < 20; i++) expect(await guess(`2001:db8:1:2::7:${4000 + i}`, `10.0.0.${i}`)).toBe(403);
  expect(await guess("2001:db8:1:2:9::1:443", "10.0.0.99")).toBe(429);
  expect(await guess("2001:db8:1:3::7:443", "10.0.0.99")).toBe(403);
  // A network whose own address ends with zeros is one, too.
  for (let i = 0; i < 20; i++) expect(await guess(`2001:db8::${i + 1}:443`, "10.0.0.99")).toBe(403);
  expect(await guess("2001:db8::9:9:443", "10.0.0.99")).toBe(429);
  expect(await guess("2001:db8:0:1::9:443", "10.0.0.99")).toBe(403);
});

test("a code is found as soon as two seconds after another process made it", async () => {
  const world = signInWorld();
  expect((await tryCode(world.signIn, "AAAAA-AAAAA-AAAAA-AAAAA")).status).toBe(403);
  const { code } = await world.another().newCode({ role: "owner", seconds: 60 });
  world.clock.advance(2_000);
  expect((await tryCode(world.signIn, code)).status).toBe(200);
});

test("expired codes are removed when the next one is made", async () => {
  const world = signInWorld();
  for (let i = 0; i < 3; i++) {
    await world.signIn.newCode({ role: "owner", seconds: 60 });
    world.clock.advance(61_000);
  }
  expect((await keptTexts(world.state)).size).toBe(1);
});

test("a code is for somebody whom site.yaml names", async () => {
  const { signIn } = signInWorld();
  await expect(signIn.newCode({ role: "author", author: "eve", seconds: 60 })).rejects.toThrow(
    "eve is not among the authors of site.yaml: it names ada, bo",
  );
  await expect(signIn.newCode({ role: "drafts", seconds: 60 })).rejects.toThrow("say for which of the authors");
  await expect(signIn.newCode({ role: "author", author: "constructor", seconds: 60 })).rejects.toThrow("not among");
});
