/** IndieAuth as apps use it: from what they discover to a token that they renew, and end. */
import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { revokeAccess } from "../../lib/signin/people/access.ts";
import { makePersonalToken } from "../../lib/signin/tokens/personal.ts";
import {
  APP,
  agreed,
  answered,
  authorizationQuery,
  bearer,
  connectApp,
  formRequest,
  interruptedStore,
  jsonOf,
  letIn,
  pageRequest,
  redeemForm,
  requestOf,
  type SignInWorld,
  signInWorld,
  type Worlds,
} from "../support/signin.ts";
import { SITE } from "../support/world.ts";

const ISSUER = "https://feeds.example.com/write/";

const JSON_APP = {
  type: "application/json",
  links: undefined,
  text: JSON.stringify({
    client_id: APP,
    client_name: "Notes \u202eon the go",
    logo_uri: "/logo.png",
    redirect_uris: ["org.example.app:/callback", "https://other.example.net/cb"],
  }),
};

async function signedInOwner(worlds: Worlds = {}) {
  const world = signInWorld(worlds);
  const { cookie } = await letIn(world, "owner", "ada");
  return { world, cookie };
}

const ask = async ({ signIn }: SignInWorld, cookie: string, query: string) =>
  await answered(signIn, pageRequest("GET", `/write/auth/request?${query}`, { cookie }));

const refresh = ({ signIn }: SignInWorld, token: string, more: { readonly [name: string]: string } = {}) =>
  answered(
    signIn,
    formRequest("/write/token", { grant_type: "refresh_token", refresh_token: token, client_id: APP, ...more }),
  );

const introspect = ({ signIn }: SignInWorld, asking: string | undefined, token: string) =>
  answered(
    signIn,
    formRequest("/write/introspect", { token }, asking === undefined ? {} : { authorization: `Bearer ${asking}` }),
  );

describe("what apps discover", () => {
  test("is the metadata, whose issuer is a prefix of its address", async () => {
    const { signIn } = signInWorld();
    const answer = await answered(signIn, requestOf("GET", "/write/metadata", { origin: "https://app.example.org" }));
    expect(await jsonOf(answer)).toEqual({
      issuer: ISSUER,
      authorization_endpoint: `${ISSUER}auth`,
      token_endpoint: `${ISSUER}token`,
      introspection_endpoint: `${ISSUER}introspect`,
      introspection_endpoint_auth_methods_supported: ["Bearer"],
      revocation_endpoint: `${ISSUER}revoke`,
      revocation_endpoint_auth_methods_supported: ["none"],
      token_endpoint_auth_methods_supported: ["none"],
      scopes_supported: ["create", "draft", "update", "delete", "undelete", "media", "profile"],
      response_types_supported: ["code"],
      response_modes_supported: ["query"],
      grant_types_supported: ["authorization_code", "refresh_token"],
      code_challenge_methods_supported: ["S256"],
      authorization_response_iss_parameter_supported: true,
      client_id_metadata_document_supported: true,
    });
  });

  test("is told by the pages of authors, in links of their heads and of the answer", async () => {
    const { signIn } = signInWorld();
    const answer = await answered(signIn, requestOf("GET", "/write/authors/ada/"));
    const link = answer.headers.get("link") ?? "";
    const page = await answer.text();
    for (const [rel, path] of [
      ["indieauth-metadata", "metadata"],
      ["micropub", "micropub"],
      ["authorization_endpoint", "auth"],
      ["token_endpoint", "token"],
    ]) {
      expect(link).toContain(`<${ISSUER}${path}>; rel="${rel}"`);
      expect(page).toContain(`<link rel="${rel}" href="${ISSUER}${path}">`);
    }
    expect(page).toContain('<a class="p-name u-url" href="https://ada.example.com/">Ada Lovelace</a>');
    expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(await signIn.answer(requestOf("GET", "/write/authors/owner/"))).toMatchObject({ status: 200 });
    for (const path of ["eve/", "constructor/", "%zz/", ""]) {
      expect(await signIn.answer(requestOf("GET", `/write/authors/${path}`))).toBeUndefined();
    }
  });

  test("leaves the authorization endpoint itself to the page", async () => {
    const { signIn } = signInWorld();
    expect(await signIn.answer(requestOf("GET", `/write/auth?${authorizationQuery()}`))).toBeUndefined();
  });
});

