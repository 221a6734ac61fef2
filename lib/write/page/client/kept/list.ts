/** The list of posts as it was last, kept for times without a network. */
import { get, put } from "./database.ts";

export interface ListedPost {
  readonly url: string;
  readonly name: string;
  readonly note: string;
}

interface KeptList {
  /** Whose it is: the author's key. */
  readonly by: string;
  readonly at: number;
  readonly rows: readonly ListedPost[];
}

export const lastList = (): Promise<(KeptList & { readonly id: string }) | undefined> => get("things", "posts");

export const keepList = (list: KeptList): Promise<void> => put("things", { id: "posts", ...list });
