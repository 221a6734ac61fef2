/** Attacks on sign-in, one by one: what an attacker holds, tries, and gets. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSecret } from "../../lib/signin/kept/secrets.ts";
import { comesFromUs } from "../../lib/signin/requests/sameorigin.ts";
import {
  APP,
  agreed,
  answered,
  assertion,
  authorizationQuery,
  bearer,
  connectApp,
  formRequest,
  interruptedStore,
  jsonOf,
  keptTexts,
  letIn,
  ORIGIN,
  pageRequest,
  redeemForm,
  registration,
  requestOf,
  type SignInWorld,
  signInWorld,
  verifyRequest,
} from "../support/signin.ts";
import { SITE } from "../support/world.ts";

const token = ({ signIn }: SignInWorld, form: { readonly [name: string]: string }) =>
  answered(signIn, formRequest("/write/token", form));

async function owner(documents = {}) {
  const world = signInWorld({ documents });
  const { cookie, passkey } = await letIn(world, "owner", "ada");
  return { world, cookie, passkey };
}

describe("a stolen code", () => {
  test.each<readonly [what: string, changed: { readonly [name: string]: string }]>([
    ["without the verifier", { code_verifier: "" }],
    ["with another verifier", { code_verifier: "A".repeat(43) }],
    ["with the challenge for a verifier", { code_verifier: "gz9P6Gz8a1pXDGSwM7QTyzA0-MmhsyCsyRGcTYVDdLk" }],
    ["by another app", { client_id: "https://evil.example/" }],
    ["with another address to lead back to", { redirect_uri: `${APP}other` }],
    ["as a refresh token", { grant_type: "refresh_token" }],
  ])("%s gives nothing, and leaves it to its app", async (_, changed) => {
    const { world, cookie } = await owner();
    const code = (await agreed(world.signIn, cookie)).get("code") ?? "";
    expect((await token(world, { ...redeemForm(code, changed), refresh_token: code })).status).toBe(400);
    expect((await token(world, redeemForm(code))).status).toBe(200);
  });

  test("is worth nothing after ten minutes", async () => {
    const { world, cookie } = await owner();
    const code = (await agreed(world.signIn, cookie)).get("code") ?? "";
    world.clock.advance(600_000);
    expect(await jsonOf(await token(world, redeemForm(code)))).toMatchObject({ error: "invalid_grant" });
  });
});

describe("a code of a device that was revoked before its app redeemed it", () => {
  test.each(["/write/token", "/write/auth"])("says for nobody who they are: %s", async (path) => {
    const { world, cookie } = await owner();
    const code = (await agreed(world.signIn, cookie)).get("code") ?? "";
    const { devices } = await jsonOf(await answered(world.signIn, pageRequest("GET", "/write/access", { cookie })));
    await answered(world.signIn, pageRequest("DELETE", `/write/access/${devices[0]?.id}`, { cookie }));
    const answer = await answered(world.signIn, formRequest(path, redeemForm(code)));
    expect([answer.status, (await jsonOf(answer)).me]).toEqual([400, undefined]);
  });

  test("nor for an author whom site.yaml names no more", async () => {
    const { world } = await owner();
    const { cookie } = await letIn(world, "author", "bo");
    const code = (await agreed(world.signIn, cookie)).get("code") ?? "";
    world.setSite(SITE);
    for (const path of ["/write/auth", "/write/token"]) {
      const answer = await answered(world.signIn, formRequest(path, redeemForm(code)));
      expect([answer.status, (await jsonOf(answer)).me]).toEqual([403, undefined]);
    }
  });
});

describe("what is revoked at the very moment", () => {
  /** A device and its app; `revoke` is what the owner does on another device. */
  async function revocable() {
    const { state, interrupt } = interruptedStore();
    const world = signInWorld({ state });
    const other = await letIn(world, "owner", "ada");
    const { cookie, passkey } = await letIn(world, "author", "bo");
    const app = await connectApp(world.signIn, cookie);
    const { devices } = await jsonOf(
      await answered(world.signIn, pageRequest("GET", "/write/access", { cookie: other.cookie })),
    );
    const id = devices.find(({ author }) => author === "bo")?.id;
    const revoke = () => answered(world.signIn, pageRequest("DELETE", `/write/access/${id}`, { cookie: other.cookie }));
    world.clock.advance(2 * 86_400_000);
    await world.signIn.granted(pageRequest("GET", "/write/session", { cookie: other.cookie })); // its use is noted
    return { world, cookie, passkey, app, revokeBeforePut: () => interrupt(revoke) };
  }

  test("does not sign in", async () => {
    const { world, passkey, revokeBeforePut } = await revocable();
    const answer = await assertion(world.signIn, passkey);
    revokeBeforePut();
    expect((await answered(world.signIn, verifyRequest(answer))).status).toBe(403);
  });

  test("is not renewed, nor brought back by a use that is noted", async () => {
    for (const use of ["renew", "access", "cookie"]) {
      const { world, cookie, app, revokeBeforePut } = await revocable();
      const form = { grant_type: "refresh_token", refresh_token: app.refresh_token, client_id: APP };
      revokeBeforePut();
      if (use === "renew") expect((await token(world, form)).status).toBe(400);
      else if (use === "access") await world.signIn.granted(bearer(app.access_token));
      else await world.signIn.granted(pageRequest("GET", "/write/session", { cookie }));
      expect(await world.signIn.granted(bearer(app.access_token))).toMatchObject({ status: 401 });
      expect(await world.signIn.granted(pageRequest("GET", "/write/session", { cookie }))).toMatchObject({
        status: 401,
      });
      expect((await token(world, form)).status).toBe(400);
      const kept = [...(await keptTexts(world.state)).keys()];
      expect(kept.filter((key) => /tokens|devices/.test(key))).toHaveLength(2); // those of the owner
    }
  });
});

