/** Signing in: the passkey of a registered device signs a challenge of ours. */

import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import type * as v from "valibot";
import { HttpError } from "../../base/http/error.ts";
import type { SignInContext } from "../context.ts";
import { forLog } from "../forlog.ts";
import { deviceId, type KeptDevice, putDevice, readDevice } from "../people/devices.ts";
import type { Challenges } from "./challenges.ts";
import { type AUTHENTICATION, challengeIn, wrongPasskey } from "./responses.ts";

/** Loaded when a person signs in: most requests carry a token. */
const library = () => import("@simplewebauthn/server");

/** Names no passkeys, so that nobody learns which devices there are: the device offers those that it has for this host. */
export async function requestOptions(
  { origin, clock }: SignInContext,
  challenges: Challenges,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await library();
  return await generateAuthenticationOptions({
    rpID: new URL(origin).hostname,
    challenge: await challenges.make("sign-in", clock.now()),
    timeout: 300_000,
    userVerification: "required",
  });
}

const unknownDevice = () =>
  new HttpError(
    "forbidden",
    "this device is not let in any more: make a code for it, on another or with `dripfeed tokens --code`",
  );

/** Verifies the answer of a device. A device may sign in twice at once; one answer signs in once. */
export async function verifyDevice(
  context: SignInContext,
  challenges: Challenges,
  response: v.InferOutput<typeof AUTHENTICATION>,
): Promise<KeptDevice> {
  const now = context.clock.now();
  const challenge = challengeIn(response.response.clientDataJSON);
  if (!(await challenges.isOurs(challenge, "sign-in", now))) throw wrongPasskey("it took longer than five minutes");
  const id = deviceId(response.id);
  let isUsed = false;
  for (;;) {
    const device = await readDevice(context.state, id);
    if (!device || device.value.credential !== response.id) throw unknownDevice();
    const counter = await verifiedCounter(context, device, response, challenge);
    if (!isUsed) await challenges.use(challenge, now);
    isUsed = true;
    if (await putDevice(context.state, { ...device.value, counter, used: now.toISOString() }, device)) return device;
  }
}

/**
 * The new counter. Many passkeys always say 0; one above 0 that does not rise hints at a copy
 * (https://www.w3.org/TR/webauthn-3/#sctn-sign-counter).
 */
async function verifiedCounter(
  { origin, log }: SignInContext,
  { id, value }: KeptDevice,
  response: v.InferOutput<typeof AUTHENTICATION>,
  challenge: string,
): Promise<number> {
  const { userHandle } = response.response;
  // A passkey that the device found by itself names whose it is (https://www.w3.org/TR/webauthn-3/#sctn-verifying-assertion, step 6).
  if (userHandle !== value.user) throw wrongPasskey("it is of another person");
  const { verifyAuthenticationResponse } = await library();
  const verified = await verifyAuthenticationResponse({
    response: response as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: new URL(origin).hostname,
    requireUserVerification: true,
    credential: {
      id: value.credential,
      publicKey: new Uint8Array(Buffer.from(value.publicKey, "base64url")),
      counter: value.counter,
      transports: value.transports,
    },
  }).catch((error: Error) => {
    log(`sign-in: refused: the passkey of device ${id}: ${forLog(error.message)}`);
    return undefined;
  });
  if (!verified?.verified) throw wrongPasskey("its signature is not right for this site");
  return verified.authenticationInfo.newCounter;
}
