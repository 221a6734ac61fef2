/** `dripfeed tokens`: who may write, listed; a device let in by a code; access taken away. */
import { randomBytes } from "node:crypto";
import { WRITING } from "../base/writing.ts";
import { Refusal } from "../signin/answers/refusal.ts";
import { type CodeFor, makeCode } from "../signin/codes/codes.ts";
import { type AccessList, findAccess, listAccess, revokeAccess } from "../signin/people/access.ts";
import { codeFor } from "../signin/people/roles.ts";
import type { Site } from "../site/types.ts";
import { readHeadAnyway } from "../state/head.ts";
import { openStore, storeOptions } from "../stores/open.ts";
import type { Store } from "../stores/store.ts";
import { section } from "../terminal/section.ts";
import { visible } from "../terminal/text.ts";
import { clock, log, paint, print } from "./console.ts";
import { assertContent } from "./content.ts";
import type { InputOf } from "./declare.ts";
import type { TOKENS } from "./declared/access.ts";
import { DONE, orUsageError, UsageError } from "./exit.ts";
import { asCallerTyped, contentAsGiven } from "./options.ts";
import { readSite } from "./site.ts";
import { typed } from "./typed.ts";

type Values = InputOf<typeof TOKENS>["values"];

const CODE_SECONDS = 24 * 60 * 60;

export async function runTokens({ values, given }: InputOf<typeof TOKENS>): Promise<number> {
  const { code, revoke, json } = values;
  if (code && revoke !== undefined)
    throw new UsageError("--code and --revoke are two commands: type one after the other");
  for (const name of ["author", "role", "url", "content"] as const) {
    if (!code && values[name] !== undefined) throw new UsageError(`--${name} is for --code: type it, too`);
  }
  const state = await open(values.state);
  if (revoke !== undefined) return await revokeAll(state, revoke);
  if (code) return await printCode(state, values, given);
  const access = await listAccess(state, clock.now());
  print(json ? JSON.stringify(access, null, 2) : await showAccess(access));
  return DONE;
}

const open = async (name: string): Promise<Store> => await orUsageError(openStore(name, storeOptions(process.env)));

async function showAccess({ devices, tokens }: AccessList): Promise<string> {
  if (devices.length === 0) {
    return `nobody may write yet: ${typed(["tokens", "--code", "--content", "content"], process.env)} lets a device in`;
  }
  const who = ({ author, role }: CodeFor) => (author === undefined ? role : `${author}, ${role}`);
  const lines = [
    ...(await section(paint, {
      heading: "devices",
      columns: ["id", "name", "who", "since", "last used"],
      numbers: 0,
      rows: devices.map((each) => [each.id, each.name, who(each), dayOf(each.created), dayOf(each.used)]),
    })),
    ...(await section(paint, {
      heading: "apps",
      columns: ["id", "app", "who", "since", "last used", "may"],
      numbers: 0,
      rows: tokens.map((each) => [
        each.id,
        each.client.id,
        who(each),
        dayOf(each.created),
        dayOf(each.used),
        each.scopes.join(" "),
      ]),
    })),
  ];
  return [...lines.slice(1), "", `to take access away: ${typed(["tokens", "--revoke"], process.env)} <id>`].join("\n");
}

const dayOf = (instant = ""): string => instant.slice(0, 10);

/** All of them are found before the first is revoked. */
async function revokeAll(state: Store, ids: string): Promise<number> {
  const all = ids.split(",").map((id) => id.trim());
  const found = await Promise.all(
    all.map(async (id) => {
      const access = await findAccess(state, id);
      if (!access)
        throw new UsageError(`no device and no app has the id ${id}: ${typed(["tokens"], process.env)} lists them`);
      return access;
    }),
  );
  for (const access of found) {
    await revokeAccess(state, access);
    print(
      access.kind === "app" ? `revoked: app ${access.id}` : `revoked: device ${access.id}, and the apps that it let in`,
    );
  }
  return DONE;
}

async function printCode(state: Store, values: Values, given: { readonly content?: string }): Promise<number> {
  const site = await siteOf(values.content, given);
  const whom = whoseCode(values, site);
  const origin = originOf(values.url, site);
  if (await isNew(state)) {
    log(
      `nothing was published with the state store ${asCallerTyped(values.state)} yet: is that the one that --state should name?`,
    );
  }
  const newSecret = () => new Uint8Array(randomBytes(32));
  const { code, expires } = await makeCode(whom, { state, newSecret, now: clock.now(), seconds: CODE_SECONDS });
  const url = origin === undefined ? undefined : `${origin}${WRITING}#code=${code}`;
  if (values.json) {
    print(JSON.stringify({ code, url, ...whom, expires: expires.toISOString() }, null, 2));
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
  print(`for   ${whom.role}${whom.author === undefined ? "" : ` ${visible(whom.author)}`}, once, until ${until}`);
  print(
    `next  ${url === undefined ? `open ${WRITING} where the feeds are served, and type the code` : "open it on the device that is to be let in"}`,
  );
  return DONE;
}

const isNew = async (state: Store): Promise<boolean> => (await readHeadAnyway(state)).etag === undefined;

async function siteOf(content: string | undefined, given: { readonly content?: string }): Promise<Site | undefined> {
  if (content === undefined) return undefined;
  await assertContent(content, contentAsGiven(given));
  return await readSite(await open(content), clock.now());
}

/** Without site.yaml at hand nobody knows yet whether it names the author; the page says so when the code is used. */
function whoseCode(
  { author, role = author === undefined ? "owner" : "author" }: Values,
  site: Site | undefined,
): CodeFor {
  if (author === undefined && role !== "owner") {
    throw new UsageError(`--role ${role} is of one of the authors of site.yaml: write --author, too`);
  }
  if (!site) return { ...(author === undefined ? {} : { author }), role };
  try {
    return codeFor({ author, role }, site);
  } catch (error) {
    throw error instanceof Refusal ? new UsageError(error.message) : error;
  }
}

function originOf(url: string | undefined, site: Site | undefined): string | undefined {
  if (url === undefined) return site && new URL(site.feeds).origin;
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new UsageError(`--url ${url} is no URL: write https:// and the name of the host that serves the feeds`);
  }
  return new URL(url).origin;
}
