/** Devices are let in by a code, and sign in by their passkey: with real answers of a passkey, and with forged ones. */
import { describe, expect, test } from "vitest";
import { memoryStore } from "../../lib/stores/memory.ts";
import { StoreConflict } from "../../lib/stores/store.ts";
import { authenticator, type Forgery, newKey } from "../support/authenticator.ts";
import {
  answered,
  assertion,
  cookieIn,
  jsonOf,
  keptTexts,
  letIn,
  ORIGIN,
  pageRequest,
  registration,
  signInWorld,
  verifyRequest,
} from "../support/signin.ts";

describe("the first device", () => {
  test("is let in by a code, and its page has a session", async () => {
    const world = signInWorld();
    expect(await world.signIn.hasDevices()).toBe(false);
    const { code, expires } = await world.signIn.newCode({ role: "owner", author: "ada", seconds: 86_400 });
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(expires.getTime() - world.clock.now().getTime()).toBe(86_400_000);
    const asked = await jsonOf(
      await answered(world.signIn, pageRequest("POST", "/write/session/code", { body: { code } })),
    );
    expect(asked).toMatchObject({
      name: "Ada Lovelace",
      role: "owner",
      options: {
        rp: { id: "feeds.example.com", name: "Field notes" },
        attestation: "none",
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
      },
    });
    const { request } = await registration(world.signIn, code);
    const response = await answered(world.signIn, request());
    expect(response.status).toBe(201);
    const session = {
      author: "ada",
      name: "Ada Lovelace",
      role: "owner",
      scopes: ["create", "draft", "update", "delete", "undelete", "media", "profile"],
      language: "en",
    };
    expect(await jsonOf(response)).toEqual(session);
    expect(response.headers.get("set-cookie")).toMatch(
      /^__Secure-dripfeed=dripfeed_s[0-9a-z]{16}_[\w-]{43}; Max-Age=7776000; Path=\/write\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    const cookie = cookieIn(response);
    expect(await jsonOf(await answered(world.signIn, pageRequest("GET", "/write/session", { cookie })))).toEqual(
      session,
    );
    expect(await world.signIn.hasDevices()).toBe(true);
  });

  test("may type the code in any case, with blanks for hyphens and O for 0", async () => {
    const { signIn } = signInWorld();
    const { code } = await signIn.newCode({ role: "owner", seconds: 60 });
    const typed = ` ${code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l")} `;
    expect((await answered(signIn, pageRequest("POST", "/write/session/code", { body: { code: typed } }))).status).toBe(
      200,
    );
  });

  test("has a code that counts once", async () => {
    const { signIn } = signInWorld();
    const { code } = await signIn.newCode({ role: "owner", seconds: 60 });
    const { request } = await registration(signIn, code);
    expect((await answered(signIn, request())).status).toBe(201);
    expect((await answered(signIn, request())).status).toBe(403);
    expect((await answered(signIn, pageRequest("POST", "/write/session/code", { body: { code } }))).status).toBe(403);
  });

  test("wins alone where two use one code at once", async () => {
    const world = signInWorld();
    const { code } = await world.signIn.newCode({ role: "owner", seconds: 60 });
    const other = world.another();
    const [one, two] = [await registration(world.signIn, code), await registration(other, code)];
    const answers = await Promise.all([answered(world.signIn, one.request()), answered(other, two.request())]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403]);
    const devices = [...(await keptTexts(world.state)).keys()].filter((key) => key.startsWith("write/devices/"));
    expect(devices).toHaveLength(1);
  });

  test("has a code that expires", async () => {
    const { signIn, clock } = signInWorld();
    const { code } = await signIn.newCode({ role: "owner", seconds: 60 });
    const { request } = await registration(signIn, code);
    clock.advance(60_000);
    expect((await answered(signIn, request())).status).toBe(403);
  });

  test("takes no longer than five minutes with its passkey", async () => {
    const { signIn, clock } = signInWorld();
    const { code } = await signIn.newCode({ role: "owner", seconds: 3600 });
    const { request } = await registration(signIn, code);
    clock.advance(300_000);
    const answer = await answered(signIn, request());
    expect([answer.status, (await jsonOf(answer)).error_description]).toEqual([
      403,
      "the passkey was not accepted: it took longer than five minutes; try again",
    ]);
  });
});

const FORGERIES: readonly (readonly [what: string, forgery: Forgery])[] = [
  ["of another origin", { origin: "https://feeds.example.com.evil.example" }],
  ["of the same host over http", { origin: "http://feeds.example.com" }],
  ["of another port", { origin: "https://feeds.example.com:8443" }],
  ["for another host", { rpId: "example.com" }],
  ["to a challenge that is not ours", { challenge: Buffer.alloc(52, 7).toString("base64url") }],
  ["without a challenge", { challenge: "" }],
  ["of the other kind", { type: "payment.get" }],
  ["without the person's presence", { userPresent: false, userVerified: false }],
  ["without finger, face or PIN", { userVerified: false }],
  ["in a frame of another site", { crossOrigin: true }],
  ["in a frame of a named site", { crossOrigin: true, topOrigin: "https://evil.example" }],
  ["whose client data is no JSON", { alter: () => "{" }],
];

