/** Files that come in parts: over connections that break, from phones that lie, and by several requests at once. */
import { rm } from "node:fs/promises";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ADDRESSES } from "../../../lib/base/writing.ts";
import { PART_BYTES, partsFor, sizeOf } from "../../../lib/micropub/media/uploads/parts.ts";
import { readObject, type Store, StoreError } from "../../../lib/stores/store.ts";
import type { Uploads } from "../../../lib/stores/uploads.ts";
import { ANNA, askerOf, BEN, type Desk, desk, errorIn, keysOf, ORIGIN } from "./desk.ts";
import { ftyp, jpeg, notes, REFUSED_SAMPLES, SECRETS, TAKEN_SAMPLES } from "./samples.ts";

const UPLOADS = ADDRESSES.uploads;
const DAY_MS = 24 * 60 * 60 * 1000;

let at: Desk;

beforeEach(async () => {
  at = await desk();
});

afterEach(() => rm(at.folder, { recursive: true, force: true }));

const complete = (id: string, grant = ANNA) => at.ask("POST", `${UPLOADS}/${id}/complete`, undefined, grant);

const begin = async (type: string, size: number) => {
  const response = await at.ask("POST", UPLOADS, { type, size, name: "../../evil.html" });
  return { response, ...((await response.clone().json()) as { id: string; url: string }) };
};

/** What is left in the stores but `site.yaml` and what came of uploads. */
const leftovers = async () => [
  ...(await keysOf(at.input.content)).filter((key) => key !== "site.yaml"),
  ...(await keysOf(at.input.state)).filter((key) => !key.includes("/ended/")),
];

/** A portrait video of three parts. */
const VIDEO = Buffer.concat([ftyp("mp42"), Buffer.alloc(2 * PART_BYTES + 1000, 5)]);

