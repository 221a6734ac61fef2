/** The content folder, watched: which keys may have changed. */
import { basename, relative, sep } from "node:path";
import { watch } from "chokidar";

/** What editors and systems put beside what they save, and what is nobody's content. */
const PASSING =
  /^(?:\.git|node_modules|\.DS_Store|\.~dripfeed-.*|.*~|\.#.*|#.*#|\..*\.sw[a-z]|4913|.*\.tmp|.*___jb_\w+___|\.goutputstream-.*|~\$.*)$/;

export const isPassing = (name: string): boolean => PASSING.test(name);

export interface Watcher {
  close(): Promise<void>;
}

/** Resolves when every folder is watched. A file that an editor replaces is one change, not a removal before. */
export async function watchFolder(
  folder: string,
  told: { readonly changed: (key: string) => void; readonly failed: (error: Error) => void },
): Promise<Watcher> {
  const watcher = watch(folder, {
    ignoreInitial: true,
    atomic: true,
    // A file that is emptied and written within one tick of the clock changes once, and is to be read when it is whole.
    awaitWriteFinish: { stabilityThreshold: 30, pollInterval: 10 },
    ignored: (path) => path !== folder && isPassing(basename(path)),
  });
  watcher.on("error", (error) => told.failed(error instanceof Error ? error : new Error(String(error))));
  watcher.on("all", (event, path) => {
    const key = relative(folder, path).split(sep).join("/");
    if ((event === "add" || event === "change" || event === "unlink") && key !== "") told.changed(key);
  });
  await new Promise<void>((resolve) => watcher.once("ready", () => resolve()));
  return { close: () => watcher.close() };
}
