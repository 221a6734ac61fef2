/** Tags: those that the site has most, as chips, and any other. */
import { announce, button, type Child, h, newId, refill } from "../../base/dom.ts";
import { askTags, knownTags } from "../../kept/tags.ts";
import type { ComposeForm } from "./form.ts";

const MOST = 12;
/** Each ends a tag. */
const SIGNS = /[,，、]/;

export async function tagFields({ post, edit }: ComposeForm): Promise<Child> {
  // What is typed is a tag already, and a chip only when that is asked for: nothing may move under a thumb that goes on to Publish.
  let chosen = post().tags;
  let known = await knownTags();
  const chips = h("div.choices.chips");
  const list = h("datalist", { id: newId() });
  const input = h("input", { type: "text", id: newId(), list: list.id, autocomplete: "off", enterkeyhint: "done" });
  const show = () => {
    const shown = [...new Set([...chosen, ...known.slice(0, MOST)])];
    refill(
      chips,
      shown.map((tag) => chip(tag, chosen.includes(tag))),
    );
    list.replaceChildren(...known.slice(MOST).map((tag) => h("option", { value: tag })));
  };
  const typed = () => input.value.split(SIGNS).flatMap((tag) => tag.replace(/^\s*#/, "").trim() || []);
  const note = () => edit({ tags: [...new Set([...chosen, ...typed()])] });
  const choose = (tag: string, isChosen: boolean) => {
    chosen = [...chosen.filter((each) => each !== tag), ...(isChosen ? [tag] : [])];
    note();
  };
  const chip = (tag: string, checked: boolean) => {
    const change = (event: Event) => choose(tag, (event.target as HTMLInputElement).checked);
    return h("label.chip", h("input", { type: "checkbox", id: `tag-${tag}`, checked, change }), h("span", tag));
  };
  const add = () => {
    const added = typed();
    input.value = "";
    for (const tag of added) choose(tag, true);
    show();
    if (added.length > 0) announce(`${words.tags}: ${chosen.join(", ")}`);
  };
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    add();
  });
  input.addEventListener("input", () => {
    if (SIGNS.test(input.value)) add();
    else note();
  });
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
