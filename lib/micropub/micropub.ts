/** Micropub (W3C, https://www.w3.org/TR/micropub/): requests of phones and apps → posts in the content store. Read it first. */
import { answerJson } from "../base/http/answers.ts";
import { invalid } from "../base/http/error.ts";
import { ADDRESSES } from "../base/writing.ts";
import type { Grant } from "../signin/types.ts";
import { checkUpdate, remove, restore, update } from "./act/change.ts";
import { checkCreate, create } from "./act/create.ts";
import type { ChangedPost, CreatedPost } from "./act/types.ts";
import { shownProblems } from "./problems.ts";
import { query } from "./query/query.ts";
import { etagIn } from "./request/parts.ts";
import { readRequest } from "./request/request.ts";
import type { MicropubRequest } from "./request/types.ts";
import { loadContext, type PostsContext } from "./store/context.ts";
import type { MicropubInput } from "./types.ts";

export interface Micropub {
  /** `undefined` where the address is another's. Throws an `HttpError` for what is refused. */
  answer(request: Request, grant: Grant): Promise<Response | undefined>;
}

export function openMicropub(input: MicropubInput): Micropub {
  return {
    async answer(request, grant) {
      const { pathname } = new URL(request.url);
      if (pathname !== ADDRESSES.micropub && pathname !== ADDRESSES.check) return undefined;
      return await (pathname === ADDRESSES.check ? check(input, request, grant) : respond(input, request, grant));
    },
  };
}

async function respond(input: MicropubInput, request: Request, grant: Grant): Promise<Response> {
  if (request.method === "GET" || request.method === "HEAD") {
    return query(await loadContext(input), new URL(request.url).searchParams, grant);
  }
  assertPost(request);
  const asked = await readRequest(request);
  const context = await loadContext(input);
  const ifMatch = etagIn(request.headers.get("if-match"));
  switch (asked.action) {
    case "create":
      return created(await create(context, grant, asked, request.headers.get("idempotency-key") ?? undefined));
    case "update":
      return changed(await update(context, grant, asked, ifMatch));
    case "delete":
      return changed(await remove(context, grant, asked, ifMatch));
    case "undelete":
      return changed(await restore(context, grant, asked, ifMatch));
  }
}

/** What a request would make, with nothing written. */
async function check(input: MicropubInput, request: Request, grant: Grant): Promise<Response> {
  assertPost(request);
  const asked = await readRequest(request);
  const context = await loadContext(input);
  const found = await checked(context, grant, asked);
  return answerJson(200, { ...(found.url !== "" && { url: found.url }), problems: shownProblems(found.problems) });
}

async function checked(
  context: PostsContext,
  grant: Grant,
  asked: MicropubRequest,
): Promise<CreatedPost | ChangedPost> {
  if (asked.action === "create") return checkCreate(context, grant, asked);
  if (asked.action === "update") return checkUpdate(context, grant, asked);
  throw invalid(`there is nothing to check in ${asked.action}: send what is created, or an update`);
}

function assertPost({ method }: Request): void {
  if (method !== "POST") throw invalid(`${method} is not understood here: send GET with q, or POST`);
}

/** 202: the next run publishes it (section 3.3.6). */
function created({ url, key, problems }: CreatedPost): Response {
  return answerJson(202, { url, key, problems: shownProblems(problems) }, { location: url });
}

/** 201 where its address is another one (section 3.4.4). */
function changed({ url, isMoved, etag, problems }: ChangedPost): Response {
  const body = { url, ...(etag !== undefined && { etag }), problems: shownProblems(problems) };
  const tag = etag === undefined ? {} : { etag: `"${etag}"` };
  return isMoved ? answerJson(201, body, { ...tag, location: url }) : answerJson(200, body, tag);
}
