/** Films and sound on other sites that front matter names by address or by id, which pages play above the text. */
import type { Above } from "../../model.ts";
import { type Field, isMapValue, type Value } from "../frontmatter/types.ts";
import { type Fields, given, textOf } from "../frontmatter/values.ts";
import { isEmbed, serviceUrl } from "../templates/meaning/media/embeds.ts";
import { foldKey, lineIn, lineOf, membersOf, withMembers } from "./members.ts";

/** Ids that cannot be the name of a channel or of a person, which stands under such keys too. */
const IDS: ReadonlyMap<string, RegExp> = new Map([
  ["bilibili", /^(?:BV\w{5,20}|av\d{1,15})$/i],
  ["youtube", /^(?:PL[\w-]{12,60}|(?![a-z]{11})[\w-]{11})$/],
  ["vimeo", /^\d{6,12}$/],
  ["spotify", /^(?:spotify:)?(?:episode|show|track|album|playlist)[:/]\w{22}$/],
  ["soundcloud", /^\d{6,15}$/],
]);
const SERVICES = [...IDS.keys()];

const NAMES = ["", "id", "video", "videoid", "url", "link"];

/** Folded keys, each with the service whose ids it has, if it is known. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ...["videos", "videosrc", "embed", "audio", "audiourl", ...NAMES.map((name) => `video${name}`)].map(
    (key) => [key, ""] as const,
  ),
  ...SERVICES.flatMap((service) => NAMES.map((name) => [service + name, service] as const)),
  ["bvid", "bilibili"],
]);

/** Is the folded key one that may name a film or sound? */
export const isFilmKey = (key: string): boolean => KEYS.has(key);

/** How each of them begins, as most keys are others. */
const BEGINS = /^(?:video|youtube|vimeo|bilibili|bvid|spotify|soundcloud|embed|audio)/i;

/** Maps in which themes have such keys. */
const MAPS = ["header", "params", "extra", "media"];
const BESIDE = ["video_provider", "videoprovider", "video_service", "video_platform", "video_type", "provider"];
const MOST = 30;

/** The address of each: of its page, or of its player. */
export function readFilms(fields: Fields): readonly Above[] {
  const found = [...withMembers(fields, MAPS)].flatMap(([key, field]) => filmsOf(key, field, fields));
  return found.slice(0, MOST).map((url) => ({ medium: "film", url }));
}

/** Those that a key names. */
export function filmsOf(key: string, { value }: Field, fields: Fields): readonly string[] {
  const name = BEGINS.test(key) ? foldKey(key) : "";
  const service = KEYS.get(name);
  if (service === undefined) return [];
  return filmsIn(value, service || (textOf(given(fields, ...BESIDE)) ?? ""), name === "videoid");
}

function filmsIn(value: Value, service: string, isId: boolean): readonly string[] {
  if (value === null || typeof value === "string") return filmAt(lineOf(value) ?? "", service, isId);
  if (!isMapValue(value)) return value.slice(0, MOST).flatMap((each) => filmsIn(each, service, isId));
  const members = membersOf(value);
  const provider = lineIn(members, ["provider", "service", "platform", "site", "type", "source"]) ?? service;
  const reference = lineIn(members, ["id", "videoid", "url", "src", "href", "link"]) ?? "";
  const named = SERVICES.flatMap((each) => filmAt(lineIn(members, [each]) ?? "", each, true));
  return [...filmAt(reference, provider, members.has("id")), ...named];
}

/** Where no service is named, an id is YouTube's or Bilibili's, which have a form of their own. */
function filmAt(text: string, service: string, isId: boolean): readonly string[] {
  if (/^(?:https?:)?\/\//i.test(text)) return isEmbed(text) ? [text.replace(/^\/\//, "https://")] : [];
  const name =
    service === "" && isId ? SERVICES.slice(0, 2).find((each) => IDS.get(each)?.test(text)) : foldKey(service);
  const address = name !== undefined && IDS.get(name)?.test(text) ? serviceUrl(name, text) : undefined;
  return address === undefined ? [] : [address];
}
