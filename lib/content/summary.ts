/** The summary of a post for lists: its first sentences if they fit, else its beginning, cut between characters. */
import { graphemesOf, oneLine, sentencesOf } from "../base/text.ts";

/** Columns; a full-width character takes two. */
const WIDTH = 280;

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u;

export function summarise(text: string): string | undefined {
  const line = oneLine(text).trim();
  if (line === "") return undefined;
  if (line.length <= WIDTH / 2) return line; // fits even if each character is wide

  const end = endOfPlain(line) ?? endOfCharacters(line);
  if (end === line.length) return line;

  let sentenceEnd = 0;
  for (const { segment, index } of sentencesOf(line)) {
    if (index + segment.length > end) break;
    sentenceEnd = index + segment.length;
  }
  if (sentenceEnd >= end / 2) return line.slice(0, sentenceEnd).trim();
  return `${line.slice(0, end).trim()}…`;
}

/** The width of each code unit of ASCII, of Latin letters, and of the punctuation and characters of Chinese; 0 for others. */
function plainWidth(code: number): number {
  if ((code >= 0x20 && code <= 0x7e) || (code >= 0xc0 && code <= 0x24f) || (code >= 0x2010 && code <= 0x2027)) return 1;
  return (code >= 0x3000 && code <= 0x3029) || (code >= 0x4e00 && code <= 0x9fff) || (code >= 0xff01 && code <= 0xff5e)
    ? 2
    : 0;
}

/** Where a text must end that has only such, each of which is a character of its own; `undefined` for others. */
function endOfPlain(line: string): number | undefined {
  let width = 0;
  for (let at = 0; at < line.length; at++) {
    const more = plainWidth(line.charCodeAt(at));
    if (more === 0) return undefined;
    width += more;
    if (width > WIDTH) return at;
  }
  return line.length;
}

function endOfCharacters(line: string): number {
  let width = 0;
  let end = 0;
  for (const { segment, index } of graphemesOf(line)) {
    width += WIDE.test(segment) ? 2 : 1;
    if (width > WIDTH) break;
    end = index + segment.length;
  }
  return end;
}
