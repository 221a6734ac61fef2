/** The content that a command is to read, looked at before it is opened: a mistyped folder would seem to be an empty one. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { SITE_KEY } from "../base/problems.ts";
import { parseS3Name } from "../stores/name.ts";
import { orUsageError, UsageError } from "./exit.ts";
import { typed } from "./typed.ts";

/** Throws a `UsageError` where `name` is no folder, or one without `site.yaml` in which something else tells what to do. `given`: as it was typed. */
export async function assertContent(name: string, given: string): Promise<void> {
  if (await isElsewhere(name)) return;
  const here = (await isThere(SITE_KEY)) ? "." : "<folder>, the one that site.yaml is in";
  await assertFolder(name, given, `write --content ${here}`);
  const names = await readdir(name).catch(() => [SITE_KEY]); // the store says why
  if (names.includes(SITE_KEY)) return;
  const why = `there is no ${SITE_KEY} in ${given}`;
  for (const folder of ["content", "source", "src"]) {
    const inner = join(given, folder);
    if (names.includes(folder) && (await isThere(join(name, folder, SITE_KEY)))) {
      throw new UsageError(`${why}, but in ${inner}: write --content ${inner}`);
    }
  }
  const { generatorAmong } = await import("../init/configurations.ts");
  const generator = generatorAmong(names);
  if (generator !== undefined) {
    throw new UsageError(
      `${why}, which is a site of ${generator}: write it with ${typed(["init", given], process.env)}`,
    );
  }
}

/** Throws a `UsageError` where there is no folder of this name, which is not that of a bucket. */
export async function assertFolder(name: string, given: string, fix: string): Promise<void> {
  if (await isElsewhere(name)) return;
  const found = await stat(name).catch((error: NodeJS.ErrnoException) => error);
  if (!(found instanceof Error)) {
    if (found.isDirectory()) return;
    throw new UsageError(`${given} is a file: name the folder that it is in`);
  }
  if (found.code !== "ENOENT" && found.code !== "ENOTDIR") return; // the store says why
  throw new UsageError(`there is no folder ${given}: ${fix}`);
}

const isElsewhere = async (name: string): Promise<boolean> =>
  (await orUsageError(Promise.resolve().then(() => parseS3Name(name)))) !== undefined;

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
