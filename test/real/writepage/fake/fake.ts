/** A server that answers the writing page as the real one does, and keeps all in memory: what it was asked can be looked at. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AUTHOR_HEADER } from "../../../../lib/base/writing.ts";
import type { Site } from "../../../../lib/site/types.ts";
import { openPage } from "../../../../lib/write/page/open.ts";
import { fakePosts } from "./posts.ts";
import { fakeAccess, fakeSignIn } from "./signin.ts";
import { type Asked, type Fake, type FakePart, refused } from "./types.ts";
import { fakeUploads } from "./uploads.ts";

export async function openFake(site: Site): Promise<Fake> {
  let answer: (request: IncomingMessage, response: ServerResponse) => Promise<unknown> = async () => {};
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  const fake: Fake = {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    ...{ posts: new Map(), asked: [], files: new Map() },
    state: {
      ...{ site, signedIn: true, author: "li", role: "owner", ahead: 0 },
      ...{ cuts: 0, hangs: false, silent: 0, problems: [] },
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
  answer = answering(fake);
  return fake;
}

function answering(fake: Fake): (request: IncomingMessage, response: ServerResponse) => Promise<unknown> {
  const { origin, files, asked, state } = fake;
  const page = openPage({ site: async () => state.site, origin });
  const parts: readonly FakePart[] = [fakeSignIn(fake), fakeAccess(fake), fakeUploads(fake), fakePosts(fake)];
  return async (request, response) => {
    const { method = "GET", url = "/" } = request;
    const isPart = method === "PUT" && url.startsWith("/write/uploads/");
    if (isPart && state.cuts > 0) {
      state.cuts--;
      return request.once("data", () => request.socket.destroy());
    }
    if (state.hangs && method === "GET" && url === "/write/") return;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const shown = await page(new Request(origin + url, { method: "GET", headers: plain(request) }));
    if (shown && method === "GET")
      return response
        .writeHead(shown.status, Object.fromEntries(shown.headers))
        .end(Buffer.from(await shown.arrayBuffer()));
    const file = files.get(origin + url);
    if (file) return response.writeHead(200, { "content-type": "image/jpeg" }).end(file);
    if (!url.startsWith("/write/")) return response.writeHead(200).end();
    const isJson = request.headers["content-type"] === "application/json";
    const json = isJson ? JSON.parse(`${body}`) : {};
    const each: Asked = { method, path: url.slice("/write/".length), headers: request.headers, json, body };
    asked.push(each);
    for (const part of [forOther(fake), ...parts]) {
      const found = await part(each);
      if (found === "cut") return response.destroy();
      if (found === undefined) continue;
      const headers = { "content-type": "application/json", "cache-control": "no-store", date: dateOf(state.ahead) };
      return response
        .writeHead(found.status, { ...headers, ...found.headers })
        .end(found.json === undefined ? "" : JSON.stringify(found.json));
    }
    return response.writeHead(404).end();
  };
}

const dateOf = (ahead: number): string => new Date(Date.now() + ahead).toUTCString();

/** What is for one person is not taken where another is signed in. */
const forOther =
  ({ state }: Fake): FakePart =>
  ({ headers }) => {
    const by = headers[AUTHOR_HEADER];
    const isOther = by !== undefined && state.signedIn && decodeURIComponent(`${by}`) !== (state.author ?? "");
    return isOther ? refused(409, "other_person", "somebody else is signed in by now") : undefined;
  };

const plain = ({ headers }: IncomingMessage): { readonly [name: string]: string } => ({
  "accept-language": headers["accept-language"] ?? "",
  "if-none-match": headers["if-none-match"] ?? "",
});
