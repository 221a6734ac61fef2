/** The shape of a prepared finding that was read back: one of another version is none. */
import type {
  Above,
  EntryPlace,
  HeldBack,
  LinkTarget,
  MediaBase,
  PostLines,
  Problem,
  Reference,
  Sought,
  Traits,
} from "../../../model.ts";
import { isAuthor, isEpisode, isLive, isMedia } from "../../../state/entryguard.ts";
import {
  type FieldGuards,
  isFlag,
  isListOf,
  isMapOf,
  isMoment,
  isNumber,
  isObjectOf,
  isOneOf,
  isText,
  maybe,
  type TypeGuard,
} from "../../../state/guards.ts";
import type { FileFinding, PostMetadata, PreparedFinding } from "../findings.ts";

const isHeldBack = isOneOf<HeldBack>("draft", "hidden", "password", "excluded");
const isTrue: TypeGuard<true> = (value): value is true => value === true;
const isFalse: TypeGuard<false> = (value): value is false => value === false;
const isTexts = isListOf(isText);
const isPair: TypeGuard<readonly [string, string]> = (value): value is readonly [string, string] =>
  isTexts(value) && value.length === 2;
const isTarget: TypeGuard<LinkTarget> = (value): value is LinkTarget =>
  value === "hidden" ||
  value === "none" ||
  isObjectOf<Exclude<LinkTarget, string>>({ url: isText, title: maybe(isText) })(value);
const isExcerpt: TypeGuard<false | "none"> = (value): value is false | "none" => value === false || value === "none";

const PROBLEM: FieldGuards<Problem> = {
  code: isText,
  severity: isOneOf("error", "warning"),
  file: isText,
  line: maybe(isNumber),
  message: isText,
  fix: isText,
};

const TRAITS: FieldGuards<Traits> = {
  title: maybe(isText),
  published: maybe(isMoment),
  undated: maybe(isTrue),
  language: maybe(isText),
  sourceDigest: maybe(isText),
  wordsDigest: maybe(isText),
};

const REFERENCE: FieldGuards<Reference> = {
  written: isText,
  sought: isOneOf<Sought>("beside", "file", "page", "anywhere", "note"),
  line: maybe(isNumber),
  language: maybe(isText),
  titled: maybe(isTrue),
  perhaps: maybe(isTrue),
  marked: maybe(isTrue),
};

const ABOVE: FieldGuards<Above> = { medium: isOneOf("film", "photo"), url: isText, alt: maybe(isText) };
const MEDIA_BASE: FieldGuards<MediaBase> = { named: isTexts, base: isText };
const LINES: FieldGuards<PostLines> = {
  id: maybe(isNumber),
  url: maybe(isNumber),
  updated: maybe(isNumber),
  body: maybe(isNumber),
  kept: maybe(isNumber),
};

const POST: FieldGuards<PostMetadata> = {
  key: isText,
  title: isText,
  published: isMoment,
  updated: maybe(isMoment),
  undated: maybe(isTrue),
  hidden: maybe(isHeldBack),
  id: maybe(isText),
  url: isText,
  language: isText,
  authors: isListOf(isAuthor),
  tags: isTexts,
  categories: isListOf(isTexts),
  description: maybe(isText),
  image: maybe(isText),
  external: maybe(isText),
  response: maybe(isOneOf("like", "repost", "reply")),
  comments: maybe(isText),
  media: isListOf(isMedia),
  above: maybe(isListOf(isObjectOf(ABOVE))),
  mediaBase: maybe(isObjectOf(MEDIA_BASE)),
  references: maybe(isListOf(isObjectOf(REFERENCE))),
  names: maybe(isTexts),
  targets: maybe(isListOf(isTarget)),
  addresses: maybe(isListOf(isPair)),
  live: maybe(isLive),
  episode: maybe(isEpisode),
  section: maybe(isText),
  terms: maybe(isMapOf(isTexts)),
  size: isNumber,
  leadSize: maybe(isNumber),
  source: maybe(isFlag),
  content: maybe(isOneOf("full", "summary")),
  translation: maybe(isText),
  lines: isObjectOf(LINES),
  minor: maybe(isFlag),
  breaks: maybe(isFlag),
  emoji: maybe(isFlag),
  isHtml: maybe(isFlag),
  excerpt: maybe(isExcerpt),
  dialect: maybe(isOneOf("plain", "hexo", "jekyll", "hugo", "zola", "astro", "eleventy")),
  expires: maybe(isMoment),
  sourceDigest: isText,
  wordsDigest: isText,
  inputHash: isText,
};

const FINDING: FieldGuards<FileFinding> = {
  gone: maybe(isFalse),
  etag: isText,
  post: maybe(isObjectOf(POST)),
  page: maybe(isText),
  deps: maybe(isTexts),
  depsDigest: maybe(isText),
  heldBack: maybe(isHeldBack),
  published: maybe(isMoment),
  expires: maybe(isMoment),
  seen: maybe(isObjectOf(TRAITS)),
  problems: isListOf(isObjectOf(PROBLEM)),
};

const PLACE: FieldGuards<EntryPlace> = { pack: isText, start: isNumber, length: isNumber };

export const isPreparedFinding: TypeGuard<PreparedFinding> = isObjectOf<PreparedFinding>({
  key: isText,
  etag: isText,
  datedAs: maybe(isMoment),
  finding: isObjectOf(FINDING),
  stopped: maybe(isNumber),
  rendered: maybe(isObjectOf(PLACE)),
});
