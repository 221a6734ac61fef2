/** The fields of a post about another page. */
import { type Child, field, select } from "../../base/dom.ts";
import type { PostContent } from "../../kept/types.ts";
import { addressField } from "./address.ts";
import { type ComposeForm, typed } from "./form.ts";

const HOW: readonly PostContent["how"][] = ["bookmark-of", "in-reply-to", "like-of"];

export function linkFields({ post, edit }: ComposeForm): Child {
  const options = HOW.map((how) => [how, words.links[how]] as const);
  return [
    addressField(words.address, post().link, (link) => edit({ link })),
    field(
      words.linkIs,
      select(options, post().how, { change: typed((how) => edit({ how: how as PostContent["how"] })) }),
    ),
  ];
}
