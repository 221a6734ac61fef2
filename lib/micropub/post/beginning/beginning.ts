/**
 * Pictures and recordings of a post ⇄ the lines at the beginning of its text that show them, one a line and a blank line below: what
 * the pages of every generator show, whatever the theme. Of recordings the front matter says what is known.
 */
import type { DialectName } from "../../../model.ts";
import type { Posted } from "../types.ts";
import { pictureIn, pictureLines } from "./pictures.ts";
import { isPlayed, playedIn, playerLines } from "./players.ts";
import { isSameAddress, writtenAddress } from "./signs.ts";
import { type NamedRecording, SHOWN, type ShownLine, type ShownProperty, type TextBeginning } from "./types.ts";

/** `hasPictures`: pictures at the beginning are those of the post, which has none in its front matter. */
export function beginningOf(
  body: string,
  named: { readonly hasPictures: boolean; readonly recordings: readonly NamedRecording[] },
): TextBeginning {
  const { lines, rest } = linesIn(body, (line) => shownIn(line, named));
  const isShown = ({ url }: NamedRecording) => lines.some((each) => isSameAddress(each.url, url));
  return { lines, rest, showsAll: named.recordings.filter(isPlayed).every(isShown) };
}

function linesIn<T>(
  body: string,
  read: (line: string) => T | undefined,
): { readonly lines: readonly T[]; readonly rest: string } {
  const text = body.replace(/^(?:[ \t]*\n)+/, "");
  const lines: T[] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf("\n", at);
    const line = end < 0 ? text.slice(at) : text.slice(at, end);
    const shown = read(line);
    // Blank is what Markdown takes for it (CommonMark 0.31.2, section 2.1): other spaces are words.
    if (!shown) return /^[ \t]*$/.test(line) ? { lines, rest: text.slice(at) } : { lines: [], rest: body };
    lines.push(shown);
    at = end < 0 ? text.length : end + 1;
  }
  return { lines, rest: "" };
}

function shownIn(line: string, { hasPictures, recordings }: Parameters<typeof beginningOf>[1]): ShownLine | undefined {
  const picture = hasPictures ? pictureIn(line) : undefined;
  if (picture) return { property: "photo", ...picture, line };
  const url = recordings.length > 0 ? playedIn(line) : undefined;
  const recording = recordings.find((each) => url !== undefined && isPlayed(each) && isSameAddress(each.url, url));
  return recording && { ...recording, line };
}

/** Files of the post, by the properties that are to have other lines than before. */
export type ChangedFiles = { readonly [property in ShownProperty]?: Posted[`${property}s`] | undefined };

export interface FormerFiles {
  readonly beginning: TextBeginning;
  readonly posted: Pick<Posted, "videos" | "audios">;
}

const NOTHING: FormerFiles = {
  beginning: { lines: [], rest: "", showsAll: true },
  posted: { videos: [], audios: [] },
};

/** The lines of a new post, or of one that has some, whose kinds stay in their order. */
export function shownLines(changed: ChangedFiles, dialect: DialectName, former = NOTHING): readonly string[] {
  const { lines, showsAll } = former.beginning;
  return [...new Set([...lines.map(({ property }) => property), ...SHOWN])].flatMap((property) => {
    const files = changed[property];
    const there = lines.filter((each) => each.property === property);
    if (!files) return there.map(({ line }) => line);
    if (property === "photo") return pictureLines(files, there);
    return playerLines(property, files, { lines: there, recordings: former.posted[`${property}s`], showsAll }, dialect);
  });
}

/**
 * Those that the text does not begin with itself: an app that keeps the whole text sends it with its pictures, and what was sent again
 * finds them there. Text that did so before does it on purpose.
 */
export function linesAbove(text: string, lines: readonly string[], former: string): readonly string[] {
  const [own, before] = [text, former].map((each) => new Set(linesIn(each, addressIn).lines));
  return lines.filter((line) => {
    const address = addressIn(line) ?? "";
    return !own?.has(address) || before?.has(address);
  });
}

function addressIn(line: string): string | undefined {
  const url = pictureIn(line)?.url ?? playedIn(line);
  return url && writtenAddress(url);
}

/** `former`: the text below them until now, whose blank lines stay. */
export function withBeginning(lines: readonly string[], text: string, former = ""): string {
  const gap = /^(?:[ \t]*\n)+/.exec(former)?.[0] ?? "\n";
  const parts = [lines.join("\n"), text].filter((part) => part !== "");
  return parts.join(`\n${gap}`).trimEnd();
}
