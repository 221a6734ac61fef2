/** What a podcast says of one of its episodes: its number, its season, who is heard, and what can be read along. */

import type { ReportProblem } from "../../base/problems.ts";
import type { Episode, Media, Person, Site } from "../../model.ts";
import { canonicalLanguage } from "../../site/language.ts";
import { type Fields, flagOf } from "../frontmatter/values.ts";
import { type Field, isMapValue, type Value } from "../frontmatter/yaml.ts";
import { webUrl } from "./address.ts";
import { readNumber } from "./amounts.ts";
import { namedFile, type Standing } from "./files.ts";
import { foldKey, lineIn, lineOf, listOf, type Members, membersOf, quoted } from "./members.ts";
import { extensionOf, typeByName, typeByWord } from "./mime.ts";

const EPISODE_KEYS = {
  number: ["episode", "episodenumber", "itunesepisode", "podcastepisode", "number"],
  season: ["season", "seasonnumber", "itunesseason", "podcastseason"],
  type: ["episodetype", "itunesepisodetype", "podcastepisodetype"],
  explicit: ["explicit", "itunesexplicit", "podcastexplicit"],
  subtitle: ["subtitle", "itunessubtitle", "podcastsubtitle"],
  transcripts: ["transcripts", "transcript", "transcripturl", "transcriptfile", "podcasttranscript", "subtitles"],
  chapters: ["chapters", "chaptersurl", "chaptersfile", "podcastchapters"],
};

/** Whom a key names, and the role of those who have no other. */
const PERSON_KEYS: readonly (readonly [key: string, role?: string])[] = [
  ["persons"],
  ["people"],
  ["person"],
  ["hosts", "host"],
  ["cohosts", "co-host"],
  ["guests", "guest"],
  ["guest", "guest"],
];

const TYPES = ["full", "trailer", "bonus"] as const;

/** What a directory calls them, where a file's type is called otherwise. */
const CHAPTERS_TYPE = "application/json+chapters";

/** Nothing of a post without a recording, whose `episode: 3` may be one of anything, unless it says more (a map). */
export function readEpisode(
  fields: Fields,
  media: readonly Media[],
  site: Site,
  standing: Standing,
  report: ReportProblem,
): Episode | undefined {
  const inner = fields.get("episode")?.value ?? null;
  const isInterrupted = inner !== null && isMapValue(inner);
  if (!isInterrupted && !media.some(({ medium }) => medium === "audio" || medium === "video")) return undefined;

  const found = new Map<string, Field>();
  for (const [key, field] of fields) found.set(foldKey(key), field);
  if (isInterrupted) {
    const { line, source } = fields.get("episode") ?? { line: 1, source: "" };
    found.delete("episode");
    for (const [name, value] of membersOf(inner)) {
      found.set(name === "type" ? "episodetype" : name, { value, source: lineOf(value) ?? source, line });
    }
  } else found.delete("number"); // alone it may count anything
  const fieldOf = (names: readonly string[]) => {
    return names.map((name) => found.get(name)).find((field) => field && field.value !== null && field.value !== "");
  };
  /** What `read` makes of the text; what it cannot read is reported. */
  const told = <T>(names: readonly string[], what: string, read: (text: string) => T | undefined): T | undefined => {
    const field = fieldOf(names);
    const text = lineOf(field?.value ?? null);
    const value = text === undefined ? undefined : read(text);
    if (field && value === undefined) {
      report("media-unclear", `${what} ${quoted(text ?? field.source)} cannot be read`, field);
    }
    return value;
  };

  const number = told(EPISODE_KEYS.number, "the episode's number", readNumber);
  const season = told(EPISODE_KEYS.season, "the season", readNumber);
  const type = told(EPISODE_KEYS.type, "the type of episode", (text) =>
    TYPES.find((one) => one === text.toLowerCase()),
  );
  const explicit = told(EPISODE_KEYS.explicit, "explicit:", explicitOf);
  const subtitle = lineOf(fieldOf(EPISODE_KEYS.subtitle)?.value ?? null);
  const transcripts = listOf(fieldOf(EPISODE_KEYS.transcripts)?.value ?? null).flatMap(
    (value) => transcriptOf(value, standing) ?? [],
  );
  const chapters = chaptersOf(fieldOf(EPISODE_KEYS.chapters)?.value ?? null, standing);
  const persons = PERSON_KEYS.flatMap(([key, role]) => {
    return listOf(found.get(key)?.value ?? null).flatMap((value) => personOf(value, role, site, standing) ?? []);
  });
  const distinct = persons.filter(({ name, role }, i) => {
    return persons.findIndex((other) => other.name === name && other.role === role) === i;
  });

  const episode: Episode = {
    ...(number !== undefined && { number }),
    ...(season !== undefined && { season }),
    ...(type !== undefined && { type }),
    ...(explicit !== undefined && { explicit }),
    ...(subtitle !== undefined && { subtitle }),
    transcripts,
    ...(chapters !== undefined && { chapters }),
    persons: distinct,
  };
  return Object.keys(episode).length > 2 || transcripts.length + distinct.length > 0 ? episode : undefined;
}

