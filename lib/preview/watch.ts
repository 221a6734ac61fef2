/** Watches the content folder, and reports which keys may have changed. */
import { basename, relative, sep } from "node:path";
import { watch } from "chokidar";

/** Temporary files of editors and operating systems, and folders that are not content. */
const TEMPORARY =
  /^(?:\.git|node_modules|\.DS_Store|\.~dripfeed-.*|.*~|\.#.*|#.*#|\..*\.sw[a-z]|4913|.*\.tmp|.*___jb_\w+___|\.goutputstream-.*|~\$.*)$/;

export const isTemporary = (name: string): boolean => TEMPORARY.test(name);

export interface Watcher {
  close(): Promise<void>;
}

/**
 * Resolves when every folder is watched. A file that an editor replaces counts as one change, without a removal. `others`: paths of
 * folders within it that are none of the content.
 */
export async function watchFolder(
  folder: string,
  listener: { readonly changed: (key: string) => void; readonly failed: (error: Error) => void },
  others: readonly string[] = [],
): Promise<Watcher> {
  const watcher = watch(folder, {
    ignoreInitial: true,
    atomic: true,
    // A file that is truncated and then written must be read when it is complete.
    awaitWriteFinish: { stabilityThreshold: 30, pollInterval: 10 },
    ignored: (path) => path !== folder && (isTemporary(basename(path)) || others.includes(path)),
  });
  watcher.on("error", (error) => listener.failed(error instanceof Error ? error : new Error(String(error))));
  watcher.on("all", (event, path) => {
    const key = relative(folder, path).split(sep).join("/");
    if ((event === "add" || event === "change" || event === "unlink") && key !== "") listener.changed(key);
  });
  await new Promise<void>((resolve) => watcher.once("ready", () => resolve()));
  return { close: () => watcher.close() };
}
