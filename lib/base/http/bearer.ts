/** Why a token does not let somebody in, with the challenge that tells an app how to ask (RFC 6750, section 3). */
import { present } from "../optional.ts";
import { HttpError } from "./error.ts";

type BearerErrorCode = "unauthorized" | "invalid_token" | "insufficient_scope";

/** `scopes`: those of which one would do. Of a request without any token the challenge has no error (section 3.1). */
export function bearerError(code: BearerErrorCode, message: string, scopes?: readonly string[]): HttpError {
  const scope = scopes?.join(" ");
  const challenge = [
    'Bearer realm="dripfeed"',
    ...(code === "unauthorized" ? [] : [`error="${code}"`]),
    ...(scope === undefined ? [] : [`scope="${scope}"`]),
  ];
  return new HttpError(code, message, { headers: { "www-authenticate": challenge.join(", ") }, ...present({ scope }) });
}
