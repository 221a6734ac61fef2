/** What links between notes show: a link with the name of the note or with words; a picture; a link to another file. */
import { addressMark, noteMark } from "../../links/marks.ts";
import type { Tools } from "../types.ts";
import { inert, link, picture } from "./output.ts";

const PICTURE = /\.(?:png|jpe?g|gif|webp|svg|avif|bmp)$/i;
const OTHER_FILE = /\.(?:mp3|m4a|ogg|opus|wav|flac|mp4|webm|ogv|mov|mkv|pdf|canvas|zip)$/i;
/** The size at which a picture is shown. */
const SIZE = /^\d+(?:x\d+)?$/;

export function noteText(written: string, isEmbed: boolean, isHtml: boolean, tools: Tools): string {
  const bar = written.indexOf("|");
  const [name, words] = [written.slice(0, bar).trim(), written.slice(bar + 1).trim()];
  const [file = ""] = name.split("#", 1);
  const title = file.slice(file.lastIndexOf("/") + 1);
  if (isEmbed && PICTURE.test(file)) {
    return picture({ src: file, alt: words === "" || SIZE.test(words) ? title.replace(PICTURE, "") : words }, isHtml);
  }
  if (OTHER_FILE.test(file)) return link(encodeURI(file.toWellFormed()), inert(words || title));
  if (file === "") return words || inert(name.replace(/^#\^?/, ""));
  // As these programs show a part of a note.
  const [shown = ""] = name.split("#^", 1);
  const label = words || inert(shown.replaceAll("#", " > "));
  const perhaps = tools.context.dialect === "plain" ? undefined : true;
  const number = tools.refer({ written: name, sought: "note", ...(perhaps && { perhaps }) });
  if (number === undefined) return label;
  return isHtml ? link(addressMark(number), label) : noteMark(number, label, tools.written);
}
