/** When it is published: now, later, or not yet. */
import { type Child, field, h, newId } from "../../base/dom.ts";
import { toLocal } from "../../base/local.ts";
import { whoIs } from "../../kept/person.ts";
import type { PostContent } from "../../kept/types.ts";
import { type ComposeForm, typed } from "./form.ts";

const WHEN: readonly PostContent["when"][] = ["now", "later", "draft"];

/** Of an author who writes drafts alone everything is one. */
export function whenFields({ post, edit }: ComposeForm): Child {
  if (whoIs()?.role === "drafts") {
    if (post().when !== "draft") edit({ when: "draft" });
    return h("p.note", words.draftsOnly);
  }
  const at = field(
    words.time,
    h("input", { type: "datetime-local", value: toLocal(post().at), input: typed((value) => edit({ at: value })) }),
  );
  const show = () => {
    at.hidden = post().when !== "later";
  };
  show();
  const choose = (when: PostContent["when"]) => {
    edit({ when });
    show();
  };
  return [h("fieldset", h("legend", words.when), choices(WHEN, post().when, words.whens, choose)), at];
}

/** One of several, each as large as a thumb. */
export function choices<Choice extends string>(
  all: readonly Choice[],
  chosen: Choice,
  names: { readonly [choice in Choice]: string },
  choose: (choice: Choice) => void,
): HTMLElement {
  const name = newId();
  const choice = (value: Choice) => {
    const input = h("input", { type: "radio", name, value, checked: value === chosen, change: () => choose(value) });
    return h("label.choice", input, h("span", names[value]));
  };
  return h("div.choices", all.map(choice));
}
