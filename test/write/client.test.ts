/** A client of others, as it is on npm: it finds the endpoints by a person's address, is let in by IndieAuth, and posts. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Micropub } from "micropub-helper";
import { afterEach, beforeEach, expect, test } from "vitest";
import { memoryStore } from "../../lib/stores/memory.ts";
import { answerHere } from "../../lib/write/local/node.ts";
import { type OpenWriting, openWritingOver } from "../../lib/write/open.ts";
import { type Served, serve } from "../support/loopback.ts";
import { device } from "./device.ts";

let server: Server;
let app: Served;
let input: OpenWriting;

beforeEach(async () => {
  let answer = async (_: Request): Promise<Response | undefined> => undefined;
  server = createServer(
    (request, response) => void answerHere((each) => answer(each), input.origin, { request, response }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const site = `title: Field notes\nurl: https://example.com/\nfeeds: ${origin}/\nmedia: ${origin}/\nsince: 2020\n`;
  const content = memoryStore();
  await content.put("site.yaml", Buffer.from(site), { contentType: "text/yaml" });
  const none = () => Promise.reject(new Error("nothing is uploaded in parts"));
  input = {
    content,
    state: memoryStore(),
    uploads: { begin: none, parts: none, complete: none, abort: none, taking: { put: none } },
    origin,
    clock: { now: () => new Date("2026-12-01T08:00:00Z"), wait: async () => {} },
    newName: () => crypto.randomUUID(),
    newSecret: () => crypto.getRandomValues(new Uint8Array(32)),
    log: () => undefined,
    asked: () => undefined,
  };
  answer = openWritingOver(input);
  app = await serve(() => ({ headers: { "content-type": "text/html" }, body: "<title>An app</title>" }));
});
afterEach(async () => {
  await app.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test("micropub-helper signs in, creates, reads, changes, withdraws and brings back a post, and sends a picture", async () => {
  const { ask } = await device(input);
  const client = new Micropub({
    me: `${input.origin}/write/`,
    clientId: `${app.origin}/`,
    redirectUri: `${app.origin}/back`,
    state: "as it was",
    scope: "create update delete undelete media",
  });
  const address = new URL(await client.getAuthUrl());
  expect(address.origin + address.pathname).toBe(`${input.origin}/write/auth`);
  const query = address.search.slice(1);
  const shown = await ask("GET", `/write/auth/request?${query}`);
  expect([shown.status, await shown.json()]).toMatchObject([200, { scopes: client.options.scope.split(" ") }]);
  const decided = await ask("POST", "/write/auth/decide", { query, scopes: client.options.scope.split(" ") });
  const back = new URL(((await decided.json()) as { readonly redirect: string }).redirect);
  expect(back.searchParams.get("state")).toBe("as it was");
  await client.getToken(back.searchParams.get("code") ?? "");

  const { "media-endpoint": mediaEndpoint } = await client.query("config");
  client.options = { mediaEndpoint: String(mediaEndpoint) };
  const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAwS2OUAAAAABJRU5ErkJggg==";
  const photo = await client.postMedia(new File([Buffer.from(png, "base64")], "a.png", { type: "image/png" }));
  expect(photo).toMatch(/\/media\/2026\/12\/[\w-]+\.png$/);

  const post = {
    type: ["h-entry"],
    properties: { name: ["水"], content: ["It rained."], photo: [photo], category: ["rain"] },
  };
  const url = await client.create(post);
  expect(url).toBe("https://example.com/2026/12/01/%E6%B0%B4/");
  expect((await client.querySource(url)).properties).toMatchObject({
    name: ["水"],
    photo: [photo],
    category: ["rain"],
  });
  const form = await client.create({ h: "entry", content: "A note", category: ["a", "b"] }, "form");
  expect((await client.querySource(form)).properties).toMatchObject({ content: ["A note"], category: ["a", "b"] });

  await client.update(url, { replace: { content: ["It rained all night."] }, add: { category: ["night"] } });
  expect((await client.querySource(url)).properties).toMatchObject({
    content: ["It rained all night."],
    category: ["rain", "night"],
  });
  await client.delete(url);
  expect((await client.querySource(url)).properties).toMatchObject({ "post-status": ["draft"] });
  await client.undelete(url);
  expect((await client.querySource(url)).properties).toMatchObject({ "post-status": ["published"] });
});
