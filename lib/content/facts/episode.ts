/** The podcast facts of an episode: number, season, type, people, transcripts, chapters. */
import { present } from "../../base/optional.ts";
import type { ReportProblem } from "../../base/problems.ts";
import type { Episode, Media, Person } from "../../model.ts";
import { canonicalLanguage } from "../../site/language.ts";
import type { Site } from "../../site/types.ts";
import { type Field, isMapValue, type Value } from "../frontmatter/types.ts";
import { type Fields, flagOf } from "../frontmatter/values.ts";
import { webUrl } from "./address.ts";
import { readNumber } from "./amounts.ts";
import { fewEnough } from "./bounds.ts";
import { type NamedFile, namedFile, type PostLocation } from "./files.ts";
import { foldedFields, lineIn, lineOf, listOf, type Members, membersOf, quoted } from "./members.ts";
import { extensionOf, isRecording, typeByName, typeByWord } from "./mime.ts";

const EPISODE_KEYS = {
  number: ["episode", "episodenumber", "itunesepisode", "podcastepisode", "number"],
  season: ["season", "seasonnumber", "itunesseason", "podcastseason"],
  type: ["episodetype", "itunesepisodetype", "podcastepisodetype"],
  explicit: ["explicit", "itunesexplicit", "podcastexplicit"],
  subtitle: ["subtitle", "itunessubtitle", "podcastsubtitle"],
  transcripts: ["transcripts", "transcript", "transcripturl", "transcriptfile", "podcasttranscript", "subtitles"],
  chapters: ["chapters", "chaptersurl", "chaptersfile", "podcastchapters"],
};

/** Keys that name people, with the role of those who have no other. */
const PERSON_KEYS: readonly (readonly [key: string, role?: string])[] = [
  ...["persons", "people", "person"].map((key) => [key] as const),
  ...Object.entries({ hosts: "host", cohosts: "co-host", guests: "guest", guest: "guest" }),
];

/** Maps in which themes gather what they say of an episode. */
const MAPS = ["itunes", "podcast", "params", "extra"];

const TYPES = ["full", "trailer", "bonus"] as const;

/** The media type of JSON chapters in the podcast namespace, for which files have `application/json`. */
const CHAPTERS_TYPE = "application/json+chapters";

/** `undefined` for a post without a recording, where `episode: 3` may count anything; unless `episode` is a map. */
export function readEpisode(
  fields: Fields,
  media: readonly Media[],
  site: Site,
  location: PostLocation,
  report: ReportProblem,
): Episode | undefined {
  const inner = fields.get("episode")?.value ?? null;
  const isMap = isMapValue(inner);
  if (!isMap && !media.some(isRecording)) return undefined;

  const found = foldedFields(fields, MAPS);
  if (isMap) {
    const { line, source } = fields.get("episode") ?? { line: 1, source: "" };
    found.delete("episode");
    for (const [name, value] of membersOf(inner)) {
      found.set(name === "type" ? "episodetype" : name, { value, source: lineOf(value) ?? source, line });
    }
  } else if (fields.has("number")) found.delete("number"); // outside of a map it may count anything
  const fieldOf = (names: readonly string[]) => {
    return names.map((name) => found.get(name)).find((field) => field && field.value !== null && field.value !== "");
  };
  /** The value under one of the names; a text that `read` cannot read is reported. */
  const readMember = <T>(
    names: readonly string[],
    what: string,
    read: (text: string) => T | undefined,
  ): T | undefined => {
    const field = fieldOf(names);
    const text = lineOf(field?.value ?? null);
    const value = text === undefined ? undefined : read(text);
    if (field && value === undefined) {
      report("media-unclear", `${what} ${quoted(text ?? field.source)} cannot be read`, field);
    }
    return value;
  };

  const number = readMember(EPISODE_KEYS.number, "the episode's number", readNumber);
  const season = readMember(EPISODE_KEYS.season, "the season", readNumber);
  const type = readMember(EPISODE_KEYS.type, "the type of episode", (text) =>
    TYPES.find((one) => one === text.toLowerCase()),
  );
  const explicit = readMember(EPISODE_KEYS.explicit, "explicit:", explicitOf);
  const subtitle = lineOf(fieldOf(EPISODE_KEYS.subtitle)?.value ?? null);
  /** Files that the content store does not have are reported; a page is the website's. */
  const expectFile = (file: NamedFile, type: string, what: string, field: Field | undefined) => {
    if (type !== "text/html") location.expect(file, what, report, field);
  };
  const written = fieldOf(EPISODE_KEYS.transcripts);
  const transcripts = fewEnough(listOf(written?.value ?? null), "transcripts", written, report).flatMap((value) => {
    const found = transcriptOf(value, location);
    if (found) expectFile(found.file, found.transcript.type, "transcript", written);
    return found ? [found.transcript] : [];
  });
  const chaptersField = fieldOf(EPISODE_KEYS.chapters);
  const foundChapters = chaptersOf(chaptersField?.value ?? null, location);
  if (foundChapters) expectFile(foundChapters.file, foundChapters.chapters.type, "chapters", chaptersField);
  const chapters = foundChapters?.chapters;
  const persons = PERSON_KEYS.flatMap(([key, role]) => {
    const field = found.get(key);
    const people = fewEnough(listOf(field?.value ?? null), "people", field, report);
    return people.flatMap((value) => personOf(value, role, site, location) ?? []);
  });
  const distinct = persons.filter(({ name, role }, i) => {
    return persons.findIndex((other) => other.name === name && other.role === role) === i;
  });

  const episode: Episode = {
    ...present({ number, season, type, explicit, subtitle }),
    transcripts,
    ...present({ chapters }),
    persons: distinct,
  };
  return Object.keys(episode).length > 2 || transcripts.length + distinct.length > 0 ? episode : undefined;
}

