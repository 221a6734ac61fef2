/** A thread that renders posts, for `renderers.ts`. */
import { parentPort } from "node:worker_threads";
import { renderEntry } from "../content/entry.ts";
import type { Answer, Question } from "./renderers.ts";

parentPort?.on("message", ({ id, post }: Question) => {
  let answer: Answer;
  try {
    answer = { id, entry: renderEntry(post) };
  } catch {
    answer = { id }; // whoever asked says why, where the stack is as deep as anybody's
  }
  parentPort?.postMessage(answer);
});
