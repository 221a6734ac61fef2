/** Where stores are, and which may not lie in another: the content is only read, and the state is private. */
import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

export interface StorePlace {
  /** As people gave it. */
  readonly name: string;
  /** Ends with a slash, so that a place inside another starts with its text. */
  readonly place: string;
}

export interface PlacedStores {
  readonly content: StorePlace;
  readonly public: StorePlace;
  readonly state: StorePlace;
}

/** Throws a `TypeError` where one store would lie inside another. `as`: how people name a store, `with --state`. */
export function assertApart(stores: PlacedStores, as: (store: "public" | "state") => string): void {
  const { content, public: served, state } = stores;
  if (content.place === served.place || content.place === state.place) {
    throw new TypeError(
      `${content.name} is the content: name another store ${as(content.place === served.place ? "public" : "state")}`,
    );
  }
  if (state.place.startsWith(served.place)) {
    throw new TypeError(
      `the state store ${state.name} lies in the public store ${served.name}: it is private, so name another ${as("state")}`,
    );
  }
}

export const placeOfBucket = ({ bucket, prefix }: { readonly bucket: string; readonly prefix: string }): string =>
  `s3://${bucket}/${prefix}`;

/** Two names of one folder are one place. */
export const placeOfFolder = async (folder: string): Promise<string> =>
  `${await withoutLinks(resolve(folder))}/`.replace(/(?<!\/)\/+$/, "/");

/** A folder that does not exist yet will be made where the links above it lead. */
async function withoutLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await withoutLinks(parent), basename(path));
  }
}
