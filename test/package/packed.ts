/** The package as npm packs it, from a copy of the checkout: package.json is another one while it is packed. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { json } from "node:stream/consumers";
import { promisify } from "node:util";

const run = promisify(execFile);
const NEEDED = ["lib", "functions", "infra", "content", "package.json", "tsconfig.json"];
const PATH = [resolve("node_modules/.bin"), dirname(process.execPath), process.env["PATH"]].join(delimiter);

export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** npm as it is by default, but without a network. */
export const npm = (cwd: string, ...args: readonly string[]): Promise<Output> =>
  run("npm", [...args], {
    cwd,
    env: { ...process.env, PATH, npm_config_offline: "true", npm_config_loglevel: "notice" },
  });

export interface Packed {
  readonly checkout: string;
  readonly tarball: string;
  readonly files: readonly string[];
  /** Beside the checkout, with the tarball as its one package. */
  readonly consumer: string;
  readonly installed: Output;
  remove(): Promise<void>;
}

/** In a new folder within `place`. */
export async function packedPackage(place = tmpdir()): Promise<Packed> {
  const folder = await mkdtemp(join(place, "dripfeed-pack-"));
  const [checkout, consumer] = [join(folder, "checkout"), join(folder, "consumer")];
  await mkdir(checkout);
  await mkdir(consumer);
  for (const name of [...NEEDED, "README.md", "CHANGELOG.md", "LICENSE"]) {
    await cp(name, join(checkout, name), { recursive: true });
  }
  await symlink(resolve("node_modules"), join(checkout, "node_modules"));
  const { stdout } = await npm(checkout, "pack", "--json", "--pack-destination", folder);
  const [{ filename, files }] = JSON.parse(stdout.slice(stdout.indexOf("[\n")));
  await npm(consumer, "init", "-y");
  const installed = await npm(consumer, "install", join(folder, filename));
  return {
    checkout,
    consumer,
    installed,
    tarball: join(folder, filename),
    files: files.map(({ path }: { readonly path: string }) => path),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What a registry is told of the tarball, which is what npm installs by. */
export async function publishedManifest({ consumer, tarball }: Packed): Promise<object> {
  let told: { readonly versions?: { readonly [version: string]: object } } = {};
  const registry = createServer(async (request, response) => {
    if (request.method === "PUT") told = (await json(request)) as typeof told;
    response.writeHead(request.method === "PUT" ? 201 : 404, { "Content-Type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(registry.address() as AddressInfo).port}`;
  try {
    const flags = ["--registry", `http://${host}/`, `--//${host}/:_authToken=none`, "--offline=false"];
    await npm(consumer, "publish", tarball, ...flags);
  } finally {
    registry.close();
  }
  return Object.values(told.versions ?? {})[0] ?? {};
}
