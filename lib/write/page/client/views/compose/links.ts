/** The fields of a post about another page. */
import { type Child, field, h } from "../../base/dom.ts";
import type { LetterContent } from "../../kept/types.ts";
import { type LetterForm, typed } from "./form.ts";

const HOW: readonly LetterContent["how"][] = ["bookmark-of", "in-reply-to", "like-of"];

export function linkFields({ letter, edit }: LetterForm): Child {
  const address = h("input", {
    ...{ type: "url", inputmode: "url", autocomplete: "off", placeholder: "https://", value: letter().link },
    input: typed((link) => edit({ link })),
  });
  const options = HOW.map((how) => h("option", { value: how, selected: how === letter().how }, words.links[how]));
  return [
    field(words.address, address),
    field(words.linkIs, h("select", { change: typed((how) => edit({ how: how as LetterContent["how"] })) }, options)),
  ];
}
