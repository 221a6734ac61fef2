/** What is asked of the server about one post. */
import { ask } from "../base/api.ts";
import type { Mf2Properties, ShownProblem } from "../kept/types.ts";

export const source = (url: string) =>
  ask<{ readonly properties: Mf2Properties }>(`micropub?q=source&url=${encodeURIComponent(url)}`);

export const etagOf = (etag: string | undefined) => (etag === undefined ? {} : { etag });

export interface ShownStatus {
  readonly status: string;
  readonly problems?: readonly ShownProblem[];
}

export const askStatus = async (url: string): Promise<ShownStatus> =>
  (await ask<ShownStatus>(`micropub?q=status&url=${encodeURIComponent(url)}`)).body;

/** What became of a request: where the post is, and what is wrong with it. */
export interface Done {
  /** Where nothing more is to be asked about it. */
  readonly status?: string;
  readonly url?: string;
  readonly problems?: readonly ShownProblem[];
}
