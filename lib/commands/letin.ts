/** `dripfeed tokens --code` and `--app`: what lets a device in, or a script, printed once. */

import { randomBytes } from "node:crypto";
import { present } from "../base/optional.ts";
import { ADDRESSES, KEPT, WRITING } from "../base/writing.ts";
import { makeCode } from "../signin/codes/codes.ts";
import { SCOPES } from "../signin/people/roles.ts";
import { makePersonalToken } from "../signin/tokens/personal.ts";
import type { Site } from "../site/types.ts";
import { readHeadAnyway } from "../state/head.ts";
import { openStore, storeOptions } from "../stores/open.ts";
import type { Store } from "../stores/store.ts";
import { visible } from "../terminal/text.ts";
import { clock, print } from "./console.ts";
import { assertContent } from "./content.ts";
import type { InputOf } from "./declare.ts";
import type { TOKENS } from "./declared/access.ts";
import { DONE, orUsageError, UsageError } from "./exit.ts";
import { asCallerTyped, contentAsGiven } from "./options.ts";
import { readSite } from "./site.ts";
import { typed } from "./typed.ts";
import { writerAsked, writerNote, writerText } from "./whose.ts";

type Values = InputOf<typeof TOKENS>["values"];

const CODE_SECONDS = 24 * 60 * 60;

const newSecret = () => new Uint8Array(randomBytes(32));

export async function printToken(
  state: Store,
  app: string,
  values: Values,
  given: { readonly content?: string },
): Promise<number> {
  const scopes = scopesOf(values.scopes);
  const { whom, note, origin } = await askedFor(state, values, given);
  const made = await makePersonalToken({ state, clock, newSecret }, { name: app.trim(), whom, scopes });
  if (values.json) {
    print(JSON.stringify({ ...made, ...whom, ...present({ note }) }, null, 2));
    return DONE;
  }
  print(`token ${made.token}`);
  print(
    `for   ${writerText(whom)}, to ${made.scopes.join(" ")}, until a year after its last use; it is not shown again`,
  );
  printNote(note);
  print(`send  Authorization: Bearer <token>, to ${visible(origin ?? "")}${ADDRESSES.micropub}`);
  print(`end   ${typed(["tokens", "--revoke", made.id, "--state", asCallerTyped(values.state)], process.env)}`);
  return DONE;
}

/** For whom, what there is to note of that, and where the page is. */
async function askedFor(state: Store, values: Values, given: { readonly content?: string }) {
  const site = await siteOf(values.content, given);
  const whom = writerAsked(values, site);
  const origin = originOf(values.url, site);
  await assertKnown(state, values.state);
  return { whom, note: writerNote(whom, site), origin };
}

function scopesOf(text = "create,media"): readonly string[] {
  const scopes = text.split(/[\s,]+/).filter((scope) => scope !== "");
  const known: readonly string[] = SCOPES;
  const wrong = scopes.find((scope) => !known.includes(scope));
  if (scopes.length > 0 && wrong === undefined) return scopes;
  throw new UsageError(`--scopes cannot be ${wrong ?? "empty"}: write some of ${known.join(",")}`);
}

function printNote(note: string | undefined): void {
  if (note !== undefined) print(`note  ${note}`);
}

export async function printCode(state: Store, values: Values, given: { readonly content?: string }): Promise<number> {
  const { whom, note, origin } = await askedFor(state, values, given);
  const { code, expires } = await makeCode(whom, { state, newSecret, now: clock.now(), seconds: CODE_SECONDS });
  const url = origin === undefined ? undefined : `${origin}${WRITING}#code=${code}`;
  if (values.json) {
    print(JSON.stringify({ code, url, ...whom, expires: expires.toISOString(), ...present({ note }) }, null, 2));
    return DONE;
  }
  if (url !== undefined && process.stdout.isTTY) {
    const { qrLines } = await import("../terminal/qr.ts");
    print(`${qrLines(url).join("\n")}\n`);
  }
  const until = `${expires.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  // Lines that are copied or typed are never wrapped.
  print(`code  ${code}`);
  if (url !== undefined) print(`open  ${visible(url)}`);
  print(`for   ${writerText(whom)}, once, until ${until}`);
  printNote(note);
  print(
    `next  ${url === undefined ? `open ${WRITING} where the feeds are served, and type the code` : "open it on the device that is to be let in"}`,
  );
  return DONE;
}

/** What is made in a store that no page has lets nobody in. */
async function assertKnown(state: Store, name: string): Promise<void> {
  if ((await readHeadAnyway(state)).etag !== undefined) return;
  for await (const _ of state.list(KEPT)) return;
  const given = asCallerTyped(name);
  throw new UsageError(
    `the state store ${given} holds nothing yet: write --state <store>, the one that publish or write has; write prints the command for it`,
  );
}

async function siteOf(content: string | undefined, given: { readonly content?: string }): Promise<Site | undefined> {
  if (content === undefined) return undefined;
  await assertContent(content, contentAsGiven(given));
  return await readSite(await orUsageError(openStore(content, storeOptions(process.env))), clock.now());
}

function originOf(url: string | undefined, site: Site | undefined): string | undefined {
  if (url === undefined) return site && new URL(site.feeds).origin;
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new UsageError(`--url ${url} is no URL: write https:// and the name of the host that serves the feeds`);
  }
  return new URL(url).origin;
}
