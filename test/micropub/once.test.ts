/** A request that is sent again makes nothing twice, at whichever operation it was cut off. */
import { describe, expect, test } from "vitest";
import { faulty, MISHAPS, only } from "../faults/faulty.ts";
import { world } from "../support/world.ts";
import { desk, deskOn, entry } from "./desk.ts";

const KEY = { headers: { "idempotency-key": "4f6c1f0e-5c38-4a53-9c26-2f6a64a6a1b7" } };
const POST = entry({ name: ["Rain"], content: ["At last."] });

test("the same request twice makes one post, and is answered alike", async () => {
  const to = await desk();
  const [one, two] = [await to.json(POST, KEY), await to.json(POST, KEY)];
  expect([one.status, two.status]).toEqual([202, 202]);
  expect(await two.json()).toEqual(await one.json());
  expect(await to.keys()).toEqual(["posts/rain.md"]);
});

test("the same request at once makes one post", async () => {
  const to = await desk();
  const answers = await Promise.all(Array.from({ length: 5 }, () => to.json(POST, KEY)));
  expect(new Set(answers.map(({ headers }) => headers.get("location"))).size).toBe(1);
  expect(await to.keys()).toEqual(["posts/rain.md"]);
});

test("a request that comes after the post was removed does not make it again", async () => {
  const to = await desk();
  const answer = await to.json(POST, KEY);
  await to.remove("posts/rain.md");
  expect((await to.json(POST, KEY)).headers.get("location")).toBe(answer.headers.get("location"));
  expect(await to.keys()).toEqual([]);
});

test("a post that takes the name meanwhile keeps it, and the request has the next one for good", async () => {
  const built = await world();
  const marks = async () =>
    Object.keys(await built.dump(built.state)).filter((key) => key.startsWith("write/created/"));
  const to = deskOn(built, built);
  for (let n = 0; (await marks()).length === 0; n++) {
    const { stores } = faulty(built, MISHAPS["is the last of a process that is killed, and takes no effect"], n);
    await deskOn(built, stores)
      .json(POST, KEY)
      .catch(() => undefined);
  }
  expect(await to.keys()).toEqual([]);
  await to.json(entry({ name: ["Rain"], content: ["Another"] }));
  const answer = await to.json(POST, KEY);
  expect((await to.keys()).toSorted()).toEqual(["posts/rain-2.md", "posts/rain.md"]);
  await to.remove("posts/rain-2.md");
  expect((await to.json(POST, KEY)).headers.get("location")).toBe(answer.headers.get("location"));
  expect(await to.keys()).toEqual(["posts/rain.md"]);
});

test("another post under the same key is refused", async () => {
  const to = await desk();
  await to.json(POST, KEY);
  const answer = await to.json(entry({ content: ["Another"] }), KEY);
  expect([answer.status, await to.keys()]).toEqual([400, ["posts/rain.md"]]);
});

test("without a key each request is a post of its own", async () => {
  const to = await desk();
  const answers = await Promise.all([to.json(POST), to.json(POST), to.json(POST)]);
  expect(new Set(answers.map(({ headers }) => headers.get("location"))).size).toBe(3);
  expect((await to.keys()).toSorted()).toEqual(["posts/rain-2.md", "posts/rain-3.md", "posts/rain.md"]);
});

describe.each(Object.entries(MISHAPS).filter(([, { on }]) => on.length > 0))("an operation that %s", (_, mishap) => {
  test("and the request once more: one post, as it was sent", async () => {
    for (let n = 0; n < 60; n++) {
      const built = await world();
      const { stores, wasAffected, completeAll } = faulty(built, only(mishap, ["get", "put", "swap", "delete"]), n);
      const first = await deskOn(built, stores)
        .json(POST, KEY)
        .catch(() => undefined);
      const to = deskOn(built, built);
      const answer = await to.json(POST, KEY);
      await completeAll();
      const third = await to.json(POST, KEY);
      expect([answer.status, third.status]).toEqual([202, 202]);
      expect(await to.keys(), `operation ${n}`).toEqual(["posts/rain.md"]);
      expect(await to.file()).toContain("At last.");
      if (first?.status === 202) expect(first.headers.get("location")).toBe(answer.headers.get("location"));
      if (!wasAffected()) break;
    }
  });

  test("and an update, or a delete, once more: done once, and nothing else lost", async () => {
    const requests = [
      { request: { action: "update", add: { category: ["b"] } }, has: "tags: [a, b]\n" },
      { request: { action: "delete" }, has: "withdrawn: 2026-06-01" },
    ];
    for (const { request, has } of requests) {
      for (let n = 0; n < 60; n++) {
        const built = await world({
          "posts/rain.md": "---\ntitle: Rain # ours\ndate: 2026-05-01\ntags: [a]\n---\nAt last.\n",
        });
        const asked = { ...request, url: "https://example.com/2026/05/01/rain/" };
        const { stores, wasAffected, completeAll } = faulty(built, only(mishap, ["get", "put", "swap", "delete"]), n);
        await deskOn(built, stores)
          .json(asked)
          .catch(() => undefined);
        const to = deskOn(built, built);
        expect((await to.json(asked)).status).toBe(200);
        await completeAll();
        const file = await to.file();
        expect(file, `operation ${n}`).toContain(has);
        expect(file).toContain("title: Rain # ours\n");
        expect(file).toContain("At last.\n");
        if (!wasAffected()) break;
      }
    }
  });
});
