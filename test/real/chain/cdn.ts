/** The CDN: the edge functions as they are deployed, a caching proxy (nginx), and behind it the public bucket and the content's media. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { request as ask, createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createPort } from "node:net";
import { join } from "node:path";
import { edgeCode } from "../../../infra/edge/build.ts";
import type { CloudfrontRequest, CloudfrontResponse } from "../../../infra/edge/event.ts";
import { parseSite } from "../../../lib/site/site.ts";
import { runAtEdge } from "../../edge/runtime.ts";

export interface Cdn {
  /** With a slash at its end. */
  readonly url: string;
  /** Removes paths from the cache; a `*` at the end stands for anything. */
  invalidate(paths: readonly string[]): Promise<void>;
  /** Another origin, which answers all below a path: no function at the edge and no cache is before it. */
  answerBelow(path: string, answer: Behind): void;
  close(): Promise<void>;
}

export type Behind = (request: IncomingMessage, response: ServerResponse) => void;

/** Chosen before the server starts, since `site.yaml` names the port. */
export async function freePort(): Promise<number> {
  const server = createPort();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface CdnOptions {
  readonly port: number;
  readonly siteYaml: string;
  /** The gateway's endpoint. */
  readonly endpoint: string;
  readonly bucket: string;
  /** The content store's, of which the media are served. */
  readonly media: string;
  readonly host: string;
  readonly folder: string;
}

export async function openCdn({ port, host, siteYaml, endpoint, bucket, media, folder }: CdnOptions): Promise<Cdn> {
  const cache = await freePort();
  const nginx = await startNginx(folder, cache, `${endpoint}/${bucket}/`, `${endpoint}/${media}/media/`);
  const behind = new Map<string, Behind>();
  const read = parseSite(new TextEncoder().encode(siteYaml), "content", 2026);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const code = edgeCode(read.site);
  const onRequest = runAtEdge<Event, CloudfrontRequest | CloudfrontResponse>(code.request, "handler");
  const onResponse = runAtEdge<Event, CloudfrontRequest | CloudfrontResponse>(code.response, "handler");

  const server: Server = createServer((request, response) => {
    const { method = "GET", url = "/", headers } = request;
    const [uri = "/", query = ""] = url.split("?");
    const answer = [...behind].find(([path]) => uri.startsWith(path))?.[1];
    if (answer) return answer(request, response);
    const event: CloudfrontRequest = {
      ...{ method, uri, querystring: paramsOf(query) },
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value: String(value) }])),
    };
    const decided = onRequest({ request: event });
    if ("statusCode" in decided) return send(decided, decided.body?.data ?? "");
    // As in CloudFront, the object depends on the key alone.
    ask({ host: "127.0.0.1", port: cache, path: decided.uri, method }, async (stored) => {
      const chunks: Buffer[] = [];
      for await (const chunk of stored) chunks.push(chunk as Buffer);
      const given = Object.entries(stored.headers).map(([name, value]) => [name, { value: String(value) }] as const);
      const answer = { statusCode: stored.statusCode ?? 500, headers: Object.fromEntries(given) };
      send(onResponse({ request: decided, response: answer }) as CloudfrontResponse, Buffer.concat(chunks));
    })
      .on("error", () => send({ statusCode: 502, headers: {} }, ""))
      .end();

    function send({ statusCode, headers }: CloudfrontResponse, body: Buffer | string): void {
      const sent = Object.entries(headers).filter(([name]) => !/^(?:transfer-encoding|connection)$/.test(name));
      response.writeHead(statusCode, Object.fromEntries(sent.map(([name, { value }]) => [name, value])));
      response.end(body);
    }
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://${host}:${port}/`,
    answerBelow: (path, answer) => void behind.set(path, answer),
    async invalidate(paths) {
      const cached = join(folder, "nginx/cache");
      const named = paths.map((path) => decodeURIComponent(path));
      const isNamed = (key: string) =>
        named.some((path) => (path.endsWith("*") ? key.startsWith(path.slice(0, -1)) : key === path));
      for (const file of await readdir(cached)) {
        const [, key = ""] = /^KEY: (.*)$/m.exec(await readFile(join(cached, file), "utf8").catch(() => "")) ?? [];
        if (isNamed(key)) await rm(join(cached, file), { force: true });
      }
    },
    async close() {
      nginx.kill("SIGKILL");
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

type Event = { readonly request: CloudfrontRequest; readonly response?: CloudfrontResponse };

const paramsOf = (query: string): CloudfrontRequest["querystring"] =>
  Object.fromEntries([...new URLSearchParams(query)].map(([name, value]) => [name, { value }]));

async function startNginx(folder: string, port: number, origin: string, media: string): Promise<ChildProcess> {
  const base = join(folder, "nginx");
  await mkdir(join(base, "logs"), { recursive: true });
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${base}/${name};`,
  );
  const config = `
daemon off; master_process off; pid ${base}/nginx.pid; error_log ${base}/logs/error.log;
events {}
http {
  access_log off; ${temporary.join(" ")}
  proxy_cache_path ${base}/cache keys_zone=feeds:10m;
  server {
    listen 127.0.0.1:${port};
    location /media/ { proxy_pass ${media}; }
    location / {
      proxy_pass ${origin};
      proxy_cache feeds;
      proxy_cache_key $uri; # each file of the cache says this
      proxy_cache_lock on;
      add_header x-cache $upstream_cache_status;
    }
  }
}
`;
  await writeFile(join(base, "nginx.conf"), config);
  const nginx = spawn("nginx", ["-p", base, "-c", join(base, "nginx.conf"), "-e", join(base, "logs/error.log")], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { PATH: `${process.env["PATH"]}:/usr/sbin` },
  });
  for (let i = 0; i < 100; i++) {
    const isUp = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
    if (isUp) return nginx;
    if (nginx.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  nginx.kill("SIGKILL");
  throw new Error("nginx did not come up: install the package nginx-light");
}