describe("what the person is shown", () => {
  test("is the app, where it leads back to, what it asks for, and as whom", async () => {
    const { world, cookie } = await signedInOwner({ documents: { [APP]: JSON_APP } });
    const query = authorizationQuery({ scope: "post email profile media", me: "ada.example.com" });
    expect(await jsonOf(await ask(world, cookie, query))).toEqual({
      client: { id: APP, name: "Notes on the go", logo: `${APP}logo.png`, redirect: `${APP}redirect` },
      scopes: ["create", "media", "profile"],
      me: "https://ada.example.com/",
    });
  });

  test.each([
    [undefined, "https://feeds.example.com/write/authors/ada/"],
    ["https://ada.example.com", "https://ada.example.com/"],
    ["https://example.com/", "https://example.com/"],
    ["http://ada.example.com/", "https://ada.example.com/"],
    ["example.com", "https://example.com/"],
    ["https://example.com/other", "https://feeds.example.com/write/authors/ada/"],
    ["https://evil.example/", "https://feeds.example.com/write/authors/ada/"],
    ["not an address", "https://feeds.example.com/write/authors/ada/"],
  ])("is, for the hint %s, the address %s", async (me, expected) => {
    const { world, cookie } = await signedInOwner();
    expect((await jsonOf(await ask(world, cookie, authorizationQuery({ me })))).me).toBe(expected);
  });

  test("never is the site's address for who does not own it", async () => {
    const world = signInWorld();
    const { cookie } = await letIn(world, "author", "bo");
    const { me } = await jsonOf(await ask(world, cookie, authorizationQuery({ me: "https://example.com/" })));
    expect(me).toBe("https://feeds.example.com/write/authors/bo/");
  });

  test("is for drafts alone, of somebody who writes drafts", async () => {
    const world = signInWorld();
    const { cookie } = await letIn(world, "drafts", "bo");
    const query = authorizationQuery({ scope: "create update delete undelete media profile" });
    expect((await jsonOf(await ask(world, cookie, query))).scopes).toEqual(["draft", "media", "profile"]);
  });

  test("is for nobody who is not signed in", async () => {
    const { world } = await signedInOwner();
    expect((await ask(world, "", authorizationQuery())).status).toBe(401);
  });
});

describe("an app that was agreed to", () => {
  test("is led back with a code, its state as it was, and who says so (RFC 9207)", async () => {
    const { world, cookie } = await signedInOwner();
    const state = "a b&c=d?ü";
    const query = authorizationQuery({ state, redirect_uri: `${APP}redirect?already=there` });
    const answer = await answered(
      world.signIn,
      pageRequest("POST", "/write/auth/decide", { cookie, body: { query, scopes: ["create"] } }),
    );
    const { redirect } = await jsonOf(answer);
    expect(redirect).toMatch(/^https:\/\/app\.example\.org\/redirect\?already=there&code=dripfeed_c/);
    const { searchParams } = new URL(redirect);
    expect([searchParams.get("state"), searchParams.get("iss")]).toEqual([state, ISSUER]);
  });

  test("redeems it for tokens of what was agreed, and no more", async () => {
    const { world, cookie } = await signedInOwner();
    const code = (await agreed(world.signIn, cookie, { scopes: ["create", "profile"] })).get("code") ?? "";
    const answer = await answered(world.signIn, formRequest("/write/token", redeemForm(code)));
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const tokens = await jsonOf(answer);
    expect(tokens).toEqual({
      access_token: expect.stringMatching(/^dripfeed_a[0-9a-z]{16}_[\w-]{43}$/),
      token_type: "Bearer",
      scope: "create profile",
      me: "https://feeds.example.com/write/authors/ada/",
      expires_in: 2_592_000,
      refresh_token: expect.stringMatching(/^dripfeed_r[0-9a-z]{16}_[\w-]{43}$/),
      profile: { name: "Ada Lovelace", url: "https://ada.example.com/" },
    });
    expect(await world.signIn.granted(bearer(tokens.access_token))).toEqual({
      author: "ada",
      role: "owner",
      scopes: ["create", "profile"],
      id: tokens.access_token.slice(10, 26),
    });
  });

  test("that asked for nothing is told who somebody is, and gets no token", async () => {
    const { world, cookie } = await signedInOwner();
    const code = async () =>
      (await agreed(world.signIn, cookie, { scopes: [], query: authorizationQuery({ scope: undefined }) })).get(
        "code",
      ) ?? "";
    const refused = await answered(world.signIn, formRequest("/write/token", redeemForm(await code())));
    expect([refused.status, (await jsonOf(refused)).error]).toEqual([400, "invalid_grant"]);
    const told = await answered(world.signIn, formRequest("/write/auth", redeemForm(await code())));
    expect(await jsonOf(told)).toEqual({ me: "https://feeds.example.com/write/authors/ada/" });
  });

  test("that asked for the profile is told it at the authorization endpoint, too", async () => {
    const { world, cookie } = await signedInOwner();
    const code = (await agreed(world.signIn, cookie, { scopes: ["profile"] })).get("code") ?? "";
    expect(await jsonOf(await answered(world.signIn, formRequest("/write/auth", redeemForm(code))))).toMatchObject({
      profile: { name: "Ada Lovelace" },
    });
  });

  test("may be another than that of its address, if it publishes so: a program on the phone, by a scheme of its own", async () => {
    const { world, cookie } = await signedInOwner({ documents: { [APP]: JSON_APP } });
    const redirect = "org.example.app:/callback";
    const query = authorizationQuery({ redirect_uri: redirect });
    const answer = await answered(
      world.signIn,
      pageRequest("POST", "/write/auth/decide", { cookie, body: { query, scopes: ["create"] } }),
    );
    const to = new URL((await jsonOf(answer)).redirect);
    expect(to.href).toMatch(/^org\.example\.app:\/callback\?code=/);
    const code = to.searchParams.get("code") ?? "";
    const tokens = await answered(
      world.signIn,
      formRequest("/write/token", redeemForm(code, { redirect_uri: redirect })),
    );
    expect(tokens.status).toBe(200);
  });
});

