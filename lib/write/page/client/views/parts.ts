/** Parts that several views share. */
import { NoAnswer } from "../base/api.ts";
import { filled } from "../base/data.ts";
import { type Child, h } from "../base/dom.ts";
import type { PostContent, ShownProblem } from "../kept/types.ts";

/** What went wrong, in the words of whoever knows most. */
export function saidOf(error: unknown): string {
  if (error instanceof NoAnswer) return words.noAnswer;
  const message = error instanceof Error ? error.message : String(error);
  return message === "" ? words.failed : message;
}

/** Is read out as it appears. */
export const alertOf = (text: string): HTMLElement => h("p.alert", { role: "alert" }, text);

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
        message,
        fix === "" ? undefined : h("span.fix", fix),
      ),
    ),
  );
}

/** What a post is called where it has no title. */
export function nameOf({ title, text, link, live, media }: PostContent): string {
  const beginning = [title, text, link, live?.url ?? "", media[0]?.name ?? ""].find((each) => each.trim() !== "");
  const [line = ""] = (beginning ?? "").trim().split("\n");
  return line === "" ? words.untitled : line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

/** Does it, and says beside the button why not, if not. While it lasts the button rests. */
export function acting(work: () => Promise<void>): (event: Event) => void {
  return (event) => {
    const button = event.currentTarget as HTMLElement;
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    const former = button.nextElementSibling;
    if (former?.classList.contains("alert") && former.getAttribute("role") === "alert") former.remove();
    work()
      .catch((error: unknown) => button.after(alertOf(saidOf(error))))
      .finally(() => button.removeAttribute("aria-disabled"));
  };
}
