/** The content's folder, watched for what is changed by other ways than the page: in an editor, by git. */
import { realpath } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { type Watcher, watchFolder } from "../preview/watch.ts";
import { parseS3Name } from "../stores/name.ts";
import { log } from "./console.ts";
import type { StoreName } from "./options.ts";

/** Nothing of a bucket. The other stores may be folders of it, which every run writes to. */
export async function watchContent(
  names: { readonly [name in StoreName]: string },
  changed: (key: string) => void,
): Promise<Watcher | undefined> {
  if (parseS3Name(names.content)) return undefined;
  const folder = await realpath(names.content);
  const others = [names.public, names.state].filter((name) => !parseS3Name(name));
  return await watchFolder(
    folder,
    { changed, failed: ({ message }) => log(`changes in an editor may go unnoticed: ${message}`) },
    others
      .map((name) => join(folder, relative(resolve(names.content), resolve(name))))
      .filter((path) => path !== folder),
  );
}
