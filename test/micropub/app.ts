/** An app that a person connected by IndieAuth, as the public suite is one, and all parts of writing, in memory. */
import { randomBytes } from "node:crypto";
import { openWritingOver } from "../../lib/write/open.ts";
import { agreed, authorizationQuery, formRequest, jsonOf, redeemForm } from "../support/signin.ts";
import { type World, world } from "../support/world.ts";
import { device } from "../write/device.ts";
import { NO_UPLOADS, ORIGIN } from "./desk.ts";

/** On the person's own machine: nothing about it is asked for over a network. */
const CLIENT = "http://localhost:8080/";
const REDIRECT = `${CLIENT}redirect`;

export interface App extends World {
  readonly token: string;
  /** With no more than what is said: no token but one that is named. */
  send(path: string, init?: RequestInit): Promise<Response>;
  keys(): Promise<readonly string[]>;
}

export async function app(scopes: readonly string[]): Promise<App> {
  const built = await world();
  let names = 0;
  const input = {
    ...{ content: built.content, state: built.state, uploads: NO_UPLOADS, clock: built.clock, origin: ORIGIN },
    newName: () => `name-${++names}`,
    newSecret: () => new Uint8Array(randomBytes(32)),
    log: () => undefined,
    asked: () => undefined,
  };
  const { cookie, signIn } = await device(input);
  const query = authorizationQuery({ client_id: CLIENT, redirect_uri: REDIRECT, scope: scopes.join(" ") });
  const code = (await agreed(signIn, cookie, { scopes, query })).get("code") ?? "";
  const answer = openWritingOver(input);
  const asked = async (request: Request): Promise<Response> => {
    const response = await answer(request);
    if (!response) throw new Error(`nobody answers ${request.url}`);
    return response;
  };
  const redeemed = redeemForm(code, { client_id: CLIENT, redirect_uri: REDIRECT });
  const { access_token: token } = await jsonOf(await asked(formRequest("/write/token", redeemed)));
  return {
    ...built,
    token,
    send: (path, init) => asked(new Request(new URL(path, ORIGIN), init)),
    keys: async () => Object.keys(await built.dump(built.content)).filter((key) => key !== "site.yaml"),
  };
}