/** Apple's former words too. */
function explicitOf(text: string): boolean | undefined {
  if (/^(?:explicit|clean)$/i.test(text)) return text.toLowerCase() === "explicit";
  const flag = flagOf({ value: text, source: text, line: 1 });
  return typeof flag === "boolean" ? flag : undefined;
}

/** A file's address, and what is told beside it. The words themselves, which some write there, are no file. */
function fileIn(value: Value, standing: Standing): { readonly url: string; readonly members: Members } | undefined {
  const members: Members = typeof value === "string" ? new Map([["url", value]]) : membersIn(value);
  const written = lineIn(members, ["url", "src", "file", "href", "path"]);
  const url = written === undefined ? undefined : namedFile(written, standing)?.url;
  return url === undefined ? undefined : { url, members };
}

function transcriptOf(value: Value, standing: Standing): Episode["transcripts"][number] | undefined {
  const file = fileIn(value, standing);
  if (!file) return undefined;
  const { url, members } = file;
  const type = typeByWord(lineIn(members, ["type", "mime", "mimetype"]) ?? "") ?? typeByName(new URL(url).pathname);
  const language = canonicalLanguage(lineIn(members, ["language", "lang"]) ?? "");
  // Without an extension it is a page.
  const usual = extensionOf(new URL(url).pathname) === undefined ? "text/html" : "text/plain";
  return { url, type: type ?? usual, ...(language !== undefined && { language }) };
}

function chaptersOf(value: Value, standing: Standing): Episode["chapters"] {
  const file = fileIn(value, standing);
  if (!file) return undefined;
  const told = typeByWord(lineIn(file.members, ["type", "mime", "mimetype"]) ?? "");
  const type = told ?? typeByName(new URL(file.url).pathname) ?? CHAPTERS_TYPE;
  return { url: file.url, type: type === "application/json" ? CHAPTERS_TYPE : type };
}

/** A name, a key of the site's authors, or a map. */
function personOf(value: Value, usual: string | undefined, site: Site, standing: Standing): Person | undefined {
  const members: Members = typeof value === "string" ? new Map([["name", value]]) : membersIn(value);
  const written = lineIn(members, ["name", "displayname", "title"]);
  if (written === undefined) return undefined;
  const known = Object.hasOwn(site.authors, written) ? site.authors[written] : undefined;
  const role = lineIn(members, ["role"]) ?? usual;
  const group = lineIn(members, ["group"]);
  const image = namedFile(lineIn(members, ["image", "img", "avatar", "photo", "picture"]) ?? "", standing)?.url;
  const url = webUrl(lineIn(members, ["url", "href", "link", "website", "homepage"]) ?? known?.url, standing.url);
  return {
    name: known?.name ?? written,
    ...(role !== undefined && { role: role.toLowerCase() }),
    ...(group !== undefined && { group: group.toLowerCase() }),
    ...(image !== undefined && { image }),
    ...(url !== undefined && { url }),
  };
}

const membersIn = (value: Value): Members =>
  value !== null && typeof value !== "string" && isMapValue(value) ? membersOf(value) : new Map();
