/** Signing in: by a passkey; the first time on a device, by a one-time code. */
import { ask, Refusal } from "../base/api.ts";
import { button, type Child, field, h } from "../base/dom.ts";
import { enter, isSignedIn, type SignedInPerson, whoIs } from "../kept/person.ts";
import { answered, creationOptions, requestOptions } from "../signin/passkeys.ts";
import { acting, alertOf } from "./parts.ts";
import type { View } from "./router.ts";

/** As the address of a one-time code ends. */
export const codeInAddress = (): string => /^#code=([\w-]+)$/.exec(location.hash)?.[1] ?? "";

/** `why`: `removed`, where this device was. */
export function signInView(code: string, then: () => void, why = ""): View {
  const supported = "PublicKeyCredential" in window;
  const content: readonly Child[] = supported
    ? code === "" && why === ""
      ? [passkeyPart(then, "main"), h("h2", words.newDevice), codePart(code, then)]
      : [codePart(code, then), h("h2", words.knownDevice), passkeyPart(then, "")]
    : [alertOf(words.noPasskeys)];
  const told = why === "removed" ? words.deviceRemoved : whoIs() && !isSignedIn() && words.faults.unauthorized;
  return { title: words.signIn, content: [told && h("p.notice", told), content] };
}

function passkeyPart(then: () => void, look: string): Child {
  const use = async () => {
    const { body: options } = await ask<unknown>("session/options", { json: {} });
    const credential = await passkey(navigator.credentials.get({ publicKey: requestOptions(options) }));
    const json = { response: answered(credential) };
    const { body } = await forbidden(ask<SignedInPerson>("session/verify", { json }), words.unknownPasskey);
    await enter(body);
    then();
  };
  return [h("p", words.passkeyHint), button(words.usePasskey, acting(use), { class: look })];
}

/** What only this question can mean by it. */
const forbidden = <Value>(asked: Promise<Value>, meaning: string): Promise<Value> =>
  asked.catch((error: unknown) => {
    throw error instanceof Refusal && error.status === 403 ? new Error(meaning) : error;
  });

/** Browsers say only in English why there is none, and the usual reason is that its owner closed the question. */
const passkey = (asked: Promise<Credential | null>): Promise<Credential | null> =>
  asked.catch((error: unknown) => {
    const isKnown = error instanceof DOMException && error.name === "InvalidStateError";
    throw new Error(isKnown ? words.deviceKnown : words.noPasskey);
  });

interface Offered {
  readonly options: unknown;
  readonly name: string;
}

function codePart(code: string, then: () => void): Child {
  const input = h("input", {
    ...{ type: "text", value: code, autocomplete: "one-time-code", autocapitalize: "characters", spellcheck: "false" },
    ...{ placeholder: "XXXXX-XXXXX-XXXXX-XXXXX", required: true },
  });
  const device = h("input", { type: "text", value: deviceName(), autocomplete: "off", maxlength: 60 });
  const register = async () => {
    // The whole link will do.
    const typed = input.value.replace(/^.*#code=/s, "").trim();
    const { body: offered } = await forbidden(ask<Offered>("session/code", { json: { code: typed } }), words.wrongCode);
    const credential = await passkey(navigator.credentials.create({ publicKey: creationOptions(offered.options) }));
    const json = { code: typed, response: answered(credential), device: device.value };
    const { body } = await forbidden(ask<SignedInPerson>("session/register", { json }), words.wrongCode);
    await enter(body);
    then();
  };
  return h("form", { submit: acting(register) }, [
    h("p", words.codeHint),
    field(words.code, input),
    field(words.device, device),
    h("button", { type: "submit", class: code === "" ? "" : "main" }, words.addDevice),
  ]);
}

function deviceName(): string {
  const names = ["iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux"];
  return names.find((name) => navigator.userAgent.includes(name)) ?? "";
}

/** For apps and devices: what a scope allows, in words. */
export const scopeWord = (scope: string): string =>
  Object.hasOwn(words.scopes, scope) ? words.scopes[scope as keyof typeof words.scopes] : scope;
