/** Reads `:::note Title` … `:::`, the containers of VuePress, Docusaurus, Starlight, markdown-it and pandoc. */
import { matchAt } from "../match.ts";
import type { Reader } from "../reader.ts";

/** Colons, a name, and what follows it; pandoc writes classes in braces, and may repeat the colons at the end. */
const OPENING = /(:{3,})[ \t]*(?:([\p{L}_][\p{L}\p{N}_-]*)(?![\p{L}\p{N}_:-])|(?=\{))([^\n]*)/uy;
const CLOSING = /(:{3,})[ \t]*(?=\n|$)/y;

/** Is given whole lines: a container opens and closes on lines of its own. */
export const readContainer: Reader = ({ source, at }) => {
  if (!source.startsWith(":::", at)) return undefined;
  const construct = { family: "container", start: at } as const;
  const [closing, ending = ""] = matchAt(CLOSING, source, at) ?? [];
  if (closing !== undefined) {
    return { ...construct, role: "close", name: ending, rest: "", end: at + closing.length };
  }
  const [written, colons = "", name = "", rest = ""] = matchAt(OPENING, source, at) ?? [];
  const own = name || classOf(rest);
  if (written === undefined || own === "") return undefined;
  const end = at + written.length;
  return { ...construct, role: "open", name: colons, rest: `${own} ${rest.trim()}`, end };
};

const classOf = (attributes: string): string => /^\{\s*\.?([\p{L}_][\p{L}\p{N}_-]*)/u.exec(attributes)?.[1] ?? "";
