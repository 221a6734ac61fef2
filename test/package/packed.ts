/** The package as npm packs it, from a copy of the checkout: package.json is another one while it is packed. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
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

export async function packedPackage(): Promise<Packed> {
  const folder = await mkdtemp(join(tmpdir(), "dripfeed-pack-"));
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
