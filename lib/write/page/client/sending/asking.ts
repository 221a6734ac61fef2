/** What is asked of the server about one post. */
import { ask } from "../base/api.ts";
import type { Mf2Properties, PostProblem } from "../kept/types.ts";

export const source = (url: string) =>
  ask<{ readonly properties: Mf2Properties }>(`micropub?q=source&url=${encodeURIComponent(url)}`);

export const etagOf = (etag: string | undefined) => (etag === undefined ? {} : { etag });

export interface PostStatus {
  readonly status: string;
  readonly problems?: readonly PostProblem[];
}

export const askStatus = async (url: string): Promise<PostStatus> =>
  (await ask<PostStatus>(`micropub?q=status&url=${encodeURIComponent(url)}`)).body;
