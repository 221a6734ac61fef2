/** Sign-in with the passkey of a real browser: Chromium with a virtual authenticator, against the answers of this server. */
import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../lib/clock.ts";
import { listAccess } from "../../lib/signin/people/access.ts";
import { listDevices } from "../../lib/signin/people/devices.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import {
  type AnsweringSignIn,
  AUTHORS,
  agreed,
  assertion,
  authorizationQuery,
  bearer,
  formRequest,
  letIn,
  openAnsweringSignIn,
  redeemForm,
  registration,
  requestOf,
  signInWorld,
  siteOf,
  verifyRequest,
} from "../support/signin.ts";
import { openBrowser } from "./browser.ts";
import { newPlace } from "./s3.ts";

/** What the page does, in the browser's own words. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>Sign-in</title><script>
const ask = async (method, path, body) => {
  const answer = await fetch("/write/" + path, body === undefined ? { method } : { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } });
  const text = await answer.text();
  return { status: answer.status, said: text === "" ? undefined : JSON.parse(text) };
};
const register = async (code) => {
  const { status, said } = await ask("POST", "session/code", { code });
  if (status !== 200) return { status };
  const made = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(said.options) });
  return await ask("POST", "session/register", { code, response: made.toJSON(), device: "Chromium" });
};
const signIn = async () => {
  const { said } = await ask("POST", "session/options", {});
  const made = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(said) });
  return await ask("POST", "session/verify", { response: made.toJSON() });
};
</script>`;

let browser: Browser;
let server: Server;
let origin: string;
let signIn: AnsweringSignIn;

beforeAll(async () => {
  browser = await openBrowser();
  server = createServer(async (asked, respond) => {
    const chunks: Buffer[] = [];
    for await (const chunk of asked) chunks.push(chunk as Buffer);
    const headers = Object.entries(asked.headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((each): [string, string] => [name, each]),
    );
    const request = new Request(new URL(asked.url ?? "/", origin), {
      method: asked.method ?? "GET",
      headers,
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    });
    const answer = (await signIn.answer(request)) ?? new Response(PAGE, { headers: { "content-type": "text/html" } });
    respond.writeHead(answer.status, [...answer.headers].flat()).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

beforeEach(() => {
  const site = siteOf(AUTHORS);
  signIn = openAnsweringSignIn({
    state: memoryStore(),
    site: async () => site,
    clock: systemClock,
    newSecret: () => new Uint8Array(randomBytes(32)),
    origin,
    log: () => {},
  });
});

/** A phone that is unlocked by a finger, which is the right one or not. */
async function onPhone<T>(isVerified: boolean, use: (page: Page, context: BrowserContext) => Promise<T>): Promise<T> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("WebAuthn.enable");
    await devtools.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: isVerified,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto(`${origin}/write/`);
    return await use(page, context);
  } finally {
    await context.close();
  }
}

