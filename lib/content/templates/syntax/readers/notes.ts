/** Reads links between notes: `[[name]]`, `[[folder/name#part|words]]`, and `![[file]]`, which shows the file. */
import { matchAt } from "../../../match.ts";
import type { Reader } from "../reader.ts";

/** Neither a link of Markdown, `[[1]](url)`, a test of a shell, `[[ -f file ]]`, nor code such as `[[likely(x)]]`, `[[:alpha:]]`. */
const NOTE = /\[\[(?![\s!^:])([^[\]\n|"$=(){}]{1,300}?)(?:\\?\|([^[\]\n]{0,300}))?(?<!\s)\]\](?![([:])/y;
/** What `![[…]]` shows may have any name: it is no text. */
const SHOWN = /\[\[(?![\s!])([^[\]\n|]{1,300}?)(?:\\?\|([^[\]\n]{0,300}))?(?<!\s)\]\](?!\()/y;
/** Numbers of sources, marks for a table of contents, addresses. */
const NO_NAME = /^(?:[\d\s,;–-]+|_?toc_?)$|:\/\//i;

/** An escape, an index such as `m[[i]]`, a formula. */
const NO_NOTE_BEHIND = /[[\]\\$\w)]/;

export const readNoteLink: Reader = ({ source, at }) => {
  if (source[at + 1] !== "[" || NO_NOTE_BEHIND.test(source[at - 1] ?? "")) return undefined;
  const isShown = source[at - 1] === "!" && source[at - 2] !== "\\";
  const match = matchAt(isShown ? SHOWN : NOTE, source, at);
  const [whole = "", name = "", label = ""] = match ?? [];
  if (!match || (!isShown && NO_NAME.test(name))) return undefined;
  const start = isShown ? at - 1 : at;
  return {
    family: "note",
    role: "whole",
    name: isShown ? "embed" : "link",
    rest: `${name}|${label}`,
    start,
    end: at + whole.length,
  };
};
