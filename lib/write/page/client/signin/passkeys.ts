/** Passkeys: JSON of the server → what the browser takes, and back (Web Authentication Level 3 §5.1.10, §5.1.3). */

function bytes(text: string): ArrayBuffer {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0)).buffer;
}

function base64url(buffer: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const descriptors = (list: readonly PublicKeyCredentialDescriptorJSON[] = []) =>
  list.map(({ id, transports }) => ({
    ...{ id: bytes(id), type: "public-key" as const },
    ...(transports ? { transports: transports as AuthenticatorTransport[] } : {}),
  }));

export function creationOptions(json: PublicKeyCredentialCreationOptionsJSON): PublicKeyCredentialCreationOptions {
  if (PublicKeyCredential.parseCreationOptionsFromJSON) return PublicKeyCredential.parseCreationOptionsFromJSON(json);
  const { challenge, user, excludeCredentials, ...rest } = json;
  return {
    ...(rest as object as Omit<PublicKeyCredentialCreationOptions, "challenge" | "user">),
    challenge: bytes(challenge),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: descriptors(excludeCredentials),
  };
}

export function requestOptions(json: PublicKeyCredentialRequestOptionsJSON): PublicKeyCredentialRequestOptions {
  if (PublicKeyCredential.parseRequestOptionsFromJSON) return PublicKeyCredential.parseRequestOptionsFromJSON(json);
  const { challenge, allowCredentials, ...rest } = json;
  return {
    ...(rest as object as Omit<PublicKeyCredentialRequestOptions, "challenge">),
    challenge: bytes(challenge),
    allowCredentials: descriptors(allowCredentials),
  };
}

/** What the server verifies. */
export function answered(credential: Credential | null): unknown {
  if (!(credential instanceof PublicKeyCredential)) throw new Error("no passkey");
  if (typeof credential.toJSON === "function") {
    try {
      return credential.toJSON();
    } catch {
      // Some password managers answer with an object that looks like one, and cannot do this.
    }
  }
  const { id, rawId, response, type, authenticatorAttachment } = credential;
  const named = Object.fromEntries(
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].flatMap((name) => {
      const value: unknown = response[name as keyof AuthenticatorResponse];
      return value instanceof ArrayBuffer ? [[name, base64url(value)]] : [];
    }),
  );
  const transports =
    response instanceof AuthenticatorAttestationResponse ? { transports: response.getTransports() } : {};
  return {
    ...{ id, rawId: base64url(rawId), type, authenticatorAttachment },
    ...{ response: { ...named, ...transports }, clientExtensionResults: credential.getClientExtensionResults() },
  };
}
