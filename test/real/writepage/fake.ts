/** A server that answers the writing page as the real one does, and keeps posts in memory: what it was asked can be looked at. */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type WebAuthnCredential,
} from "@simplewebauthn/server";
import type { Site } from "../../../lib/site/types.ts";
import { pageFiles } from "../../../lib/write/page/files.ts";
import { chooseLanguage } from "../../../lib/write/page/language.ts";
import { writePage } from "../../../lib/write/page/page.ts";

export type Properties = { readonly [name: string]: readonly unknown[] };

export interface FakePost {
  readonly properties: Properties;
  readonly status: string;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly json: AskedBody;
}

/** Whatever the page asks in JSON. */
export interface AskedBody {
  readonly code?: string;
  readonly response?: unknown;
  readonly size?: number;
  readonly parts?: readonly number[];
  readonly action?: string;
  readonly url?: string;
  readonly properties?: Properties;
  readonly replace?: Properties;
  readonly delete?: readonly string[];
}

interface Upload {
  readonly size: number;
  readonly parts: Map<number, Buffer>;
}

export interface Fake {
  /** `http://localhost:<port>` */
  readonly origin: string;
  readonly posts: Map<string, FakePost>;
  readonly asked: Asked[];
  /** The files that arrived, by the address at which they are. */
  readonly files: Map<string, Buffer>;
  readonly state: {
    signedIn: boolean;
    /** So many connections are cut: of the parts that are put, in the middle. */
    cuts: number;
    /** So many creations are heard and not answered. */
    silent: number;
    problems: readonly unknown[];
    role: string;
    site: Site;
    /** What each post is said to be next. */
    status: string;
  };
  readonly close: () => Promise<void>;
}

const PART = 5_000_000;
const CODE = "ABCDE-FGHJK-MNPQR-STVWX";
const SCOPES = ["create", "update", "delete", "undelete", "media"];

export const etagOf = (post: FakePost): string =>
  `"${createHash("sha256").update(JSON.stringify(post)).digest("hex").slice(0, 12)}"`;

