/** A field for the address of a page. */
import { addressOf } from "../../base/address.ts";
import { field, h } from "../../base/dom.ts";
import { typed } from "./form.ts";

/** The scheme that was left out is shown once the writer goes on to something else. */
export function addressField(label: string, value: string, act: (address: string) => void, hint?: string): HTMLElement {
  const input: HTMLInputElement = h("input", {
    ...{ type: "url", dir: "ltr", inputmode: "url", autocomplete: "off", placeholder: "https://", value },
    input: typed((text) => act(addressOf(text))),
    change() {
      input.value = addressOf(input.value);
    },
  });
  return field(label, input, hint);
}
