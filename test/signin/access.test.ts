/** Who has access: what each person sees, revokes and hands on, and what site.yaml takes from them. */
import { describe, expect, test } from "vitest";
import { readDrawing } from "../support/qr.ts";
import {
  answered,
  bearer,
  connectApp,
  cookieIn,
  formRequest,
  jsonOf,
  letIn,
  type Person,
  pageRequest,
  registration,
  requestOf,
  type Said,
  type SaidAccess,
  type SignInWorld,
  signInWorld,
} from "../support/signin.ts";
import { SITE } from "../support/world.ts";

const access = async ({ signIn }: SignInWorld, { cookie }: Person): Promise<Said> =>
  await jsonOf(await answered(signIn, pageRequest("GET", "/write/access", { cookie })));

const revoke = ({ signIn }: SignInWorld, { cookie }: Person, id: string) =>
  answered(signIn, pageRequest("DELETE", `/write/access/${id}`, { cookie }));

const statusOf = async (world: SignInWorld, { cookie }: Person): Promise<number> =>
  (await answered(world.signIn, pageRequest("GET", "/write/session", { cookie }))).status;

const codeBy = ({ signIn }: SignInWorld, { cookie }: Person, body: object) =>
  answered(signIn, pageRequest("POST", "/write/codes", { cookie, body }));

/** Of the first one; else a name that nobody has. */
const idOf = (list: readonly SaidAccess[], fits: (each: SaidAccess) => boolean = () => true): string =>
  list.find(fits)?.id ?? "missing";

async function people() {
  const world = signInWorld();
  const ada = await letIn(world, "owner", "ada");
  world.clock.advance(1000);
  const bo = await letIn(world, "author", "bo");
  world.clock.advance(1000);
  const draft = await letIn(world, "drafts", "bo");
  return { world, ada, bo, draft };
}

describe("the list", () => {
  test("has everybody's for an owner, their own for others, and no more than that of who writes drafts", async () => {
    const { world, ada, bo, draft } = await people();
    await connectApp(world.signIn, bo.cookie);
    const named = (list: Said) => list.devices.map(({ author, role, current }) => [author, role, current]);
    const all = await access(world, ada);
    expect(named(all)).toEqual([
      ["bo", "drafts", false],
      ["bo", "author", false],
      ["ada", "owner", true],
    ]);
    expect(all.tokens).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-z]{16}$/),
        client: { id: "https://app.example.org/" },
        device: expect.stringMatching(/^[0-9a-z]{26}$/),
        author: "bo",
        role: "author",
        scopes: ["create", "update", "media", "profile"],
        created: "2026-06-01T12:00:02.000Z",
        expires: "2026-11-28T12:00:02.000Z",
      },
    ]);
    expect(named(await access(world, bo))).toEqual([
      ["bo", "drafts", false],
      ["bo", "author", true],
    ]);
    expect(await access(world, draft)).toMatchObject({ devices: [{ role: "drafts", current: true }], tokens: [] });
  });

  test("says who is an author by now, whom a code can be for", async () => {
    const world = signInWorld();
    const ada = await letIn(world, "owner", "ada");
    world.setSite(`${SITE}authors: { ada: { name: Ada }, cy: { name: Cy } }\n`);
    expect(await access(world, ada)).toMatchObject({
      authors: [
        { key: "ada", name: "Ada" },
        { key: "cy", name: "Cy" },
      ],
    });
  });
});

describe("revoking", () => {
  test("a device ends its session and the apps that it let in, at once, and nothing else", async () => {
    const { world, ada, bo, draft } = await people();
    const app = await connectApp(world.signIn, bo.cookie);
    const others = await connectApp(world.signIn, ada.cookie);
    const list = await access(world, ada);
    const id = idOf(list.devices, ({ role }) => role === "author");
    expect((await revoke(world, ada, id)).status).toBe(204);
    expect([await statusOf(world, bo), await statusOf(world, draft), await statusOf(world, ada)]).toEqual([
      401, 200, 200,
    ]);
    expect(await world.signIn.granted(bearer(app.access_token))).toMatchObject({ status: 401 });
    expect(await world.signIn.granted(bearer(others.access_token))).toMatchObject({ role: "owner" });
    const refreshed = await answered(
      world.signIn,
      formRequest("/write/token", {
        grant_type: "refresh_token",
        refresh_token: app.refresh_token,
        client_id: "https://app.example.org/",
      }),
    );
    expect(refreshed.status).toBe(400);
  });

  test("an app leaves the device as it is", async () => {
    const { world, bo } = await people();
    const app = await connectApp(world.signIn, bo.cookie);
    const id = idOf((await access(world, bo)).tokens);
    expect((await revoke(world, bo, id)).status).toBe(204);
    expect(await world.signIn.granted(bearer(app.access_token))).toMatchObject({ status: 401 });
    expect(await statusOf(world, bo)).toBe(200);
  });

  test("what is another's is as if it were not there", async () => {
    const { world, ada, bo, draft } = await people();
    const { devices } = await access(world, ada);
    const [author, owner] = [
      idOf(devices, ({ role }) => role === "author"),
      idOf(devices, ({ role }) => role === "owner"),
    ];
    for (const [who, id] of [
      [bo, owner],
      [draft, owner],
      [draft, author],
      [bo, "0000000000000000"],
      [bo, "x"],
    ] as const) {
      expect((await revoke(world, who, id)).status).toBe(404);
    }
    expect([await statusOf(world, ada), await statusOf(world, bo)]).toEqual([200, 200]);
  });

  test("one's own device takes its cookie away", async () => {
    const { world, bo } = await people();
    const id = idOf((await access(world, bo)).devices, ({ current }) => current === true);
    const answer = await revoke(world, bo, id);
    expect(answer.headers.get("set-cookie")).toMatch(/^__Secure-dripfeed=; Max-Age=0;/);
    expect(await statusOf(world, bo)).toBe(401);
  });
});

