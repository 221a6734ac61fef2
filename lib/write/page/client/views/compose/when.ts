/** When it is published: now, later, or not yet. */
import { now } from "../../base/clock.ts";
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
  const past = h("p.note", { role: "status" });
  const show = () => {
    at.hidden = post().when !== "later";
    past.textContent = isPast(post()) ? words.pastTime : "";
  };
  const change = typed((value) => {
    edit({ at: value });
    show();
  });
  const input = h("input", { type: "datetime-local", value: toLocal(post().at), input: change });
  const at = h("div", field(words.time, input), past);
  show();
  const choose = (when: PostContent["when"]) => {
    edit({ when });
    show();
  };
  return [h("fieldset", h("legend", words.when), choices(WHEN, post().when, words.whens, choose)), at];
}

/** A time for later that is none: the post is published at once, with that date. */
export const isPast = ({ when, at }: PostContent): boolean => when === "later" && Date.parse(at) <= now();

/** One of several, each as large as a thumb. */
export function choices<Choice extends string>(
  all: readonly Choice[],
  chosen: Choice,
  names: { readonly [choice in Choice]: string },
  choose: (choice: Choice) => void,
): HTMLElement {
  const name = newId();
  const choice = (value: Choice) => {
    const input = h("input", { type: "radio", name, value, checked: value === chosen, input: () => choose(value) });
    return h("label.choice", input, h("span", names[value]));
  };
  return h("div.choices", all.map(choice));
}
