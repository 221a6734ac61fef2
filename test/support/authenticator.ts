/**
 * A passkey in software: makes and uses ES256 credentials as an authenticator and its browser do, for tests. Each part of what it
 * answers can be forged (https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data, #dictdef-collectedclientdata).
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** What a forger alters. */
export interface Forgery {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  readonly topOrigin?: string;
  readonly userPresent?: boolean;
  readonly userVerified?: boolean;
  readonly counter?: number;
  readonly userHandle?: string;
  /** Tells of its maker, in this format, with a certificate. */
  readonly attestation?: string;
  /** Signs in place of the credential's own. */
  readonly key?: KeyObject;
  /** Alters what the client says after it was signed. */
  readonly alter?: (clientData: string) => string;
}

interface Credential {
  readonly id: Buffer;
  readonly key: KeyObject;
  readonly publicKey: Buffer;
  readonly user: string;
  counter: number;
}

interface CreationOptions {
  readonly rp: { readonly id?: string };
  readonly user: { readonly id: string };
  readonly challenge: string;
}

interface RequestOptions {
  readonly rpId?: string;
  readonly challenge: string;
}

const sha256 = (data: Uint8Array | string): Buffer => createHash("sha256").update(data).digest();

export interface Registration {
  readonly id: string;
  readonly rawId: string;
  readonly type: "public-key";
  readonly clientExtensionResults: object;
  readonly response: {
    readonly clientDataJSON: string;
    readonly attestationObject: string;
    readonly transports: readonly string[];
  };
}

export interface Assertion {
  readonly id: string;
  readonly rawId: string;
  readonly type: "public-key";
  readonly clientExtensionResults: object;
  readonly response: {
    readonly clientDataJSON: string;
    readonly authenticatorData: string;
    readonly signature: string;
    readonly userHandle: string;
  };
}

export interface Authenticator {
  create(options: CreationOptions, forgery?: Forgery): Registration;
  /** With the credential that was made last. */
  get(options: RequestOptions, forgery?: Forgery): Assertion;
}

export function newKey(): KeyObject {
  return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
}

/** `counts`: as security keys do; synced passkeys always say 0. */
export function authenticator(origin: string, { counts = false }: { readonly counts?: boolean } = {}): Authenticator {
  let credential: Credential | undefined;

  return {
    create(options, forgery = {}) {
      const key = newKey();
      const made: Credential = {
        id: randomBytes(32),
        key,
        publicKey: coseKeyOf(key),
        user: options.user.id,
        counter: 0,
      };
      credential = made;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(made.id.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, made.id, made.publicKey]);
      const data = authenticatorData(forgery.rpId ?? options.rp.id ?? "", forgery, 0, attested);
      const clientData = clientDataOf("webauthn.create", options.challenge, origin, forgery);
      const object = map([
        [text("fmt"), text(forgery.attestation ?? "none")],
        [text("attStmt"), forgery.attestation === undefined ? map([]) : map([[text("x5c"), CERTIFICATES]])],
        [text("authData"), bytes(data)],
      ]);
      return {
        ...named(made.id),
        response: {
          clientDataJSON: encoded((forgery.alter ?? same)(clientData)),
          attestationObject: encoded(object),
          transports: ["internal"],
        },
      };
    },

    get(options, forgery = {}) {
      if (!credential) throw new Error("create a credential first");
      if (counts) credential.counter += 1;
      const data = authenticatorData(
        forgery.rpId ?? options.rpId ?? "",
        forgery,
        forgery.counter ?? credential.counter,
      );
      const clientData = clientDataOf("webauthn.get", options.challenge, origin, forgery);
      const signature = sign("sha256", Buffer.concat([data, sha256(clientData)]), forgery.key ?? credential.key);
      return {
        ...named(credential.id),
        response: {
          clientDataJSON: encoded((forgery.alter ?? same)(clientData)),
          authenticatorData: encoded(data),
          signature: encoded(signature),
          userHandle: forgery.userHandle ?? credential.user,
        },
      };
    },
  };
}

/** One that is no certificate: nobody looks at it. */
const CERTIFICATES = Buffer.concat([Buffer.from([0x81]), Buffer.from([0x41, 0x30])]);

const same = (clientData: string): string => clientData;
const encoded = (data: Uint8Array | string): string => Buffer.from(data).toString("base64url");

const named = (id: Buffer) => ({
  id: encoded(id),
  rawId: encoded(id),
  type: "public-key" as const,
  clientExtensionResults: {},
});

function clientDataOf(type: string, challenge: string, origin: string, forgery: Forgery): string {
  return JSON.stringify({
    type: forgery.type ?? type,
    challenge: forgery.challenge ?? challenge,
    origin: forgery.origin ?? origin,
    crossOrigin: forgery.crossOrigin ?? false,
    ...(forgery.topOrigin === undefined ? {} : { topOrigin: forgery.topOrigin }),
  });
}

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const ATTESTED = 0x40;

function authenticatorData(rpId: string, forgery: Forgery, counter: number, attested?: Buffer): Buffer {
  const { userPresent = true, userVerified = true } = forgery;
  const flags = (userPresent ? USER_PRESENT : 0) | (userVerified ? USER_VERIFIED : 0) | (attested ? ATTESTED : 0);
  const rest = Buffer.alloc(5);
  rest.writeUInt8(flags);
  rest.writeUInt32BE(counter, 1);
  return Buffer.concat([sha256(rpId), rest, attested ?? Buffer.alloc(0)]);
}

/** As COSE has keys of P-256 for ES256 (RFC 9053 7.1.1). */
function coseKeyOf(key: KeyObject): Buffer {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  return map([
    [int(1), int(2)],
    [int(3), int(-7)],
    [int(-1), int(1)],
    [int(-2), bytes(Buffer.from(String(x), "base64url"))],
    [int(-3), bytes(Buffer.from(String(y), "base64url"))],
  ]);
}

/** The head of a value in CBOR (RFC 8949 3): its major type and its number. */
function head(major: number, number: number): Buffer {
  if (number < 24) return Buffer.from([(major << 5) | number]);
  if (number < 256) return Buffer.from([(major << 5) | 24, number]);
  return Buffer.from([(major << 5) | 25, number >> 8, number & 0xff]);
}

const int = (number: number): Buffer => (number < 0 ? head(1, -1 - number) : head(0, number));
const bytes = (data: Buffer): Buffer => Buffer.concat([head(2, data.length), data]);
const text = (data: string): Buffer => Buffer.concat([head(3, Buffer.byteLength(data)), Buffer.from(data)]);
const map = (pairs: readonly (readonly [Buffer, Buffer])[]): Buffer =>
  Buffer.concat([head(5, pairs.length), ...pairs.flat()]);
