/** The guard of what is fetched for strangers: which addresses, how long, how much, and whose word counts. */
import type { LookupAddress } from "node:dns";
import { request as requestHttp } from "node:http";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { isPublicAddress } from "../../lib/signin/clients/addresses.ts";
import { type AskServer, clientFetcher } from "../../lib/signin/clients/fetch.ts";
import { rememberedClients } from "../../lib/signin/clients/remembered.ts";
import { readClientDocument } from "../../lib/signin/indieauth/document.ts";
import { type Answer, type Served, serve } from "../support/loopback.ts";
import { testClock } from "../support/world.ts";

describe("an address is public", () => {
  test.each([
    "93.184.215.14",
    "1.1.1.1",
    "192.0.1.1",
    "172.15.0.1",
    "172.32.0.1",
    "100.63.0.1",
    "2606:4700::1111",
    "2a00:1450:4001::1",
  ])("such as %s", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test.each([
    ...[
      "127.0.0.1",
      "127.9.9.9",
      "0.0.0.0",
      "10.1.2.3",
      "172.16.0.1",
      "172.31.255.255",
      "192.168.1.1",
      "169.254.169.254",
      "169.254.170.2",
    ],
    ...[
      "100.64.0.1",
      "100.100.100.200",
      "192.0.0.1",
      "192.0.2.1",
      "198.18.0.1",
      "198.51.100.1",
      "203.0.113.1",
      "224.0.0.1",
      "255.255.255.255",
    ],
    ...[
      "::",
      "::1",
      "::ffff:127.0.0.1",
      "::ffff:93.184.215.14",
      "::127.0.0.1",
      "64:ff9b::7f00:1",
      "64:ff9b:1::1",
      "fe80::1",
      "fe80::1%eth0",
    ],
    ...["fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "2001::1", "2002:7f00:1::", "3fff::1", "100::1"],
    ...["", "localhost", "0x7f.1", "2130706433", "1.2.3", "1.2.3.4.5", "::g"],
  ])("unlike %s", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test("unlike any within a private network", () => {
    const byte = fc.nat(255);
    fc.assert(
      fc.property(fc.constantFrom("10", "127", "0", "224", "239", "240", "255"), byte, byte, byte, (a, b, c, d) => {
        expect(isPublicAddress(`${a}.${b}.${c}.${d}`)).toBe(false);
        expect(isPublicAddress(`::ffff:${a}.${b}.${c}.${d}`)).toBe(false);
      }),
    );
  });
});

const servers: Served[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const PUBLIC: LookupAddress = { address: "93.184.215.14", family: 4 };

/** A fetcher for which one loopback server is the whole internet; `connected`: the addresses that it asked for. */
async function fetcher(
  answer: () => Answer | undefined,
  {
    addresses = [PUBLIC],
    timeout = 5_000,
  }: { readonly addresses?: readonly LookupAddress[]; readonly timeout?: number } = {},
) {
  const server = await serve(answer);
  servers.push(server);
  const connected: string[] = [];
  const lines: string[] = [];
  const request: AskServer = ({ lookup, servername: _, ...options }, respond) => {
    lookup?.("asked again", {}, (_error, address) => connected.push(String(address)));
    return requestHttp({ ...options, host: "127.0.0.1", port: new URL(server.origin).port }, respond);
  };
  const fetchClient = clientFetcher({
    lookup: async () => addresses,
    request,
    log: (line) => lines.push(line),
    timeout,
  });
  return { server, connected, lines, fetch: (url: string) => fetchClient(new URL(url)) };
}

const PAGE: Answer = {
  headers: { "content-type": "text/html; charset=utf-8", link: '</cb>; rel="redirect_uri"' },
  body: "<title>An app</title>",
};

describe("the document of an app", () => {
  test("is read, from the address that was looked at", async () => {
    const world = await fetcher(() => PAGE);
    expect(await world.fetch("https://app.example.org/?a=b")).toEqual({
      type: "text/html",
      links: '</cb>; rel="redirect_uri"',
      text: "<title>An app</title>",
    });
    expect([world.connected, world.server.asked.map(({ path }) => path)]).toEqual([["93.184.215.14"], ["/?a=b"]]);
    expect(world.server.asked[0]?.headers["cookie"]).toBeUndefined();
  });

  test.each<readonly [url: string, addresses: readonly LookupAddress[]]>([
    ["http://app.example.org/", [PUBLIC]],
    ["https://93.184.215.14/", [PUBLIC]],
    ["https://0x5db8d70e/", [PUBLIC]],
    ["https://0135.0270.0327.016/", [PUBLIC]],
    ["https://[::ffff:7f00:1]/", [PUBLIC]],
    ["https://internal.example.org/", [{ address: "10.0.0.7", family: 4 }]],
    ["https://metadata.example.org/", [{ address: "169.254.169.254", family: 4 }]],
    ["https://both.example.org/", [PUBLIC, { address: "::1", family: 6 }]],
    ["https://nowhere.example.org/", []],
  ])("is not asked for at %s, where that is %o", async (url, addresses) => {
    const world = await fetcher(() => PAGE, { addresses });
    expect(await world.fetch(url)).toBeUndefined();
    expect([world.server.asked, world.lines.length]).toEqual([[], 1]);
  });

  test("is not looked for where it leads elsewhere, or is an error", async () => {
    for (const status of [301, 302, 307, 404, 500, 204]) {
      const world = await fetcher(() => ({ status, headers: { location: "https://internal.example.org/" } }));
      expect(await world.fetch("https://app.example.org/")).toBeUndefined();
      expect(world.server.asked).toHaveLength(1);
    }
  });

  test("is no larger than 256 KB", async () => {
    const world = await fetcher(() => ({ ...PAGE, body: "x".repeat(256_001) }));
    expect(await world.fetch("https://app.example.org/")).toBeUndefined();
    expect(world.lines[0]).toContain("it is larger than 0.256 MB");
  });

  test("is not waited for for ever, neither its server nor its name", async () => {
    const silent = await fetcher(() => undefined, { timeout: 50 });
    expect(await silent.fetch("https://app.example.org/")).toBeUndefined();
    const nameless = clientFetcher({ lookup: () => new Promise(() => {}), log: () => {}, timeout: 50 });
    expect(await nameless(new URL("https://app.example.org/"))).toBeUndefined();
  });

  test("is kept for five minutes, but not that there was none", async () => {
    const clock = testClock();
    let asked = 0;
    const document = { type: "text/html", links: undefined, text: "" };
    const fetchClient = rememberedClients(async ({ host }) => {
      asked++;
      return host === "app.example.org" ? document : undefined;
    }, clock);
    const read = (url: string) => fetchClient(new URL(url));
    await read("https://app.example.org/");
    expect([await read("https://app.example.org/"), asked]).toEqual([document, 1]);
    clock.advance(300_000);
    await read("https://app.example.org/");
    expect(asked).toBe(2);
    await read("https://none.example.org/");
    await read("https://none.example.org/");
    expect(asked).toBe(4);
  });
});

describe("what an app says of itself", () => {
  const client = new URL("https://app.example.org/id");
  const read = (type: string, text: string, links?: string) => readClientDocument({ type, text, links }, client);

  test("is JSON with its own address", () => {
    const said = { client_id: "https://app.example.org/id", client_name: " Notes\n", redirect_uris: ["app:/x", 7] };
    expect(read("application/json", JSON.stringify(said))).toEqual({ name: "Notes", redirects: ["app:/x"] });
    expect(read("application/cimd+json", JSON.stringify(said))).toMatchObject({ name: "Notes" });
    expect(
      read("application/json", JSON.stringify({ ...said, client_id: "https://app.example.org/" })),
    ).toBeUndefined();
    expect(read("application/json", "[]")).toBeUndefined();
    expect(read("text/plain", JSON.stringify(said))).toBeUndefined();
  });

  test("is a page with links, in its head and in the answer", () => {
    const page =
      '<title>Title</title><link rel="redirect_uri" href="/cb"><link rel="Redirect_URI other" href="app:/cb"><link rel=stylesheet href=/x><div class="h-app"><img class="u-logo" src="/l.png"><a class="u-url p-name" href="/">Named</a></div>';
    expect(
      read(
        "text/html",
        page,
        '</one>; rel="redirect_uri", <https://x.example/a,b>; rel=redirect_uri, </no>; rel="next"',
      ),
    ).toEqual({
      name: "Named",
      logo: "https://app.example.org/l.png",
      redirects: ["https://app.example.org/one", "https://x.example/a,b", "https://app.example.org/cb", "app:/cb"],
    });
  });

  test("is one short line, whatever it is called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const said = read("application/json", JSON.stringify({ client_id: client.href, client_name: name }));
        expect(said?.name ?? "").not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
        expect(Array.from(said?.name ?? "").length).toBeLessThanOrEqual(100);
      }),
    );
  });
});
