/** The fields of a post about another page. */
import { type Child, field, h } from "../../base/dom.ts";
import type { PostContent } from "../../kept/types.ts";
import { addressField } from "./address.ts";
import { type ComposeForm, typed } from "./form.ts";

const HOW: readonly PostContent["how"][] = ["bookmark-of", "in-reply-to", "like-of"];

export function linkFields({ post, edit }: ComposeForm): Child {
  const options = HOW.map((how) => h("option", { value: how, selected: how === post().how }, words.links[how]));
  return [
    addressField(words.address, post().link, (link) => edit({ link })),
    field(words.linkIs, h("select", { change: typed((how) => edit({ how: how as PostContent["how"] })) }, options)),
  ];
}