describe("an answer of a passkey that is made to harm", () => {
  const registering = async (change: (response: { attestationObject: string }) => object, origin?: string) => {
    const world = signInWorld();
    const { code } = await world.signIn.newCode({ role: "owner", seconds: 60 });
    const made = await registration(world.signIn, code, origin === undefined ? {} : { forgery: { origin } });
    const body = (await made.request().json()) as { response: { response: { attestationObject: string } } };
    const response = { ...body.response, response: { ...body.response.response, ...change(body.response.response) } };
    const answer = await answered(
      world.signIn,
      pageRequest("POST", "/write/session/register", { body: { ...body, response } }),
    );
    return { status: answer.status, lines: world.lines };
  };

  test.each([
    ["lists in lists, without end", Buffer.alloc(45_000, 0x81)],
    ["a map of more than there is", Buffer.from("bbffffffffffffffff", "hex")],
    ["text of more than there is", Buffer.from("7bffffffffffffffff", "hex")],
    ["nothing", Buffer.alloc(0)],
    ["a number", Buffer.from([1])],
    ["null", Buffer.from([0xf6])],
  ])("is refused: %s", async (_, bytes) => {
    expect((await registering(() => ({ attestationObject: bytes.toString("base64url") }))).status).toBe(403);
  });

  test("stands in one line of the log, in printable letters", async () => {
    const origin = "https://evil.example\n\u001b[2J\u2028sign-in: device 1 signed in\u009b\u202e";
    const { status, lines } = await registering(() => ({}), origin);
    expect([status, lines.some((line) => line.includes("evil.example"))]).toEqual([403, true]);
    for (const line of lines) expect(line).toMatch(/^[ -~]+$/);
  });
});

describe("a replayed code", () => {
  test.each([
    ["with its verifier", {}],
    ["without it", { code_verifier: "A".repeat(43) }],
  ])("%s gives nothing, and ends what was made by it (RFC 6749 4.1.2)", async (_, changed) => {
    const { world, cookie } = await owner();
    const code = (await agreed(world.signIn, cookie)).get("code") ?? "";
    const { access_token } = await jsonOf(await token(world, redeemForm(code)));
    expect((await token(world, redeemForm(code, changed))).status).toBe(400);
    expect(await world.signIn.granted(bearer(access_token))).toMatchObject({ status: 401 });
  });

  test("gives at most one pair of tokens, at once and in two processes, and none that lasts", async () => {
    const { world, cookie } = await owner();
    const code = (await agreed(world.signIn, cookie)).get("code") ?? "";
    const answers = await Promise.all(
      [world.signIn, world.another(), world.another()].map((each) =>
        answered(each, formRequest("/write/token", redeemForm(code))),
      ),
    );
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    for (const answer of answers) {
      const { access_token = "x" } = await jsonOf(answer);
      expect(await world.signIn.granted(bearer(access_token))).toMatchObject({ status: 401 });
    }
    expect([...(await keptTexts(world.state)).values()].filter((text) => text.includes('"app"'))).toEqual([]);
  });

  test("for a profile is worth no token", async () => {
    const { world, cookie } = await owner();
    const code = (await agreed(world.signIn, cookie)).get("code") ?? "";
    expect((await answered(world.signIn, formRequest("/write/auth", redeemForm(code)))).status).toBe(200);
    expect((await token(world, redeemForm(code))).status).toBe(400);
  });
});