/** Also `explicit` and `clean`, Apple's former values. */
function explicitOf(text: string): boolean | undefined {
  if (/^(?:explicit|clean)$/i.test(text)) return text.toLowerCase() === "explicit";
  const flag = flagOf({ value: text, source: text, line: 1 });
  return typeof flag === "boolean" ? flag : undefined;
}

/** A file and the members beside it. Some authors write the text itself in its place; that is no file. */
function fileIn(
  value: Value,
  location: PostLocation,
): { readonly file: NamedFile; readonly members: Members } | undefined {
  const members = membersOf(value, "url");
  const written = lineIn(members, ["url", "src", "file", "href", "path"]);
  const file = written === undefined ? undefined : namedFile(written, location);
  return file && { file, members };
}

function transcriptOf(value: Value, location: PostLocation) {
  const found = fileIn(value, location);
  if (!found) return undefined;
  const { file, members } = found;
  const { pathname } = new URL(file.url);
  const type = typeByWord(lineIn(members, ["type", "mime", "mimetype"]) ?? "") ?? typeByName(pathname);
  const language = canonicalLanguage(lineIn(members, ["language", "lang"]) ?? "");
  // A file without an extension is a page.
  const fallback = extensionOf(pathname) === undefined ? "text/html" : "text/plain";
  return { file, transcript: { url: file.url, type: type ?? fallback, ...present({ language }) } };
}

function chaptersOf(value: Value, location: PostLocation) {
  const found = fileIn(value, location);
  if (!found) return undefined;
  const { file, members } = found;
  const given = typeByWord(lineIn(members, ["type", "mime", "mimetype"]) ?? "");
  const type = given ?? typeByName(new URL(file.url).pathname) ?? CHAPTERS_TYPE;
  return { file, chapters: { url: file.url, type: type === "application/json" ? CHAPTERS_TYPE : type } };
}

/** A person from a name, a key of the site's authors, or a map. */
function personOf(
  value: Value,
  defaultRole: string | undefined,
  site: Site,
  location: PostLocation,
): Person | undefined {
  const members = membersOf(value, "name");
  const written = lineIn(members, ["name", "displayname", "title"]);
  if (written === undefined) return undefined;
  const author = Object.hasOwn(site.authors, written) ? site.authors[written] : undefined;
  const role = lineIn(members, ["role"]) ?? defaultRole;
  const group = lineIn(members, ["group"]);
  const image = namedFile(lineIn(members, ["image", "img", "avatar", "photo", "picture"]) ?? "", location)?.url;
  const url = webUrl(lineIn(members, ["url", "href", "link", "website", "homepage"]) ?? author?.url, location.url);
  return {
    name: author?.name ?? written,
    ...present({ role: role?.toLowerCase(), group: group?.toLowerCase(), image, url }),
  };
}
