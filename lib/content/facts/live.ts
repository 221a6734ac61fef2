/** A live stream that a post announces: when it starts and ends, and its address. */
import { present } from "../../base/optional.ts";
import type { ReportProblem } from "../../base/problems.ts";
import type { Instant, Live, LiveStatus, Media } from "../../model.ts";
import { isMapValue } from "../frontmatter/types.ts";
import { type Fields, flagOf } from "../frontmatter/values.ts";
import { parseDate } from "./dates.ts";
import { namedFile, type PostLocation } from "./files.ts";
import { lineIn, lineOf, type Members, membersOf, quoted } from "./members.ts";
import { isRecording, typeByName, typeByWord } from "./mime.ts";

const START = ["start", "starts", "from", "begins", "begin", "starttime", "startdate", "date"];
const END = ["end", "ends", "to", "until", "endtime", "enddate"];
const ADDRESS = ["url", "src", "stream", "href", "link", "file"];

const STATUS: ReadonlyMap<string, LiveStatus> = new Map([
  ...["pending", "upcoming", "scheduled", "planned", "soon"].map((word) => [word, "pending"] as const),
  ...["live", "on", "now", "active", "streaming", "started"].map((word) => [word, "live"] as const),
  ...["ended", "end", "over", "done", "finished", "past", "off"].map((word) => [word, "ended"] as const),
]);

export interface StreamContext {
  /** The start of a stream that names none. */
  readonly published: Instant;
  readonly timezone: string;
  readonly media: readonly Media[];
}

export function readLive(
  fields: Fields,
  { published, timezone, media }: StreamContext,
  location: PostLocation,
  report: ReportProblem,
): Live | undefined {
  const field = fields.get("live");
  if (!field || field.value === null || field.value === "") return undefined;
  // A flag is an option of the theme.
  if (typeof field.value === "string" && typeof flagOf(field) === "boolean") return undefined;
  const text = lineOf(field.value);
  if (text === undefined && !isMapValue(field.value)) {
    report("live-unusable", "`live` is neither an address nor a map", field);
    return undefined;
  }
  const members = membersOf(field.value, "url");
  /** `null` for a time that cannot be read, which is reported. */
  const readTime = (names: readonly string[]): Instant | null | undefined => {
    const written = lineIn(members, names);
    if (written === undefined) return undefined;
    const instant = parseDate(written, timezone);
    if (instant === undefined) {
      report("live-unusable", `${quoted(written)} cannot be read as the start or end of a stream`, field);
    }
    return instant ?? null;
  };
  const address = addressOfStream(members, media, location);
  if (!address) {
    report("live-unusable", `${quoted(lineIn(members, ADDRESS) ?? "")} is no address of a stream`, field);
    return undefined;
  }
  const [begins, end] = [readTime(START), readTime(END)];
  // Without them the stream would be announced as live, for ever.
  if (begins === null || end === null) return undefined;
  const start = begins ?? published;
  if (end !== undefined && end <= start) {
    report("live-unusable", "the stream ends before it starts, so it is left out", field);
    return undefined;
  }
  const word = lineIn(members, ["status", "state"]);
  const status = word === undefined ? undefined : STATUS.get(word.toLowerCase());
  if (word !== undefined && status === undefined) {
    report("live-unusable", `the status ${quoted(word)} is none of pending, live and ended`, field);
  }
  return {
    start,
    ...present({ end, status }),
    ...address,
  };
}

/** The address that the stream names, else that of the post's recording, else the post's page. */
function addressOfStream(
  members: Members,
  media: readonly Media[],
  location: PostLocation,
): Pick<Live, "url" | "type"> | undefined {
  const word = lineIn(members, ["type", "mime", "mimetype"]);
  const type = word === undefined ? undefined : typeByWord(word);
  const written = lineIn(members, ADDRESS);
  if (written !== undefined) {
    const url = namedFile(written, location)?.url;
    // A URL without an extension is a page with a player, as on the big platforms.
    return url === undefined ? undefined : { url, type: type ?? typeByName(new URL(url).pathname) ?? "text/html" };
  }
  const recording = media.find(isRecording);
  return recording
    ? { url: recording.url, type: type ?? recording.type }
    : { url: location.url, type: type ?? "text/html" };
}
