/** What became of a post: published, or what it waits for, with its problems as the last run saw them. */
import { answerJson } from "../../base/http/answers.ts";
import type { Instant, Post, PostRecord } from "../../model.ts";
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
  const { file, found, post } = await findOwn(context, grant, assertUrl(asked.get("url")));
  const record = recordAt(context.records, found.key);
  const isSeen = record?.etag === found.etag || (post && record && isStillHeld(record, post, context.now));
  const seen = isSeen ? record : undefined;
  const status: WrittenStatus = seen ? seenStatus(seen, file, context) : "waiting";
  return answerJson(200, { status, problems: shownProblems(seen?.problems ?? []) });
}

/** A run commits nothing for a change that neither documents nor records show: what no reader had, and still none gets, was seen. */
function isStillHeld({ state, reason }: PostRecord, { hidden, published, expires }: Post, now: Instant): boolean {
  if (hidden) return state === "hidden" && reason === hidden;
  if (published > now) return state === "future";
  return expires !== undefined && expires <= now && state === "expired";
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
