/** Whether an app may write here (IndieAuth §5.2, "Authorization Request"). */
import { ask } from "../base/api.ts";
import { filled, site } from "../base/data.ts";
import { button, h } from "../base/dom.ts";
import { authorKey, whoIs } from "../kept/person.ts";
import { acting } from "./parts.ts";
import type { View } from "./router.ts";
import { scopeWord } from "./signin.ts";

interface AppRequest {
  readonly client: { readonly id: string; readonly name?: string; readonly redirect: string };
  readonly scopes: readonly string[];
  readonly me: string;
}

export async function consentView(query: string): Promise<View> {
  const { client, scopes, me } = (await ask<AppRequest>(`auth/request?${query}`)).body;
  const boxes = scopes.map((scope) => h("input", { type: "checkbox", value: scope, checked: true }));
  const decide = (json: object) =>
    acting(async () => leaveTo((await ask<Decision>("auth/decide", { json, by: authorKey() })).body.redirect));
  const chosen = () => boxes.filter(({ checked }) => checked).map(({ value }) => value);
  const allow = (event: Event) => decide({ query, scopes: chosen() })(event);
  const host = URL.canParse(client.redirect) ? new URL(client.redirect).host || client.redirect : client.redirect;
  return {
    title: filled(words.consent, { app: client.name ?? client.id, site: site.title }),
    content: [
      h(
        "dl",
        [
          [words.appAddress, client.id],
          [words.returnsTo, host],
          [words.as, `${whoIs()?.name ?? ""} (${me})`],
        ].map(([term = "", value = ""]) => [h("dt", term), h("dd", value)]),
      ),
      boxes.length > 0 &&
        h("fieldset", [
          h("legend", words.appMay),
          boxes.map((box) => h("label.check", box, h("span", scopeWord(box.value)))),
        ]),
      h(
        "div.actions",
        button(words.allow, allow, { class: "main" }),
        button(words.deny, decide({ query, denied: true })),
      ),
    ],
  };
}

interface Decision {
  readonly redirect: string;
}

/** An app of a phone may have a scheme of its own; what would run here is none. */
function leaveTo(redirect: string): void {
  const { protocol } = new URL(redirect);
  if (["javascript:", "data:", "blob:", "vbscript:"].includes(protocol)) throw new Error(words.failed);
  location.assign(redirect);
}
