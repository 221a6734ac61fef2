/** The code of the thread that `helper.ts` starts. */
import { parentPort, workerData } from "node:worker_threads";
import { folderStore } from "../stores/folder.ts";
import { memoryStore } from "../stores/memory.ts";
import { openJobs } from "./jobs.ts";
import type { FolderPlace, Folders, HelperReply, HelperRequest } from "./messages.ts";

const folders: Folders = workerData;
const send = (reply: HelperReply) => parentPort?.postMessage(reply);
const openAt = ({ name, root }: FolderPlace) => folderStore(name, root);
const worker = openJobs({
  content: openAt(folders.content),
  public: folders.public === undefined ? memoryStore() : openAt(folders.public),
  send: (part) => send({ part }),
});

parentPort?.on("message", (request: HelperRequest) => {
  // The main thread does what is left, and meets the same error.
  const ended = worker.work(request).catch(() => undefined);
  void ended.then(() => send({ ended: worker.operations() }));
});