describe("signing out", () => {
  test("ends the session, not the device", async () => {
    const { world, bo } = await people();
    const answer = await answered(world.signIn, pageRequest("DELETE", "/write/session", { cookie: bo.cookie }));
    expect([answer.status, cookieIn(answer)]).toEqual([204, "__Secure-dripfeed="]);
    expect(await statusOf(world, bo)).toBe(401);
    expect(await world.signIn.hasDevices()).toBe(true);
  });
});

describe("a session", () => {
  test("counts for three months after it was last used", async () => {
    const { world, ada } = await people();
    for (let i = 0; i < 4; i++) {
      world.clock.advance(80 * 86_400_000);
      expect(await statusOf(world, ada)).toBe(200);
    }
    world.clock.advance(91 * 86_400_000);
    expect(await statusOf(world, ada)).toBe(401);
  });
});

describe("a code made on the page", () => {
  test("is the link for a further device of one's own", async () => {
    const { world, bo } = await people();
    const answer = await codeBy(world, bo, {});
    const { code, url, qr, expires } = await jsonOf(answer);
    expect(readDrawing(qr)).toBe(url);
    expect([answer.status, url, expires]).toEqual([
      201,
      `https://feeds.example.com/write/#code=${code}`,
      "2026-06-01T12:15:02.000Z",
    ]);
    const { request } = await registration(world.signIn, code);
    expect(await jsonOf(await answered(world.signIn, request()))).toMatchObject({ author: "bo", role: "author" });
  });

  test("is for anybody if an owner makes it, as an author unless the owner says more", async () => {
    const { world, ada } = await people();
    const { code } = await jsonOf(await codeBy(world, ada, { author: "bo" }));
    const { request } = await registration(world.signIn, code);
    expect(await jsonOf(await answered(world.signIn, request()))).toMatchObject({ author: "bo", role: "author" });
  });

  test.each([
    [{ author: "ada" }],
    [{ author: "ada", role: "author" }],
    [{ role: "owner" }],
    [{ author: "bo", role: "owner" }],
  ])("is never for more than one is: %o", async (body) => {
    const { world, bo } = await people();
    expect((await codeBy(world, bo, body)).status).toBe(403);
  });

  test("of somebody who writes drafts is for drafts", async () => {
    const { world, draft } = await people();
    expect((await codeBy(world, draft, { role: "author" })).status).toBe(403);
    expect((await codeBy(world, draft, {})).status).toBe(201);
  });
});

describe("site.yaml", () => {
  test("takes all rights from an author whom it names no more, and gives them back", async () => {
    const { world, bo } = await people();
    const app = await connectApp(world.signIn, bo.cookie);
    world.setSite(`${SITE}authors: { ada: { name: Ada } }\n`);
    const refused = await answered(world.signIn, pageRequest("GET", "/write/session", { cookie: bo.cookie }));
    expect([refused.status, (await jsonOf(refused)).error_description]).toEqual([
      403,
      "bo is not among the authors of site.yaml any more: the owner can name them there again",
    ]);
    expect(await world.signIn.granted(bearer(app.access_token))).toMatchObject({ status: 403 });
    world.setSite(`${SITE}authors: { bo: { name: Bo } }\n`);
    expect(await world.signIn.granted(bearer(app.access_token))).toMatchObject({ role: "author", author: "bo" });
  });

  test("never locks an owner out, who is then nobody's author", async () => {
    const { world, ada } = await people();
    world.setSite(SITE);
    expect(
      await jsonOf(await answered(world.signIn, pageRequest("GET", "/write/session", { cookie: ada.cookie }))),
    ).toEqual({
      name: "Field notes",
      role: "owner",
      scopes: expect.any(Array),
      language: "en",
    });
  });

  test("with one author says who the owner is", async () => {
    const world = signInWorld({ site: `${SITE}authors: { ada: { name: Ada } }\n` });
    const { cookie } = await letIn(world);
    expect(await world.signIn.granted(requestOf("GET", "/write/micropub", { cookie }))).toMatchObject({
      author: "ada",
      role: "owner",
    });
  });
});
