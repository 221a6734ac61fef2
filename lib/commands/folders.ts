/** The folders among the stores of a command: a second thread opens these by itself. */
import { resolve } from "node:path";
import { parseS3Name } from "../stores/name.ts";
import type { Folders } from "../workers/messages.ts";

/** Nothing where the content is in a bucket. */
export function foldersOf({
  content,
  public: served,
}: {
  readonly content: string;
  readonly public?: string;
}): Folders | undefined {
  if (parseS3Name(content)) return undefined;
  const placeOf = (name: string) => ({ name, root: resolve(name) });
  return {
    content: placeOf(content),
    public: served === undefined || parseS3Name(served) ? undefined : placeOf(served),
  };
}
