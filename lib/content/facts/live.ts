/** A stream that a post announces: when it begins and ends, where it plays. */

import type { ReportProblem } from "../../base/problems.ts";
import type { Instant, Live, LiveStatus, Media } from "../../model.ts";
import { type Fields, flagOf } from "../frontmatter/values.ts";
import { isMapValue } from "../frontmatter/yaml.ts";
import { parseDate } from "./dates.ts";
import { namedFile, type Standing } from "./files.ts";
import { lineIn, lineOf, type Members, membersOf, quoted } from "./members.ts";
import { typeByName, typeByWord } from "./mime.ts";

const START = ["start", "starts", "from", "begins", "begin", "starttime", "startdate", "date"];
const END = ["end", "ends", "to", "until", "endtime", "enddate"];
const ADDRESS = ["url", "src", "stream", "href", "link", "file"];

const STATUS: ReadonlyMap<string, LiveStatus> = new Map([
  ...["pending", "upcoming", "scheduled", "planned", "soon"].map((word) => [word, "pending"] as const),
  ...["live", "on", "now", "active", "streaming", "started"].map((word) => [word, "live"] as const),
  ...["ended", "end", "over", "done", "finished", "past", "off"].map((word) => [word, "ended"] as const),
]);

export interface StreamContext {
  /** Of the post, for a stream that names no start. */
  readonly published: Instant;
  readonly timezone: string;
  readonly media: readonly Media[];
}

export function readLive(
  fields: Fields,
  { published, timezone, media }: StreamContext,
  standing: Standing,
  report: ReportProblem,
): Live | undefined {
  const field = fields.get("live");
  if (!field || field.value === null || field.value === "") return undefined;
  // A theme's switch: a stream has an address or a time.
  if (typeof field.value === "string" && typeof flagOf(field) === "boolean") return undefined;
  const text = lineOf(field.value);
  if (text === undefined && !isMapValue(field.value)) {
    report("live-unusable", "`live` is neither an address nor a map", field);
    return undefined;
  }
  const members: Members = isMapValue(field.value) ? membersOf(field.value) : new Map([["url", field.value]]);
  /** `null` where what is written is none. */
  const moment = (names: readonly string[]): Instant | null | undefined => {
    const written = lineIn(members, names);
    if (written === undefined) return undefined;
    const instant = parseDate(written, timezone);
    if (instant === undefined) {
      report("live-unusable", `${quoted(written)} is no moment at which a stream starts or ends`, field);
    }
    return instant ?? null;
  };
  const address = placeOfStream(members, media, standing);
  if (!address) {
    report("live-unusable", `${quoted(lineIn(members, ADDRESS) ?? "")} is no address of a stream`, field);
    return undefined;
  }
  const [begins, end] = [moment(START), moment(END)];
  // It would be said to be on, and go on for ever.
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
    ...(end !== undefined && { end }),
    ...(status !== undefined && { status }),
    ...address,
  };
}

/** Without an address of its own it is the recording's, else the post's page: that is where people will look. */
function placeOfStream(
  members: Members,
  media: readonly Media[],
  standing: Standing,
): Pick<Live, "url" | "type"> | undefined {
  const word = lineIn(members, ["type", "mime", "mimetype"]);
  const type = word === undefined ? undefined : typeByWord(word);
  const written = lineIn(members, ADDRESS);
  if (written !== undefined) {
    const url = namedFile(written, standing)?.url;
    // An address without an extension is a page with a player, as those of the big services are.
    return url === undefined ? undefined : { url, type: type ?? typeByName(new URL(url).pathname) ?? "text/html" };
  }
  const recording = media.find(({ medium }) => medium === "audio" || medium === "video");
  return recording
    ? { url: recording.url, type: type ?? recording.type }
    : { url: standing.url, type: type ?? "text/html" };
}