const PUBLISHED = {
  [APP]: {
    type: "application/json",
    links: undefined,
    text: JSON.stringify({
      client_id: APP,
      redirect_uris: ["org.example.app:/callback", "javascript:alert(1)", "https://cb.example.net/x"],
    }),
  },
};

describe("an address that is not the app's", () => {
  test.each([
    ["another host", "https://evil.example/redirect"],
    ["a host that begins as the app's", "https://app.example.org.evil.example/"],
    ["a host that ends as the app's", "https://evilapp.example.org/"],
    ["the app's host as a user", "https://app.example.org@evil.example/"],
    ["a user at the app's host", "https://evil@app.example.org/redirect"],
    ["another port", "https://app.example.org:8443/redirect"],
    ["without encryption", "http://app.example.org/redirect"],
    ["a path with dots", "https://app.example.org/redirect/../../open?to=https://evil.example"],
    ["a path with encoded dots", "https://app.example.org/redirect/%2e%2E/open"],
    ["a backslash", "https://app.example.org\\@evil.example/"],
    ["a blank", "https://app.example.org /redirect"],
    ["a line break", "https://app.example.org/redirect\r\nlocation: https://evil.example"],
    ["a fragment", "https://app.example.org/redirect#"],
    ["letters that look alike", "https://аpp.example.org/redirect"],
    ["none at all", ""],
    ["a path alone", "/redirect"],
    ["a path that parsers take for a host", "https:app.example.org/redirect"],
    ["slashes that parsers leave out", "https:///app.example.org/redirect"],
    ["a code of the attacker's own", `${APP}redirect?code=theirs`],
    ["an issuer of the attacker's own", `${APP}redirect?a=b&iss=https%3A%2F%2Fevil.example%2F`],
    ["a scheme that is not published", "org.example.evil:/callback"],
    ["more than what is published", "org.example.app:/callback/more"],
    ["a query after what is published", "https://cb.example.net/x?y"],
    ["another case of what is published", "https://cb.example.net/X"],
    ["a script, though it is published", "javascript:alert(1)"],
    ["data", "data:text/html,hello"],
  ])("is never led to: %s", async (_, redirect_uri) => {
    const { world, cookie } = await owner(PUBLISHED);
    const query = authorizationQuery({ redirect_uri });
    for (const request of [
      pageRequest("GET", `/write/auth/request?${query}`, { cookie }),
      pageRequest("POST", "/write/auth/decide", { cookie, body: { query, scopes: ["create"] } }),
      pageRequest("POST", "/write/auth/decide", { cookie, body: { query, denied: true } }),
    ]) {
      const answer = await answered(world.signIn, request);
      const { error, redirect } = await jsonOf(answer);
      expect([answer.status, error, redirect]).toEqual([400, "invalid_request", undefined]);
    }
  });

  test.each([
    ["a number", "https://2130706433/"],
    ["an address", "https://203.0.113.7/"],
    ["an address of IPv6", "https://[2001:db8::1]/"],
    ["no encryption", "http://app.example.org/"],
    ["a user", "https://a@app.example.org/"],
    ["a fragment", "https://app.example.org/#x"],
    ["dots", "https://app.example.org/a/../b"],
    ["one word", "https://intranet/"],
    ["a host without slashes", "https:app.example.org/"],
    ["a script", "javascript:alert(1)"],
  ])("is no app: one with %s", async (_, client_id) => {
    const { world, cookie } = await owner();
    const query = authorizationQuery({ client_id, redirect_uri: client_id });
    expect((await answered(world.signIn, pageRequest("GET", `/write/auth/request?${query}`, { cookie }))).status).toBe(
      400,
    );
  });

  test("is never led to, whatever is asked for", async () => {
    const { world, cookie } = await owner(PUBLISHED);
    const ofApp = /^(?:https:\/\/app\.example\.org\/|org\.example\.app:\/callback\?|https:\/\/cb\.example\.net\/x\?)/;
    const pieces = fc.constantFrom(
      "https:",
      "//",
      "/",
      "\\",
      "@",
      "app.example.org",
      "evil.example",
      ":",
      "?",
      "#",
      ".",
      "..",
      "%2e",
      " ",
      "\t",
      "x",
      "org.example.app:",
      "/callback",
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.webUrl(),
          fc.array(pieces, { maxLength: 8 }).map((each) => each.join("")),
        ),
        async (redirect_uri) => {
          const body = { query: authorizationQuery({ redirect_uri }), denied: true };
          const { redirect } = await jsonOf(
            await answered(world.signIn, pageRequest("POST", "/write/auth/decide", { cookie, body })),
          );
          if (redirect === undefined) return;
          // As the browser reads it, where the page is.
          const target = new URL(redirect, `${ORIGIN}/write/auth`);
          expect([target.href, target.username]).toEqual([expect.stringMatching(ofApp), ""]);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("a request of authorization that is not whole", () => {
  test.each<readonly [what: string, parts: { readonly [name: string]: string | undefined }, error: string]>([
    ["without a challenge", { code_challenge: undefined }, "invalid_request"],
    ["with a challenge that is its own verifier", { code_challenge_method: "plain" }, "invalid_request"],
    ["with a challenge of no method", { code_challenge_method: undefined }, "invalid_request"],
    ["without a state", { state: undefined }, "invalid_request"],
    ["for a token in the address", { response_type: "token" }, "unsupported_response_type"],
  ])("%s is refused, and its app may be told", async (_, parts, error) => {
    const { world, cookie } = await owner();
    const answer = await answered(
      world.signIn,
      pageRequest("GET", `/write/auth/request?${authorizationQuery(parts)}`, { cookie }),
    );
    const said = await jsonOf(answer);
    expect([answer.status, said.error]).toEqual([400, error]);
    expect(new URL(said.redirect).searchParams.get("iss")).toBe("https://feeds.example.com/write/");
  });

  test("that says something twice is refused", async () => {
    const { world, cookie } = await owner();
    const query = `${authorizationQuery()}&redirect_uri=${encodeURIComponent("https://evil.example/")}`;
    expect((await answered(world.signIn, pageRequest("GET", `/write/auth/request?${query}`, { cookie }))).status).toBe(
      400,
    );
  });

  test("gets no scope that was not asked for, or may not be granted", async () => {
    const { world } = await owner();
    const { cookie } = await letIn(world, "drafts", "bo");
    for (const scopes of [["delete"], ["create"], ["draft", "owner"], undefined]) {
      const body = { query: authorizationQuery({ scope: "create media" }), scopes };
      expect((await answered(world.signIn, pageRequest("POST", "/write/auth/decide", { cookie, body }))).status).toBe(
        400,
      );
    }
  });
});

describe("mix-up: an answer of another server", () => {
  test("is known by its issuer, which every answer of ours names as the metadata does", async () => {
    const { world, cookie } = await owner();
    const { issuer } = await jsonOf(await answered(world.signIn, requestOf("GET", "/write/metadata")));
    expect((await agreed(world.signIn, cookie)).get("iss")).toBe(issuer);
  });
});

describe("a document of an app that says it is another", () => {
  test("says nothing", async () => {
    const evil = "https://evil.example/";
    const text = JSON.stringify({ client_id: APP, client_name: "Bank", redirect_uris: ["https://cb.example.net/x"] });
    const { world, cookie } = await owner({ [evil]: { type: "application/json", links: undefined, text } });
    const shown = await jsonOf(
      await answered(
        world.signIn,
        pageRequest("GET", `/write/auth/request?${authorizationQuery({ client_id: evil, redirect_uri: evil })}`, {
          cookie,
        }),
      ),
    );
    expect(shown.client).toEqual({ id: evil, redirect: evil });
  });
});

const CHANGES = [
  ["POST", "/write/session/code", { code: "AAAAA-AAAAA-AAAAA-AAAAA" }],
  ["POST", "/write/session/register", {}],
  ["POST", "/write/session/options", {}],
  ["POST", "/write/session/verify", {}],
  ["DELETE", "/write/session", undefined],
  ["DELETE", "/write/access/0000000000000000", undefined],
  ["POST", "/write/codes", {}],
  ["POST", "/write/auth/decide", { query: authorizationQuery(), scopes: ["create"] }],
] as const;

describe("a request that another site has the browser send", () => {
  test.each(CHANGES)("does nothing: %s %s", async (method, path, body) => {
    const { world, cookie } = await owner();
    const before = await keptTexts(world.state);
    const text = body === undefined ? undefined : JSON.stringify(body);
    const json = { cookie, "content-type": "application/json" };
    for (const headers of [
      { ...json, origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      { ...json, origin: "https://www.example.com", "sec-fetch-site": "same-site" },
      { ...json, origin: "null" },
      json,
      { ...json, "sec-fetch-site": "none" },
      { ...json, origin: ORIGIN, "sec-fetch-site": "cross-site" },
    ]) {
      expect((await answered(world.signIn, requestOf(method, path, headers, text))).status).toBe(403);
    }
    expect(await keptTexts(world.state)).toEqual(before);
  });

  test.each(CHANGES.filter(([method]) => method === "POST"))("is no form: %s %s", async (method, path, body) => {
    const { world, cookie } = await owner();
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      undefined,
    ]) {
      const headers = { cookie, origin: ORIGIN, "sec-fetch-site": "same-origin", "content-type": type };
      const { status } = await answered(world.signIn, requestOf(method, path, headers, JSON.stringify(body)));
      expect([401, 415]).toContain(status);
    }
  });

  test("comes from us only if every header that says where it comes from says so", () => {
    const origins = fc.constantFrom(
      undefined,
      ORIGIN,
      "https://evil.example",
      "null",
      `${ORIGIN}.evil.example`,
      `${ORIGIN}:443`,
    );
    const sites = fc.constantFrom(undefined, "same-origin", "same-site", "cross-site", "none", "");
    fc.assert(
      fc.property(origins, sites, (origin, site) => {
        const request = requestOf("POST", "/write/micropub", { origin, "sec-fetch-site": site });
        const isRight =
          (origin === ORIGIN && (site === undefined || site === "same-origin")) ||
          (origin === undefined && site === "same-origin");
        expect(comesFromUs(request, ORIGIN)).toBe(isRight);
      }),
    );
  });
});

describe("answers", () => {
  test("with names or secrets are kept by nobody on the way, and are never taken for a page", async () => {
    const { world, cookie } = await owner();
    for (const request of [
      pageRequest("GET", "/write/session", { cookie }),
      pageRequest("GET", "/write/session"),
      pageRequest("GET", "/write/access", { cookie }),
      pageRequest("POST", "/write/codes", { cookie, body: {} }),
      pageRequest("POST", "/write/session/options", { cookie, body: {} }),
      formRequest("/write/token", {}),
    ]) {
      const { headers } = await answered(world.signIn, request);
      expect([
        headers.get("cache-control"),
        headers.get("content-type"),
        headers.get("x-content-type-options"),
      ]).toEqual(["no-store", "application/json", "nosniff"]);
    }
  });

  test("are clear, and none is a fault, whatever is sent", async () => {
    const { world, cookie } = await owner();
    const paths = CHANGES.filter(([method]) => method === "POST").map(([, path]) => path);
    const forms = ["/write/token", "/write/auth", "/write/introspect", "/write/revoke"];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.oneof(fc.json(), fc.string()), async (path, body) => {
        const headers = { cookie, origin: ORIGIN, "content-type": "application/json" };
        const answer = await answered(world.signIn, requestOf("POST", path, headers, body));
        if (answer.status >= 400)
          expect(await jsonOf(answer)).toMatchObject({
            error: expect.any(String),
            error_description: expect.any(String),
          });
      }),
      { numRuns: 300 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...forms),
        fc.dictionary(
          fc.constantFrom(
            "grant_type",
            "code",
            "client_id",
            "redirect_uri",
            "code_verifier",
            "token",
            "refresh_token",
            "scope",
          ),
          fc.string(),
        ),
        async (path, form) => {
          const { status } = await answered(
            world.signIn,
            formRequest(path, { grant_type: "authorization_code", ...form }),
          );
          expect([200, 400, 401]).toContain(status);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("are refused to bodies that are too large", async () => {
    const { world } = await owner();
    const body = { code: "A".repeat(70_000) };
    expect((await answered(world.signIn, pageRequest("POST", "/write/session/code", { body }))).status).toBe(413);
  });
});

describe("a stranger", () => {
  test("makes nothing grow, whatever they send", async () => {
    const { world, cookie } = await owner();
    const { access_token, refresh_token } = await connectApp(world.signIn, cookie);
    await answered(world.signIn, pageRequest("POST", "/write/session/options", { body: {} }));
    const before = await keptTexts(world.state);
    const routes = fc.constantFrom(
      ...CHANGES.map(([method, path]) => [method, path] as const),
      ...(["GET", "POST", "OPTIONS"] as const).flatMap((method) =>
        ["token", "auth", "introspect", "revoke", "metadata", "session", "access", "auth/request", "authors/ada/"].map(
          (path) => [method, `/write/${path}`] as const,
        ),
      ),
    );
    const near = fc.constantFrom(
      `${access_token.slice(0, -2)}xx`,
      `${refresh_token.slice(0, -2)}xx`,
      access_token.slice(0, 26),
    );
    await fc.assert(
      fc.asyncProperty(routes, fc.oneof(fc.string(), near), fc.boolean(), async ([method, path], text, isForm) => {
        const form = { token: text, code: text, refresh_token: text, client_id: APP, grant_type: "refresh_token" };
        const body = isForm
          ? new URLSearchParams(form).toString()
          : JSON.stringify({ code: text, query: text, response: { id: text } });
        const headers = {
          origin: ORIGIN,
          cookie: `__Secure-dripfeed=${encodeURIComponent(text)}`,
          "content-type": isForm ? "application/x-www-form-urlencoded" : "application/json",
        };
        const hasBody = method !== "GET" && method !== "OPTIONS";
        await world.signIn.answer(requestOf(method, path, headers, hasBody ? body : undefined));
        expect(await keptTexts(world.state)).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });
});

describe("what is kept and what is logged", () => {
  test("holds no secret that was ever shown or sent, through everything that people and apps do", async () => {
    const { world, cookie, passkey } = await owner();
    const { signIn } = world;
    const secrets: string[] = [cookie.split("=")[1] ?? ""];
    const { code } = await jsonOf(
      await answered(signIn, pageRequest("POST", "/write/codes", { cookie, body: { author: "bo" } })),
    );
    secrets.push(code, code.replaceAll("-", ""), code.replaceAll("-", "").slice(5));
    await answered(
      signIn,
      pageRequest("POST", "/write/session/code", { body: { code: `${code.slice(0, 6)}AAAAA-AAAAA-AAAAA` } }),
    );
    await answered(signIn, (await registration(signIn, code)).request());
    const answer = await assertion(signIn, passkey);
    secrets.push(answer.response.signature);
    secrets.push(((await answered(signIn, verifyRequest(answer))).headers.get("set-cookie") ?? "").slice(18, 80));
    await answered(signIn, verifyRequest(await assertion(signIn, passkey, { userVerified: false })));
    const granted = (await agreed(signIn, cookie)).get("code") ?? "";
    secrets.push(granted, redeemForm(granted).code_verifier);
    const first = await jsonOf(await token(world, redeemForm(granted)));
    const form = { grant_type: "refresh_token", refresh_token: first.refresh_token, client_id: APP };
    const second = await jsonOf(await token(world, form));
    await signIn.granted(bearer(second.access_token));
    await token(world, form);
    await token(world, redeemForm(granted));
    const third = await connectApp(signIn, cookie);
    await answered(signIn, formRequest("/write/revoke", { token: third.access_token }));
    for (const tokens of [first, second, third]) secrets.push(tokens.access_token, tokens.refresh_token);

    const tails = secrets.flatMap((secret) => [secret, secret.slice(-20)]);
    const said = [...world.lines, ...(await keptTexts(world.state)).values(), ...(await keptTexts(world.state)).keys()];
    expect(world.lines.length).toBeGreaterThan(8);
    expect(tails.filter((secret) => secret.length < 15)).toEqual([]);
    expect(tails.filter((secret) => said.some((each) => each.includes(secret)))).toEqual([]);
  });

  test("is compared by digests, so that how long it takes says nothing of a secret", () => {
    fc.assert(fc.property(fc.string(), fc.string(), (secret, digest) => !isSecret(secret, digest)));
  });
});
