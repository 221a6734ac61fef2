/** The code of a rendering thread that `renderers.ts` starts. */
import { parentPort } from "node:worker_threads";
import { renderEntry } from "../content/entry.ts";
import type { RenderReply, RenderRequest } from "./renderers.ts";

parentPort?.on("message", ({ id, post }: RenderRequest) => {
  let reply: RenderReply;
  try {
    reply = { id, entry: renderEntry(post) };
  } catch {
    reply = { id }; // the main thread tries again, and reports its own error
  }
  parentPort?.postMessage(reply);
});
