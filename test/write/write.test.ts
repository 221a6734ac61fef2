/** What holds for every request below `/write/`, whichever part answers it; the parts are small stand-ins. */
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { HttpError } from "../../lib/base/http/error.ts";
import { ADDRESSES } from "../../lib/base/writing.ts";
import type { Grant } from "../../lib/signin/types.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import { StoreError } from "../../lib/stores/store.ts";
import { siteReader } from "../../lib/write/site.ts";
import type { AnswerWriting, WritingLine } from "../../lib/write/types.ts";
import { openWriting, type WritingInput } from "../../lib/write/write.ts";

const ORIGIN = "https://feeds.example.com";
const GRANT: Grant = { role: "owner", scopes: ["create"], id: "d-1" };
const unauthorized = () => new HttpError("unauthorized", "sign in first");

const loaded: string[] = [];
const lines: WritingLine[] = [];
beforeEach(() => {
  loaded.length = 0;
  lines.length = 0;
});

const part =
  <T>(name: string, made: T) =>
  async (): Promise<T> => {
    loaded.push(name);
    return made;
  };

function writing(changed: Partial<WritingInput> = {}): AnswerWriting {
  return openWriting({
    origin: ORIGIN,
    page: part("page", async ({ url }) => {
      const path = new URL(url).pathname;
      if (path.endsWith(".js"))
        return new Response("1", { headers: { "content-type": "text/javascript", "cache-control": "no-cache" } });
      if (path !== ADDRESSES.page && path !== ADDRESSES.authorization) return undefined;
      return new Response("<!doctype html>", {
        headers: { "content-type": "text/html", "content-security-policy": "script-src 'sha256-A'" },
      });
    }),
    signIn: part("signIn", {
      async granted({ headers }) {
        if (headers.get("authorization") === "Bearer good") return GRANT;
        throw unauthorized();
      },
      async answer(request) {
        if (request.url.endsWith("/register")) throw new HttpError("forbidden", "the code is wrong");
        if (!request.url.endsWith("/verify")) return Response.json({ said: await request.text() });
        return Response.json({ name: "Lin" }, { headers: { "set-cookie": "__Secure-dripfeed=s; HttpOnly" } });
      },
    }),
    micropub: part("micropub", {
      answer: async (request, { id }) => Response.json({ id, length: (await request.arrayBuffer()).byteLength }),
    }),
    media: part("media", { answer: async () => new Response(null, { status: 201 }) }),
    clock: { now: () => new Date("2026-12-01T00:00:00Z"), wait: async () => {} },
    newName: () => "f-1",
    log: (line) => lines.push(line),
    ...changed,
  });
}

const ask = async (path: string, init?: RequestInit & { readonly by?: AnswerWriting }) => {
  const answered = await (init?.by ?? writing())(new Request(ORIGIN + path, init));
  if (!answered) throw new Error("not answered");
  return answered;
};
const GOOD = { authorization: "Bearer good" };

describe("a request reaches the part that answers it, and loads no other", () => {
  test.each([
    ["GET", "/write/", ["page"]],
    ["GET", "/write/auth?client_id=a", ["page"]],
    ["POST", "/write/auth", ["signIn"]],
    ["GET", "/write/auth/request", ["signIn"]],
    ["POST", "/write/session/verify", ["signIn"]],
    ["DELETE", "/write/access/d-1", ["signIn"]],
    ["GET", "/write/authors/lin/", ["signIn"]],
    ["POST", "/write/token", ["signIn"]],
    ["GET", "/write/micropub?q=config", ["signIn", "micropub"]],
    ["POST", "/write/check", ["signIn", "micropub"]],
    ["POST", "/write/media", ["signIn", "media"]],
    ["PUT", "/write/uploads/u-1/parts/1", ["signIn", "media"]],
  ])("%s %s", async (method, path, parts) => {
    expect((await ask(path, { method, headers: GOOD })).status).toBeLessThan(300);
    expect(loaded).toEqual(parts);
  });

  test("an address that is not below /write/ is another's", async () => {
    for (const path of ["/", "/write", "/writer/", "/rss.xml"]) {
      expect(await writing()(new Request(ORIGIN + path))).toBeUndefined();
    }
    expect(lines).toEqual([]);
  });

  test("nothing is asked of Micropub for who may not", async () => {
    expect((await ask("/write/micropub?q=source")).status).toBe(401);
    expect(loaded).toEqual(["signIn"]);
  });
});

describe("methods", () => {
  test("that an address does not have are refused with those that it has", async () => {
    const answer = await ask("/write/token", { method: "PUT" });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
    expect(await answer.json()).toMatchObject({
      error: "method_not_allowed",
      error_description: expect.stringContaining("PUT"),
    });
  });

  test("HEAD is answered as GET, without the body", async () => {
    const answer = await ask("/write/", { method: "HEAD" });
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect(answer.headers.get("content-type")).toBe("text/html");
  });

  test("a name that only JavaScript knows is no method", async () => {
    expect((await ask("/write/token", { method: "constructor" })).status).toBe(405);
  });
});

