/** A site that is written to by Micropub, in memory: requests in, answers and files out. */
import type { Micropub } from "../../lib/micropub/micropub.ts";
import { openMicropub } from "../../lib/micropub/micropub.ts";
import type { Grant } from "../../lib/signin/types.ts";
import type { Uploads } from "../../lib/stores/uploads.ts";
import { answering } from "../support/answering.ts";
import { memoryStores, SITE, type Stores, type World, world } from "../support/world.ts";

export const ORIGIN = "https://feeds.example.com";
export const MICROPUB = `${ORIGIN}/write/micropub`;

export const OWNER: Grant = {
  role: "owner",
  scopes: ["create", "update", "delete", "undelete", "media", "profile"],
  id: "test",
};

/** What comes in parts goes to the media endpoint. */
export const NO_UPLOADS = {} as Uploads;

type SentBody = string | URLSearchParams | FormData;

export interface Desk extends World {
  readonly micropub: Micropub;
  ask(query: string, grant?: Grant): Promise<Response>;
  form(fields: readonly [name: string, value: string][] | string, options?: SendOptions): Promise<Response>;
  json(value: unknown, options?: SendOptions): Promise<Response>;
  send(body: SentBody, options?: SendOptions): Promise<Response>;
  /** The only file below the posts' folder, or that of a key. */
  file(key?: string): Promise<string>;
  /** Keys of the posts. */
  keys(): Promise<readonly string[]>;
}

export interface SendOptions {
  readonly grant?: Grant;
  readonly headers?: { readonly [name: string]: string };
  readonly path?: string;
}

export async function desk(
  posts: { readonly [key: string]: string } = {},
  site = SITE,
  stores: Stores = memoryStores(),
): Promise<Desk> {
  return deskOn(await world(posts, site, stores), stores);
}

/** Requests go to these stores, which may fail. */
export function deskOn(built: World, stores: Stores): Desk {
  let names = 0;
  const micropub = openMicropub({
    content: stores.content,
    state: stores.state,
    uploads: NO_UPLOADS,
    clock: built.clock,
    newName: () => `name-${++names}`,
    origin: ORIGIN,
  });
  const answer = async (request: Request, grant = OWNER): Promise<Response> => {
    const found = await answering(() => micropub.answer(request, grant));
    if (!found) throw new Error("the address is another's");
    return found;
  };
  const send = (body: SentBody, { grant, headers = {}, path = "/write/micropub" }: SendOptions = {}) =>
    answer(new Request(ORIGIN + path, { method: "POST", body, headers }), grant);
  const keys = async () =>
    Object.keys(await built.dump(built.content)).filter((key) => !/^(?:site\.yaml|media\/)/.test(key));
  return {
    ...built,
    micropub,
    ask: (query, grant) => answer(new Request(`${MICROPUB}?${query}`), grant),
    form(fields, options) {
      return send(new URLSearchParams(fields), options);
    },
    json(value, options = {}) {
      return send(JSON.stringify(value), {
        ...options,
        headers: { ...options.headers, "content-type": "application/json" },
      });
    },
    send,
    keys,
    async file(key) {
      const [only = ""] = key === undefined ? await keys() : [key];
      return (await built.dump(built.content))[only] ?? "";
    },
  };
}

/** A request of JSON that creates. */
export const entry = (properties: { readonly [name: string]: readonly unknown[] }) => ({
  type: ["h-entry"],
  properties,
});

export async function made(to: Desk, properties: { readonly [name: string]: readonly unknown[] }) {
  const answer = await to.json(entry(properties));
  return (await answer.json()) as { readonly url: string; readonly key: string };
}

export async function source(to: Desk, url: string): Promise<{ readonly [name: string]: readonly unknown[] }> {
  const answer = await to.ask(`q=source&url=${encodeURIComponent(url)}`);
  const { properties } = (await answer.json()) as { properties: { readonly [name: string]: readonly unknown[] } };
  return properties;
}

export const bodyIn = (file: string): string => file.slice(file.indexOf("---\n\n") + 5);
