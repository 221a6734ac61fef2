/** The fake's sign-in: it verifies passkeys as the real one does, and knows one code. */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type WebAuthnCredential,
} from "@simplewebauthn/server";
import { drawQr } from "../../../../lib/formats/page/qr.ts";
import { type Fake, type FakePart, refused } from "./types.ts";

const CODE = "ABCDE-FGHJK-MNPQR-STVWX";
const NEW_CODE = "7Z3KD-99QWE-R5TYP-M4NBV";
const EXPIRES = "2026-06-01T13:00:00Z";
const SCOPES = ["create", "update", "delete", "undelete", "media"];

export function fakeSignIn({ state, origin }: Fake): FakePart {
  let credential: WebAuthnCredential | undefined;
  let challenge = "";
  const rpID = "localhost";
  const nameOf = (author: string) => state.site.authors[author]?.name ?? author;
  const person = () => ({
    author: state.author,
    name: nameOf(state.author ?? "Owner"),
    role: state.role,
    scopes: SCOPES,
  });
  const expected = () => ({ expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpID });
  return async ({ method, path, json }) => {
    switch (`${method} ${path}`) {
      case "GET session":
        return state.signedIn ? { status: 200, json: person() } : refused(401, "unauthorized", "sign in first");
      case "DELETE session":
        state.signedIn = false;
        return { status: 204 };
      case "POST session/code": {
        if (json.code !== CODE) return refused(403, "forbidden", "the code is wrong or was used: make another");
        const user = { userName: "Li Mei", userID: Buffer.from("li") };
        const excludeCredentials = credential ? [{ id: credential.id }] : [];
        const options = await generateRegistrationOptions({ rpID, rpName: "Field notes", ...user, excludeCredentials });
        challenge = options.challenge;
        return { status: 200, json: { options, name: "Li Mei", role: "owner" } };
      }
      case "POST session/register": {
        const response = json.response as RegistrationResponseJSON;
        credential = (await verifyRegistrationResponse({ response, ...expected() })).registrationInfo?.credential;
        state.signedIn = credential !== undefined;
        return { status: 201, json: person() };
      }
      case "POST session/options": {
        const options = await generateAuthenticationOptions({ rpID });
        challenge = options.challenge;
        return { status: 200, json: options };
      }
      case "POST session/verify": {
        if (!credential) return refused(403, "forbidden", "this passkey is not known here");
        const response = json.response as AuthenticationResponseJSON;
        state.signedIn = (await verifyAuthenticationResponse({ response, ...expected(), credential })).verified;
        return { status: 200, json: person() };
      }
      default:
        return state.signedIn ? undefined : refused(401, "unauthorized", "sign in first");
    }
  };
}

/** Devices, apps, codes and consent, for whoever is signed in. */
export function fakeAccess({ origin, state }: Fake): FakePart {
  const revoked = new Set<string>();
  const [created, used] = ["2026-05-01T08:00:00Z", "2026-06-01T08:00:00Z"];
  const devices = [
    { id: "d1", name: "Pixel", author: "li", role: "owner", created, used, current: true },
    { id: "d2", name: "Old phone", author: "li", role: "owner", created },
  ];
  const client = { id: "https://quill.example/", name: "Quill" };
  const tokens = [
    { id: "t1", client, author: "li", scopes: ["create"], created, used },
    { id: "t2", client: { id: "My shortcut" }, author: "li", scopes: ["create"], created },
  ];
  const isThere = ({ id }: { readonly id: string }) => !revoked.has(id);
  return ({ method, path }) => {
    if (path === "access") {
      const authors = Object.entries(state.site.authors).map(([key, { name }]) => ({ key, name: name ?? key }));
      return { status: 200, json: { devices: devices.filter(isThere), tokens: tokens.filter(isThere), authors } };
    }
    if (path.startsWith("access/") && method === "DELETE") {
      revoked.add(path.slice("access/".length));
      return { status: 204 };
    }
    const url = `${origin}/write/#code=${NEW_CODE}`;
    if (path === "codes") return { status: 201, json: { code: NEW_CODE, url, qr: drawQr(url), expires: EXPIRES } };
    if (path.startsWith("auth/request")) {
      const asked = { client: { ...client, redirect: `${origin}/back` }, scopes: ["create", "media"] };
      return { status: 200, json: { ...asked, me: "https://example.com/" } };
    }
    return path === "auth/decide" ? { status: 200, json: { redirect: `${origin}/back?code=x&state=y` } } : undefined;
  };
}
