/** What is kept, over stores that fail and objects that are damaged. */
import { describe, expect, test } from "vitest";
import { swapKept } from "../../lib/signin/kept/objects.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { StoreError, StoreUnknown } from "../../lib/stores/store.ts";
import { answered, bearer, connectApp, keptTexts, letIn, pageRequest, signInWorld } from "../support/signin.ts";

describe("a swap whose outcome is unknown", () => {
  test.each([
    ["took place", true],
    ["did not take place", false],
  ])("is told by what is there: it %s", async (_, isDone) => {
    const plain = memoryStore();
    const state = {
      ...plain,
      async put(...words: Parameters<typeof plain.put>) {
        if (isDone) await plain.put(...words);
        throw new StoreUnknown("memory", "put", words[0], "the reply was lost");
      },
    };
    expect(await swapKept(state, "tokens/a.json", { by: "one" })).toBe(isDone);
  });

  test("is lost where another's is there", async () => {
    const plain = memoryStore();
    const state = {
      ...plain,
      async put(key: string, _: Uint8Array, options: Parameters<typeof plain.put>[2]) {
        await plain.put(key, Buffer.from('{"by":"another"}'), options);
        throw new StoreUnknown("memory", "put", key, "500");
      },
    };
    expect(await swapKept(state, "tokens/a.json", { by: "one" })).toBe(false);
  });
});

test("an object that is damaged lets nobody in, and locks nobody else out", async () => {
  const world = signInWorld();
  const one = await letIn(world, "owner", "ada");
  const app = await connectApp(world.signIn, one.cookie);
  const two = await letIn(world, "author", "bo");
  const [device = ""] = [...(await keptTexts(world.state))].flatMap(([key, text]) =>
    key.startsWith("write/devices/") && text.includes('"ada"') ? [key] : [],
  );
  for (const text of ["", "{", "[]", '{"role":"owner"}', "\u0000".repeat(100), `${"x".repeat(70_000)}`]) {
    await world.state.put(device, Buffer.from(text), { contentType: "application/json" });
    expect(await world.signIn.granted(bearer(app.access_token))).toMatchObject({ status: 401 });
    expect((await answered(world.signIn, pageRequest("GET", "/write/session", { cookie: one.cookie }))).status).toBe(
      401,
    );
    expect((await answered(world.signIn, pageRequest("GET", "/write/access", { cookie: two.cookie }))).status).toBe(
      200,
    );
  }
});

test("that a use cannot be noted keeps nobody from writing", async () => {
  const plain = memoryStore();
  let isFailing = false;
  const state = {
    ...plain,
    async put(...words: Parameters<typeof plain.put>) {
      if (isFailing) throw new StoreError("memory", "put", words[0], "503");
      return await plain.put(...words);
    },
  };
  const world = signInWorld({ state });
  const { cookie } = await letIn(world);
  const { access_token } = await connectApp(world.signIn, cookie);
  isFailing = true;
  world.clock.advance(2 * 86_400_000);
  expect(await world.signIn.granted(bearer(access_token))).toMatchObject({ role: "owner" });
});