describe("what a part refuses", () => {
  const FORBIDDEN = { error: "forbidden", error_description: "the code is wrong" };

  test("is told as it says it, to apps that take anything, too", async () => {
    for (const headers of [{}, { accept: "application/json" }, { accept: "text/html, application/json", ...GOOD }]) {
      const answer = await ask("/write/session/register", { method: "POST", headers });
      expect([answer.status, await answer.json()]).toEqual([403, FORBIDDEN]);
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
    expect(lines[0]).toMatchObject({ status: 403, error: "forbidden", isRefused: true });
    expect(lines[0]).not.toHaveProperty("failure");
  });

  test("is shown to a person as a page", async () => {
    const answer = await ask("/write/session/register", { method: "POST", headers: { "sec-fetch-dest": "document" } });
    expect(answer.headers.get("content-type")).toContain("text/html");
    expect(await answer.text()).toContain("<p>the code is wrong</p>");
  });

  test("is in the log with whose request it was", async () => {
    const by = writing({
      micropub: async () => ({
        async answer() {
          throw new HttpError("not_found", "no post is there");
        },
      }),
    });
    expect((await ask("/write/micropub?q=source", { headers: GOOD, by })).status).toBe(404);
    expect(lines).toMatchObject([{ who: "d-1", status: 404, error: "not_found" }]);
  });
});

describe("what is not there", () => {
  test("is told to programs as JSON", async () => {
    const answer = await ask("/write/nothing");
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: "not_found" });
  });

  test("and to people as a page, without any markup of theirs", async () => {
    const answer = await ask("/write/<script>", { headers: { "sec-fetch-dest": "document" } });
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await answer.text()).not.toContain("<script");
  });

  test("whatever it is asked by", async () => {
    expect((await ask("/write/nothing", { method: "POST" })).status).toBe(404);
  });
});

describe("a body", () => {
  const stream = (bytes: number) =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (let left = bytes; left > 0; left -= 1000) controller.enqueue(new Uint8Array(Math.min(left, 1000)));
        controller.close();
      },
    });

  test("is given on as it came", async () => {
    const answer = await ask("/write/session/code", { method: "POST", body: '{"code":"写"}' });
    expect(await answer.json()).toEqual({ said: '{"code":"写"}' });
  });

  test("that is too long is refused, though it does not say so before", async () => {
    const init = { method: "POST", body: stream(70_000), duplex: "half" };
    const answer = await ask("/write/token", init as RequestInit);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ error: "too_large" });
  });

  test("may be longer where posts and files come", async () => {
    const answer = await ask("/write/micropub", { method: "POST", body: new Uint8Array(3_000_000), headers: GOOD });
    expect(await answer.json()).toEqual({ id: "d-1", length: 3_000_000 });
    const long = { method: "POST", body: new Uint8Array(4_500_001), headers: GOOD };
    for (const path of ["/write/media", "/write/micropub"]) {
      const refused = await ask(path, long);
      expect([refused.status, await refused.json()]).toEqual([
        413,
        expect.objectContaining({ error_description: expect.stringContaining("more than 4.5 MB") }),
      ]);
    }
  });
});

describe("headers", () => {
  test("of each answer keep it from being framed, sniffed, cached and referred to", async () => {
    for (const path of ["/write/", "/write/session", "/write/nothing", "/write/micropub"]) {
      const { headers } = await ask(path);
      expect(Object.fromEntries(headers)).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        "content-security-policy": expect.any(String),
        "cache-control": path === "/write/" ? "private, no-cache" : "no-store",
        "strict-transport-security": expect.any(String),
      });
    }
  });

  test("of the page are its own policy, and of all else that nothing is loaded", async () => {
    expect((await ask("/write/")).headers.get("content-security-policy")).toBe("script-src 'sha256-A'");
    expect((await ask("/write/session")).headers.get("content-security-policy")).toMatch(/^default-src 'none'/);
  });

  test("of the page's worker let it ask us, and nobody else", async () => {
    const { headers } = await ask("/write/worker.js");
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; connect-src 'self'");
    expect(headers.get("cache-control")).toBe("no-cache");
  });

  test("of a page that has not changed leave it where it is kept", async () => {
    const headers = { "content-type": "text/html", "cache-control": "no-cache", etag: '"1"' };
    const by = writing({ page: async () => async () => new Response(null, { status: 304, headers }) });
    const answer = await by(new Request(`${ORIGIN}/write/`));
    expect([answer?.status, answer?.headers.get("cache-control")]).toEqual([304, "private, no-cache"]);
  });

  test("with a cookie are never cached", async () => {
    const { headers } = await ask("/write/session/verify", { method: "POST" });
    expect([headers.get("set-cookie"), headers.get("cache-control")]).toEqual([
      "__Secure-dripfeed=s; HttpOnly",
      "no-store",
    ]);
  });

  test("ask for TLS ever after only where there is TLS", async () => {
    const by = writing({ origin: "http://localhost:4100" });
    const answer = await by(new Request("http://localhost:4100/write/"));
    expect(answer?.headers.has("strict-transport-security")).toBe(false);
  });
});

