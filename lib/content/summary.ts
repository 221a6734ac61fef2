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

  let width = 0;
  let end = 0;
  for (const { segment, index } of graphemesOf(line)) {
    width += WIDE.test(segment) ? 2 : 1;
    if (width > WIDTH) break;
    end = index + segment.length;
  }
  if (end === line.length) return line;

  let sentenceEnd = 0;
  for (const { segment, index } of sentencesOf(line)) {
    if (index + segment.length > end) break;
    sentenceEnd = index + segment.length;
  }
  if (sentenceEnd >= end / 2) return line.slice(0, sentenceEnd).trim();
  return `${line.slice(0, end).trim()}…`;
}
