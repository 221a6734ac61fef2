/** Reads `:::note Title` … `:::`, the containers of VuePress, Docusaurus, Starlight, markdown-it and pandoc, and components of MDC. */
import { present } from "../../../../base/optional.ts";
import { hasAt, matchAt, SMALL_LETTERS } from "../../../match.ts";
import type { Construct } from "../../types.ts";
import type { Position, Reader } from "../reader.ts";

/** Colons, a name, and what follows it; pandoc writes classes in braces, and may repeat the colons at the end. */
const OPENING = /(:{3,})[ \t]*(?:([\p{L}_][\p{L}\p{N}_-]*)(?![\p{L}\p{N}_:-])|(?=\{))([^\n]*)/uy;
const CLOSING = /(:{2,})[ \t]*(?=\n|$)/y;
/** `::name[words]{attributes}` of Nuxt's MDC, which `::` ends, and of remark-directive, where it is whole. */
const COMPONENT = /::([A-Za-z][\w-]*)((?:\[[^[\]\n]*\])?(?:\{[^\n]*\})?)[ \t]*(?=\n|$)/y;
/** The values of a component, in YAML below it. */
const VALUES = /\n[ \t>]*---[ \t]*(?=\n[ \t>]*[A-Za-z][\w-]*:\s)/y;
const VALUES_END = () => /\n[ \t>]*---[ \t]*(?=\n|$)/g;
const MOST_VALUES = 5_000;
/** `#footer`: what follows is for another place of the component. */
const SLOT = /#[a-z][\w-]*[ \t]*(?=\n|$)/y;

/** Is given whole lines: a container opens and closes on lines of its own. */
export const readContainer: Reader = (position) => {
  const { source, at, line } = position;
  if (source[at] === "#" && !line.isHtml) {
    const [slot] = matchAt(SLOT, source, at) ?? [];
    const end = at + (slot?.length ?? 0);
    return slot === undefined ? undefined : { family: "slot", role: "whole", name: "", rest: "", start: at, end };
  }
  if (!source.startsWith("::", at)) return undefined;
  const construct = { family: "container", start: at } as const;
  const [closing, ending = ""] = matchAt(CLOSING, source, at) ?? [];
  if (closing !== undefined) {
    return { ...construct, role: "close", name: ending, rest: "", end: at + closing.length };
  }
  const [written = "", colons = "", name = "", rest = ""] = matchAt(OPENING, source, at) ?? [];
  const own = name || classOf(rest);
  if (own === "") return componentAt(position);
  return withValues({ ...construct, name: colons, rest: `${own} ${rest.trim()}`, end: at + written.length }, position);
};

const classOf = (attributes: string): string => /^\{\s*\.?([\p{L}_][\p{L}\p{N}_-]*)/u.exec(attributes)?.[1] ?? "";

function componentAt(position: Position): Construct | undefined {
  const { source, at } = position;
  const [written, name = "", rest = ""] = matchAt(COMPONENT, source, at) ?? [];
  if (written === undefined) return undefined;
  return withValues(
    { family: "container", ...labelled(name, rest), name: "::", start: at, end: at + written.length },
    position,
  );
}

/** Its words are its content where nothing else is. */
function labelled(name: string, rest: string): Pick<Construct, "rest" | "content"> {
  const content = rest.startsWith("[") ? rest.slice(1, rest.indexOf("]")) : undefined;
  return { rest: `${name} ${rest}`, ...present({ content }) };
}

/** With the values that stand below it, after a line break. */
function withValues(own: Omit<Construct, "role">, { source, find }: Position): Construct {
  const opening = { ...own, role: "open" } as const;
  const [begin] = matchAt(VALUES, source, opening.end) ?? [];
  const start = opening.end + (begin?.length ?? 0);
  const close = begin === undefined ? undefined : find.pattern("end of values", VALUES_END, start);
  if (!close || close.start > start + MOST_VALUES) return opening;
  return { ...opening, rest: `${opening.rest}${source.slice(start, close.start)}`, end: close.end };
}

/** `:name{attributes}` and `:name[words]` within a line; neither `:tada:`, `10:30` nor `a::b`. */
const INLINE = /:([a-z][\w-]*)(\[[^[\]\n]*\](?!\()(?:\{[^{}\n]*\})?|\{[^{}\n=.#]*[=.#][^{}\n]*\})/y;
const BEFORE_NONE = /[\p{L}\p{N}:\\/)\]}`]/u;

export const mayHaveInline = (text: string): boolean => hasAt(text, ":", /:[a-z][\w-]*[[{]/y, SMALL_LETTERS);

export const readInline: Reader = ({ source, at }) => {
  if (BEFORE_NONE.test(source[at - 1] ?? "")) return undefined;
  const [written, name = "", rest = ""] = matchAt(INLINE, source, at) ?? [];
  if (written === undefined) return undefined;
  const end = at + written.length;
  return { family: "container", role: "whole", ...labelled(name, rest), name: ":", start: at, end };
};