describe("pages of other origins", () => {
  const shared = [
    "/write/micropub",
    "/write/media",
    "/write/metadata",
    "/write/token",
    "/write/introspect",
    "/write/revoke",
  ];
  const own = [
    "/write/session",
    "/write/session/verify",
    "/write/access",
    "/write/codes",
    "/write/auth/decide",
    "/write/uploads",
  ];

  test("may ask what apps ask, without cookies, and see where a post is", async () => {
    for (const path of shared) {
      const { status, headers } = await ask(path, { method: "OPTIONS" });
      expect([path, status, headers.get("access-control-allow-origin")]).toEqual([path, 204, "*"]);
      expect(headers.get("access-control-allow-headers")).toContain("Authorization");
      expect(headers.has("access-control-allow-credentials")).toBe(false);
    }
    const { headers } = await ask("/write/micropub", { headers: GOOD });
    expect(headers.get("access-control-expose-headers")).toContain("Location");
  });

  test("may not ask what the page asks", async () => {
    for (const path of own) {
      for (const method of ["OPTIONS", "GET", "POST"]) {
        const { headers } = await ask(path, { method });
        expect([...headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
        expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
      }
    }
  });
});

describe("a failure", () => {
  const SECRET = "dripfeed_0123456789";
  const failing = (error: Error) =>
    writing({
      signIn: async () => {
        throw error;
      },
    });

  test("of a store asks to try again; the log says what it was, by the id that is in the answer", async () => {
    const by = failing(new StoreError("s3://state", "get", "write/devices/d-1.json", "timed out"));
    const answer = await ask("/write/session", { by });
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await answer.text()).toContain("f-1");
    expect(lines).toMatchObject([{ status: 503, failure: { id: "f-1", where: expect.stringContaining("timed out") } }]);
  });

  test("for want of a usable site.yaml says so, without what is in it", async () => {
    const content = memoryStore("content");
    await content.put("site.yaml", new TextEncoder().encode("titel: secret plans"), { contentType: "text/yaml" });
    const site = siteReader(content, { now: () => new Date("2026-12-01T00:00:00Z"), wait: async () => {} });
    const answer = await ask("/write/", { by: writing({ page: async () => async () => void (await site()) }) });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ error: "site_unusable" });
    expect(JSON.stringify(lines)).not.toContain("secret plans");
  });

  test("of another kind says nothing of what was sent, neither in the answer nor in the log", async () => {
    const answer = await ask("/write/session", {
      by: failing(new SyntaxError(`"${SECRET}" is no JSON\n    at ${SECRET}`)),
    });
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain(SECRET);
    expect(JSON.stringify(lines)).not.toContain(SECRET);
    expect(lines).toMatchObject([
      { failure: { name: "SyntaxError", where: expect.stringContaining("write.test.ts") } },
    ]);
  });
});

describe("the log", () => {
  test("has one line for each request: who, what, how; no query, no body, no names below an address", async () => {
    await ask("/write/micropub?q=source&access_token=abc", { headers: GOOD });
    await ask("/write/access/d-9", { method: "DELETE" });
    expect(lines).toEqual([
      { method: "GET", path: "/write/micropub", status: 200, took: 0, who: "d-1", isRefused: false },
      { method: "DELETE", path: "/write/access/…", status: 200, took: 0, isRefused: false },
    ]);
  });

  test("tells who could not prove who they are from who only asks", async () => {
    await ask("/write/session/register", { method: "POST" });
    await ask("/write/micropub", { headers: { authorization: "Bearer bad" } });
    await ask("/write/micropub");
    expect(lines.map(({ isRefused }) => isRefused)).toEqual([true, true, false]);
  });
});

test("whatever is asked, it is answered with these headers, and nothing of the query is logged", async () => {
  const method = fc.constantFrom("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "QUERY");
  const path = fc.oneof(fc.constantFrom(...Object.values(ADDRESSES)), fc.webPath());
  await fc.assert(
    fc.asyncProperty(method, path, fc.webPath(), async (method, address, more) => {
      lines.length = 0;
      const url = `${ORIGIN}/write/${address.replace(/^\/(?:write\/)?/, "")}${more}?code=s3cr3tcode`;
      const answer = await writing()(new Request(url, { method }));
      // A path may lead out of /write/ again.
      if (!new URL(url).pathname.startsWith("/write/")) return expect(answer).toBeUndefined();
      expect(answer?.headers.get("x-frame-options")).toBe("DENY");
      expect(answer?.status).not.toBe(500);
      expect(JSON.stringify(lines)).not.toContain("s3cr3tcode");
    }),
  );
});
