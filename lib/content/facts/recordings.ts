/** The recordings that a text plays → drafts of media, for a post whose front matter names none. */
import type { Field } from "../frontmatter/types.ts";
import { isHtmlFile } from "../inputs.ts";
import { hasAt } from "../match.ts";
import { codeFinder } from "../templates/code.ts";
import { NO_ARGUMENTS, parseArguments } from "../templates/syntax/arguments.ts";
import type { Arguments } from "../templates/types.ts";
import { namedFile, type PostLocation } from "./files.ts";
import { type Draft, isPlayerPage } from "./mediavalues.ts";
import { typeByName, typeByWord } from "./mime.ts";

const PLAYER = /<(?:audio|video)[\s>]/iy;
const PLAYED = /!\[[^[\]]*\]\(<?[^\s()<>]*\.(?:mp[34]|m4[av]|og[agv]|opus|wav|flac|webm|mov)\b/iy;

/** Comments, tags, and pictures of Markdown, of which some generators make players. */
const FOUND =
  /<!--(?:[^-]|-(?!->))*|<(\/?)(audio|video|picture|source)(?=[\s/>])([^<>]*)>|!\[[^[\]]*\]\(<?([^\s()<>]+)/gi;

/** A bound: each is looked up in the content store. */
const MOST = 100;
const NOWHERE: Field = { value: null, source: "", line: 1 };

/** In their order; what a player names besides its first file are other forms of it. */
export function recordingsIn(markdown: string, location: PostLocation): readonly Draft[] {
  if (!hasAt(markdown, "<", PLAYER, "avAV") && !hasAt(markdown, "![", PLAYED)) return [];
  const isCode = isHtmlFile(location.key) ? () => false : codeFinder(markdown, /\.mdx$/i.test(location.key));
  const players: Draft[][] = [];
  let medium: string | undefined;
  let poster = "";
  let left = MOST;
  for (const { index, 1: end, 2: tag = "", 3: attributes, 4: picture = "" } of markdown.matchAll(FOUND)) {
    const named = picture && /^(?:audio|video)/.exec(typeByName(picture) ?? "")?.[0];
    if (picture !== "" && named === undefined) continue;
    if (left === 0 || isCode(index)) continue;
    const args = attributes === undefined ? NO_ARGUMENTS : parseArguments(attributes, { hasColons: false });
    if (tag.toLowerCase() !== "source") {
      medium = end || isDecoration(args) ? undefined : named || /^(?:audio|video)/.exec(tag.toLowerCase())?.[0];
      if (medium) players.push([]);
      poster = textOf(args, "poster");
    }
    const file = medium && namedFile(picture || textOf(args, "src"), location);
    if (!file || isPlayerPage(file.url) || /[{}]/.test(file.written)) continue;
    const thumbnail = namedFile(poster, location)?.url;
    const type = typeByWord(textOf(args, "type"));
    const known = medium === "audio" ? "audio" : "video";
    players.at(-1)?.push({ ...file, medium: known, type, thumbnail, field: NOWHERE, others: [] });
    left -= 1;
  }
  return players.flatMap(([first, ...others]) => (first ? [{ ...first, others }] : []));
}

const textOf = ({ named }: Arguments, name: string): string => (named.get(name) ?? "").trim().replaceAll("&amp;", "&");

/** Without controls, what plays by itself, again and again or without sound is there in place of a picture. */
const isDecoration = ({ raw }: Arguments): boolean =>
  !/\bcontrols\b/i.test(raw) && /\b(?:autoplay|loop|muted)\b/i.test(raw);
