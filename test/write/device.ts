/** A device in software that was let in by the first code: what the page asks on it is asked with its session. */
import { firstCode } from "../../lib/write/firstcode.ts";
import { type OpenWriting, openSignInOver, openWritingOver } from "../../lib/write/open.ts";
import { siteReader } from "../../lib/write/site.ts";
import { authenticator } from "../support/authenticator.ts";

export async function device(input: OpenWriting) {
  const { origin } = input;
  const answer = openWritingOver(input);
  let cookie = "";
  const ask = async (method: string, path: string, body?: unknown, more: { readonly [name: string]: string } = {}) => {
    const isForm = body instanceof FormData || body instanceof Uint8Array;
    const headers = {
      ...{ origin, "sec-fetch-site": "same-origin" },
      ...(cookie === "" ? {} : { cookie }),
      ...(isForm || body === undefined ? {} : { "content-type": "application/json" }),
      ...more,
    };
    const given = isForm ? body : JSON.stringify(body);
    const request = new Request(origin + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: given as FormData | string }),
    });
    const answered = await answer(request);
    if (!answered) throw new Error(`${path} is another's`);
    return answered;
  };
  const signIn = await openSignInOver({ ...input, site: siteReader(input.content, input.clock) });
  const made = await firstCode(signIn, origin);
  if (!made) throw new Error("no code");
  const { code } = made;
  const { options } = (await (await ask("POST", "/write/session/code", { code })).json()) as {
    readonly options: Parameters<ReturnType<typeof authenticator>["create"]>[0];
  };
  const response = authenticator(origin).create(options);
  const registered = await ask("POST", "/write/session/register", { code, response, device: "Pixel" });
  cookie = (registered.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  return { ask, registered, code, cookie, signIn };
}