describe("in Chromium", () => {
  test("a device is let in by a code, signs out, and signs in by its passkey", async () => {
    const { code } = await signIn.newCode({ role: "author", author: "bo", seconds: 600 });
    await onPhone(true, async (page, context) => {
      expect(await page.evaluate(`register(${JSON.stringify(code)})`)).toMatchObject({
        status: 201,
        said: { name: "Bo", role: "author" },
      });
      expect(await page.evaluate("document.cookie")).toBe("");
      expect(await context.cookies(`${origin}/write/`)).toMatchObject([
        { name: "__Secure-dripfeed", path: "/write/", httpOnly: true, secure: true, sameSite: "Strict" },
      ]);
      expect(await page.evaluate('ask("GET", "session")')).toMatchObject({ status: 200, said: { author: "bo" } });
      expect(await page.evaluate('ask("DELETE", "session")')).toMatchObject({ status: 204 });
      expect(await page.evaluate('ask("GET", "session")')).toMatchObject({ status: 401 });
      expect(await page.evaluate("signIn()")).toMatchObject({ status: 200, said: { author: "bo" } });
      expect(await page.evaluate("signIn()")).toMatchObject({ status: 200 });
      expect(await page.evaluate('ask("GET", "access")')).toMatchObject({
        said: { devices: [{ name: "Chromium", current: true }] },
      });
    });
  });

  test("a person who is not the owner of the finger is not let in, and the code still counts", async () => {
    const { code } = await signIn.newCode({ role: "owner", seconds: 600 });
    await onPhone(false, async (page) => {
      await expect(page.evaluate(`register(${JSON.stringify(code)})`)).rejects.toThrow("NotAllowedError");
    });
    await onPhone(true, async (page) => {
      expect(await page.evaluate(`register(${JSON.stringify(code)})`)).toMatchObject({ status: 201 });
    });
  });

  test("an app is connected from its own site: the page has its cookie, though the link came from elsewhere", async () => {
    const { code } = await signIn.newCode({ role: "owner", author: "ada", seconds: 600 });
    await onPhone(true, async (page) => {
      await page.evaluate(`register(${JSON.stringify(code)})`);
      const query = authorizationQuery();
      await page.goto("about:blank");
      await page.setContent(`<a href="${origin}/write/auth?${query.replaceAll("&", "&amp;")}">Sign in</a>`);
      await Promise.all([page.waitForURL(`${origin}/write/auth?**`), page.click("a")]);
      expect(await page.evaluate('ask("GET", "auth/request" + location.search)')).toMatchObject({
        status: 200,
        said: { client: { id: "https://app.example.org/" }, scopes: ["create", "update", "media", "profile"] },
      });
      const decided = (await page.evaluate(
        'ask("POST", "auth/decide", { query: location.search, scopes: ["create"] })',
      )) as {
        readonly said: { readonly redirect: string };
      };
      const form = new URLSearchParams(redeemForm(new URL(decided.said.redirect).searchParams.get("code") ?? ""));
      const answer = await fetch(`${origin}/write/token`, { method: "POST", body: form });
      const { access_token: token } = (await answer.json()) as { readonly access_token: string };
      expect(await signIn.granted(bearer(token))).toMatchObject({ author: "ada", scopes: ["create"] });
    });
  });

  test("another site gets nothing by the browser's cookie", async () => {
    const { code } = await signIn.newCode({ role: "owner", seconds: 600 });
    await onPhone(true, async (page, context) => {
      await page.evaluate(`register(${JSON.stringify(code)})`);
      const other = await context.newPage();
      await other.goto(`${origin.replace("localhost", "127.0.0.1")}/`).catch(() => other.goto("about:blank"));
      const status = await other.evaluate(
        `fetch(${JSON.stringify(`${origin}/write/session`)}, { method: "DELETE", credentials: "include" }).then(({ status }) => status, () => "refused")`,
      );
      expect(status).toBe("refused");
      expect(await page.evaluate('ask("GET", "session")')).toMatchObject({ status: 200 });
    });
  });
});

describe("over a gateway, which answers 500 to most who come second", () => {
  const onGateway = async () => {
    const { store } = await newPlace();
    const worlds = signInWorld({ state: store });
    return { world: worlds, processes: Array.from({ length: 4 }, () => worlds.another()) };
  };

  test("a code lets one of four devices in", async () => {
    const { world, processes } = await onGateway();
    const { code } = await world.signIn.newCode({ role: "owner", seconds: 600 });
    const made = await Promise.all(processes.map((each) => registration(each, code)));
    const answers = await Promise.all(made.map(async ({ request }, i) => await processes[i]?.answer(request())));
    expect(answers.map((each) => each?.status).sort()).toEqual([201, 403, 403, 403]);
    expect((await listDevices(world.state)).length).toBe(1);
  });

  test("an answer of a passkey counts once, and a code of an app gives one pair of tokens at most", async () => {
    const { world, processes } = await onGateway();
    const { passkey, cookie } = await letIn(world);
    const answer = await assertion(world.signIn, passkey);
    const signedIn = await Promise.all(
      processes.map(async (each) => (await each.answer(verifyRequest(answer)))?.status),
    );
    expect(signedIn.sort()).toEqual([200, 403, 403, 403]);
    const form = redeemForm((await agreed(world.signIn, cookie)).get("code") ?? "");
    const redeemed = await Promise.all(
      processes.map(async (each) => (await each.answer(formRequest("/write/token", form)))?.status),
    );
    expect(redeemed.filter((status) => status === 200).length).toBeLessThanOrEqual(1);
    expect((await listAccess(world.state, world.clock.now())).tokens).toEqual([]);
  });
});

test("a request without a browser's word of where it comes from changes nothing", async () => {
  expect((await signIn.answer(requestOf("POST", "/write/session/options")))?.status).toBe(403);
});