test("an app that was denied is told so, with its state", async () => {
  const { world, cookie } = await signedInOwner();
  const body = { query: authorizationQuery(), denied: true };
  const { redirect } = await jsonOf(
    await answered(world.signIn, pageRequest("POST", "/write/auth/decide", { cookie, body })),
  );
  expect(Object.fromEntries(new URL(redirect).searchParams)).toEqual({
    error: "access_denied",
    state: "state of the app",
    iss: ISSUER,
  });
});

describe("access that is renewed", () => {
  test("is another token, and the former ones count no more", async () => {
    const { world, cookie } = await signedInOwner();
    const first = await connectApp(world.signIn, cookie);
    world.clock.advance(40 * 86_400_000);
    expect(await world.signIn.granted(bearer(first.access_token))).toMatchObject({ status: 401 });
    const second = await jsonOf(await refresh(world, first.refresh_token));
    expect(second).toMatchObject({ scope: "create update media profile", expires_in: 2_592_000 });
    expect(await world.signIn.granted(bearer(second.access_token))).toMatchObject({ role: "owner" });
  });

  test("may be for less, and is for all again the next time", async () => {
    const { world, cookie } = await signedInOwner();
    const first = await connectApp(world.signIn, cookie);
    const less = await jsonOf(await refresh(world, first.refresh_token, { scope: "create" }));
    expect(await world.signIn.granted(bearer(less.access_token))).toMatchObject({ scopes: ["create"] });
    const more = await jsonOf(await refresh(world, less.refresh_token));
    expect(more.scope).toBe("create update media profile");
    expect(await jsonOf(await refresh(world, more.refresh_token, { scope: "create delete" }))).toMatchObject({
      error: "invalid_scope",
    });
  });

  test("ends altogether when a former refresh token comes again (RFC 9700 4.14.2)", async () => {
    const { world, cookie } = await signedInOwner();
    const first = await connectApp(world.signIn, cookie);
    const second = await jsonOf(await refresh(world, first.refresh_token));
    expect(await jsonOf(await refresh(world, first.refresh_token))).toMatchObject({ error: "invalid_grant" });
    expect(await world.signIn.granted(bearer(second.access_token))).toMatchObject({ status: 401 });
    expect((await refresh(world, second.refresh_token)).status).toBe(400);
  });

  test("ends altogether when two ask by one token at once, in one process or two", async () => {
    const { world, cookie } = await signedInOwner();
    const { refresh_token } = await connectApp(world.signIn, cookie);
    const form = { grant_type: "refresh_token", refresh_token, client_id: APP };
    const answers = await Promise.all(
      [world.signIn, world.another(), world.signIn].map((each) => answered(each, formRequest("/write/token", form))),
    );
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    for (const answer of answers) {
      const { access_token = "x" } = await jsonOf(answer);
      expect(await world.signIn.granted(bearer(access_token))).toMatchObject({ status: 401 });
    }
  });

  test("is not refused where its use is noted between reading and renewing", async () => {
    const { state, interrupt } = interruptedStore();
    const world = signInWorld({ state });
    const { cookie } = await letIn(world, "owner", "ada");
    const { access_token, refresh_token } = await connectApp(world.signIn, cookie);
    world.clock.advance(2 * 86_400_000);
    interrupt(() => world.signIn.granted(bearer(access_token)));
    expect((await refresh(world, refresh_token)).status).toBe(200);
  });

  test("is not for another app, nor after half a year", async () => {
    const { world, cookie } = await signedInOwner();
    const { refresh_token } = await connectApp(world.signIn, cookie);
    expect((await refresh(world, refresh_token, { client_id: "https://other.example.net/" })).status).toBe(400);
    world.clock.advance(181 * 86_400_000);
    expect((await refresh(world, refresh_token)).status).toBe(400);
  });
});

