/** The head: which catalog is current, who writes, and what changed since announcers last looked. */
import type { Store } from "../stores/store.ts";
import { isListOf, isMoment, isObjectOf, isOneOf, isText, maybe } from "./guards.ts";
import { type Current, type Mutable, readMutable, readMutableAnyway, swapMutable } from "./swap.ts";
import type { Head, Lease, Outbox } from "./types.ts";

const HEAD: Mutable<Head> = {
  key: "head.json",
  empty: { format: 1, outbox: { paths: [] } },
  isShape: isObjectOf<Head>({
    format: isOneOf(1),
    catalog: maybe(isText),
    adopted: maybe(isText),
    lease: maybe(isObjectOf<Lease>({ run: isText, until: isMoment, holder: maybe(isText), intent: isText })),
    outbox: isObjectOf<Outbox>({
      paths: isListOf(isText),
      media: maybe(isListOf(isText)),
      restored: maybe(isListOf(isText)),
      due: maybe(isMoment),
      since: maybe(isMoment),
    }),
  }),
};

/** The head as it was read. */
export type CurrentHead = Current<Head>;

export const readHead = (state: Store): Promise<CurrentHead> => readMutable(state, HEAD);

/** The same; a damaged head counts as an empty one, with the ETag by which it can be replaced. */
export const readHeadAnyway = (state: Store): Promise<CurrentHead> => readMutableAnyway(state, HEAD);

/** Puts `next` where `current` was read; `undefined` when another run was quicker. */
export const swapHead = (state: Store, current: CurrentHead, next: Head): Promise<CurrentHead | undefined> =>
  swapMutable(state, HEAD, { current, next });
