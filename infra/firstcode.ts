/** Where posts are written, and the way in for the first device, once it is deployed: with the credentials that deployed it. */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { systemClock } from "../lib/clock.ts";
import { openStore, storeOptions } from "../lib/stores/open.ts";
import { showFirstCode } from "../lib/terminal/firstcode.ts";
import { firstCode } from "../lib/write/firstcode.ts";
import { openSignInOver } from "../lib/write/open.ts";
import { type Config, readSettings } from "./settings.ts";

/** Of the stack, those that are used. */
interface Outputs {
  readonly WritePage?: string;
  readonly StateStore?: string;
}

/** The buckets are there, whatever the profile says. */
const REGION = "us-east-1";

/** `file`: the outputs, as the CDK wrote them. Says nothing without `write`. What fails here has deployed all the same, and is told. */
export async function tellFirstCode(config: Config, file: string): Promise<void> {
  if (config.write !== true) return;
  try {
    process.stdout.write(`\n${await told(config, file)}\n`);
  } catch (error) {
    const fix = "dripfeed tokens --state <StateStore> --url <WritePage> --code gives the code for the first device";
    process.stderr.write(
      `deployed, but the first code could not be made: ${(error as Error).message}\n  fix: ${fix}\n`,
    );
  }
}

async function told(config: Config, file: string): Promise<string> {
  const { WritePage: page, StateStore: name } = await outputsOf(config.name, file);
  if (!page || !name) throw new Error(`${file} has no outputs WritePage and StateStore of ${config.name}`);
  const { origin } = new URL(page);
  const now = systemClock.now();
  const { site } = readSettings(config, now.getUTCFullYear());
  const state = await openStore(name, { ...storeOptions(process.env), region: REGION });
  const signIn = await openSignInOver({
    ...{ state, origin, clock: systemClock, log: () => undefined },
    // The content may not be pushed yet.
    site: async () => site,
    newSecret: () => randomBytes(32),
  });
  const code = await firstCode(signIn, origin);
  return code ? showFirstCode(code, process.stdout.columns) : `posts are written at ${page}`;
}

async function outputsOf(stack: string, file: string): Promise<Outputs> {
  const all = JSON.parse(await readFile(file, "utf8")) as { readonly [stack: string]: Outputs };
  return all[stack] ?? {};
}
