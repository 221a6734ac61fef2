/** Tags: those that the site has most, as chips, and any other. */
import { filled } from "../../base/data.ts";
import { announce, button, type Child, h, newId, refill } from "../../base/dom.ts";
import { askTags, knownTags } from "../../kept/tags.ts";
import type { ComposeForm } from "./form.ts";

const MOST = 12;

export async function tagFields({ post, edit }: ComposeForm): Promise<Child> {
  let known = await knownTags();
  const chips = h("div.choices.chips");
  const list = h("datalist", { id: newId() });
  const input = h("input", { type: "text", id: newId(), list: list.id, autocomplete: "off", enterkeyhint: "done" });
  const show = () => {
    const chosen = post().tags;
    const shown = [...new Set([...chosen, ...known.slice(0, MOST)])];
    refill(
      chips,
      shown.map((tag) => chip(tag, chosen.includes(tag))),
    );
    list.replaceChildren(...known.slice(MOST).map((tag) => h("option", { value: tag })));
  };
  const choose = (tag: string, isChosen: boolean) => {
    const others = post().tags.filter((each) => each !== tag);
    edit({ tags: isChosen ? [...others, tag] : others });
  };
  const chip = (tag: string, checked: boolean) => {
    const change = (event: Event) => choose(tag, (event.target as HTMLInputElement).checked);
    return h("label.chip", h("input", { type: "checkbox", id: `tag-${tag}`, checked, change }), h("span", tag));
  };
  const add = () => {
    const tags = input.value.split(/[,，、]/).map((tag) => tag.replace(/^#/, "").trim());
    const added = tags.filter((tag) => tag !== "");
    for (const tag of added) choose(tag, true);
    input.value = "";
    show();
    if (added.length > 0) announce(filled(words.tagAdded, { tag: added.join(", ") }));
  };
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    add();
  });
  input.addEventListener("change", add);
  show();
  void askTags().then((tags) => {
    if (tags.join("\n") === known.join("\n")) return;
    known = tags;
    show();
  });
  return h("fieldset", [
    h("legend", words.tags),
    chips,
    h("label", { for: input.id }, words.newTag),
    h("div.beside", input, list, button(words.add, add)),
  ]);
}
