/** What links between notes show: a link with the name of the note or with words; a picture; a link to another file. */
import { addressMark, noteMark } from "../../links/marks.ts";
import type { PlacedConstruct, Tools } from "../types.ts";
import { playerOf } from "./media/players.ts";
import { inert, link, picture } from "./output.ts";

const PICTURE = /\.(?:png|jpe?g|gif|webp|svg|avif|bmp)$/i;
const OTHER_FILE = /\.(?:mp3|m4a|ogg|opus|wav|flac|3gp|mp4|webm|ogv|mov|mkv|pdf|canvas|base|zip)$/i;
/** The size at which a picture is shown, by itself or behind words. */
const SIZE = /(?:^|\|)\s*\d+(?:x\d+)?$/;
/** A mark before a part of a note; `C#` and `C# tips` are names. */
const PART = /#(?=\S)/;

export function noteText(source: string, { name: kind, rest, line }: PlacedConstruct, tools: Tools): string {
  const bar = rest.indexOf("|");
  const [name, words] = [rest.slice(0, bar).trim(), rest.slice(bar + 1).trim()];
  const isPlain = tools.context.dialect === "plain";
  const [file = ""] = name.split(PART, 1);
  const title = file.slice(file.lastIndexOf("/") + 1);
  const isEmbed = kind === "embed";
  const own = isEmbed ? words.replace(SIZE, "").trim() : words;
  if (isEmbed && PICTURE.test(file)) {
    return picture({ src: file, alt: own || title.replace(PICTURE, "") }, line.isHtml);
  }
  const isElsewhere = isEmbed && /^https?:\/\//.test(file);
  if (OTHER_FILE.test(file) || isElsewhere) {
    const address = isElsewhere ? name : encodeURI(file.toWellFormed());
    return (
      (isEmbed ? playerOf(address, own || undefined) : undefined) ??
      link(address, inert(own || (isElsewhere ? name : title)))
    );
  }
  if (file === "") return isPlain || isEmbed ? own || inert(name.replace(/^#\^?/, "")) : source;
  // In HTML such brackets are more likely text.
  if (line.isHtml && !isPlain && !isEmbed) return source;
  const [shown = ""] = name.split("#^", 1);
  // As these programs show a part of a note.
  const label = own || inert(shown.split(PART).join(" > "));
  const number = tools.refer({ written: name, sought: "note", ...(!isPlain && !isEmbed && { perhaps: true }) });
  if (number === undefined) return isPlain || isEmbed ? label : source;
  return line.isHtml ? link(addressMark(number), label) : noteMark(number, label, source);
}