describe("an upload", () => {
  test("goes on after a break: what has come need not be sent again, and nothing is served before its end", async () => {
    const { response, id, url } = await begin("video/mp4", VIDEO.length);
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({
      id,
      partSize: PART_BYTES,
      parts: 3,
      url: "https://media.example.com/media/2027/01/name-1.mp4",
    });
    const { addresses, expires } = (await (
      await at.ask("POST", `${UPLOADS}/${id}/addresses`, { parts: [1, 3] })
    ).json()) as {
      addresses: { [part: string]: string };
      expires: string;
    };
    expect(addresses).toEqual({ 1: `${ORIGIN}${UPLOADS}/${id}/parts/1`, 3: `${ORIGIN}${UPLOADS}/${id}/parts/3` });
    expect(expires).toBe("2026-12-31T18:00:00.000Z");
    const put = (part: number) =>
      at.ask("PUT", `${UPLOADS}/${id}/parts/${part}`, VIDEO.subarray((part - 1) * PART_BYTES, part * PART_BYTES));
    expect((await put(3)).status).toBe(204);
    await put(1);
    // The phone was locked, and the page was loaded anew.
    expect(await (await at.ask("GET", `${UPLOADS}/${id}`)).json()).toEqual({
      id,
      size: VIDEO.length,
      partSize: PART_BYTES,
      parts: 3,
      received: [
        { number: 1, size: PART_BYTES },
        { number: 3, size: 1064 },
      ],
      expires: "2027-01-01T17:00:00.000Z",
    });
    expect(await at.mediaKeys()).toEqual([]);
    const early = await complete(id);
    expect([early.status, await errorIn(early)]).toEqual([
      422,
      expect.objectContaining({ error: "incomplete", missing: [2] }),
    ]);
    await put(2);
    const done = await complete(id);
    expect([done.status, done.headers.get("location"), await done.json()]).toEqual([
      201,
      url,
      { url, type: "video/mp4" },
    ]);
    const stored = await readObject(at.input.content, "media/2027/01/name-1.mp4");
    expect(Buffer.compare(stored?.body ?? Buffer.alloc(0), VIDEO)).toBe(0);
    expect(await leftovers()).toEqual(["media/2027/01/name-1.mp4"]);
  });

  test("that is completed again, or by two at once, has the same answer and one file", async () => {
    const id = await at.upload(VIDEO, "video/mp4");
    const answers = await Promise.all([complete(id), complete(id), complete(id)]);
    answers.push(await complete(id));
    const said = await Promise.all(answers.map(async (each) => [each.status, await each.json()]));
    expect(new Set(said.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(said[0]?.[0]).toBe(201);
    expect(await at.mediaKeys()).toHaveLength(1);
    // Whoever did not hear of it sees that all has come, and completes it once more.
    expect(await (await at.ask("GET", `${UPLOADS}/${id}`)).json()).toEqual({
      ...{ id, size: VIDEO.length, partSize: PART_BYTES, parts: 3, expires: "2027-01-01T17:00:00.000Z" },
      ...{ type: "video/mp4", url: "https://media.example.com/media/2027/01/name-1.mp4" },
      received: [PART_BYTES, PART_BYTES, 1064].map((size, i) => ({ number: i + 1, size })),
    });
  });

  test.each(TAKEN_SAMPLES)("of %s is taken as what it is", async (claimed, bytes, served, extension) => {
    const answer = await complete(await at.upload(bytes, claimed));
    expect(answer.status).toBe(201);
    const url = new URL(((await answer.json()) as { url: string }).url);
    const isOgg = served === "audio/ogg"; // one type of two codecs
    expect(isOgg || url.pathname.endsWith(`.${extension}`)).toBe(true);
  });

  test.each(REFUSED_SAMPLES)(
    "of %s is refused at its end, as often as it is asked, and nothing stays",
    async (_, bytes) => {
      for (const type of ["image/jpeg", "image/webp", "video/mp4", "audio/mpeg"]) {
        const id = await at.upload(bytes, type);
        const answers = [...(await Promise.all([complete(id), complete(id)])), await complete(id)];
        expect(answers.map(({ status }) => status)).toEqual([415, 415, 415]);
        expect(await leftovers()).toEqual([]);
      }
    },
  );

  test("that begins as another type than its file has is refused, though of the same kind", async () => {
    const webm = TAKEN_SAMPLES.find(([claimed]) => claimed === "video/webm")?.[1] ?? Buffer.alloc(0);
    for (const [bytes, type] of [
      [webm, "video/mp4"],
      [jpeg(), "image/png"],
      [ftyp("M4A "), "video/mp4"],
      [ftyp("isom"), "image/jpeg"],
    ] as const) {
      const answer = await complete(await at.upload(bytes, type));
      expect([answer.status, (await errorIn(answer)).error]).toEqual([415, "unsupported_type"]);
    }
    expect(await leftovers()).toEqual([]);
  });

  test("of a picture loses what its camera noted", async () => {
    const answer = await complete(await at.upload(jpeg(notes()), "image/jpeg"));
    expect(answer.status).toBe(201);
    const [key = ""] = await at.mediaKeys();
    const body = Buffer.from((await readObject(at.input.content, key))?.body ?? []);
    for (const each of SECRETS) expect(body.includes(each)).toBe(false);
  });

  test("cannot begin as what is not taken, or with a size that is none or too large", async () => {
    const refusals = [
      [{ type: "image/svg+xml", size: 10 }, 415],
      [{ type: "text/html", size: 10 }, 415],
      [{ type: "image/heic", size: 10 }, 415],
      [{ type: "video/*", size: 10 }, 415],
      [{ size: 10 }, 415],
      [{ type: 7, size: 10 }, 415],
      [{ type: "video/mp4" }, 400],
      [{ type: "video/mp4", size: 0 }, 400],
      [{ type: "video/mp4", size: -1 }, 400],
      [{ type: "video/mp4", size: 1.5 }, 400],
      [{ type: "video/mp4", size: "10" }, 400],
      [{ type: "video/mp4", size: 2_000_000_001 }, 413],
      [{ type: "audio/mpeg", size: 500_000_001 }, 413],
      [{ type: "image/jpeg", size: 20_000_001 }, 413],
      [[], 400],
    ] as const;
    for (const [body, status] of refusals)
      expect([body, (await at.ask("POST", UPLOADS, body)).status]).toEqual([body, status]);
    expect((await at.ask("POST", UPLOADS, Buffer.from("no JSON"))).status).toBe(400);
    expect((await at.ask("POST", UPLOADS, Buffer.alloc(100_000, "x"))).status).toBe(413);
    expect(await leftovers()).toEqual([]);
  });

  test("of which more comes than was said is not taken, and may be mended", async () => {
    const { id } = await begin("image/gif", 10);
    const gif = TAKEN_SAMPLES.find(([claimed]) => claimed === "image/gif")?.[1] ?? Buffer.alloc(0);
    expect((await at.ask("PUT", `${UPLOADS}/${id}/parts/1`, gif.subarray(0, 11))).status).toBe(413);
    expect((await at.ask("PUT", `${UPLOADS}/${id}/parts/2`, gif.subarray(0, 5))).status).toBe(404);
    await at.ask("PUT", `${UPLOADS}/${id}/parts/1`, gif.subarray(0, 9));
    expect((await errorIn(await complete(id))).missing).toEqual([1]);
    await at.ask("PUT", `${UPLOADS}/${id}/parts/1`, gif.subarray(0, 10));
    expect((await complete(id)).status).toBe(201);
  });

  test("of another author is not there, in no way of asking", async () => {
    const id = await at.upload(VIDEO, "video/mp4");
    for (const [method, path, body] of [
      ["GET", id, undefined],
      ["POST", `${id}/addresses`, { parts: [1] }],
      ["PUT", `${id}/parts/1`, Buffer.from("x")],
      ["POST", `${id}/complete`, undefined],
      ["DELETE", id, undefined],
    ] as const) {
      expect((await at.ask(method, `${UPLOADS}/${path}`, body, BEN)).status).toBe(404);
    }
    expect((await complete(id)).status).toBe(201);
    expect((await complete(id, BEN)).status).toBe(404);
    expect((await complete(id, { ...ANNA, id: "her tablet" })).status).toBe(201);
  });

  test("by no name that leads elsewhere", async () => {
    for (const id of [
      "..",
      "%2e%2e%2fhead",
      "a",
      "../../head.json",
      "1-..",
      "1-%00",
      `1-${"x".repeat(200)}`,
      "ended",
      "toString",
    ]) {
      expect(
        (await at.ask("POST", `${UPLOADS}/${id}/complete`).catch((error: Error) => ({ status: error.message }))).status,
      ).toSatisfy((status) => status === 404 || /nothing answers/.test(String(status)));
    }
  });

  test("asks for addresses of its own parts alone", async () => {
    const { id } = await begin("video/mp4", VIDEO.length);
    for (const parts of [[0], [4], [1.5], ["1"], [], [1, 2, 3, 1], "1", undefined]) {
      expect((await at.ask("POST", `${UPLOADS}/${id}/addresses`, { parts })).status).toBe(400);
    }
  });

  test("that is discarded leaves nothing", async () => {
    const id = await at.upload(VIDEO, "video/mp4");
    expect((await at.ask("DELETE", `${UPLOADS}/${id}`)).status).toBe(204);
    expect((await at.ask("DELETE", `${UPLOADS}/${id}`)).status).toBe(404);
    expect((await complete(id)).status).toBe(404);
    expect(await leftovers()).toEqual([]);
  });

  test("expires after a day, and what has come of it is removed", async () => {
    const id = await at.upload(VIDEO, "video/mp4");
    at.input.clock.advance(DAY_MS - 1000);
    expect((await at.ask("GET", `${UPLOADS}/${id}`)).status).toBe(200);
    at.input.clock.advance(1000);
    expect((await complete(id)).status).toBe(404);
    expect(await leftovers()).toEqual([]);
  });

  test("that the store has given up is not there, and leaves nothing", async () => {
    const id = await at.upload(VIDEO, "video/mp4");
    await rm(`${at.folder}/state/.~dripfeed-uploads`, { recursive: true });
    expect((await at.ask("GET", `${UPLOADS}/${id}`)).status).toBe(404);
    expect((await complete(id)).status).toBe(404);
    expect(await leftovers()).toEqual([]);
  });

  test("whose file was made by a process that ended then says that all has come", async () => {
    const id = await at.upload(jpeg(notes()), "image/jpeg");
    const before = await (await at.ask("GET", `${UPLOADS}/${id}`)).json();
    const ended = () => Promise.reject(new Error("it ended"));
    const input = { ...at.input, content: { ...at.input.content, getPart: ended } };
    await expect(askerOf(input).ask("POST", `${UPLOADS}/${id}/complete`)).rejects.toThrow("it ended");
    expect(await (await at.ask("GET", `${UPLOADS}/${id}`)).json()).toEqual(before);
    expect((await complete(id)).status).toBe(201);
  });

  test("whose file nobody has looked at goes with it, by hand or after a day; one that was taken stays", async () => {
    const broken = () => Promise.reject(new Error("it ended"));
    const without = askerOf({ ...at.input, content: { ...at.input.content, getPart: broken } });
    const left = async () => {
      const id = await at.upload(Buffer.from("<script>alert(1)</script>"), "image/jpeg");
      await expect(without.ask("POST", `${UPLOADS}/${id}/complete`)).rejects.toThrow("it ended");
      expect(await at.mediaKeys()).toHaveLength(1);
      return id;
    };
    expect((await at.ask("DELETE", `${UPLOADS}/${await left()}`)).status).toBe(204);
    expect(await leftovers()).toEqual([]);
    const id = await left();
    at.input.clock.advance(DAY_MS);
    expect((await complete(id)).status).toBe(404);
    expect(await leftovers()).toEqual([]);
    await left();
    at.input.clock.advance(DAY_MS);
    await at.ask("DELETE", `${UPLOADS}/${(await begin("image/png", 10)).id}`);
    expect(await leftovers()).toEqual([]);
    // A process ended between the note that it was taken and the removal of the other.
    const taken = await at.upload(jpeg(), "image/jpeg");
    const halfway = askerOf({ ...at.input, state: { ...at.input.state, delete: broken } });
    await expect(halfway.ask("POST", `${UPLOADS}/${taken}/complete`)).rejects.toThrow("it ended");
    at.input.clock.advance(DAY_MS);
    await begin("image/png", 10);
    expect(await at.mediaKeys()).toHaveLength(1);
  });

  test("is one of fifty that an author has at once; those that expired count no more, and leave nothing", async () => {
    for (let i = 0; i < 50; i += 1) expect((await begin("image/png", 10)).response.status).toBe(201);
    const refused = await at.ask("POST", UPLOADS, { type: "image/png", size: 10 });
    expect([refused.status, refused.headers.get("retry-after"), (await errorIn(refused)).error]).toEqual([
      429,
      "86400",
      "too_many",
    ]);
    expect((await at.ask("POST", UPLOADS, { type: "image/png", size: 10 }, BEN)).status).toBe(201);
    at.input.clock.advance(DAY_MS);
    expect((await begin("image/png", 10)).response.status).toBe(201);
    expect((await leftovers()).filter((key) => key.includes("/open/"))).toHaveLength(2);
  });
});

test("a file is cut into parts of one length but the last, and only what has all of them is whole", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2_000_000_000 }),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.nat(PART_BYTES))),
      (size, others) => {
        const sizes = Array.from({ length: Math.ceil(size / PART_BYTES) }, (_, i) => sizeOf(i + 1, size));
        expect(sizes.reduce((sum, each) => sum + each, 0)).toBe(size);
        expect(sizes.every((each) => each > 0 && each <= PART_BYTES)).toBe(true);
        const whole = sizes.map((bytes, i) => ({ number: i + 1, size: bytes, etag: "e" }));
        expect(partsFor(size, whole)).toEqual({ parts: whole });
        const wrong = others
          .filter(([number, bytes]) => sizes[number - 1] !== bytes)
          .map(([number, bytes]) => ({ number, size: bytes, etag: "e" }));
        expect(partsFor(size, wrong)).toEqual({ missing: sizes.map((_, i) => i + 1) });
      },
    ),
  );
});

