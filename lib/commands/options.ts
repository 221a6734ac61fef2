/** Options that several commands take, and how their values are read. */
import { isAbsolute, relative, resolve } from "node:path";
import type { DeclaredOption } from "./declare.ts";
import { UsageError } from "./exit.ts";

/** The content store as it was typed, for messages. */
export const contentAsGiven = ({ content }: { readonly content?: string }): string =>
  content ?? CONTENT.content.default;

/** `npm run` changes to the project's folder: a relative path was typed in the folder that npm passes as INIT_CWD. */
export function fromCallersFolder(name: string): string {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = process.env;
  if (script !== "dripfeed" || !folder || name === "-" || isAbsolute(name) || /^(?:s3|https?):/i.test(name))
    return name;
  return relative(process.cwd(), resolve(folder, name)) || ".";
}

/** A path as it is seen from the folder in which the command was typed: the reverse of `fromCallersFolder`. */
export function asCallerTyped(path: string): string {
  const { npm_lifecycle_event: script, INIT_CWD: folder } = process.env;
  if (script !== "dripfeed" || !folder || isAbsolute(path) || /^(?:s3|https?):/i.test(path)) return path;
  return relative(folder, resolve(path)) || ".";
}

const store = { value: "store", parse: fromCallersFolder } as const;

export const CONTENT = {
  content: { ...store, summary: "where the posts and site.yaml are", default: "content" },
} as const;

export const STORES = {
  ...CONTENT,
  public: { ...store, summary: "where the feeds go", default: "public" },
  state: { ...store, summary: "what Dripfeed remembers; keep it", default: ".dripfeed" },
} as const satisfies { readonly [name: string]: DeclaredOption };

/** Of a store that a command takes, so that it can be given what `publish` is given, and does not use. */
export const UNUSED = "not used; it may be given as to publish";

/** It is read by the commands themselves (`now.ts`): loading calendars would take longer than help does. */
export const NOW = {
  now: { value: "time", summary: "act as at this moment, such as 2026-01-01T00:00:00Z" },
} as const;

export type StoreName = keyof typeof STORES;

export const STORE_NAMES: readonly StoreName[] = ["content", "public", "state"];

/** Of the values of a command that takes all three. */
export const storeNames = ({
  content,
  public: published,
  state,
}: {
  readonly [name in StoreName]: string;
}): { readonly [name in StoreName]: string } => ({ content, public: published, state });

/** Every command takes these before all that is its own. */
export const COMMON = {
  "no-color": { summary: "print without colours, as NO_COLOR does" },
} as const satisfies { readonly [name: string]: DeclaredOption };

export function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port ${text} is not a port: write a number from 0 (any free port) to 65535`);
}
