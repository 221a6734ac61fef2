/** `dripfeed tokens`: who may write, listed; access given by codes and tokens, and taken away. */

import { type AccessList, findAccess, listAccess, revokeAccess } from "../signin/people/access.ts";
import type { Writer } from "../signin/types.ts";
import { openStore, storeOptions } from "../stores/open.ts";
import type { Store } from "../stores/store.ts";
import { section } from "../terminal/section.ts";
import { clock, paint, print } from "./console.ts";
import type { InputOf } from "./declare.ts";
import type { TOKENS } from "./declared/access.ts";
import { DONE, orUsageError, UsageError } from "./exit.ts";
import { printCode, printToken } from "./letin.ts";
import { typed } from "./typed.ts";

type Values = InputOf<typeof TOKENS>["values"];

/** Letters of an app's name in the list. */
const MOST_NAME = 100;

export async function runTokens({ values, given }: InputOf<typeof TOKENS>): Promise<number> {
  const { code, app, revoke, json } = values;
  assertOne(values);
  const state = await open(values.state);
  if (revoke !== undefined) return await revokeAll(state, revoke);
  if (code) return await printCode(state, values, given);
  if (app !== undefined) return await printToken(state, app, values, given);
  const access = await listAccess(state, clock.now());
  print(json ? JSON.stringify(access, null, 2) : await showAccess(access));
  return DONE;
}

const open = async (name: string): Promise<Store> => await orUsageError(openStore(name, storeOptions(process.env)));

async function showAccess({ devices, tokens }: AccessList): Promise<string> {
  if (devices.length + tokens.length === 0) {
    return `nobody may write yet: ${typed(["tokens", "--code", "--content", "content"], process.env)} lets a device in`;
  }
  const who = ({ author, role }: Writer) => (author === undefined ? role : `${author}, ${role}`);
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

/** One of three that make or end something, with the options that it takes. */
function assertOne(values: Values): void {
  const { code, app, revoke } = values;
  const typedOnes = [code && "--code", app !== undefined && "--app", revoke !== undefined && "--revoke"].filter(
    Boolean,
  );
  if (typedOnes.length > 1)
    throw new UsageError(
      `${typedOnes.join(" and ")} are ${typedOnes.length === 2 ? "two" : "three"} commands: type one after the other`,
    );
  const makes = code || app !== undefined;
  for (const name of ["author", "role", "url", "content"] as const) {
    if (!makes && values[name] !== undefined) throw new UsageError(`--${name} is for --code and --app: type one, too`);
  }
  if (app === undefined && values.scopes !== undefined) throw new UsageError("--scopes is for --app: type it, too");
  if (app?.trim() === "" || (app ?? "").length > MOST_NAME)
    throw new UsageError(`--app is what the list calls it: write 1 to ${MOST_NAME} letters`);
}
