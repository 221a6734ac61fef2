/** Media from phones and apps: one file as a form, or a larger one in parts. */
import { answerJson } from "../../base/http/answers.ts";
import { HttpError } from "../../base/http/error.ts";
import { ADDRESSES } from "../../base/writing.ts";
import type { Grant, WriteScope } from "../../signin/types.ts";
import { assertScope } from "../act/may.ts";
import type { MicropubInput } from "../types.ts";
import { readFileBody } from "./body.ts";
import { storeMedia } from "./store.ts";
import { answerUploads } from "./uploads/uploads.ts";

export interface AnswerMedia {
  /** `undefined`: the address is another's. Throws an `HttpError` for what is refused. */
  answer(request: Request, grant: Grant): Promise<Response | undefined>;
}

/** Whoever writes posts may send what they show. */
const SCOPES: readonly WriteScope[] = ["media", "create", "draft"];

export function openMedia(input: MicropubInput): AnswerMedia {
  return {
    async answer(request, grant) {
      const { pathname } = new URL(request.url);
      const answer = pathname === ADDRESSES.media ? answerMedia : isUploads(pathname) ? answerUploads : undefined;
      if (!answer) return undefined;
      assertScope(grant, ...SCOPES);
      return await answer(input, request, grant);
    },
  };
}

const isUploads = (pathname: string): boolean =>
  pathname === ADDRESSES.uploads || pathname.startsWith(`${ADDRESSES.uploads}/`);

/** Micropub, sections 3.6.3 and 3.6.4. */
async function answerMedia(input: MicropubInput, request: Request): Promise<Response> {
  if (request.method !== "POST") {
    throw new HttpError("method_not_allowed", "files are sent here with POST", { headers: { allow: "POST" } });
  }
  const file = await readFileBody(request, new URL(ADDRESSES.uploads, input.origin).href);
  const { url, type } = await storeMedia(input, file);
  return answerJson(201, { url, type }, { location: url });
}
