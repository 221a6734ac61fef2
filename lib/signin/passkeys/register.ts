/** Registers a device: by a one-time code, with a passkey that the device makes. */
import { createHash } from "node:crypto";
import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type * as v from "valibot";
import { present } from "../../base/optional.ts";
import type { Site } from "../../site/types.ts";
import { type KeptCode, useCode } from "../codes/codes.ts";
import type { SignInContext } from "../context.ts";
import { forLog } from "../forlog.ts";
import { base64url } from "../kept/secrets.ts";
import { type Device, deviceId, putDevice } from "../people/devices.ts";
import { nameOf } from "../people/names.ts";
import { assertWriter } from "../people/roles.ts";
import type { Challenges } from "./challenges.ts";
import { ALGORITHMS, challengeIn, type REGISTRATION, wrongPasskey } from "./responses.ts";

const MAX_NAME = 60;

/** Loaded when a person signs in: most requests carry a token. */
const library = () => import("@simplewebauthn/server");

/**
 * A passkey that the device finds by itself, and for which it wants a finger, a face or a PIN. Nothing is asked about its maker
 * (https://www.w3.org/TR/webauthn-3/#enum-residentKeyRequirement, #enum-userVerificationRequirement, #enum-attestation-convey).
 */
export async function creationOptions(
  { origin, clock }: SignInContext,
  challenges: Challenges,
  code: KeptCode,
  site: Site,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const name = nameOf(assertWriter(code.value, site), site);
  const challenge = await challenges.make(`code ${code.name}`, clock.now());
  const { generateRegistrationOptions } = await library();
  return await generateRegistrationOptions({
    rpName: site.title,
    rpID: new URL(origin).hostname,
    userName: name,
    userDisplayName: name,
    userID: new Uint8Array(userHandleOf(base64url(challenge))),
    challenge,
    timeout: 300_000,
    attestationType: "none",
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

interface Registering {
  readonly code: KeptCode;
  readonly response: v.InferOutput<typeof REGISTRATION>;
  readonly name: string | undefined;
}

/** Derived from the challenge, which is random: the answer to a registration does not hold the handle, so it is computed again. */
const userHandleOf = (challenge: string): Buffer => createHash("sha256").update(`user ${challenge}`).digest();

/** Verifies the answer, uses up the code, and keeps the device. */
export async function registerDevice(
  context: SignInContext,
  challenges: Challenges,
  { code, response, name }: Registering,
): Promise<Device> {
  const { state, origin, clock } = context;
  const now = clock.now();
  const challenge = challengeIn(response.response.clientDataJSON);
  if (!(await challenges.isOurs(challenge, `code ${code.name}`, now)))
    throw wrongPasskey("it took longer than five minutes");
  await assertNoMaker(response.response.attestationObject);
  const { verifyRegistrationResponse } = await library();
  const verified = await verifyRegistrationResponse({
    response: response as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: new URL(origin).hostname,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch((error: Error) => {
    context.log(`sign-in: refused: a passkey was not registered: ${forLog(error.message)}`);
    return undefined;
  });
  if (!verified?.verified) throw wrongPasskey("its answer is not right for this site");
  const { credential } = verified.registrationInfo;
  const device: Device = {
    credential: credential.id,
    publicKey: base64url(credential.publicKey),
    counter: credential.counter,
    transports: response.response.transports.slice(0, 8),
    user: base64url(userHandleOf(challenge)),
    ...present({ author: code.value.author }),
    role: code.value.role,
    name: shortName(name),
    created: now.toISOString(),
    used: now.toISOString(),
  };
  await useCode(state, code, deviceId(device.credential));
  if (!(await putDevice(state, device))) throw wrongPasskey("this passkey is registered already: sign in with it");
  context.log(
    `sign-in: device ${deviceId(device.credential)} was registered as ${device.role} ${device.author ?? ""}`.trimEnd(),
  );
  return device;
}

/**
 * Nothing was asked about its maker, so a browser sends no certificates
 * (https://www.w3.org/TR/webauthn-3/#dom-attestationconveyancepreference-none), but at most a signature by the new key itself.
 * The library would believe certificates, and fetch the lists of revoked ones from wherever they say.
 */
async function assertNoMaker(attestationObject: string): Promise<void> {
  const { decodeAttestationObject } = await import("@simplewebauthn/server/helpers");
  try {
    const object = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, "base64url")));
    const format = object.get("fmt");
    if (format === "none" || (format === "packed" && object.get("attStmt").get("x5c") === undefined)) return;
  } catch {
    throw wrongPasskey("its answer cannot be read");
  }
  throw wrongPasskey("it tells of its maker, which nobody asked for");
}

/** The name that a person gives the device, in one line. */
const shortName = (name = ""): string =>
  Array.from(name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim())
    .slice(0, MAX_NAME)
    .join("") || "device";
