/** Who a request is from: tokens, cookies, and nothing else. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AUTHOR_HEADER } from "../../lib/base/writing.ts";
import {
  bearer,
  connectApp,
  formRequest,
  jsonOf,
  keptTexts,
  letIn,
  ORIGIN,
  pageRequest,
  requestOf,
  signInWorld,
} from "../support/signin.ts";
import { SITE } from "../support/world.ts";

async function connected() {
  const world = signInWorld();
  const { cookie } = await letIn(world, "author", "bo");
  const { access_token: token } = await connectApp(world.signIn, cookie);
  return { world, cookie, token: String(token) };
}

describe("an access token", () => {
  test("counts in the header, and in a form whose body can still be read", async () => {
    const { world, token } = await connected();
    const grant = {
      author: "bo",
      role: "author",
      scopes: ["create", "update", "media", "profile"],
      id: expect.any(String),
    };
    expect(await world.signIn.granted(bearer(token, "POST"))).toEqual(grant);
    expect(
      await world.signIn.granted(requestOf("POST", "/write/micropub", { authorization: `bearer ${token}` })),
    ).toEqual(grant);
    const request = formRequest("/write/micropub", { h: "entry", content: "Words", access_token: token });
    expect(await world.signIn.granted(request)).toEqual(grant);
    expect((await request.formData()).get("content")).toBe("Words");
  });

  test("counts once a request (RFC 6750 2, and micropub.rocks)", async () => {
    const { world, token } = await connected();
    const twice = formRequest(
      "/write/micropub",
      { h: "entry", access_token: token },
      { authorization: `Bearer ${token}` },
    );
    const refused = await world.signIn.granted(twice);
    if (!(refused instanceof Response)) throw new Error("it was granted");
    expect([refused.status, (await jsonOf(refused)).error]).toEqual([400, "invalid_request"]);
    const inForm = requestOf(
      "POST",
      "/write/micropub",
      { "content-type": "application/x-www-form-urlencoded" },
      `access_token=${token}&access_token=${token}`,
    );
    expect(await world.signIn.granted(inForm)).toMatchObject({ status: 400 });
  });

  test("is not looked for in an address, where logs would keep it", async () => {
    const { world, token } = await connected();
    expect(await world.signIn.granted(requestOf("GET", `/write/micropub?access_token=${token}`))).toMatchObject({
      status: 401,
    });
  });

  test("that is wrong says so, and one that is missing says only how to send it (RFC 6750 3.1)", async () => {
    const { world } = await connected();
    const answers = await Promise.all(
      [{}, { authorization: "Bearer x" }, { authorization: "Basic eDp5" }].map((headers) =>
        world.signIn.granted(requestOf("GET", "/write/micropub", headers)),
      ),
    );
    expect(
      answers.map((answer) => answer instanceof Response && [answer.status, answer.headers.get("www-authenticate")]),
    ).toEqual([
      [401, 'Bearer realm="dripfeed"'],
      [401, 'Bearer realm="dripfeed", error="invalid_token"'],
      [401, 'Bearer realm="dripfeed", error="invalid_token"'],
    ]);
  });

  test("of an app lets nobody into what only the page may do", async () => {
    const { world, token } = await connected();
    for (const [method, path] of [
      ["GET", "/write/session"],
      ["GET", "/write/access"],
      ["POST", "/write/codes"],
      ["POST", "/write/auth/decide"],
      ["DELETE", "/write/access/0000000000000000"],
    ] as const) {
      const request = requestOf(method, path, {
        authorization: `Bearer ${token}`,
        origin: ORIGIN,
        "content-type": "application/json",
      });
      expect((await world.signIn.answer(request))?.status).toBe(401);
    }
  });

  test("counts for a month, and its use is noted once a day", async () => {
    const { world, token } = await connected();
    world.clock.advance(86_400_000);
    await world.signIn.granted(bearer(token));
    const noted = await keptTexts(world.state);
    world.clock.advance(3_600_000);
    await world.signIn.granted(bearer(token));
    expect(await keptTexts(world.state)).toEqual(noted);
    world.clock.advance(29 * 86_400_000);
    expect(await world.signIn.granted(bearer(token))).toMatchObject({ status: 401 });
  });

  test("of another kind is none: a cookie's, a refresh token, a code", async () => {
    const { world, cookie } = await connected();
    const app = await connectApp(world.signIn, cookie);
    for (const token of [cookie.split("=")[1] ?? "", app.refresh_token, String(app.access_token).replace("_a", "_s")]) {
      expect(await world.signIn.granted(bearer(token))).toMatchObject({ status: 401 });
      const forged = { cookie: `__Secure-dripfeed=${String(app.access_token).replace("_a", "_s")}` };
      expect(await world.signIn.granted(requestOf("GET", "/write/micropub", forged))).toMatchObject({ status: 401 });
    }
  });
});

describe("the cookie", () => {
  test.each([
    ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
    ["another site, in an old browser", { origin: "https://evil.example" }],
    ["a sibling's site", { origin: "https://www.example.com", "sec-fetch-site": "same-site" }],
    ["a document without an origin", { origin: "null", "sec-fetch-site": "cross-site" }],
    ["our site by its own word alone", { referer: `${ORIGIN}/write/` }],
    ["a link that was clicked", { "sec-fetch-site": "none" }],
  ])("counts for nothing that changes something if it comes from %s", async (_, headers) => {
    const { world, cookie } = await connected();
    expect(await world.signIn.granted(requestOf("POST", "/write/micropub", { cookie, ...headers }))).toMatchObject({
      status: 403,
    });
    const own = { cookie, origin: ORIGIN, "sec-fetch-site": "same-origin" };
    expect(await world.signIn.granted(requestOf("POST", "/write/micropub", own))).toMatchObject({ role: "author" });
  });

  test("that comes twice is not ours", async () => {
    const { world, cookie } = await connected();
    expect(
      await world.signIn.granted(requestOf("GET", "/write/micropub", { cookie: `${cookie}; ${cookie}` })),
    ).toMatchObject({ status: 401 });
  });
});

describe("a request that says for whom it is", () => {
  const NAMES = ["林", "Zoë & co/?%", "bo"];
  const site = `${SITE}authors:\n${NAMES.map((name) => `  ${JSON.stringify(name)}: { name: x }\n`).join("")}`;
  const world = signInWorld({ site });
  const asked = (cookie: string, said: string) =>
    world.signIn.granted(pageRequest("POST", "/write/micropub", { cookie, headers: { [AUTHOR_HEADER]: said } }));

  test.each(NAMES)("is granted to %s alone", async (author) => {
    const { cookie } = await letIn(world, "author", author);
    expect(await asked(cookie, encodeURIComponent(author))).toMatchObject({ author });
    for (const other of [...NAMES.filter((name) => name !== author), "", `${author} `]) {
      const refused = await asked(cookie, encodeURIComponent(other));
      expect(refused).toMatchObject({ status: 409 });
      expect(await jsonOf(refused as Response)).toMatchObject({ error: "other_person" });
    }
  });

  test("is for an owner who is no author where it names none", async () => {
    const { cookie } = await letIn(world, "owner");
    expect(await asked(cookie, "")).toMatchObject({ role: "owner" });
    expect(await asked(cookie, "bo")).toMatchObject({ status: 409 });
  });

  test("is not understood where the name is not as encodeURIComponent writes it", async () => {
    const { cookie } = await letIn(world, "author", "林");
    for (const said of ["%", "%E6%9E", "%zz"]) expect(await asked(cookie, said)).toMatchObject({ status: 400 });
  });

  test("says nothing of a token, which is one person's, nor of somebody who is not signed in", async () => {
    const { cookie } = await letIn(world, "author", "bo");
    const { access_token: token } = await connectApp(world.signIn, cookie);
    const headers = { [AUTHOR_HEADER]: "ada", authorization: `Bearer ${token}` };
    expect(await world.signIn.granted(requestOf("POST", "/write/micropub", headers))).toMatchObject({ author: "bo" });
    expect(await asked("__Secure-dripfeed=x", "%")).toMatchObject({ status: 401 });
  });

  test("whatever it says, is granted to nobody but the one whom it names", async () => {
    const { cookie } = await letIn(world, "author", "林");
    const said = fc.oneof(
      fc.string({ unit: "binary" }).map((text) => encodeURIComponent(text.toWellFormed())),
      fc.string({ unit: "grapheme-ascii" }).map((text) => text.trim()),
      fc.constantFrom("%e6%9e%97", "%E6%9E%97%00", "%25E6%259E%2597"),
    );
    await fc.assert(
      fc.asyncProperty(said, async (text) => {
        const granted = await asked(cookie, text);
        if (granted instanceof Response) expect([400, 409]).toContain(granted.status);
        else expect(decodeURIComponent(text)).toBe("林");
      }),
    );
  });
});

const words = fc.string({ unit: "binary-ascii", maxLength: 60 }).map((text) => text.replace(/[^\x21-\x7e]/g, "x"));
const tokens = fc.oneof(
  words,
  fc
    .record({
      kind: fc.constantFrom("a", "s", "r", "c"),
      id: fc.stringMatching(/^[0-9a-z]{16}$/),
      secret: fc.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    })
    .map(({ kind, id, secret }) => `dripfeed_${kind}${id}_${secret}`),
);

test("no random request is ever granted anything", async () => {
  const { world, token, cookie } = await connected();
  /** Those that exist, with another secret; and names of other objects. */
  const near = fc.constantFrom(
    `${token.slice(0, -1)}${token.endsWith("A") ? "E" : "A"}`,
    token.slice(0, 27),
    `${(cookie.split("=")[1] ?? "").slice(0, -2)}AA`,
    "dripfeed_a../devices/abc_x",
  );
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        method: fc.constantFrom("GET", "POST", "PUT", "DELETE"),
        scheme: fc.constantFrom("Bearer ", "bearer  ", "Basic ", "", "Bearer,"),
        token: fc.oneof(tokens, near),
        where: fc.constantFrom("header", "cookie", "form", "query"),
      }),
      async ({ method, scheme, token: text, where }) => {
        const path = where === "query" ? `/write/micropub?access_token=${encodeURIComponent(text)}` : "/write/micropub";
        const request =
          where === "form"
            ? formRequest(path, { access_token: text })
            : requestOf(method, path, {
                origin: ORIGIN,
                ...(where === "header" ? { authorization: scheme + text } : {}),
                ...(where === "cookie" ? { cookie: `__Secure-dripfeed=${text}` } : {}),
              });
        const granted = await world.signIn.granted(request);
        expect(granted).toBeInstanceOf(Response);
      },
    ),
    { numRuns: 500 },
  );
});