describe("a forged answer", () => {
  test.each(FORGERIES)("%s registers nothing, and uses no code up", async (_, forgery) => {
    const world = signInWorld();
    const { code } = await world.signIn.newCode({ role: "owner", seconds: 60 });
    const forged = await registration(world.signIn, code, { forgery });
    expect((await answered(world.signIn, forged.request())).status).toBe(403);
    expect(await world.signIn.hasDevices()).toBe(false);
    const { request } = await registration(world.signIn, code);
    expect((await answered(world.signIn, request())).status).toBe(201);
  });

  test.each<readonly [what: string, forgery: Forgery]>([
    ...FORGERIES,
    ["signed by another key", { key: newKey() }],
    ["of another person", { userHandle: Buffer.alloc(32).toString("base64url") }],
    ["whose client data was altered after signing", { alter: (data) => data.replace("{", "{ ") }],
  ])("%s signs nobody in", async (_, forgery) => {
    const world = signInWorld();
    const { passkey } = await letIn(world);
    const answer = await answered(world.signIn, verifyRequest(await assertion(world.signIn, passkey, forgery)));
    expect(answer.status).toBe(403);
    expect(answer.headers.get("set-cookie")).toBeNull();
    const right = await answered(world.signIn, verifyRequest(await assertion(world.signIn, passkey)));
    expect(right.status).toBe(200);
  });

  test("for a code is none for signing in, and the other way round", async () => {
    const world = signInWorld();
    const { passkey } = await letIn(world);
    const { code } = await world.signIn.newCode({ role: "owner", seconds: 60 });
    const { options } = await jsonOf(
      await answered(world.signIn, pageRequest("POST", "/write/session/code", { body: { code } })),
    );
    const forRegistering = verifyRequest(await assertion(world.signIn, passkey, { challenge: options.challenge }));
    expect((await answered(world.signIn, forRegistering)).status).toBe(403);
    const { challenge } = await jsonOf(
      await answered(world.signIn, pageRequest("POST", "/write/session/options", { body: {} })),
    );
    const forSigningIn = await registration(world.signIn, code, { forgery: { challenge } });
    expect((await answered(world.signIn, forSigningIn.request())).status).toBe(403);
  });
});

test.each(["packed", "apple", "tpm", "android-key", "fido-u2f", "none of these"])(
  "a passkey that tells of its maker (%s) is refused before anybody looks at its certificates",
  async (attestation) => {
    const world = signInWorld();
    const { code } = await world.signIn.newCode({ role: "owner", seconds: 60 });
    const { request } = await registration(world.signIn, code, { forgery: { attestation } });
    const answer = await answered(world.signIn, request());
    expect([answer.status, (await jsonOf(answer)).error_description]).toEqual([
      403,
      "the passkey was not accepted: it tells of its maker, which nobody asked for; try again",
    ]);
  },
);

describe("signing in", () => {
  test("works in another process, and names no device to those who ask", async () => {
    const world = signInWorld();
    const { passkey } = await letIn(world, "author", "bo");
    const options = await jsonOf(
      await answered(world.signIn, pageRequest("POST", "/write/session/options", { body: {} })),
    );
    expect(options).toMatchObject({ rpId: "feeds.example.com", userVerification: "required" });
    expect(options.allowCredentials).toBeUndefined();
    const answer = await answered(world.another(), verifyRequest(passkey.get(options)));
    expect([answer.status, (await jsonOf(answer)).name]).toEqual([200, "Bo"]);
  });

  test("counts once for each answer of a passkey, in whichever process, at once too", async () => {
    const world = signInWorld();
    const { passkey } = await letIn(world);
    const answer = await assertion(world.signIn, passkey);
    const statuses = await Promise.all(
      [world.signIn, world.another(), world.signIn].map(
        async (each) => (await answered(each, verifyRequest(answer))).status,
      ),
    );
    expect(statuses.sort()).toEqual([200, 403, 403]);
    world.clock.advance(240_000);
    expect((await answered(world.signIn, verifyRequest(answer))).status).toBe(403);
  });

  test("is refused to a copy of a passkey that counts", async () => {
    const world = signInWorld();
    const { passkey } = await letIn(world, "owner", undefined, authenticator(ORIGIN, { counts: true }));
    const sign = async (forgery: Forgery = {}) =>
      (await answered(world.signIn, verifyRequest(await assertion(world.signIn, passkey, forgery)))).status;
    expect(await sign()).toBe(200);
    expect(await sign({ counter: 1 })).toBe(403);
    expect(await sign()).toBe(200);
    expect(world.lines.at(-2)).toMatch(/^sign-in: refused: the passkey of device [0-9a-z]{26}: /);
  });

  test("keeps nothing for those who only ask for a challenge", async () => {
    const world = signInWorld();
    await answered(world.signIn, pageRequest("POST", "/write/session/options", { body: {} }));
    const before = await keptTexts(world.state);
    for (let i = 0; i < 20; i++)
      await answered(world.another(), pageRequest("POST", "/write/session/options", { body: {} }));
    expect(await keptTexts(world.state)).toEqual(before);
  });

  test("removes the marks of challenges that have expired", async () => {
    const world = signInWorld();
    const { passkey } = await letIn(world);
    for (let i = 0; i < 3; i++) {
      await answered(world.signIn, verifyRequest(await assertion(world.signIn, passkey)));
      world.clock.advance(600_000);
    }
    const marks = [...(await keptTexts(world.state)).keys()].filter((key) => key.startsWith("write/challenges/"));
    expect(marks).toHaveLength(1);
  });

  test("counts a device that is signed in elsewhere at the same moment", async () => {
    const plain = memoryStore();
    let isBusy = true;
    const state = {
      ...plain,
      async put(key: string, ...rest: Parameters<typeof plain.put> extends [string, ...infer Rest] ? Rest : never) {
        if (isBusy && key.startsWith("write/devices/") && rest[1].ifMatch !== undefined) {
          isBusy = false;
          throw new StoreConflict("memory", "put", key, "the object is another one");
        }
        return await plain.put(key, ...rest);
      },
    };
    const world = signInWorld({ state });
    const { passkey } = await letIn(world);
    expect((await answered(world.signIn, verifyRequest(await assertion(world.signIn, passkey)))).status).toBe(200);
    expect(isBusy).toBe(false);
  });
});