export async function openFake(site: Site): Promise<Fake> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const fake: Fake = {
    ...{ origin, posts: new Map(), asked: [], files: new Map() },
    state: { signedIn: true, cuts: 0, silent: 0, problems: [], role: "owner", site, status: "published" },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
  const [uploads, created] = [new Map<string, Upload>(), new Map<string, string>()];
  const revoked = new Set<string>();
  let [credential, challenge, count]: [WebAuthnCredential | undefined, string, number] = [undefined, "", 0];
  const rp = { rpID: "localhost", rpName: "Field notes" };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const url = new URL(request.url ?? "/", origin);
    const { method = "GET" } = request;
    const path = url.pathname.replace("/write/", "");
    const { site, signedIn } = fake.state;
    const chosen = chooseLanguage({
      ...{ asked: url.searchParams.get("lang"), accepted: request.headers["accept-language"] ?? null },
      site: site.language,
    });
    if (path.startsWith("uploads/") && method === "PUT" && fake.state.cuts > 0) {
      fake.state.cuts--;
      return request.once("data", () => request.socket.destroy());
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const isJson = request.headers["content-type"] === "application/json";
    const json: AskedBody = isJson ? JSON.parse(`${body}`) : {};
    const send = (status: number, value?: unknown, headers: { readonly [name: string]: string } = {}) => {
      const text = value === undefined ? "" : JSON.stringify(value);
      response
        .writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...headers })
        .end(text);
    };
    const refuse = (status: number, error: string, error_description: string) =>
      send(status, { error, error_description });

    if (url.pathname === "/write/" || (path === "auth" && method === "GET")) {
      const page = writePage({ site, origin, chosen });
      return response.writeHead(200, page.headers).end(page.html);
    }
    const file = pageFiles(site, chosen)[url.pathname];
    if (file) {
      return response.writeHead(200, file.headers).end(file.body);
    }
    const media = fake.files.get(origin + url.pathname);
    if (media) {
      return response.writeHead(200, { "content-type": "image/jpeg" }).end(media);
    }
    fake.asked.push({ method, path: path + url.search, headers: request.headers, json });
    const person = { author: "li", name: "Li Mei", role: fake.state.role, scopes: SCOPES };

    if (path === "session" && method === "GET")
      return signedIn ? send(200, person) : refuse(401, "unauthorized", "sign in first");
    if (path === "session" && method === "DELETE") {
      fake.state.signedIn = false;
      return send(204);
    }
    if (path === "session/code") {
      if (json.code !== CODE) return refuse(403, "forbidden", "the code is wrong or was used: make another");
      const options = await generateRegistrationOptions({ ...rp, userName: "Li Mei" });
      challenge = options.challenge;
      return send(200, { options, name: "Li Mei", role: "owner" });
    }
    const expected = { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: "localhost" };
    if (path === "session/register") {
      const { registrationInfo } = await verifyRegistrationResponse({
        response: json.response as RegistrationResponseJSON,
        ...expected,
      });
      credential = registrationInfo?.credential;
      fake.state.signedIn = true;
      return send(201, person);
    }
    if (path === "session/options") {
      const options = await generateAuthenticationOptions({ rpID: "localhost" });
      challenge = options.challenge;
      return send(200, options);
    }
    if (path === "session/verify") {
      if (!credential) return refuse(403, "forbidden", "this passkey is not known here");
      await verifyAuthenticationResponse({
        response: json.response as AuthenticationResponseJSON,
        ...expected,
        credential,
      });
      fake.state.signedIn = true;
      return send(200, person);
    }
    if (!signedIn) return refuse(401, "unauthorized", "sign in first");

    if (path === "access") {
      const [created, used] = ["2026-05-01T08:00:00Z", "2026-06-01T08:00:00Z"];
      const devices = [
        { id: "d1", name: "Pixel", author: "li", role: "owner", created, used, current: true },
        { id: "d2", name: "Old phone", author: "li", role: "owner", created },
      ].filter(({ id }) => !revoked.has(id));
      const tokens = [
        {
          id: "t1",
          client: { id: "https://quill.example/", name: "Quill" },
          author: "li",
          scopes: ["create"],
          created,
          used,
        },
      ].filter(({ id }) => !revoked.has(id));
      return send(200, { devices, tokens });
    }
    if (path.startsWith("access/") && method === "DELETE") {
      revoked.add(path.slice(7));
      return send(204);
    }
    if (path === "codes") {
      const [code, expires] = ["7Z3KD-99QWE-R5TYP-M4NBV", "2026-06-01T13:00:00Z"];
      return send(201, { code, url: `${origin}/write/#code=${code}`, expires });
    }
    if (path === "auth/request") {
      const client = { id: "https://quill.example/", name: "Quill", redirect: `${origin}/back` };
      return send(200, { client, scopes: ["create", "media"], me: "https://example.com/" });
    }
    if (path === "auth/decide") return send(200, { redirect: `${origin}/back?code=x&state=y` });
    if (url.pathname === "/back") return send(200, "back");
    if (path === "check") return send(200, { problems: fake.state.problems });
    if (path === "media") {
      const address = `${origin}/media/${++count}.jpg`;
      const start = body.indexOf("\r\n\r\n") + 4;
      fake.files.set(address, body.subarray(start, body.lastIndexOf("\r\n--")));
      return send(201, { url: address, type: "image/jpeg" }, { location: address });
    }
    if (path === "uploads") {
      const id = `u${++count}`;
      uploads.set(id, { size: json.size ?? 0, parts: new Map() });
      return send(201, {
        id,
        partSize: PART,
        parts: Math.ceil((json.size ?? 0) / PART),
        url: `${origin}/media/${id}.webm`,
      });
    }
    const [, id = "", rest = ""] = /^uploads\/(\w+)\/?(.*)$/.exec(path) ?? [];
    const upload = uploads.get(id);
    if (path.startsWith("uploads/")) {
      if (!upload) return refuse(404, "not_found", "there is no such upload: begin another");
      if (rest === "" && method === "GET") {
        const received = [...upload.parts].map(([number, { length }]) => ({ number, size: length }));
        return send(200, { id, size: upload.size, partSize: PART, parts: Math.ceil(upload.size / PART), received });
      }
      if (rest === "addresses") {
        const addresses = (json.parts ?? []).map((part) => [part, `${origin}/write/uploads/${id}/parts/${part}`]);
        return send(200, { addresses: Object.fromEntries(addresses), expires: "2026-06-01T13:00:00Z" });
      }
      if (rest.startsWith("parts/")) {
        upload.parts.set(Number(rest.slice(6)), body);
        return send(200);
      }
      if (rest === "complete") {
        const address = `${origin}/media/${id}.webm`;
        fake.files.set(address, Buffer.concat([...upload.parts].sort(([a], [b]) => a - b).map(([, part]) => part)));
        return send(201, { url: address, type: "video/webm" }, { location: address });
      }
    }
    if (path === "micropub" && method === "GET") return send(...query(url.searchParams));
    if (path === "micropub") return micropub(json, request, { send, refuse, response });
    return refuse(404, "not_found", "no such address");
  }

  function query(asked: URLSearchParams): readonly [number, unknown, { readonly [name: string]: string }?] {
    const address = asked.get("url");
    const post = address === null ? undefined : fake.posts.get(address);
    if (asked.get("q") === "category") return [200, { categories: ["water", "soil", "melons"] }];
    if (address !== null && !post) return [404, { error: "not_found", error_description: "there is no such post" }];
    if (asked.get("q") === "status") return [200, { status: post?.status, problems: [] }];
    if (post) return [200, { type: ["h-entry"], properties: post.properties }, { etag: etagOf(post) }];
    const after = Number(asked.get("after") ?? 0);
    const [limit, all] = [Number(asked.get("limit") ?? 20), [...fake.posts].reverse()];
    const items = all.slice(after, after + limit).map(([url, { properties }]) => ({
      ...{ type: ["h-entry"], properties: { ...properties, url: [url] } },
    }));
    return [200, { items, paging: after + limit < all.length ? { after: String(after + limit) } : {} }];
  }

  interface Sending {
    readonly send: (status: number, value?: unknown, headers?: { readonly [name: string]: string }) => void;
    readonly refuse: (status: number, error: string, description: string) => void;
    readonly response: ServerResponse;
  }

  function micropub(json: AskedBody, { headers }: IncomingMessage, { send, refuse, response }: Sending): unknown {
    if (json.action === undefined) {
      const key = String(headers["idempotency-key"]);
      const name = json.properties?.["name"]?.[0];
      if (name === "refused") return refuse(400, "invalid_request", "the title is not allowed: choose another");
      const url = created.get(key) ?? `https://example.com/posts/${++count}/`;
      if (!created.has(key)) fake.posts.set(url, { properties: json.properties ?? {}, status: "waiting" });
      created.set(key, url);
      const found = fake.posts.get(url);
      setTimeout(
        () => found && fake.posts.set(url, { ...(fake.posts.get(url) ?? found), status: fake.state.status }),
        1500,
      );
      if (fake.state.silent > 0) {
        fake.state.silent--;
        return response.destroy();
      }
      return send(202, { url, key: "posts/x.md", problems: fake.state.problems }, { location: url });
    }
    const { url = "" } = json;
    const post = fake.posts.get(url);
    if (!post) return refuse(404, "not_found", "there is no such post");
    if (headers["if-match"] !== undefined && headers["if-match"] !== etagOf(post))
      return refuse(412, "changed", "the post is another one by now: read it again");
    const { delete: gone = [], replace = {}, action } = json;
    const kept = Object.entries(post.properties).filter(([name]) => !gone.includes(name));
    // As the real one: what is withdrawn already is deleted for good.
    if (action === "delete" && post.status === "withdrawn") fake.posts.delete(url);
    const status = action === "delete" ? "withdrawn" : action === "undelete" ? "published" : post.status;
    if (fake.posts.has(url)) fake.posts.set(url, { properties: { ...Object.fromEntries(kept), ...replace }, status });
    if (fake.state.silent > 0) {
      fake.state.silent--;
      return response.destroy();
    }
    return send(200, { url, problems: [] });
  }

  return fake;
}
