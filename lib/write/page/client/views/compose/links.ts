/** The fields of a post about another page. */
import { type Child, field, h } from "../../base/dom.ts";
import type { PostContent } from "../../kept/types.ts";
import { type ComposeForm, typed } from "./form.ts";

const HOW: readonly PostContent["how"][] = ["bookmark-of", "in-reply-to", "like-of"];

export function linkFields({ post, edit }: ComposeForm): Child {
  const address = h("input", {
    ...{ type: "url", inputmode: "url", autocomplete: "off", placeholder: "https://", value: post().link },
    input: typed((link) => edit({ link })),
  });
  const options = HOW.map((how) => h("option", { value: how, selected: how === post().how }, words.links[how]));
  return [
    field(words.address, address),
    field(words.linkIs, h("select", { change: typed((how) => edit({ how: how as PostContent["how"] })) }, options)),
  ];
}
