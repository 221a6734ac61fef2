/** What went wrong, in the language of the page: by the server's code, or else by the status of its answer (RFC 9110 §15). */

import type { ShownFault } from "../kept/types.ts";
import { NoAnswer, Refusal } from "./api.ts";
import { type Child, h } from "./dom.ts";

type FaultCode = keyof typeof words.faults;

const BY_STATUS: { readonly [status: number]: FaultCode } = {
  ...{ 401: "unauthorized", 403: "forbidden", 404: "not_found", 410: "not_found" },
  ...{ 413: "too_large", 429: "too_many" },
};

export function faultOf(error: unknown): ShownFault {
  if (error instanceof NoAnswer) return { code: "no_answer", message: "" };
  if (!(error instanceof Refusal)) return { code: "", message: error instanceof Error ? error.message : String(error) };
  const { code, status, message } = error;
  return { code: isKnown(code) ? code : (BY_STATUS[status] ?? (status < 500 ? code : "unavailable")), message };
}

const isKnown = (code: string): code is FaultCode => Object.hasOwn(words.faults, code);

/** The server's own sentence where the page has no words for it: what is wrong with a request goes by its fields. */
export function shownFault({ code, message }: ShownFault): Child {
  if (isKnown(code)) return words.faults[code];
  return message === "" ? words.failed : code === "" ? message : h("span", { lang: "en" }, message);
}
