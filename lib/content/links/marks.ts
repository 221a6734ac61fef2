/** Marks in Markdown, each in the place of an address or a title that is known only once all posts are. */
import { escapeAttribute } from "../../base/text.ts";
import type { LinkTarget, Reference } from "../../model.ts";
import { unusedMark, withoutLost } from "../templates/links.ts";
import { literal } from "../templates/meaning/output.ts";
import { MARK } from "./references.ts";
import { nameOf } from "./stems.ts";

export const addressMark = (reference: number): string => `${MARK}${reference}${MARK}`;

/** The mark of a title beside that of its address. */
export const titleOfMark = (address: string): string => address.replace(MARKED, `${MARK}$1t${MARK}`);

/** A link with words of its own, which may turn out to be none: `[[words]]` may be text. */
export const noteMark = (reference: number, label: string, written: string): string =>
  `${MARK}${reference}[${MARK}${label.replaceAll(MARK, "")}${MARK}${written.replaceAll(MARK, "")}${MARK}]${MARK}`;

const MARKED = new RegExp(`^${MARK}(\\d+)${MARK}.*$`, "s");
/** What stands before an address in a target, and is part of that address already. */
const BASE = new RegExp(`(?<=[("'<])(?:https?://|/)[^\\s"'<>()${MARK}]*(?=${MARK}\\d{1,9}${MARK})`, "g");
const NOTE = new RegExp(`${MARK}(\\d{1,9})\\[${MARK}([^${MARK}]*)${MARK}([^${MARK}]*)${MARK}\\]${MARK}`, "g");
const VALUE = new RegExp(`${MARK}(\\d{1,9})(t?)${MARK}`, "g");

/** The text without marks, as where the title is read from its first heading. */
export const withoutMarks = (markdown: string): string =>
  markdown.includes(MARK) ? markdown.replace(NOTE, "$2").replace(VALUE, "") : markdown;

/** The text with links to the targets; a link to none loses its target, and its words stay. */
export function linkedMarkdown(
  markdown: string,
  references: readonly Reference[],
  targets: readonly LinkTarget[],
): string {
  if (references.length === 0 || !markdown.includes(MARK)) return markdown;
  const lost = unusedMark(markdown);
  const text = markdown
    .replace(BASE, "")
    .replace(NOTE, (_, number: string, label: string, written: string) => {
      const [reference, target] = [references[Number(number)], targets[Number(number)]];
      if (typeof target === "object") return `[${label}](${destination(target.url)})`;
      return reference?.perhaps && target !== "hidden" ? written : label;
    })
    .replace(VALUE, (_, number: string, isTitle: string, at: number, whole: string) => {
      const target = targets[Number(number)];
      if (typeof target !== "object") return isTitle ? nameIfNone(references[Number(number)], target) : lost;
      if (isTitle) return literal(target.title ?? "");
      return /[(<"']/.test(whole[at - 1] ?? "") ? destination(target.url) : literal(target.url);
    });
  return lost !== "" && text.includes(lost) ? withoutLost(text, lost) : text;
}

/** Of a post that is not there its name as written; of one that is hidden nothing is told. */
const nameIfNone = (reference: Reference | undefined, target: LinkTarget | undefined): string =>
  target === "hidden" || !reference ? "" : literal(nameOf(reference.written));

/** In a link of Markdown, and in an attribute. */
const destination = (url: string): string =>
  escapeAttribute(url).replace(/[\s()]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
