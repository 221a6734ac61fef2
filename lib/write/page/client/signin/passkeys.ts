/**
 * Passkeys: JSON of the server → what the browser takes, and back (Web Authentication Level 3 §5.1, `toJSON`, §5.1.8 and §5.1.9). Browsers do it
 * themselves since 2024 or 2025; phones are kept for longer.
 */

function bytes(text: string): ArrayBuffer {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0)).buffer;
}

const base64url = (buffer: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

/** What is binary in options, by name, wherever it stands. */
const BINARY = ["challenge", "id"];

function revived(value: unknown, name = ""): unknown {
  if (typeof value === "string") return BINARY.includes(name) ? bytes(value) : value;
  if (Array.isArray(value)) return value.map((each) => revived(each));
  if (typeof value !== "object" || value === null) return value;
  // The `id` of `rp` is the name of a host.
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, key === "rp" ? each : revived(each, key)]),
  );
}

export const creationOptions = (json: unknown) => revived(json) as PublicKeyCredentialCreationOptions;
export const requestOptions = (json: unknown) => revived(json) as PublicKeyCredentialRequestOptions;

const ANSWERED = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

/** What the server verifies. */
export function answered(credential: Credential | null): unknown {
  if (!(credential instanceof PublicKeyCredential)) throw new Error(words.noPasskey);
  const { id, rawId, response, type, authenticatorAttachment } = credential;
  const named = ANSWERED.flatMap((name) => {
    const value: unknown = response[name as keyof AuthenticatorResponse];
    return value instanceof ArrayBuffer ? [[name, base64url(value)]] : [];
  });
  const transports =
    "getTransports" in response ? (response as AuthenticatorAttestationResponse).getTransports() : undefined;
  return {
    ...{ id, rawId: base64url(rawId), type, authenticatorAttachment },
    response: { ...Object.fromEntries(named), transports },
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}
