/** What became of a post: published, or what it waits for, with its problems as the last run saw them. */
import { answerJson } from "../../base/http/answers.ts";
import type { PostRecord } from "../../model.ts";
import type { Grant } from "../../signin/types.ts";
import { recordAt } from "../../state/records.ts";
import { findOwn } from "../act/own.ts";
import { type PostFile, propertiesOf } from "../post/read.ts";
import { shownProblems } from "../problems.ts";
import { assertUrl } from "../request/parts.ts";
import type { PostsContext } from "../store/context.ts";

export type WrittenStatus =
  | "published"
  | "waiting"
  | "future"
  | "draft"
  | "withdrawn"
  | "broken"
  | "conflicting"
  | "hidden";

export async function statusOf(context: PostsContext, asked: URLSearchParams, grant: Grant): Promise<Response> {
  const { file, found } = await findOwn(context, grant, assertUrl(asked.get("url")));
  const record = recordAt(context.records, found.key);
  // A run commits nothing for a change that neither documents nor records show: a draft that is still one was seen.
  const isStillHeld = record?.state === "hidden" && record.reason === file.held;
  const seen = record?.etag === found.etag || isStillHeld ? record : undefined;
  const status: WrittenStatus = seen ? seenStatus(seen, file, context) : "waiting";
  return answerJson(200, { status, problems: shownProblems(seen?.problems ?? []) });
}

function seenStatus({ state }: PostRecord, file: PostFile, { site }: PostsContext): WrittenStatus {
  switch (state) {
    case "public":
      return "published";
    case "future":
    case "broken":
    case "conflicting":
      return state;
    case "hidden":
      if (file.withdrawn) return "withdrawn";
      return propertiesOf(file, site).get("post-status")?.[0] === "draft" ? "draft" : "hidden";
    default:
      return "hidden";
  }
}