describe("a process that ends at any operation of completing", () => {
  /** Each operation of the stores counts; the one at `end` takes effect or not, and none does after it. */
  function ending(
    end: number,
    takesEffect: boolean,
  ): { readonly input: Desk["input"]; readonly wasReached: () => boolean } {
    let counted = 0;
    const count = async <T>(work: () => Promise<T>): Promise<T> => {
      counted += 1;
      if (counted === end + 1 && takesEffect) await work();
      if (counted > end) throw new StoreError("a store", "put", "", "the process ended");
      return work();
    };
    const { content, state, uploads } = at.input;
    const wrapStore = (store: Store): Store => ({
      ...store,
      get: (...args) => count(() => store.get(...args)),
      getPart: (...args) => count(() => store.getPart(...args)),
      put: (...args) => count(() => store.put(...args)),
      delete: (...args) => count(() => store.delete(...args)),
    });
    const wrapped: Uploads = {
      ...uploads,
      parts: (...args) => count(() => uploads.parts(...args)),
      complete: (...args) => count(() => uploads.complete(...args)),
    };
    const input = { ...at.input, content: wrapStore(content), state: wrapStore(state), uploads: wrapped };
    return { input, wasReached: () => counted > end };
  }

  test.each([
    ["a picture", jpeg(notes()), 201],
    ["what is none", Buffer.from("<script>alert(1)</script>"), 415],
  ] as const)("leaves the next to finish it: %s", async (_, bytes, status) => {
    let reached = 0;
    for (const takesEffect of [false, true]) {
      for (let end = 0; ; end += 1) {
        const id = await at.upload(bytes, "image/jpeg");
        const { input, wasReached } = ending(end, takesEffect);
        const first = await askerOf(input)
          .ask("POST", `${UPLOADS}/${id}/complete`)
          .catch((error: unknown) => error);
        if (wasReached()) expect(first).toBeInstanceOf(StoreError);
        expect((await complete(id)).status).toBe(status);
        expect((await complete(id)).status).toBe(status);
        const keys = await at.mediaKeys();
        expect(keys).toHaveLength(status === 201 ? 1 : 0);
        for (const key of keys) {
          const body = Buffer.from((await readObject(at.input.content, key))?.body ?? []);
          for (const each of SECRETS) expect(body.includes(each)).toBe(false);
          await at.input.content.delete(key);
        }
        expect(await leftovers()).toEqual([]);
        if (!wasReached()) break;
        reached += 1;
      }
    }
    expect(reached).toBeGreaterThan(10);
  });
});