describe("introspection", () => {
  test("tells of a token that counts, to who shows one of their own", async () => {
    const { world, cookie } = await signedInOwner();
    const { access_token: token } = await connectApp(world.signIn, cookie);
    expect(await jsonOf(await introspect(world, token, token))).toEqual({
      active: true,
      me: "https://feeds.example.com/write/authors/ada/",
      client_id: APP,
      scope: "create update media profile",
      iat: 1_780_315_200,
      exp: 1_782_907_200,
    });
    expect((await introspect(world, undefined, token)).status).toBe(401);
    expect((await introspect(world, "x", token)).status).toBe(401);
  });

  test("tells of a script's token, too, which is of a person and of no app", async () => {
    const { world, cookie } = await signedInOwner();
    const whom = { author: "bo", role: "drafts" } as const;
    const newSecret = () => new Uint8Array(randomBytes(32));
    const making = { name: "My shortcut", whom, scopes: ["create", "media"] };
    const { token, id } = await makePersonalToken({ ...world, newSecret }, making);
    const told = {
      active: true,
      me: "https://feeds.example.com/write/authors/bo/",
      scope: "draft media",
      iat: 1_780_315_200,
      exp: 1_780_315_200 + 365 * 86_400,
    };
    expect(await jsonOf(await introspect(world, token, token))).toEqual(told);
    const { access_token: owners } = await connectApp(world.signIn, cookie);
    expect(await jsonOf(await introspect(world, owners, token))).toEqual(told);
    expect(await jsonOf(await introspect(world, token, owners))).toEqual({ active: false });
    world.setSite(SITE);
    expect(await jsonOf(await introspect(world, owners, token))).toEqual({ active: false });
    await revokeAccess(world.state, { kind: "app", id, role: "drafts" });
    expect(await jsonOf(await introspect(world, owners, token))).toEqual({ active: false });
  });

  test("says of any other token only that it does not count", async () => {
    const { world, cookie } = await signedInOwner();
    const { access_token: owners } = await connectApp(world.signIn, cookie);
    const bo = await letIn(world, "author", "bo");
    const { access_token: bos, refresh_token } = await connectApp(world.signIn, bo.cookie);
    for (const token of [owners, refresh_token, "x", ""])
      expect(await jsonOf(await introspect(world, bos, token))).toEqual({ active: false });
    expect(await jsonOf(await introspect(world, owners, bos))).toMatchObject({ active: true });
  });
});

describe("an app that ends its token", () => {
  test.each([
    ["access_token" as const, "/write/revoke", {}],
    ["refresh_token" as const, "/write/revoke", {}],
    ["access_token" as const, "/write/token", { action: "revoke" }],
  ])("by its %s at %s loses all of it, and is told nothing else (RFC 7009)", async (which, path, more) => {
    const { world, cookie } = await signedInOwner();
    const tokens = await connectApp(world.signIn, cookie);
    const answer = await answered(world.signIn, formRequest(path, { token: tokens[which], ...more }));
    expect([answer.status, await answer.text()]).toEqual([200, "{}"]);
    expect(await world.signIn.granted(bearer(tokens.access_token))).toMatchObject({ status: 401 });
    expect((await refresh(world, tokens.refresh_token)).status).toBe(400);
    const unknown = await answered(world.signIn, formRequest(path, { token: "x", ...more }));
    expect([unknown.status, await unknown.text()]).toEqual([200, "{}"]);
  });
});
