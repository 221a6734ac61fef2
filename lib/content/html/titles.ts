/** The title that HTML has itself: its heading of the first level, or that of its page. */
import { oneLine } from "../../base/text.ts";
import { INLINE } from "./profile.ts";
import { ShallowParser } from "./shallow.ts";

/** Headings that are looked at, and characters of each that are read. */
const MOST_HEADINGS = 20;
const LONGEST = 20_000;

const UNSEEN: ReadonlySet<string> = new Set(["script", "style", "template", "svg", "math"]);

const NUMBER = /^\[?\d{1,4}\]?$/;

/** The first `h1` that holds text, or with `onlyOne` the only one; else the first `title`. */
export function titleIn(html: string, onlyOne = false): string | undefined {
  if (!/<(?:h1|title)[\s>]/i.test(html)) return undefined;
  const found = { h1: [] as string[], title: [] as string[] };
  let open: { readonly name: keyof typeof found; text: string } | undefined;
  let depth = 0;
  let unseen = 0;
  /** Where the text of a `sup` begins that may be the number of a note, and whether it is a link within the page. */
  let note: { readonly from: number; isLink: boolean } | undefined;
  const parser = new ShallowParser(html, () => depth, {
    onopentag(name, { href = "" }) {
      depth += 1;
      if (open && name === "sup") note = { from: open.text.length, isLink: false };
      if (note && name === "a") note.isLink = href.includes("#");
      if (UNSEEN.has(name)) unseen += 1;
      if (unseen === 0 && (name === "h1" || name === "title")) open = { name, text: "" };
      else if (open && (name === "br" || !INLINE.has(name))) open.text += " ";
    },
    ontext(text) {
      if (open && unseen === 0 && open.text.length < LONGEST) open.text += text;
    },
    onclosetag(name) {
      depth -= 1;
      if (UNSEEN.has(name)) unseen -= 1;
      if (open && note?.isLink && name === "sup" && NUMBER.test(open.text.slice(note.from)))
        open = { ...open, text: open.text.slice(0, note.from) };
      if (open?.name !== name) return;
      const text = oneLine(open.text);
      if (text !== "" && found[open.name].length < MOST_HEADINGS) found[open.name].push(text);
      open = undefined;
    },
  });
  parser.end(html);
  const [heading, ...others] = found.h1;
  return (onlyOne && others.length > 0 ? undefined : heading) ?? found.title[0];
}
