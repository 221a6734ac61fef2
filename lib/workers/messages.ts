/** What the main thread and its helper say to each other. */
import type { HelperOperations, Jobs, Parts } from "../publish/helper.ts";

/** A folder as it was given, which messages name, and where it is: a program may work in another folder by now. */
export interface FolderPlace {
  readonly name: string;
  readonly root: string;
}

/** The stores that a helper opens. */
export interface Folders {
  readonly content: FolderPlace;
  /** Absent where it is no folder. */
  readonly public?: FolderPlace | undefined;
}

/** `sent`: when, in milliseconds, by the clock of the system, which goes on while the computer sleeps. */
export type HelperRequest = {
  readonly [Kind in keyof Jobs]: { readonly kind: Kind; readonly job: Jobs[Kind]; readonly sent: number };
}[keyof Jobs];

/** A part of the work, or that there is no more, with what was asked of the stores so far. */
export type HelperReply = { readonly part: Parts[keyof Parts] } | { readonly ended: HelperOperations };
