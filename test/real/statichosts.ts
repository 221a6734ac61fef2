/** nginx and Caddy before a folder, each with the configuration that was published into it. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { folderStore } from "../../lib/stores/folder.ts";
import { memoryStore } from "../../lib/stores/memory.ts";
import type { HostedSite } from "../hosts/questions.ts";
import { type World, worldOn } from "../support/world.ts";
import { freePort } from "./chain/cdn.ts";

export type StaticHost = "nginx" | "caddy";

export interface StaticServer {
  readonly world: World;
  /** With a slash at its end. */
  readonly url: string;
  /** The access log of nginx. */
  readonly log: string;
  /** As an address is sent, without following where it leads. */
  readonly get: (address: string, headers?: { readonly [name: string]: string }, method?: string) => Promise<Response>;
  readonly close: () => void;
}

const nginxConfig = (base: string, port: number, below: string) => `
daemon off; master_process off; pid ${base}/nginx.pid; error_log ${base}/error.log;
events {}
http {
  include /etc/nginx/mime.types;
  access_log ${base}/logs/access.log;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${base}/${name};`).join(" ")}
  server {
    listen 127.0.0.1:${port};
    root ${base}/www;
    include ${base}/www/${below}dripfeed.nginx.conf;
  }
}
`;

const caddyConfig = (base: string, port: number, below: string) => `{
  admin off
}
http://127.0.0.1:${port} {
  root * ${base}/www
  import ${base}/www/${below}dripfeed.caddy
  encode gzip
  file_server
}
`;

async function configured(host: StaticHost, base: string, port: number, below: string) {
  const name = join(base, "config");
  await mkdir(join(base, "logs"), { recursive: true });
  await writeFile(name, host === "nginx" ? nginxConfig(base, port, below) : caddyConfig(base, port, below));
  const env = { PATH: `${process.env["PATH"]}:/usr/sbin`, HOME: base, XDG_CONFIG_HOME: base, XDG_DATA_HOME: base };
  return { name, env };
}

/** Whether the server reads the configuration below `base`, with what it says. */
export async function checked(host: StaticHost, base: string): Promise<string> {
  const { name, env } = await configured(host, base, 1, "feeds/");
  const args =
    host === "nginx"
      ? ["-t", "-q", "-p", base, "-c", name, "-e", join(base, "error.log")]
      : ["validate", "--adapter", "caddyfile", "--config", name];
  return await promisify(execFile)(host, args, { env }).then(
    () => "",
    (error: { readonly stderr: string }) => error.stderr,
  );
}

export async function startHost(host: StaticHost, base: string, given: HostedSite): Promise<StaticServer> {
  const www = join(base, "www");
  for (const [path, text] of Object.entries(given.pages)) {
    await mkdir(dirname(join(www, path)), { recursive: true });
    await writeFile(join(www, path), text);
  }
  await mkdir(join(www, given.below), { recursive: true });
  const world = worldOn({
    content: memoryStore("content"),
    public: folderStore(join(www, given.below)),
    state: memoryStore("state"),
  });
  await world.write("site.yaml", `${given.site}host: ${host}\n`);
  for (const [key, text] of Object.entries(given.posts)) await world.write(key, text);
  const { refused, problems } = await world.publish();
  const errors = problems.filter(({ severity }) => severity === "error");
  if (refused || errors.length > 0) throw new Error(JSON.stringify([refused, errors]));
  const port = await freePort();
  const { name, env } = await configured(host, base, port, given.below);
  const args =
    host === "nginx"
      ? ["-p", base, "-c", name, "-e", join(base, "error.log")]
      : ["run", "--adapter", "caddyfile", "--config", name];
  const server = spawn(host, args, { stdio: ["ignore", "ignore", host === "nginx" ? "inherit" : "ignore"], env });
  const get = (address: string, headers: { readonly [name: string]: string } = {}, method = "GET") =>
    fetch(`http://127.0.0.1:${port}${address}`, { headers, method, redirect: "manual" });
  await untilUp(host, server, get);
  const log = join(base, "logs/access.log");
  return { world, url: `http://127.0.0.1:${port}/`, log, get, close: () => server.kill("SIGKILL") };
}

async function untilUp(host: StaticHost, server: ChildProcess, get: StaticServer["get"]): Promise<void> {
  for (let i = 0; i < 200 && server.exitCode === null; i++) {
    const isUp = await get("/").then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  server.kill("SIGKILL");
  throw new Error(`${host} did not come up: install the packages nginx-light and caddy`);
}
