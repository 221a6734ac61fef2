/** A recording of a post ⇄ its line in the text: the browser's own player, or what leads to the file. */
import { escapeAttribute, xmlSafe } from "../../../base/text.ts";
import { isPlayerPage } from "../../../content/facts/mediavalues.ts";
import type { DialectName } from "../../../model.ts";
import type { PostedRecording } from "../types.ts";
import { isSameAddress, typedAddress, wordsInAttribute, writtenAddress, writtenWords } from "./signs.ts";
import type { ShownLine } from "./types.ts";

/** A player of one file alone on its line. */
const PLAYER = /^<(video|audio)((?: [a-z-]+(?:="[^"<>]*")?)*)><\/\1>[ \t]*$/i;
/** Words or a picture, alone on their line, that lead to a file or a page. */
const LINK = /^\[(?:!\[[^[\]{}<>`]*\]\([^\s()<>]*\)|[^[\]{}<>`]*)\]\(([^\s()<>{}[\]\\`"]+)\)[ \t]*$/;

/** Where the line leads, whatever it is. */
export function targetIn(line: string): string | undefined {
  const player = PLAYER.exec(line);
  const url = player ? / src="([^"]*)"/i.exec(player[2] ?? "")?.[1] : LINK.exec(line)?.[1];
  return url === undefined ? undefined : typedAddress(url);
}

/** What no player of a browser plays has no line: feeds show it, and so does a theme that knows its service. */
export const isPlayed = (url: string): boolean => !isPlayerPage(url);

export interface FormerPlayers {
  readonly lines: readonly ShownLine[];
  readonly recordings: readonly PostedRecording[];
  /** Do those that are new get a line? */
  readonly showsAll: boolean;
}

/** Of a recording that is as it was the line stays as it is written. */
export function playerLines(
  property: "video" | "audio",
  recordings: readonly PostedRecording[],
  former: FormerPlayers,
  dialect: DialectName,
): readonly string[] {
  return recordings
    .filter(({ url }) => isPlayed(url))
    .flatMap((recording) => {
      const there = former.lines.find(({ url }) => isSameAddress(url, recording.url));
      if (!there) return former.showsAll ? [playerLine(property, recording, dialect)] : [];
      const isSame = former.recordings.some((each) => JSON.stringify(each) === JSON.stringify(recording));
      return [isSame ? there.line : playerLine(property, recording, dialect)];
    });
}

/**
 * Hugo leaves HTML out of Markdown unless the owner wants it: "unsafe: false" is the default of its renderer
 * (https://gohugo.io/configuration/markup/#rendererunsafe). The others pass it on. Attributes have values, as MDX and XHTML want it.
 */
function playerLine(property: "video" | "audio", recording: PostedRecording, dialect: DialectName): string {
  const { url, width, height, poster } = recording;
  const words = xmlSafe(recording.alt ?? "").trim();
  if (dialect === "hugo") {
    const label = writtenWords(words) || (property === "video" ? "▶ Video" : "▶ Audio");
    const shown = poster === undefined ? label : `![${label}](${writtenAddress(poster)})`;
    return `[${shown}](${writtenAddress(url)})`;
  }
  const address = (of: string) => escapeAttribute(writtenAddress(of));
  const attributes: readonly (readonly [name: string, value: string | number | undefined])[] = [
    ["controls", ""],
    ["preload", "none"],
    ["playsinline", property === "video" ? "" : undefined],
    ["aria-label", words === "" ? undefined : wordsInAttribute(words)],
    ["poster", poster && address(poster)],
    ["width", width],
    ["height", height],
    ["src", address(url)],
  ];
  const written = attributes.flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${value}"`]));
  return `<${property}${written.join("")}></${property}>`;
}
