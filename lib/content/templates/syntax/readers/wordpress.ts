/** Reads the shortcodes that WordPress itself has, `[caption width="300"]…[/caption]`, in posts that were exported from it. */
import { present } from "../../../../base/optional.ts";
import { unescaped } from "../../../html/reading.ts";
import { hasAt, matchAt } from "../../../match.ts";
import { isLineEnd } from "../layout.ts";
import { fixed, type Reader } from "../reader.ts";

/** Only at its beginning, so that it costs nothing where there is none. */
const OPENING =
  /^\[(\[?)(audio|caption|code|embed|gallery|playlist|sourcecode|video|youtube)(?:[\s=]([^[\]"'\n]*(?:(?:"[^"\n]*"|'[^'\n]*')[^[\]"'\n]*)*))?\]/;
const LONGEST = 1_000;
const END = /\[\/(caption|code|embed|sourcecode)\]/g;
/** Without an end before the next of their name they are text; others have none, or nothing before it. */
const ENDED = new Set(["caption", "code", "embed", "sourcecode"]);
const EMPTY_END = /^\s{0,9}\[\/(?:audio|gallery|playlist|video|youtube)\]/;
/** A film by its id, which holds more than small letters; and what stands between two marks of it. */
const FILM = /^(?![a-z-]*$)[\w-]{11}$/;
const WITHIN = /\s{0,9}(https?:\/\/[^\s[\]]{1,300}|[\w-]{11})\s{0,9}\[\/youtube\]/y;
const MAY_BE = /\[(?:audio|caption|code|embed|gallery|playlist|sourcecode|video|youtube)[\s=\]]/y;

export const mayHaveWordpress = (text: string): boolean => hasAt(text, "[", MAY_BE, "acegpsvy");

/** Words in brackets may be text or a link: a shortcode has arguments or an end, or is a gallery on a line of its own. */
export const readWordpress: Reader = ({ source, at, line, find }) => {
  if (source[at - 1] === "\\" || source[at - 1] === "!") return undefined;
  const [opening, doubled = "", name = "", rest = ""] = OPENING.exec(source.slice(at, at + LONGEST)) ?? [];
  if (opening === undefined) return undefined;
  const after = at + opening.length;
  const [film, id = ""] = (name === "youtube" && rest === "" && matchAt(WITHIN, source, after)) || [];
  if (film !== undefined)
    return { family: "shortcode", role: "whole", name, rest: id, start: at, end: after + film.length };
  const ended = ENDED.has(name) ? find.end(END, ([, own = ""]) => [own], name, after) : undefined;
  const next = ended ? find.text(`[${name}`, after) : -1;
  const close = next < 0 || (ended && next > ended.start) ? ended : undefined;
  const isAlone = at === line.content && isLineEnd(source, after) && find.text(`[${name}]:`, 0) < 0;
  const isMeant = ENDED.has(name)
    ? close !== undefined && !/^[([:]/.test(rest === "" ? source.slice(after, after + 1) : "")
    : /[=/]/.test(rest) ||
      (name === "youtube" && FILM.test(rest) && !/^[([:]/.test(source.slice(after, after + 1))) ||
      (name === "gallery" && isAlone);
  if (!isMeant) return undefined;
  const end = close?.end ?? after + (EMPTY_END.exec(source.slice(after, after + 30))?.[0].length ?? 0);
  if (doubled !== "") return source[end] === "]" ? fixed(at, end + 1, source.slice(at + 1, end)) : undefined;
  const content = close && contentOf(source.slice(after, close.start), name);
  const isFilm = name === "embed" && FILM.test(content ?? "");
  return {
    ...{ family: "shortcode", role: "whole", name: isFilm ? "youtube" : name, rest, start: at, end },
    ...present({ content }),
  };
};

/** In its editor code was often written with entities. */
const contentOf = (text: string, name: string): string =>
  name.endsWith("code") && !text.includes("<") ? unescaped(text) : text;
