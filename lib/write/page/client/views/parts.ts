/** Parts that several views share. */

import { isOfAnother } from "../base/api.ts";
import { filled } from "../base/data.ts";
import { type Child, h } from "../base/dom.ts";
import { faultOf, shownFault } from "../base/faults.ts";
import { askWho } from "../kept/person.ts";
import { tell } from "../kept/posts.ts";
import type { PostContent, ShownProblem } from "../kept/types.ts";

/** Is read out as it appears. */
export const alertOf = (text: Child): HTMLElement => h("p.alert", { role: "alert" }, text);

export const alertFor = (error: unknown): HTMLElement => alertOf(shownFault(faultOf(error)));

let said: Element | undefined;

/** Says one thing at a time, below what it was asked by: what was said before goes, wherever that was. */
export function say(beside: Element, what?: Child): void {
  said?.remove();
  said = undefined;
  if (what === undefined) return;
  said = h("div.said", what);
  (beside.closest(".actions") ?? beside).after(said);
  if (beside instanceof HTMLButtonElement) said.scrollIntoView({ block: "nearest" });
}

export function problemList(problems: readonly ShownProblem[]): Child {
  if (problems.length === 0) return undefined;
  return h(
    "ul.problems",
    ...problems.map(({ line, message, fix, severity }) =>
      h(
        "li",
        { class: severity === "error" ? "alert" : "notice" },
        h("strong", severity === "error" ? words.error : words.warning),
        line === undefined ? ": " : ` (${filled(words.line, { line })}): `,
        h("span", { lang: "en" }, message, fix === "" ? undefined : h("span.fix", fix)),
      ),
    ),
  );
}

/** What a post is called where it has no title. */
export function nameOf({ title, text, link, live, media: [medium] }: PostContent): string {
  const beginning = [title, text, link, live?.url ?? "", medium?.alt ?? ""].find((each) => each.trim() !== "");
  const [line = ""] = (beginning ?? "").trim().split("\n");
  if (line === "") return medium ? words.kinds[medium.property] : words.untitled;
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

/** Does it, and says beside the button why not, if not. While it lasts the button rests. */
export function acting(work: (button: HTMLElement) => Promise<void>): (event: Event) => void {
  return (event) => {
    event.preventDefault(); // a form would be sent to another page
    const { submitter } = event as Partial<SubmitEvent>;
    const button = submitter ?? (event.currentTarget as HTMLElement);
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    say(button);
    work(button)
      .catch(async (error: unknown) => {
        say(button, alertFor(error));
        // Whoever signed in in another tab is shown, and with them what is theirs.
        if (!isOfAnother(error)) return;
        await askWho();
        tell();
      })
      .finally(() => button.removeAttribute("aria-disabled"));
  };
}
