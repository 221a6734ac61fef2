/** The digest of a listing of the content, without what runs themselves keep there: stores may lie in the content's folder. */
import { digestOf } from "../../base/digest.ts";
import { withoutEnding } from "../../base/text.ts";
import type { ObjectInfo, Store } from "../../stores/store.ts";

interface Placed {
  readonly content: Pick<Store, "name">;
  readonly public: Pick<Store, "name">;
  readonly state: Pick<Store, "name">;
}

/** What a state store holds, all of which runs write. */
const OF_STATE = /^(?:(?:catalogs|intents|entries|adopted|findings)\/|(?:head|announcing)\.json$)/;

type Listed = Pick<ObjectInfo, "key" | "etag">;

/** Equal digests: every object is as it was. */
export const digestOfEtags = (listed: readonly Listed[]): string =>
  digestOf(listed.map(({ key, etag }) => `${key}\n${etag}\n`).join(""));

/** The same of the content: posts, pictures and what lies beside them. `isPublished`: of paths of the public store. */
export function digestOfListing(
  listed: readonly Listed[],
  { content, public: served, state }: Placed,
  isPublished: (path: string) => boolean,
): string {
  const [servedIn, stateIn] = [folderWithin(content, served), folderWithin(content, state)];
  const isOurs = (key: string) =>
    (servedIn !== undefined && key.startsWith(servedIn) && isPublished(key.slice(servedIn.length))) ||
    (stateIn !== undefined && key.startsWith(stateIn) && OF_STATE.test(key.slice(stateIn.length)));
  return digestOfEtags(listed.filter(({ key }) => !isOurs(key)));
}

/** `public/` of `blog/public` in `blog`. One that is not seen to be within makes a run look closer, no more. */
export function folderWithin(content: Placed["content"], { name }: Placed["public"]): string | undefined {
  const folder = content.name === "." ? "" : `${withoutEnding(content.name, "/")}/`;
  const isWithin = folder === "" ? !/^(?:\/|\.\.(?:\/|$)|\w+:\/\/)/.test(name) : name.startsWith(folder);
  return isWithin ? `${withoutEnding(name.slice(folder.length), "/")}/` : undefined;
}
