/** What an answer of a passkey says about where it was made, before anything of it is verified. */

import * as v from "valibot";
import { HttpError } from "../../base/http/error.ts";
import { objectOf, parseJson } from "../../base/json.ts";

/**
 * EdDSA, ES256 and RS256, which a server should offer to suit most authenticators
 * (https://www.w3.org/TR/webauthn-3/#dom-publickeycredentialcreationoptions-pubkeycredparams). The library
 * would add ML-DSA, for which it asks Node, where it is an experiment.
 */
export const ALGORITHMS = [-8, -7, -257];

const BASE64URL = v.pipe(v.string(), v.regex(/^[\w-]*$/, "must be base64url"));
const ID = v.pipe(BASE64URL, v.minLength(1), v.maxLength(1400)); // 1023 bytes at most (https://www.w3.org/TR/webauthn-3/#credential-id)
const EXTENSIONS = v.record(v.string(), v.unknown());

const credential = <Response extends v.ObjectEntries>(response: Response) =>
  v.object({
    id: ID,
    rawId: ID,
    type: v.literal("public-key"),
    clientExtensionResults: v.optional(EXTENSIONS, {}),
    response: v.object(response),
  });

/** https://www.w3.org/TR/webauthn-3/#dictdef-registrationresponsejson */
export const REGISTRATION = credential({
  clientDataJSON: BASE64URL,
  attestationObject: BASE64URL,
  transports: v.optional(v.array(v.pipe(v.string(), v.maxLength(40))), []),
});

/** https://www.w3.org/TR/webauthn-3/#dictdef-authenticationresponsejson */
export const AUTHENTICATION = credential({
  clientDataJSON: BASE64URL,
  authenticatorData: BASE64URL,
  signature: BASE64URL,
  userHandle: v.exactOptional(v.nullable(BASE64URL)),
});

export const wrongPasskey = (why: string): HttpError =>
  new HttpError("forbidden", `the passkey was not accepted: ${why}; try again`);

/**
 * The challenge that it answers. The library asks for the origin, but takes a registration in a frame of another site, and a
 * sign-in there of browsers that do not name the outer site (https://www.w3.org/TR/webauthn-3/#dom-collectedclientdata-crossorigin):
 * our page is in no frame at all, so neither is right.
 */
export function challengeIn(clientDataJSON: string): string {
  const data = objectOf(parseJson(Buffer.from(clientDataJSON, "base64url").toString("utf8")));
  if (typeof data?.["challenge"] !== "string") throw wrongPasskey("its answer has no challenge");
  if ((data["crossOrigin"] ?? false) !== false || "topOrigin" in data) {
    throw wrongPasskey("it was asked for in a frame of another site");
  }
  return data["challenge"];
}
